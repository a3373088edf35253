package org.libcoop.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.libcoop.CoopEngine;
import org.libcoop.OperatorSession;
import org.libcoop.PatronSession;
import org.libcoop.chat.ChatEvent.ContentErased;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Content;
import org.libcoop.chat.Disposition;
import org.libcoop.chat.Logged;
import org.libcoop.directory.Directory;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.WidgetId;
import org.libcoop.refusal.Outcome;
import org.libcoop.spi.Archive;
import org.libcoop.spi.ArchivedChat;
import org.libcoop.spi.PatronErasure;
import org.libcoop.spi.Principal;
import org.libcoop.spi.RetentionRun;
import org.libcoop.spi.Store;
import org.libcoop.spi.StoreException;
import org.libcoop.testkit.CountingIds;
import org.libcoop.testkit.SimulatedClock;

/** After retention or erasure nothing of a patron stands anywhere in the database, whatever failed on the way (G19, X6). */
class PatronPrivacyTest {

    private static final InstitutionId SPRINGY = InstitutionId.of("springy");
    private static final Option DESK = Option.department("reference");
    private static final Duration ANONYMISED = Duration.ofDays(2);
    private static final Duration DELETED = Duration.ofDays(4);
    private static final String KEY = "canary-key-that-only-the-browser-of-the-patron-has";
    private static final String EMAIL = "Canary-Email@example.org";
    private static final List<String> CONTACT =
            List.of("canary-name", "canary-email", "canary-address", "canary-agent", "canary-referrer");
    private static final List<String> TEXTS =
            List.of("canary-question", "canary-patron", "canary-librarian", "canary-note", "canary-comment");
    private static final Content.PatronDetails DETAILS = new Content.PatronDetails(
            "Canary-Name", EMAIL, "https://example.org/page?name=canary-referrer", "canary-agent", true);

    private final SimulatedClock clock = new SimulatedClock();
    private final FailingCalls failing = new FailingCalls();
    private final List<AutoCloseable> open = new ArrayList<>();
    private Predicate<ArchivedChat> unarchivable = chat -> false;

    @AfterEach
    void close() {
        for (int i = open.size() - 1; i >= 0; i--) {
            Databases.close(open.get(i));
        }
    }

    /** A deployment on a database of its own: one engine at a time. */
    private final class Deployment {
        final HikariDataSource database;
        final Store store;
        final Archive archive;
        private CoopEngine engine;

        Deployment(Dialect dialect) {
            database = Databases.of(dialect, Databases.Pooled.USUAL);
            open.add(database);
            store = JdbcStore.builder(database)
                    .pollEvery(Duration.ZERO)
                    .clock(clock)
                    .build();
            open.add(store);
            archive = JdbcArchive.open(database);
            engine = start();
            open.add(() -> engine.close());
        }

        private CoopEngine start() {
            return CoopEngine.builder()
                    .clock(clock)
                    .store(failing.on(Store.class, store))
                    .archive(failing.on(Archive.class, refusing(archive)))
                    .ids(new CountingIds("n" + clock.now().toEpochMilli()))
                    .executor(clock.executor())
                    .directory(directory())
                    .build();
        }

        /** The engine is closed, time passes, and another one starts. */
        CoopEngine later(Instant at) {
            engine.close();
            clock.advanceTo(at);
            engine = start();
            return engine;
        }

        List<String> in(List<String> words) {
            Set<String> found = CanaryScan.find(database, words);
            return words.stream()
                    .filter(word -> found.stream().anyMatch(place -> place.endsWith(' ' + word)))
                    .toList();
        }

        /** What is nowhere but in the patron's browser, and everything that was said and known. */
        Set<String> traces() {
            List<String> all = new ArrayList<>(CONTACT);
            all.addAll(TEXTS);
            all.add(KEY);
            return CanaryScan.find(database, all);
        }
    }

    /** An archive that cannot take some chats. */
    private Archive refusing(Archive archive) {
        return (Archive) java.lang.reflect.Proxy.newProxyInstance(
                Archive.class.getClassLoader(), new Class<?>[] {Archive.class}, (self, method, given) -> {
                    if (method.getName().equals("keep")
                            && ((List<?>) given[0]).stream().anyMatch(chat -> unarchivable.test((ArchivedChat) chat))) {
                        throw StoreException.refused("it does not fit");
                    }
                    try {
                        return method.invoke(archive, given);
                    } catch (java.lang.reflect.InvocationTargetException failed) {
                        throw failed.getCause();
                    }
                });
    }

    private static Directory directory() {
        return Directory.builder()
                .institution("springy", "Springy University")
                .operators("springy", "ana", "carl")
                .admins("carl")
                .department("reference", "springy", "Reference", "ana")
                .widget("databases", "springy", widget -> widget.route(DESK))
                .policy("anonymiseAfter@springy", "2d")
                .policy("deleteAfter@springy", "4d")
                .build();
    }

    private PatronSession patron(CoopEngine engine) {
        return engine.connectPatron(new Principal.OfPatron(KEY), "canary-address", notice -> {})
                .orElseThrow();
    }

