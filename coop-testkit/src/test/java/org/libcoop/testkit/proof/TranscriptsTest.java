package org.libcoop.testkit.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.libcoop.CoopEngine;
import org.libcoop.OperatorSession;
import org.libcoop.PatronSession;
import org.libcoop.access.TranscriptPath;
import org.libcoop.chat.ChatEvent;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.ChatOutcome;
import org.libcoop.chat.Content;
import org.libcoop.chat.Disposition;
import org.libcoop.chat.Logged;
import org.libcoop.chat.Phase;
import org.libcoop.directory.CoopAccount.Level;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.Directory;
import org.libcoop.directory.DirectoryBuilder;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.Operator;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.WidgetId;
import org.libcoop.memory.InMemoryArchive;
import org.libcoop.memory.InMemoryStore;
import org.libcoop.refusal.Outcome;
import org.libcoop.refusal.Refusal;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.spi.Archive;
import org.libcoop.spi.ArchivePage;
import org.libcoop.spi.ArchiveQuery;
import org.libcoop.spi.Mailer;
import org.libcoop.spi.Notice;
import org.libcoop.spi.Principal;
import org.libcoop.spi.TranscriptFormat;
import org.libcoop.testkit.CountingIds;
import org.libcoop.testkit.SimulatedClock;

/** Who finds, reads and changes which transcript (A1–A4, D8), and that what is taken away is away everywhere (X2, X3). */
class TranscriptsTest {

    private static final CoopId ACADEMIC = CoopId.of("academic");
    private static final CoopId REGION = CoopId.of("region");
    private static final TranscriptPath HOME = TranscriptPath.home();
    private static final List<String> PEOPLE =
            List.of("ana", "ben", "carl", "olga", "otto", "hugo", "paul", "petra", "maya", "max", "sven");

    private final SimulatedClock clock = new SimulatedClock();
    private final InMemoryStore store = new InMemoryStore(clock);
    private final List<Mailer.Mail> mails = new ArrayList<>();
    private final Map<String, OperatorSession> sessions = new HashMap<>();
    private final Map<String, List<Notice>> told = new HashMap<>();
    private @Nullable CoopEngine engine;

    /**
     * springy: ana and ben at the desk, ana INSTITUTION_ADMIN of academic, carl its local admin; hill: olga REGULAR, otto
     * COOP_ADMIN of academic and REGULAR of region, hugo the local admin; lake: paul INSTITUTION_ADMIN of region, petra REGULAR of
     * both; provider: maya backup of academic, max its local admin; sven elsewhere.
     */
    private static DirectoryBuilder directory() {
        return Directory.builder()
                .institution("springy", "Springy University", "America/New_York")
                .operators("springy", "ana", "ben", "carl")
                .department("reference", "springy", "Reference", "ana", "ben")
                .institution("hill", "Hill College")
                .operators("hill", "olga", "otto", "hugo")
                .department("hilldesk", "hill", "Hill desk", "olga", "otto")
                .institution("lake", "Lake College")
                .operators("lake", "paul", "petra")
                .institution("provider", "Night Librarians")
                .operators("provider", "maya", "max")
                .institution("elsewhere", "Elsewhere Library")
                .operators("elsewhere", "sven")
                .admins("carl", "hugo", "max")
                .globalCoop("academic", "Academic Co-op")
                .backup("maya")
                .member("springy")
                .member("hill")
                .member("lake")
                .localCoop("region", "Region")
                .member("springy")
                .member("hill")
                .member("lake")
                .account("academic", "ana", Level.INSTITUTION_ADMIN)
                .account("academic", "olga", Level.REGULAR)
                .account("academic", "otto", Level.COOP_ADMIN)
                .account("academic", "petra", Level.REGULAR)
                .account("region", "otto", Level.REGULAR)
                .account("region", "paul", Level.INSTITUTION_ADMIN)
                .account("region", "petra", Level.REGULAR)
                .widget(
                        "springys",
                        "springy",
                        w -> w.route(Option.department("reference"), Option.coop(ACADEMIC), Option.coop(REGION))
                                .timedFallback(Duration.ofSeconds(30)))
                .widget(
                        "hills",
                        "hill",
                        w -> w.route(Option.department("hilldesk"), Option.coop(REGION), Option.coop(ACADEMIC))
                                .timedFallback(Duration.ofSeconds(30)));
    }

