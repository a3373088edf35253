package org.libcoop.store.jdbc;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.libcoop.chat.Chat;
import org.libcoop.chat.ChatId;
import org.libcoop.directory.OperatorId;
import org.libcoop.presence.NodeId;
import org.libcoop.presence.OperatorPresence;
import org.libcoop.spi.Change;
import org.libcoop.spi.Committed;
import org.libcoop.spi.StoreException;
import org.libcoop.store.jdbc.Databases.Pooled;
import org.libcoop.testkit.network.Direction;
import org.libcoop.testkit.network.TcpProxy;

/**
 * PostgreSQL that cannot be reached, does not answer, or is cut off: every call ends in time with a failure that says what is
 * known (G6, G12), and the store goes on by itself as soon as the database does.
 */
class DatabaseAwayTest {

    private static final HikariDataSource DIRECT = Databases.postgres(Pooled.USUAL);
    private static final NodeId NODE = new NodeId("node");
    private static final Duration DEADLINE = Duration.ofSeconds(1);
    private static final int POOL = 12;

    /** What a call and a recovery may take, each with ten times its slack. */
    private static final long MOST_NANOS =
            DEADLINE.plusSeconds(1).multipliedBy(10).toNanos();

    private static final Duration RECOVERY = Duration.ofSeconds(50);

    /** What happens to the way to the database. */
    enum Fault {
        REFUSED,
        RESET,
        STALLED,
        ANSWERS_STALLED;

        void begins(TcpProxy proxy) {
            switch (this) {
                case REFUSED -> {
                    proxy.refuseConnections();
                    proxy.resetConnections();
                }
                case RESET -> proxy.resetConnections();
                case STALLED -> proxy.stall();
                case ANSWERS_STALLED -> proxy.stall(Direction.TO_CLIENT);
            }
        }
    }

    /** Something that is asked of a store. */
    private interface Call {
        @Nullable
        Object run();
    }

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final TcpProxy proxy = TcpProxy.to(address(DIRECT.getJdbcUrl()));
    private final HikariDataSource pool = Databases.impatientPool(
            through(proxy, DIRECT.getJdbcUrl()), "postgres", new Pooled(true, "", POOL), DEADLINE.toMillis());
    private final JdbcStore store =
            JdbcStore.builder(pool).deadline(DEADLINE).pollEvery(Duration.ZERO).build();
    private final Change.OfChat begins = Talk.begins("chat");
    private final ChatId chat = begins.chat().id();

    static InetSocketAddress address(String url) {
        URI server = URI.create(url.substring("jdbc:".length()));
        return new InetSocketAddress(server.getHost(), server.getPort());
    }

    /** The same address with the proxy in place of the server, and a host's usual limits on connecting. */
    static String through(TcpProxy proxy, String url) {
        InetSocketAddress server = address(url);
        return url.replace(
                        server.getHostString() + ":" + server.getPort(),
                        proxy.address().getHostString() + ":" + proxy.port())
                + "&connectTimeout=1&loginTimeout=1";
    }

    @BeforeEach
    void begin() {
        Databases.empty(DIRECT);
        try (JdbcStore patient = JdbcStore.open(DIRECT)) {
            patient.join(NODE, Duration.ofHours(1));
            assertThat(patient.commit(NODE, List.of(begins))).containsExactly(Committed.APPLIED);
        }
    }

    @AfterEach
    void close() {
        threads.shutdownNow();
        store.close();
        pool.close();
        proxy.close();
    }

    @AfterAll
    static void closeDatabase() {
        DIRECT.close();
    }

    @ParameterizedTest
    @EnumSource
    void everyCallEndsInTimeAndSaysWhatIsKnownAndTheStoreRecoversAlone(Fault fault) throws Exception {
        Map<String, Call> calls = calls();
        calls.values().forEach(Call::run);

        fault.begins(proxy);
        Map<String, Future<@Nullable Throwable>> failures = new LinkedHashMap<>();
        Change.OfChat says = Talk.says(begins.chat(), "said while the database was away");
        calls.put("commit", () -> store.commit(NODE, List.of(says)));
        calls.forEach((name, call) -> failures.put(name, threads.submit(() -> timed(call))));

        Throwable ofCommit = null;
        for (Map.Entry<String, Future<@Nullable Throwable>> failure : failures.entrySet()) {
            Throwable thrown = failure.getValue().get(2, TimeUnit.MINUTES);
            boolean commits = failure.getKey().equals("commit");
            ofCommit = commits ? thrown : ofCommit;
            if (fault != Fault.RESET || thrown != null) {
                assertThat(thrown).as(failure.getKey()).isInstanceOfSatisfying(StoreException.class, away -> {
                    assertThat(away.outcomeUnknown()
                                    && !commits
                                    && !failure.getKey().equals("forget"))
                            .isFalse();
                    assertThat(away.busy() || away.refused()).isFalse();
                });
            }
        }

        proxy.heal();
        await().atMost(RECOVERY).until(() -> catchThrowable(() -> store.now()) == null);
        await().atMost(RECOVERY)
                .until(() -> calls().values().stream().allMatch(call -> catchThrowable(call::run) == null));
        resolves(says, ofCommit);
    }

    /** How a call failed, null if it did not; in time either way. */
    private static @Nullable Throwable timed(Call call) {
        long began = System.nanoTime();
        Throwable thrown = catchThrowable(call::run);
        assertThat(System.nanoTime() - began).isLessThan(MOST_NANOS);
        return thrown;
    }

