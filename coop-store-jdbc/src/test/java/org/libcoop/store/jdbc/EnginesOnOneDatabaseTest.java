package org.libcoop.store.jdbc;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.libcoop.CoopEngine;
import org.libcoop.OperatorSession;
import org.libcoop.PatronSession;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Content;
import org.libcoop.chat.Phase;
import org.libcoop.directory.Directory;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.WidgetId;
import org.libcoop.refusal.Outcome;
import org.libcoop.spi.Notice;
import org.libcoop.spi.Principal;

/** Two engines, each with a store and a pool of its own, on one database: in real time, with a pool of one connection. */
class EnginesOnOneDatabaseTest {

    private static final Option DESK = Option.department("reference");
    private static final Principal.OfPatron STEWART =
            new Principal.OfPatron("the-key-of-stewart-whom-nobody-else-knows");

    @TempDir
    private Path folder;

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() {
        for (int i = open.size() - 1; i >= 0; i--) {
            Databases.close(open.get(i));
        }
    }

    /** The databases. */
    enum Kind {
        H2_FILE,
        POSTGRESQL,
        POSTGRESQL_WITH_WAKE_UPS
    }

    private final class Nodes {
        private final String url;
        private final String user;
        private final boolean wakeUps;

        Nodes(Kind kind) {
            url = kind == Kind.H2_FILE
                    ? "jdbc:h2:file:" + folder.resolve("coop").toAbsolutePath()
                    : Databases.newPostgresDatabase();
            user = kind == Kind.H2_FILE ? "sa" : "postgres";
            wakeUps = kind == Kind.POSTGRESQL_WITH_WAKE_UPS;
        }

        CoopEngine start() {
            HikariDataSource pool = Databases.pool(url, user, new Databases.Pooled(true, "", 1));
            open.add(pool);
            JdbcStore.Builder builder = JdbcStore.builder(pool).pollEvery(Duration.ofMillis(wakeUps ? 1_000 : 20));
            if (wakeUps) {
                HikariDataSource own = Databases.pool(url, user, new Databases.Pooled(true, "", 2));
                open.add(own);
                builder.wakeUps(own);
            }
            JdbcStore store = builder.build();
            CoopEngine engine = CoopEngine.builder()
                    .store(store)
                    .archive(JdbcArchive.open(pool))
                    .directory(Directory.builder()
                            .institution("springy", "Springy University")
                            .operators("springy", "ana", "ben")
                            .department("reference", "springy", "Reference", "ana", "ben")
                            .widget("databases", "springy", widget -> widget.route(DESK))
                            .build())
                    .build();
            open.add(store);
            open.add(engine);
            return engine;
        }
    }

    @ParameterizedTest
    @EnumSource
    void aChatLivesOnWhateverNodeItsPeopleComeTo(Kind kind) {
        Nodes nodes = new Nodes(kind);
        CoopEngine one = nodes.start();
        CoopEngine two = nodes.start();
        List<Notice> heardByAna = new CopyOnWriteArrayList<>();
        List<Notice> heardByPatron = new CopyOnWriteArrayList<>();
        OperatorSession ana =
                two.connectOperator(OperatorId.of("ana"), heardByAna::add).orElseThrow();
        done(ana.signIn());
        done(ana.monitor(DESK, true));
        PatronSession patron =
                one.connectPatron(STEWART, "", heardByPatron::add).orElseThrow();
        await().atMost(20, SECONDS)
                .until(() -> one.widget(WidgetId.of("databases")).orElseThrow().online());

        ChatId chat = done(patron.startChat(WidgetId.of("databases"), Content.PatronDetails.NONE, "Where?"))
                .chat();

        await().atMost(20, SECONDS).until(() -> listed(heardByAna).anyMatch(chat::equals));
        done(ana.claim(chat));
        done(ana.say(chat, "Here \uD83D\uDCDA"));
        await().atMost(20, SECONDS).until(() -> texts(heardByPatron).anyMatch("Here \uD83D\uDCDA"::equals));
        one.close();
        CoopEngine three = nodes.start();
        PatronSession again =
                three.connectPatron(STEWART, "", heardByPatron::add).orElseThrow();
        done(again.say("Thank you"));
        await().atMost(20, SECONDS).until(() -> texts(heardByAna).anyMatch("Thank you"::equals));
        assertThat(three.inspect(chat).orElseThrow().chat().phase()).isInstanceOf(Phase.Claimed.class);
    }

    private static Stream<ChatId> listed(List<Notice> notices) {
        return notices.stream()
                .filter(Notice.Listed.class::isInstance)
                .map(notice -> ((Notice.Listed) notice).chat().chat());
    }

    private static Stream<String> texts(List<Notice> notices) {
        return notices.stream()
                .filter(Notice.Entry.class::isInstance)
                .map(notice -> ((Notice.Entry) notice).entry().content())
                .filter(Content.Text.class::isInstance)
                .map(content -> ((Content.Text) content).text());
    }

    private static <T> T done(CompletionStage<Outcome<T>> asked) {
        return asked.toCompletableFuture().orTimeout(30, SECONDS).join().orElseThrow();
    }
}