    private CoopEngine engine() {
        if (engine == null) {
            engine = start(directory().build());
        }
        return engine;
    }

    private CoopEngine start(Directory directory) {
        engine = CoopEngine.builder()
                .clock(clock)
                .store(store)
                .archive(new InMemoryArchive())
                .ids(new CountingIds("n"))
                .executor(clock.executor())
                .directory(directory)
                .mailer(mails::add)
                .build();
        for (String who : PEOPLE) {
            List<Notice> notices = new ArrayList<>();
            told.put(who, notices);
            OperatorSession session = engine.connectOperator(OperatorId.of(who), notices::add, false)
                    .orElseThrow();
            sessions.put(who, session);
            done(session.signIn());
            for (String option : List.of("reference", "hilldesk")) {
                session.monitor(Option.department(option), true);
            }
            session.monitor(Option.coop(ACADEMIC), true);
            session.monitor(Option.coop(REGION), true);
        }
        return engine;
    }

    @AfterEach
    void close() {
        engine().close();
        store.close();
    }

    private OperatorSession as(String who) {
        engine();
        return sessions.get(who);
    }

    private PatronSession patron(String name, List<Notice> notices) {
        Principal.OfPatron key = new Principal.OfPatron("key-of-the-patron-of-the-name-of-" + name);
        return engine().connectPatron(key, "", notices::add, false).orElseThrow();
    }

    private ChatId start(PatronSession patron, String widget, String question) {
        Content.PatronDetails details =
                new Content.PatronDetails("Stewart", "stewart@example.edu", "https://example.edu/", "Browser", true);
        return done(patron.startChat(WidgetId.of(widget), details, question)).chat();
    }

    /** A chat on springy's widget that everybody could claim by now, claimed and ended by one, with a note. */
    private ChatId ended(String owner, String question) {
        ChatId chat = start(patron(question, new ArrayList<>()), "springys", question);
        clock.advance(Duration.ofSeconds(75));
        done(as(owner).claim(chat));
        done(as(owner).say(chat, "Here it is: " + question));
        done(as(owner).note(chat, "a secret about " + question));
        done(as(owner).end(chat, Disposition.ANSWERED));
        return chat;
    }

    // ---- Who reads what

    /** Chats that are claimed, lost, handed over and ended as drawn; then everybody looks along every path. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void searchAndReadingAreWhatTheRulesSay(long seed) {
        Random random = new Random(seed);
        List<ChatId> chats = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            chats.add(
                    start(patron(seed + "-" + i, new ArrayList<>()), random.nextBoolean() ? "springys" : "hills", "?"));
            clock.advance(Duration.ofSeconds(random.nextInt(100)));
            String first = PEOPLE.get(random.nextInt(PEOPLE.size()));
            ChatId chat = chats.get(i);
            as(first).claim(chat);
            Option to = List.of(Option.coop(REGION), Option.coop(ACADEMIC), Option.operator("ana"))
                    .get(random.nextInt(3));
            if (random.nextBoolean()) {
                as(first).transfer(chat, to);
                as(PEOPLE.get(random.nextInt(PEOPLE.size()))).accept(chat);
            }
            engine().inspect(chat)
                    .flatMap(seen -> seen.chat().ownership())
                    .ifPresent(owner -> done(as(owner.owner().value()).end(chat, Disposition.ANSWERED)));
        }
        clock.advance(Duration.ofMinutes(20));

        for (String who : PEOPLE) {
            for (TranscriptPath path : List.of(HOME, TranscriptPath.coop(ACADEMIC), TranscriptPath.coop(REGION))) {
                List<ChatId> expected =
                        chats.stream().filter(chat -> mayRead(who, path, chat)).toList();
                List<ChatId> read = chats.stream()
                        .filter(chat ->
                                as(who).transcripts().read(path, chat).value().isPresent())
                        .toList();

                assertThat(read).as("%s reads on %s", who, path).isEqualTo(expected);
                assertThat(found(who, path, ArchiveQuery.ALL))
                        .as("%s finds on %s", who, path)
                        .containsExactlyInAnyOrderElementsOf(expected);
            }
        }
    }

    /** A1 to A4 and D8, said once more. */
    private boolean mayRead(String who, TranscriptPath path, ChatId id) {
        List<Phase.Ownership> owners = engine().inspect(id).orElseThrow().chat().ownerships();
        InstitutionId home = engine().inspect(id).orElseThrow().chat().home();
        Operator me = engine().directory().operator(OperatorId.of(who)).orElseThrow();
        boolean mine = owners.stream().anyMatch(owner -> owner.owner().equals(me.id()));
        if (path.equals(HOME)) {
            return me.institution().equals(home) && (me.admin() || mine);
        }
        CoopId coop = ((TranscriptPath.OfCoop) path).coop();
        List<Phase.Ownership> through = owners.stream()
                .filter(owner -> owner.claimedOn().option().equals(Option.coop(coop)))
                .toList();
        boolean myInstitutions =
                through.stream().anyMatch(owner -> owner.institution().equals(me.institution()));
        boolean mineThrough = through.stream().anyMatch(owner -> owner.owner().equals(me.id()));
        return switch (who + " " + coop) {
            case "otto academic" -> !through.isEmpty();
            case "ana academic", "paul region" -> myInstitutions;
            case "max academic" -> myInstitutions;
            case "olga academic", "petra academic", "otto region", "petra region", "maya academic" -> mineThrough;
            default -> false;
        };
    }

