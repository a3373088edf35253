package org.libcoop.store.jdbc;

import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.libcoop.CoopEngine;
import org.libcoop.PatronSession;
import org.libcoop.chat.Chat;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Content;
import org.libcoop.directory.Directory;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.WidgetId;
import org.libcoop.presence.NodeId;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.spi.Change;
import org.libcoop.spi.Committed;
import org.libcoop.spi.Principal;
import org.libcoop.spi.Store;
import org.libcoop.spi.StoreException;
import org.libcoop.store.jdbc.Databases.Pooled;
import org.libcoop.testkit.network.TcpProxy;

/**
 * A commit of which nobody learns what became of it: it is named so, never guessed, and the same command again leads to the true
 * outcome, without a second effect and without a loss (G5, G6).
 */
class UnknownOutcomeTest {

    private static final NodeId NODE = new NodeId("node");
    private static final int WRITERS = 4;
    private static final int LINES = 40;

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() {
        for (int i = open.size() - 1; i >= 0; i--) {
            Databases.close(open.get(i));
        }
    }

    /** Where a fault strikes. */
    private enum Point {
        BORROWING,
        BEFORE_A_STATEMENT,
        AFTER_A_STATEMENT,
        BEFORE_COMMIT,
        AFTER_COMMIT
    }

    /** Breaks connections at random: before or after the database did what was asked. */
    private static final class Breaking implements WatchedDataSource.Watch {
        private final Random random = new Random(20260101);
        private final Map<Point, AtomicInteger> struck = new EnumMap<>(Point.class);
        private volatile boolean breaks;

        Breaking() {
            for (Point point : Point.values()) {
                struck.put(point, new AtomicInteger());
            }
        }

        @Override
        public void borrows() throws SQLException {
            strike(Point.BORROWING, 5);
        }

        @Override
        public void before(String statement) throws SQLException {
            strike(commits(statement) ? Point.BEFORE_COMMIT : Point.BEFORE_A_STATEMENT, commits(statement) ? 10 : 2);
        }

        @Override
        public void after(String statement) throws SQLException {
            strike(commits(statement) ? Point.AFTER_COMMIT : Point.AFTER_A_STATEMENT, commits(statement) ? 25 : 2);
        }

        /** By itself, or at the end of the statement that writes a batch to PostgreSQL. */
        private static boolean commits(String statement) {
            return statement.endsWith(WatchedDataSource.COMMIT);
        }

        private void strike(Point point, int percent) throws SQLException {
            int drawn;
            synchronized (random) {
                drawn = random.nextInt(100);
            }
            if (breaks && drawn < percent) {
                struck.get(point).incrementAndGet();
                throw new SQLException("the connection broke", "08006");
            }
        }
    }

    /** What was said about tries that failed. */
    private record Tally(AtomicInteger unknownAndDone, AtomicInteger unknownAndNot, AtomicInteger notDone) {
        Tally() {
            this(new AtomicInteger(), new AtomicInteger(), new AtomicInteger());
        }
    }

    @ParameterizedTest
    @EnumSource
    void whateverBreaksEveryCommandTakesEffectOnceAndEveryOutcomeIsResolved(Dialect dialect) throws Exception {
        HikariDataSource pool = Databases.of(dialect, Pooled.USUAL);
        open.add(pool);
        Breaking breaking = new Breaking();
        Store store = JdbcStore.builder(new WatchedDataSource(pool, breaking))
                .pollEvery(Duration.ZERO)
                .build();
        Store truth = JdbcStore.builder(pool).pollEvery(Duration.ZERO).build();
        truth.join(NODE, Duration.ofHours(1));
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
        open.add(threads::shutdownNow);
        Tally tally = new Tally();

        breaking.breaks = true;
        List<Future<ChatId>> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            int writer = i;
            writers.add(threads.submit(() -> write(store, truth, "chat-" + writer, tally)));
        }

