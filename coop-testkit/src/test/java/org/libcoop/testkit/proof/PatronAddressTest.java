package org.libcoop.testkit.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.libcoop.CoopEngine;
import org.libcoop.OperatorSession;
import org.libcoop.PatronSession;
import org.libcoop.access.TranscriptPath;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Content;
import org.libcoop.chat.Disposition;
import org.libcoop.directory.CoopAccount.Level;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.Directory;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.WidgetId;
import org.libcoop.memory.InMemoryArchive;
import org.libcoop.memory.InMemoryStore;
import org.libcoop.refusal.Outcome;
import org.libcoop.spi.ArchiveQuery;
import org.libcoop.spi.Mailer;
import org.libcoop.spi.Notice;
import org.libcoop.spi.Principal;
import org.libcoop.spi.TranscriptFormat;
import org.libcoop.testkit.CountingIds;
import org.libcoop.testkit.SimulatedClock;

/** Where a patron comes from is kept with the chat and shown to no librarian on any way. */
class PatronAddressTest {

    private static final String ADDRESS = "192.0.2.77";
    private static final CoopId ACADEMIC = CoopId.of("academic");
    private static final List<TranscriptPath> PATHS = List.of(TranscriptPath.home(), TranscriptPath.coop(ACADEMIC));

    private final SimulatedClock clock = new SimulatedClock();
    private final InMemoryStore store = new InMemoryStore(clock);
    private final InMemoryArchive archive = new InMemoryArchive();
    private final List<Mailer.Mail> mails = new ArrayList<>();
    private final List<Notice> told = new ArrayList<>();
    private final CoopEngine engine = CoopEngine.builder()
            .clock(clock)
            .store(store)
            .archive(archive)
            .ids(new CountingIds("n"))
            .executor(clock.executor())
            .directory(directory())
            .mailer(mails::add)
            .build();
    private final OperatorSession ana = operator("ana");
    private final OperatorSession olga = operator("olga");

    /** ana is the home library's admin and at its desk; olga answers for the co-op, and is its COOP_ADMIN. */
    private static Directory directory() {
        return Directory.builder()
                .institution("springy", "Springy University")
                .operators("springy", "ana")
                .admins("ana")
                .department("reference", "springy", "Reference", "ana")
                .institution("hill", "Hill College")
                .operators("hill", "olga")
                .localCoop("academic", "Academic Co-op")
                .member("springy")
                .member("hill")
                .account("academic", "ana", Level.COOP_ADMIN)
                .account("academic", "olga", Level.COOP_ADMIN)
                .widget("ask", "springy", w -> w.route(Option.coop(ACADEMIC), Option.department("reference")))
                .build();
    }

    @AfterEach
    void close() {
        engine.close();
        store.close();
    }

    private OperatorSession operator(String who) {
        OperatorSession session =
                engine.connectOperator(OperatorId.of(who), told::add, false).orElseThrow();
        done(session.signIn());
        session.monitor(Option.coop(ACADEMIC), true);
        return session;
    }

    private ChatId start(String address, Content.PatronDetails details) {
        Principal.OfPatron key = new Principal.OfPatron("key-of-the-patron-who-comes-from-" + address);
        PatronSession patron =
                engine.connectPatron(key, address, told::add, false).orElseThrow();
        return done(patron.startChat(WidgetId.of("ask"), details, "Where is it?"))
                .chat();
    }

    private Content kept(ChatId chat) {
        return store.log(chat, 0, 1).get(0).content();
    }

    @Test
    void theConnectionsAddressIsKeptWhateverTheClientSays() {
        Content.PatronDetails claimed = new Content.PatronDetails(
                "Stewart", "s@example.edu", "https://example.edu/", "Browser", "198.51.100.1", true);

        ChatId known = start(ADDRESS, claimed);
        ChatId unknown = start(" ", claimed);
        ChatId none = start("", claimed);

        assertThat(kept(known)).isEqualTo(claimed.from(ADDRESS));
        assertThat(kept(unknown)).isEqualTo(claimed.withoutAddress());
        assertThat(kept(none)).isEqualTo(claimed.withoutAddress());
    }

    @Test
    void noLibrarianIsShownTheAddress() throws IOException {
        ChatId chat = start(ADDRESS, Content.PatronDetails.NONE);
        Object previews = List.of(olga.preview(chat), ana.preview(chat), olga.waiting(), ana.waiting());
        done(olga.claim(chat));
        Object conversation = olga.conversation(chat, 0).orElseThrow();
        done(olga.end(chat, Disposition.ANSWERED));
        clock.advance(Duration.ofSeconds(5));
        StringBuilder shown = new StringBuilder();
        for (OperatorSession who : List.of(ana, olga)) {
            for (TranscriptPath path : PATHS) {
                shown.append(who.transcripts().search(path, ArchiveQuery.ALL, null, 10));
                shown.append(who.transcripts().read(path, chat));
                for (TranscriptFormat format : TranscriptFormat.values()) {
                    who.transcripts().export(path, ArchiveQuery.ALL, format, shown);
                }
            }
        }
        ana.transcripts().email(chat, "a@example.edu").orElseThrow();

        assertThat(archive.chat(chat).orElseThrow().toString())
                .as("what the archive has")
                .contains(ADDRESS);
        assertThat(shown.toString()).contains(chat.value()).doesNotContain(ADDRESS);
        assertThat(List.of(previews, conversation, mails, told).toString())
                .contains(chat.value(), "Where is it?")
                .doesNotContain(ADDRESS);
        assertThat(ana.transcripts()
                        .search(TranscriptPath.home(), ArchiveQuery.ALL.text(ADDRESS), null, 10)
                        .orElseThrow()
                        .rows())
                .isEmpty();
    }

    private static <T> T done(CompletionStage<Outcome<T>> stage) {
        return stage.toCompletableFuture().join().orElseThrow();
    }
}