    private List<ChatId> found(String who, TranscriptPath path, ArchiveQuery filter) {
        List<ChatId> found = new ArrayList<>();
        String cursor = null;
        do {
            Outcome<ArchivePage> page = as(who).transcripts().search(path, filter, cursor, 5);
            if (page.value().isEmpty()) {
                assertThat(code(page)).isEqualTo(RefusalCode.NOT_ALLOWED);
                return List.of();
            }
            page.orElseThrow().rows().forEach(row -> found.add(row.chat()));
            cursor = page.orElseThrow().next();
        } while (cursor != null);
        return found;
    }

    @Test
    void aPolicyLetsAllHomeStaffRead() {
        start(directory().policy("homeReadersSeeAll", "true").build());
        ChatId chat = ended("olga", "where");

        assertThat(found("ben", HOME, ArchiveQuery.ALL)).containsExactly(chat);
        assertThat(as("ben").transcripts().read(HOME, chat).value()).isPresent();
        assertThat(refusal(as("ben").transcripts().delete(chat))).isEqualTo(RefusalCode.NOT_ALLOWED);
    }

    @ParameterizedTest
    @CsvSource({
        "ben, HOME, not-allowed", // home staff know of it
        "olga, HOME, not-allowed", // it is not a chat of her library's patrons
        "petra, COOP, not-allowed", // a place in the route's co-op, and not hers
        "sven, HOME, not-found",
        "sven, COOP, not-found"
    })
    void whoMayNotReadLearnsNothingElse(String who, String path, String code) {
        ChatId chat = ended("olga", "where");
        TranscriptPath on = path.equals("HOME") ? HOME : TranscriptPath.coop(ACADEMIC);

        Refusal refusal = as(who).transcripts().read(on, chat).refusal().orElseThrow();

        assertThat(refusal.code().code()).isEqualTo(code);
        if (code.equals("not-found")) {
            assertThat(as(who).transcripts().read(on, ChatId.of("no-such-chat")).refusal())
                    .contains(refusal);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ana, not-allowed",
        "ben, not-allowed",
        "olga, not-allowed",
        "otto, not-allowed",
        "petra, not-allowed",
        "hugo, not-found", // the answering library's local admin has no path to it
        "max, not-found",
        "sven, not-found"
    })
    void nobodyButTheHomeAdminsChangesAnything(String who, String expected) {
        ChatId chat = ended("olga", "where");
        RefusalCode code = RefusalCode.of(expected).orElseThrow();

        assertThat(refusal(as(who).transcripts().delete(chat))).isEqualTo(code);
        assertThat(refusal(as(who).transcripts().redact(chat, 2))).isEqualTo(code);
        assertThat(code(as(who).transcripts().email(chat, "a@example.edu"))).isEqualTo(code);
        assertThat(mails).isEmpty();
        assertThat(texts(chat)).contains("where", "a secret about where");
    }