        List<String> all = IntStream.range(0, LINES).mapToObj(n -> "line " + n).toList();
        for (Future<ChatId> writer : writers) {
            ChatId chat = writer.get(2, MINUTES);
            assertThat(Talk.lines(truth, chat)).isEqualTo(all);
            assertThat(truth.chat(chat).orElseThrow().seq()).isEqualTo(LINES + 1L);
        }
        assertThat(tally.unknownAndDone()).as("commits without an answer").hasValueGreaterThan(20);
        assertThat(tally.notDone()).as("tries that certainly failed").hasPositiveValue();
        assertThat(breaking.struck.get(Point.AFTER_COMMIT)).hasValueGreaterThan(20);
        assertThat(breaking.struck.get(Point.BEFORE_COMMIT)).hasValueGreaterThan(5);
    }

    private static ChatId write(Store store, Store truth, String id, Tally tally) {
        Change.OfChat change = Talk.begins(id);
        settle(store, truth, change, tally);
        Chat chat = change.chat();
        for (int n = 0; n < LINES; n++) {
            Change.OfChat line = Talk.says(chat, "line " + n);
            settle(store, truth, line, tally);
            chat = line.chat();
        }
        return chat.id();
    }

    /** Repeats with the same id until it is known; whatever is said on the way has to be true. */
    private static void settle(Store store, Store truth, Change.OfChat change, Tally tally) {
        boolean mayBeDone = false;
        for (int tries = 0; tries < 100; tries++) {
            boolean before = isThere(truth, change);
            try {
                Committed outcome = store.commit(NODE, List.of(change)).get(0);
                assertThat(isThere(truth, change)).isTrue();
                if (outcome.outcome() == Committed.Outcome.LOST) {
                    // Lost to itself, and the store could not ask: it is decided again, with the same id.
                    assertThat(mayBeDone).isTrue();
                    continue;
                }
                assertThat(outcome.outcome())
                        .isEqualTo(before ? Committed.Outcome.REPEATED : Committed.Outcome.APPLIED);
                return;
            } catch (StoreException failed) {
                boolean after = isThere(truth, change);
                if (failed.outcomeUnknown()) {
                    mayBeDone = true;
                    (after ? tally.unknownAndDone() : tally.unknownAndNot()).incrementAndGet();
                } else {
                    assertThat(after).as("said not to have been applied").isEqualTo(before);
                    tally.notDone().incrementAndGet();
                }
            }
        }
        throw new AssertionError("not settled after 100 tries");
    }

    private static boolean isThere(Store truth, Change.OfChat change) {
        var result = change.result();
        assertThat(result).isNotNull();
        return truth.result(
                        change.chat().id(),
                        result.command().scope(),
                        result.command().id())
                .isPresent();
    }

    // ---- Through an engine

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aPatronsLineIsThereOnceHoweverItsCommitWasCutOff(boolean awayAfterwards) {
        HikariDataSource direct = Databases.postgres(Pooled.USUAL);
        TcpProxy proxy = TcpProxy.to(DatabaseAwayTest.address(direct.getJdbcUrl()));
        HikariDataSource pool = Databases.impatientPool(
                DatabaseAwayTest.through(proxy, direct.getJdbcUrl()), "postgres", new Pooled(true, "", 1), 500);
        JdbcStore store = JdbcStore.builder(pool)
                .deadline(Duration.ofSeconds(1))
                .pollEvery(Duration.ofMillis(50))
                .build();
        CoopEngine engine = CoopEngine.builder()
                .store(store)
                .directory(Directory.builder()
                        .institution("springy", "Springy University")
                        .operators("springy", "ana")
                        .department("reference", "springy", "Reference", "ana")
                        .widget("databases", "springy", widget -> widget.route(Option.department("reference")))
                        .build())
                .build();
        open.addAll(List.of(direct, proxy, pool, store, engine));
        var ana = engine.connectOperator(OperatorId.of("ana"), notice -> {}).orElseThrow();
        assertThat(Talk.refusal(ana.signIn())).isNull();
        assertThat(Talk.refusal(ana.monitor(Option.department("reference"), true)))
                .isNull();
        PatronSession patron = engine.connectPatron(
                        new Principal.OfPatron("the-key-of-stewart-whom-nobody-else-knows"), "", notice -> {})
                .orElseThrow();
        assertThat(Talk.refusal(patron.startChat(WidgetId.of("databases"), Content.PatronDetails.NONE, null, "start")))
                .isNull();

        CompletableFuture<Void> cut = proxy.cutAfter("\ncommit".getBytes(StandardCharsets.US_ASCII));
        if (awayAfterwards) {
            // The pool's only connection stays until it is cut; there is no other one afterwards.
            proxy.refuseConnections();
        }
        RefusalCode first = Talk.refusal(patron.say("Hello?", "m1"));

        assertThat(cut).succeedsWithin(50, SECONDS);
        assertThat(first).isEqualTo(awayAfterwards ? RefusalCode.UNKNOWN_OUTCOME : null);
        proxy.heal();
        await().atMost(50, SECONDS).until(() -> Talk.refusal(patron.say("Hello?", "m1")) == null);
        assertThat(Talk.refusal(patron.say("Hello?", "m1"))).isNull();
        assertThat(Talk.lines(store, patron.chatId().orElseThrow())).containsOnlyOnce("Hello?");
        assertThat(Talk.refusal(patron.say("Anybody there?", "m2")))
                .as("it goes on")
                .isNull();
    }
}