    /** What was said not to have happened did not; what may have happened is known by its command. */
    private void resolves(Change.OfChat says, @Nullable Throwable failure) {
        boolean unknown = failure instanceof StoreException away && away.outcomeUnknown();
        boolean there = store.result(chat, Talk.SCOPE, "said while the database was away")
                .isPresent();
        assertThat(there).isIn(unknown ? List.of(true, false) : List.of(failure == null));

        Committed again = store.commit(NODE, List.of(says)).get(0);

        // What a stall held back may still come, even between the question and the repetition.
        assertThat(again.outcome())
                .isIn(there || unknown ? Committed.Outcome.REPEATED : null, there ? null : Committed.Outcome.APPLIED);
        assertThat(Talk.lines(store, chat)).containsExactly("said while the database was away");
    }

    private Map<String, Call> calls() {
        Map<String, Call> calls = new LinkedHashMap<>();
        calls.put("now", store::now);
        calls.put("nodes", store::nodes);
        calls.put("renew", () -> store.renew(NODE));
        calls.put("chat", () -> store.chat(chat));
        calls.put("log", () -> store.log(chat, 0, 100));
        calls.put("due", () -> store.due(ChatSamples.at(100), 100));
        calls.put("live", () -> store.live(null));
        calls.put("presence", () -> store.presence(ChatSamples.ANA, 0));
        calls.put("directory", store::directory);
        calls.put("feed", () -> store.changes("", 100));
        calls.put("forget", () -> {
            store.forget(List.of(chat));
            return null;
        });
        return calls;
    }

    @Test
    void aStoreThatIsOpenedMeanwhileFailsInTimeToo() {
        proxy.stall();

        Throwable thrown =
                timed(() -> JdbcStore.builder(pool).deadline(DEADLINE).build());

        assertThat(thrown).isInstanceOf(StoreException.class);
    }

    /** Each statement is answered well within the deadline, but all of them together are not. */
    @Test
    void aCallOfManySlowStatementsEndsInTime() {
        List<ChatId> many = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            many.add(ChatId.of("chat-" + i));
        }
        store.forget(many);
        proxy.delay(Duration.ofMillis(150));

        StoreException thrown = (StoreException) timed(() -> {
            store.forget(many);
            return null;
        });

        assertThat(thrown).isNotNull().hasMessageContaining("in time");
        assertThat(thrown.outcomeUnknown()).as("it had not come to its commit").isFalse();
        proxy.heal();
        await().atMost(RECOVERY).until(() -> catchThrowable(() -> store.forget(many)) == null);
    }

    // ---- Cut off while a commit is under way

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aBatchThatIsCutOffIsUnknownAndItsCommandTells(boolean afterCommit) {
        Change.OfChat says = Talk.says(begins.chat(), "Hello");

        CompletableFuture<Void> cut = cut("\ncommit", afterCommit);
        StoreException thrown = catchThrowableOfType(StoreException.class, () -> store.commit(NODE, List.of(says)));

        assertThat(cut).succeedsWithin(50, SECONDS);
        assertThat(thrown.outcomeUnknown()).isTrue();
        await().atMost(RECOVERY).until(() -> catchThrowable(() -> store.now()) == null);
        await().atMost(RECOVERY)
                .until(() -> store.result(chat, Talk.SCOPE, "Hello").isPresent() == afterCommit);
        assertThat(store.commit(NODE, List.of(says)).get(0).outcome())
                .isEqualTo(afterCommit ? Committed.Outcome.REPEATED : Committed.Outcome.APPLIED);
        assertThat(Talk.lines(store, chat)).containsExactly("Hello");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRowThatIsCutOffIsUnknownAndReadingItTells(boolean afterCommit) {
        OperatorPresence row = OperatorPresence.unknown(OperatorId.of("ana"))
                .signedIn(ChatSamples.T0)
                .successor();

        CompletableFuture<Void> cut = cut("COMMIT", afterCommit);
        StoreException thrown = catchThrowableOfType(
                StoreException.class, () -> store.commit(NODE, List.of(new Change.OfPresence(row))));

        assertThat(cut).succeedsWithin(50, SECONDS);
        assertThat(thrown.outcomeUnknown()).isTrue();
        await().atMost(RECOVERY).until(() -> catchThrowable(() -> store.now()) == null);
        assertThat(store.presence(row.operator(), 0)).isEqualTo(afterCommit ? List.of(row) : List.of());
        assertThat(store.commit(NODE, List.of(new Change.OfPresence(row))))
                .containsExactly(afterCommit ? Committed.LOST : Committed.APPLIED);
    }

    private CompletableFuture<Void> cut(String pattern, boolean afterCommit) {
        byte[] bytes = pattern.getBytes(StandardCharsets.US_ASCII);
        return afterCommit ? proxy.cutAfter(bytes) : proxy.cutBefore(bytes);
    }

    // ---- With locks

    /** A lock that is held ends in "busy", which is known to have changed nothing, and not in a connection that is given up. */
    @Test
    void aRowThatSomebodyKeepsLockedIsBusyInTime() throws Exception {
        Chat on = begins.chat();
        try (var locking = DIRECT.getConnection();
                var statement = locking.createStatement()) {
            locking.setAutoCommit(false);
            statement.execute("select 1 from coop_chat where id = 'chat' for update");

            List<Change> portable =
                    List.of(Talk.says(on, "1"), Talk.says(Talk.says(on, "1").chat(), "2"));
            for (List<Change> batch : List.of(List.<Change>of(Talk.says(on, "1")), portable)) {
                assertThat(timed(() -> store.commit(NODE, batch)))
                        .isInstanceOfSatisfying(StoreException.class, failed -> {
                            assertThat(failed.busy()).isTrue();
                            assertThat(failed.outcomeUnknown()).isFalse();
                        });
            }
            locking.rollback();
        }

        assertThat(Talk.lines(store, chat)).isEmpty();
        assertThat(store.commit(NODE, List.of(Talk.says(on, "1")))).containsExactly(Committed.APPLIED);
    }
}