    @Test
    void filtersNarrowWhatMayBeRead() {
        ChatId byOlga = ended("olga", "first");
        ChatId byBen = ended("ben", "second");
        ChatId missed = start(patron("third", new ArrayList<>()), "springys", "third");
        clock.advance(Duration.ofMinutes(16));
        ArchiveQuery all = ArchiveQuery.ALL;

        assertThat(found("carl", HOME, all)).containsExactly(missed, byBen, byOlga);
        assertThat(found("carl", HOME, all.operator(OperatorId.of("olga")))).containsExactly(byOlga);
        assertThat(found("carl", HOME, all.answeredBy(InstitutionId.of("springy"))))
                .containsExactly(byBen);
        assertThat(found("carl", HOME, all.throughAnyCoop())).containsExactly(byOlga);
        assertThat(found("carl", HOME, all.outcome(ChatOutcome.MISSED))).containsExactly(missed);
        assertThat(found("carl", HOME, all.text("SECRET about f"))).containsExactly(byOlga);
        assertThat(found("carl", HOME, all.home(InstitutionId.of("hill")))).isEmpty();
        assertThat(found("ben", HOME, all.operator(OperatorId.of("olga")))).isEmpty();
        assertThat(found("ana", TranscriptPath.coop(ACADEMIC), all.answeredBy(InstitutionId.of("hill"))))
                .isEmpty();
        assertThat(found("otto", TranscriptPath.coop(ACADEMIC), all.coop(REGION)))
                .isEmpty();
        assertThat(found("otto", TranscriptPath.coop(ACADEMIC), all.answeredBy(InstitutionId.of("hill"))))
                .containsExactly(byOlga);
    }

    @Test
    void whatTheCoopAnsweredSinceTheLibrarySignedOffIsFound() {
        ended("olga", "before");
        clock.advance(Duration.ofMinutes(1));
        List.of("ana", "ben", "carl").forEach(who -> done(as(who).signOut()));
        Instant signedOff = clock.now();
        clock.advance(Duration.ofHours(1));
        ChatId byNight = ended("olga", "at night");
        clock.advance(Duration.ofHours(9));

        Instant since = as("carl").transcripts().signedOffSince().orElseThrow().orElseThrow();
        done(as("ana").signIn());
        clock.advance(Duration.ofMinutes(5));
        Instant inTheMorning =
                as("carl").transcripts().signedOffSince().orElseThrow().orElseThrow();

        assertThat(since).isEqualTo(signedOff);
        assertThat(inTheMorning).isEqualTo(signedOff);
        assertThat(found("carl", HOME, ArchiveQuery.ALL.throughAnyCoop().started(since, null)))
                .containsExactly(byNight);
        assertThat(as("olga").transcripts().signedOffSince().orElseThrow())
                .as("hill has been there all the time")
                .isEmpty();
    }

    @Test
    void aCursorOfAnotherSearchIsRefused() {
        ended("olga", "first");
        ended("olga", "second");
        String cursor = as("carl")
                .transcripts()
                .search(HOME, ArchiveQuery.ALL, null, 1)
                .orElseThrow()
                .next();

        assertThat(code(as("carl").transcripts().search(HOME, ArchiveQuery.ALL.text("x"), cursor, 1)))
                .isEqualTo(RefusalCode.INVALID);
        assertThat(code(as("hugo").transcripts().search(HOME, ArchiveQuery.ALL, cursor, 1)))
                .isEqualTo(RefusalCode.INVALID);
        assertThat(code(as("carl").transcripts().search(HOME, ArchiveQuery.ALL, "x", 1)))
                .isEqualTo(RefusalCode.INVALID);
        assertThat(code(as("carl").transcripts().search(HOME, ArchiveQuery.ALL, null, 0)))
                .isEqualTo(RefusalCode.INVALID);
    }

    @Test
    void anAccountThatIsTakenAwayReadsNoMore() {
        ChatId chat = ended("olga", "where");
        assertThat(found("olga", TranscriptPath.coop(ACADEMIC), ArchiveQuery.ALL))
                .containsExactly(chat);

        done(as("otto").revoke(OperatorId.of("olga"), ACADEMIC));

        assertThat(code(as("olga").transcripts().search(TranscriptPath.coop(ACADEMIC), ArchiveQuery.ALL, null, 1)))
                .isEqualTo(RefusalCode.NOT_ALLOWED);
        assertThat(code(as("olga").transcripts().read(TranscriptPath.coop(ACADEMIC), chat)))
                .isEqualTo(RefusalCode.NOT_ALLOWED);
        assertThat(found("otto", TranscriptPath.coop(ACADEMIC), ArchiveQuery.ALL))
                .containsExactly(chat);
    }