    private ChatId starts(CoopEngine engine) {
        return done(patron(engine).startChat(WidgetId.of("databases"), DETAILS, "canary-question"))
                .chat();
    }

    private OperatorSession ana(CoopEngine engine) {
        OperatorSession ana =
                engine.connectOperator(OperatorId.of("ana"), notice -> {}).orElseThrow();
        done(ana.signIn());
        done(ana.monitor(DESK, true));
        return ana;
    }

    /** A chat with everything in it that somebody may know or say, ended at the instant it is. */
    private ChatId ended(CoopEngine engine) {
        OperatorSession ana = ana(engine);
        PatronSession patron = patron(engine);
        ChatId chat = done(patron.startChat(WidgetId.of("databases"), DETAILS, "canary-question"))
                .chat();
        done(ana.claim(chat));
        done(patron.say("canary-patron"));
        done(ana.say(chat, "canary-librarian"));
        done(ana.note(chat, "canary-note"));
        done(ana.end(chat, Disposition.ANSWERED));
        done(patron.rate(chat, 5, "canary-comment"));
        patron.close();
        ana.close();
        return chat;
    }

    private void sweeps() {
        clock.advance(Duration.ofSeconds(3));
    }

    // ---- Retention

    @ParameterizedTest
    @EnumSource
    void whoThePatronWasIsNowhereFromItsInstantOnAndWhatWasSaidFromItsOwn(Dialect dialect) {
        Deployment deployment = new Deployment(dialect);
        PrintStream console = System.err;
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        try {
            Instant over = clock.now();
            ChatId chat = ended(deployment.engine);
            sweeps();
            assertThat(deployment.in(CONTACT)).isEqualTo(CONTACT);
            assertThat(deployment.in(TEXTS)).isEqualTo(TEXTS);
            assertThat(deployment.in(List.of(KEY))).isEmpty();

            CoopEngine engine = deployment.later(over.plus(ANONYMISED).minusMillis(1));
            assertThat(done(engine.admin().retain())).isEmpty();
            assertThat(deployment.in(CONTACT)).as("just before").isEqualTo(CONTACT);

            clock.advance(Duration.ofMillis(1));
            assertThat(done(engine.admin().retain())).containsExactly(run(clock.now(), 1, 0));
            assertThat(deployment.in(CONTACT)).as("at the instant").isEmpty();
            assertThat(deployment.in(TEXTS)).isEqualTo(TEXTS);
            assertThat(deployment.in(List.of("https://example.org/page"))).hasSize(1);
            assertThat(done(engine.admin().retain())).as("again").isEmpty();

            engine = deployment.later(over.plus(DELETED).minusMillis(1));
            assertThat(done(engine.admin().retain())).isEmpty();
            assertThat(deployment.in(TEXTS)).as("just before").isEqualTo(TEXTS);

            clock.advance(Duration.ofMillis(1));
            assertThat(done(engine.admin().retain())).containsExactly(run(clock.now(), 0, 1));
            assertThat(deployment.traces()).as("at the instant").isEmpty();
            assertThat(erasures(deployment, chat)).containsExactly(new ContentErased(null, null));
            assertThat(done(engine.admin().retain())).as("again").isEmpty();
        } finally {
            System.setErr(console);
        }
        assertThat(log.toString(StandardCharsets.UTF_8))
                .contains("Retention of springy")
                .doesNotContainIgnoringCase("canary");
    }

    private static RetentionRun run(Instant at, int anonymised, int deleted) {
        return new RetentionRun(SPRINGY, at, at.minus(ANONYMISED), at.minus(DELETED), anonymised, deleted, 0);
    }

