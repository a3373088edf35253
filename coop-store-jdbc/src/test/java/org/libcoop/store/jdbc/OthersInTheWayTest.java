package org.libcoop.store.jdbc;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.libcoop.presence.NodeId;
import org.libcoop.presence.OperatorPresence;
import org.libcoop.spi.Change;
import org.libcoop.spi.Committed;
import org.libcoop.spi.StoreException;
import org.libcoop.store.jdbc.Databases.Pooled;

/** Deadlocks, serialization failures and locks are tried again, a bounded number of times, and then said to be what they are. */
class OthersInTheWayTest {

    private static final NodeId NODE = new NodeId("node");

    private static final HikariDataSource SHARED = Databases.postgres(Pooled.USUAL);

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterAll
    static void closeShared() {
        SHARED.close();
    }

    @AfterEach
    void close() {
        for (int i = open.size() - 1; i >= 0; i--) {
            Databases.close(open.get(i));
        }
    }

    /** How a batch goes to the database. */
    enum Way {
        ONE_STATEMENT,
        SEVERAL_STATEMENTS
    }

    /** Fails statements as it is told to, and counts the states that the database itself reports. */
    private static final class Failing implements WatchedDataSource.Watch {
        private final AtomicInteger commits = new AtomicInteger();
        private volatile String state = "";
        private volatile int left;

        void fail(String how, int times) {
            commits.set(0);
            left = times;
            state = how;
        }

        @Override
        public synchronized void before(String statement) throws SQLException {
            if (statement.endsWith(WatchedDataSource.COMMIT) && !state.isEmpty()) {
                commits.incrementAndGet();
                if (left-- > 0) {
                    throw new SQLException("others are in the way", state);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsAlwaysInTheWayIsBusyAfterABoundedNumberOfTries(Way way) {
        Failing failing = new Failing();
        JdbcStore store = store(failing);
        List<Change> batch = batch(way, "chat");

        failing.fail("40001", Integer.MAX_VALUE);
        StoreException thrown = catchThrowableOfType(StoreException.class, () -> store.commit(NODE, batch));

        assertThat(thrown.busy()).isTrue();
        assertThat(thrown.outcomeUnknown() || thrown.refused()).isFalse();
        assertThat(failing.commits).hasValue(Database.TRIES);
        assertThat(store.live(null)).isEmpty();

        failing.fail("40001", Database.TRIES - 1);
        assertThat(store.commit(NODE, batch)).containsOnly(Committed.APPLIED);
        assertThat(failing.commits).hasValue(Database.TRIES);
    }

    /** Any other failure is not tried again: only what certainly was not done may be. */
    @ParameterizedTest
    @ValueSource(strings = {"08006", "40003", "57P01", "58030", "XX000"})
    void whatIsNotKnownToBeUndoneIsNotTriedAgain(String state) {
        for (Way way : Way.values()) {
            Failing failing = new Failing();
            JdbcStore store = store(failing);
            failing.fail(state, 1);

            StoreException thrown =
                    catchThrowableOfType(StoreException.class, () -> store.commit(NODE, batch(way, "chat")));

            assertThat(thrown.outcomeUnknown()).isTrue();
            assertThat(failing.commits).hasValue(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"53100", "42501", "57014", "25006"})
    void whatIsKnownToBeUndoneIsSaidToBe(String state) {
        for (Way way : Way.values()) {
            Failing failing = new Failing();
            JdbcStore store = store(failing);
            failing.fail(state, 1);

            StoreException thrown =
                    catchThrowableOfType(StoreException.class, () -> store.commit(NODE, batch(way, "chat")));

            assertThat(thrown.outcomeUnknown() || thrown.busy() || thrown.refused())
                    .isFalse();
            assertThat(failing.commits).hasValue(1);
        }
    }

    /** Two transactions, each with a chat that the other one wants: PostgreSQL ends the store's, which then goes through. */
    @ParameterizedTest
    @EnumSource
    void aDeadlockIsTriedAgain(Way way) throws SQLException {
        HikariDataSource database = SHARED;
        Databases.empty(database);
        Set<String> states = ConcurrentHashMap.newKeySet();
        JdbcStore store = JdbcStore.open(new WatchedDataSource(database, new WatchedDataSource.Watch() {
            @Override
            public void failed(SQLException failure) {
                states.add(failure.getSQLState());
            }
        }));
        open.add(store);
        store.join(NODE, Duration.ofHours(1));
        Change.OfChat a = Talk.begins("a");
        Change.OfChat b = Talk.begins("b");
        store.commit(NODE, List.of(a, b));
        List<Change> batch = new ArrayList<>(List.of(Talk.says(b.chat(), "1"), Talk.says(a.chat(), "1")));
        if (way == Way.SEVERAL_STATEMENTS) {
            batch.add(row());
        }
        try (Connection other = database.getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            // The store's transaction finds the deadlock, not this one.
            statement.execute("set local deadlock_timeout = '60s'");
            statement.execute("select 1 from coop_chat where id = 'b' for update");

            CompletableFuture<List<Committed>> outcomes =
                    CompletableFuture.supplyAsync(() -> store.commit(NODE, batch));
            await().atMost(50, SECONDS).until(() -> waiting(database) == 1);
            statement.execute("select 1 from coop_chat where id = 'a' for update");
            await().atMost(50, SECONDS).until(() -> states.contains("40P01"));
            other.rollback();

            assertThat(outcomes).succeedsWithin(50, SECONDS);
            assertThat(outcomes.join()).containsOnly(Committed.APPLIED);
        }
    }

    private static int waiting(HikariDataSource database) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from pg_stat_activity"
                        + " where datname = current_database() and wait_event_type = 'Lock'")) {
            row.next();
            return row.getInt(1);
        }
    }

    private JdbcStore store(Failing failing) {
        Databases.empty(SHARED);
        JdbcStore store = JdbcStore.builder(new WatchedDataSource(SHARED, failing))
                .pollEvery(Duration.ZERO)
                .build();
        open.add(store);
        store.join(NODE, Duration.ofHours(1));
        return store;
    }

    private static List<Change> batch(Way way, String chat) {
        Change.OfChat begins = Talk.begins(chat);
        return way == Way.ONE_STATEMENT ? List.of(begins) : List.of(begins, row());
    }

    private static Change row() {
        return new Change.OfPresence(OperatorPresence.unknown(ChatSamples.ANA)
                .signedIn(ChatSamples.T0)
                .successor());
    }
}