    // ---- What is taken away

    @Test
    void deletedContentIsReadableNowhere() throws IOException {
        List<Notice> toPatron = new ArrayList<>();
        PatronSession patron = patron("stewart", toPatron);
        ChatId chat = start(patron, "springys", "where");
        clock.advance(Duration.ofSeconds(75));
        done(as("olga").claim(chat));
        done(as("olga").note(chat, "a secret"));
        done(as("olga").end(chat, Disposition.ANSWERED));
        told.get("olga").clear();
        toPatron.clear();

        done(as("carl").transcripts().delete(chat));

        assertThat(texts(chat)).as("store").isEmpty();
        assertThat(archived(chat)).as("archive").extracting(Logged::content).containsOnlyNulls();
        assertThat(patron.conversation(0)).extracting(Logged::content).containsOnlyNulls();
        assertThat(as("olga").conversation(chat, 0).orElseThrow())
                .extracting(Logged::content)
                .containsOnlyNulls();
        assertThat(found("carl", HOME, ArchiveQuery.ALL.text("secret"))).isEmpty();
        for (TranscriptFormat format : TranscriptFormat.values()) {
            StringBuilder out = new StringBuilder();
            as("carl").transcripts().export(HOME, ArchiveQuery.ALL, format, out);
            assertThat(out.toString()).contains(chat.value()).doesNotContain("secret", "where", "Stewart", "stewart@");
        }
        ChatEvent erased = new ChatEvent.ContentErased(OperatorId.of("carl"), null);
        assertThat(entries(told.get("olga"))).extracting(Logged::event).containsExactly(erased);
        assertThat(entries(toPatron)).extracting(Logged::event).containsExactly(erased);
        assertThat(archived(chat)).last().extracting(Logged::event).isEqualTo(erased);
        assertThat(found("otto", TranscriptPath.coop(ACADEMIC), ArchiveQuery.ALL))
                .as("the record stays for totals")
                .containsExactly(chat);
    }

    @Test
    void oneMessageIsRedactedAndTheRestStays() {
        ChatId chat = ended("olga", "where");
        Logged said = entry(chat, "Here it is: where");

        done(as("carl").transcripts().redact(chat, said.seq()));

        assertThat(texts(chat)).contains("where", "[redacted]").doesNotContain("Here it is: where");
        Logged now = archived(chat).get((int) said.seq() - 1);
        assertThat(now.content()).isEqualTo(new Content.Text("[redacted]"));
        assertThat(now.event()).isEqualTo(said.event());
        assertThat(now.at()).isEqualTo(said.at());
        assertThat(archived(chat))
                .last()
                .extracting(Logged::event)
                .isEqualTo(new ChatEvent.ContentErased(OperatorId.of("carl"), said.seq()));
        assertThat(found("carl", HOME, ArchiveQuery.ALL.text("Here it is"))).isEmpty();
        assertThat(refusal(as("carl").transcripts().redact(chat, 1))).isEqualTo(RefusalCode.NOT_FOUND);
        assertThat(refusal(as("carl").transcripts().redact(chat, 4711))).isEqualTo(RefusalCode.NOT_FOUND);
    }

    @Test
    void whatTheStoreHasForgottenIsErasedToo() {
        ChatId chat = ended("olga", "where");
        clock.advance(Duration.ofDays(1).plusHours(1));
        assertThat(engine().inspect(chat)).as("the store").isEmpty();
        long said = archived(chat).stream()
                .filter(entry -> entry.content() instanceof Content.Text)
                .findFirst()
                .orElseThrow()
                .seq();

        done(as("carl").transcripts().redact(chat, said));
        done(as("carl").transcripts().delete(chat));

        assertThat(archived(chat)).extracting(Logged::content).containsOnlyNulls();
        assertThat(archived(chat).stream().map(Logged::event).filter(ChatEvent.ContentErased.class::isInstance))
                .containsExactly(
                        new ChatEvent.ContentErased(OperatorId.of("carl"), said),
                        new ChatEvent.ContentErased(OperatorId.of("carl"), null));
    }