    private static List<ContentErased> erasures(Deployment deployment, ChatId chat) {
        List<Logged> stored = deployment.store.log(chat, 0, 100);
        List<Logged> log =
                stored.isEmpty() ? deployment.archive.chat(chat).orElseThrow().log() : stored;
        return log.stream()
                .map(Logged::event)
                .filter(ContentErased.class::isInstance)
                .map(ContentErased.class::cast)
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void aChatThatTheArchiveCannotTakeLosesItAllTheSame(Dialect dialect) {
        unarchivable = chat -> true;
        Deployment deployment = new Deployment(dialect);
        Instant over = clock.now();
        ChatId chat = ended(deployment.engine);
        sweeps();

        CoopEngine engine = deployment.later(over.plus(ANONYMISED));
        assertThat(done(engine.admin().retain())).containsExactly(run(clock.now(), 1, 0));
        assertThat(deployment.in(CONTACT)).isEmpty();
        assertThat(deployment.in(TEXTS)).isEqualTo(TEXTS);

        engine = deployment.later(over.plus(DELETED));
        assertThat(done(engine.admin().retain())).containsExactly(run(clock.now(), 0, 1));
        assertThat(deployment.archive.chat(chat)).isEmpty();
        assertThat(deployment.traces()).isEmpty();
        assertThat(erasures(deployment, chat)).containsExactly(new ContentErased(null, null));
    }

    // ---- Interrupted

    @ParameterizedTest
    @EnumSource
    void aRoundThatIsInterruptedAtAnyCallIsDoneByTheNext(Dialect dialect) {
        Deployment deployment = new Deployment(dialect);
        for (FailingCalls.When when : FailingCalls.When.values()) {
            int number = 0;
            boolean failed;
            do {
                unarchivable = chat -> false;
                Instant over = clock.now();
                ChatId archived = ended(deployment.engine);
                sweeps();
                unarchivable = chat -> !chat.chat().id().equals(archived);
                ChatId stored = ended(deployment.engine);
                CoopEngine engine = deployment.later(over.plus(DELETED).plusSeconds(60));

                failing.arm(++number, when);
                engine.admin().retain().toCompletableFuture().join();
                failed = failing.disarm();
                done(engine.admin().retain());

                assertThat(deployment.traces())
                        .as("call %s failed %s", number, when)
                        .isEmpty();
                assertThat(erasures(deployment, archived))
                        .as("call %s failed %s", number, when)
                        .containsExactly(new ContentErased(null, null));
                assertThat(erasures(deployment, stored))
                        .as("call %s failed %s", number, when)
                        .containsExactly(new ContentErased(null, null));
            } while (failed);
            assertThat(number).as("calls of a round").isGreaterThan(8);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anonymisingThatIsInterruptedAtAnyCallIsDoneByTheNextRound(Dialect dialect) {
        Deployment deployment = new Deployment(dialect);
        for (FailingCalls.When when : FailingCalls.When.values()) {
            int number = 0;
            boolean failed;
            do {
                Instant over = clock.now();
                ended(deployment.engine);
                sweeps();
                CoopEngine engine = deployment.later(over.plus(ANONYMISED).plusSeconds(60));

                failing.arm(++number, when);
                engine.admin().retain().toCompletableFuture().join();
                failed = failing.disarm();
                done(engine.admin().retain());

                assertThat(deployment.in(CONTACT))
                        .as("call %s failed %s", number, when)
                        .isEmpty();
                assertThat(deployment.in(TEXTS)).isEqualTo(TEXTS);
            } while (failed);
            assertThat(number).as("calls of a round").isGreaterThan(4);
        }
    }

    // ---- On request

    @ParameterizedTest
    @EnumSource
    void whatIsErasedOnRequestIsNowhere(Dialect dialect) throws Exception {
        Deployment deployment = new Deployment(dialect);
        ChatId over = ended(deployment.engine);
        ChatId running = starts(deployment.engine);

        PatronErasure first = done(carl(deployment).erasePatron("canary-email@EXAMPLE.org"));
        patron(deployment.engine).leave().toCompletableFuture().join();
        assertThat(deployment.in(TEXTS)).containsExactly("canary-question");
        PatronErasure second = done(carl(deployment).erasePatron(EMAIL));

        assertThat(first).isEqualTo(new PatronErasure(1, List.of(running)));
        assertThat(second).isEqualTo(new PatronErasure(1, List.of()));
        assertThat(deployment.traces()).isEmpty();
        assertThat(erasures(deployment, over)).containsExactly(new ContentErased(OperatorId.of("carl"), null));
        assertThat(carl(deployment).exportPatron(EMAIL, new StringBuilder()).orElseThrow())
                .isZero();
        sweeps();
        assertThat(deployment.traces()).as("later").isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void erasingThatIsInterruptedAtAnyCallIsDoneByRepeatingIt(Dialect dialect) {
        Deployment deployment = new Deployment(dialect);
        for (FailingCalls.When when : FailingCalls.When.values()) {
            int number = 0;
            boolean failed;
            do {
                ChatId chat = ended(deployment.engine);
                failing.arm(++number, when);
                carl(deployment).erasePatron(EMAIL).toCompletableFuture().join();
                failed = failing.disarm();
                clock.advance(Duration.ofMinutes(2));
                done(carl(deployment).erasePatron(EMAIL));

                assertThat(deployment.traces())
                        .as("call %s failed %s", number, when)
                        .isEmpty();
                assertThat(erasures(deployment, chat))
                        .as("call %s failed %s", number, when)
                        .containsExactly(new ContentErased(OperatorId.of("carl"), null));
            } while (failed);
            assertThat(number).as("calls of an erasure").isGreaterThan(8);
        }
    }

    private static org.libcoop.TranscriptSession carl(Deployment deployment) {
        return deployment.engine.transcripts(OperatorId.of("carl"));
    }

    // ---- The scan itself

    @ParameterizedTest
    @EnumSource
    void theScanFindsWhatStandsInATableThatNobodyKnows(Dialect dialect) throws SQLException {
        Deployment deployment = new Deployment(dialect);
        try (Connection connection = deployment.database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table planted (id integer primary key, note varchar(100))");
            statement.execute("insert into planted values (1, 'a Canary-Name in the middle')");
            assertThat(CanaryScan.tables(connection)).hasSizeGreaterThan(15);
        }

        assertThat(deployment.traces()).containsExactly("planted.note has canary-name");
    }

    private static <T> T done(CompletionStage<Outcome<T>> stage) {
        return stage.toCompletableFuture().join().orElseThrow();
    }
}