    @Test
    void aChatThatGoesOnHasNoTranscriptYet() {
        ChatId chat = start(patron("stewart", new ArrayList<>()), "springys", "where");

        assertThat(found("carl", HOME, ArchiveQuery.ALL)).isEmpty();
        assertThat(refusal(as("carl").transcripts().delete(chat))).isEqualTo(RefusalCode.NOT_FOUND);
    }

    // ---- What goes out

    @Test
    void mailHasNoNotes() {
        ChatId chat = ended("olga", "where");

        done2(as("carl").transcripts().email(chat, "stewart@example.edu"));

        assertThat(mails).hasSize(1);
        assertThat(mails.get(0).to()).isEqualTo("stewart@example.edu");
        assertThat(mails.get(0).subject()).contains("Springy University");
        assertThat(mails.get(0).text()).contains("where", "Here it is: where").doesNotContain("secret", chat.value());
        for (String bad :
                List.of("", "x", "@", "a@", "@b", "a@b@c", "a b@c", "a@b\r\nBcc: c@d", "x".repeat(251) + "@b.c")) {
            assertThat(code(as("carl").transcripts().email(chat, bad))).as(bad).isEqualTo(RefusalCode.INVALID);
        }
    }

    @Test
    void exportsHaveEveryChatOnceWithItsNotes() throws IOException {
        List<ChatId> chats = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            chats.add(ended("ben", "=question \"" + i + "\",\n\u2028x"));
        }
        StringBuilder json = new StringBuilder();
        StringBuilder csv = new StringBuilder();
        StringBuilder text = new StringBuilder();

        assertThat(as("carl")
                        .transcripts()
                        .export(HOME, ArchiveQuery.ALL, TranscriptFormat.JSON_LINES, json)
                        .value())
                .contains(60L);
        as("carl").transcripts().export(HOME, ArchiveQuery.ALL, TranscriptFormat.CSV, csv);
        as("carl").transcripts().export(HOME, ArchiveQuery.ALL, TranscriptFormat.TEXT, text);

        assertThat(json.toString().lines().count()).isEqualTo(60);
        for (ChatId chat : chats) {
            assertThat(json.toString().split("\\{\"chat\":\"" + chat.value() + "\"", -1))
                    .hasSize(2);
            assertThat(text.toString().split("chat " + chat.value() + ",", -1)).hasSize(2);
        }
        assertThat(json.toString()).contains("a secret about", "\\u2028", "\\\"0\\\"", "stewart@example.edu");
        assertThat(csv.toString()).startsWith("chat,institution,widget,").contains(",\"'=question \"\"0\"\",\n");
        assertThat(text.toString()).contains("Springy University", "ben (note): a secret about");
    }

    private static void done2(Outcome<?> outcome) {
        assertThat(outcome.refusal()).isEmpty();
    }

    // ---- Reading along

    private List<Logged> archived(ChatId chat) {
        Archive archive = engine().archive();
        as("carl").transcripts().search(HOME, ArchiveQuery.ALL, null, 1);
        return archive.chat(chat).orElseThrow().log();
    }

    private List<String> texts(ChatId chat) {
        return new ArrayList<>(new TreeSet<>(engine().inspect(chat).orElseThrow().log().stream()
                .map(Logged::content)
                .filter(Content.Text.class::isInstance)
                .map(content -> ((Content.Text) content).text())
                .toList()));
    }

    private Logged entry(ChatId chat, String text) {
        return engine().inspect(chat).orElseThrow().log().stream()
                .filter(entry -> new Content.Text(text).equals(entry.content()))
                .findFirst()
                .orElseThrow();
    }

    private static List<Logged> entries(List<Notice> notices) {
        return notices.stream()
                .filter(Notice.Entry.class::isInstance)
                .map(notice -> ((Notice.Entry) notice).entry())
                .toList();
    }

    private static <T> T done(CompletionStage<Outcome<T>> asked) {
        return Rig.done(asked);
    }

    private static <T> @Nullable RefusalCode refusal(CompletionStage<Outcome<T>> asked) {
        return Rig.refusal(asked);
    }

    private static @Nullable RefusalCode code(Outcome<?> outcome) {
        Optional<Refusal> refusal = outcome.refusal();
        return refusal.map(Refusal::code).orElse(null);
    }
}
