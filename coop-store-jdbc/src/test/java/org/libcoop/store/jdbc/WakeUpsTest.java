package org.libcoop.store.jdbc;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.libcoop.chat.ChatId;
import org.libcoop.presence.NodeId;
import org.libcoop.refusal.CoopException;
import org.libcoop.spi.Committed;
import org.libcoop.store.jdbc.Databases.Pooled;

/** Hints of changes come although their connections are killed, and ending them interrupts nobody in a statement. */
class WakeUpsTest {

    private static final NodeId NODE = new NodeId("node");

    private final List<AutoCloseable> open = new ArrayList<>();
    private final HikariDataSource database = Databases.postgres(Pooled.USUAL);
    private final AtomicInteger hints = new AtomicInteger();
    private int chats;

    @BeforeEach
    void begin() {
        JdbcStore store = JdbcStore.open(database);
        store.join(NODE, Duration.ofHours(1));
        store.close();
    }

    @AfterEach
    void close() {
        for (int i = open.size() - 1; i >= 0; i--) {
            Databases.close(open.get(i));
        }
        database.close();
    }

    private HikariDataSource ownConnections() {
        HikariDataSource own =
                Databases.impatientPool(database.getJdbcUrl(), "postgres", new Pooled(true, "", 2), 5_000);
        open.add(own);
        return own;
    }

    private JdbcStore node(Duration pollEvery, HikariDataSource own) {
        JdbcStore store =
                JdbcStore.builder(database).pollEvery(pollEvery).wakeUps(own).build();
        open.add(store);
        return store;
    }

    /** With no polling at all: only a notification can bring a hint. */
    @Test
    void listeningComesBackByItself() throws SQLException {
        JdbcStore teller = node(Duration.ZERO, ownConnections());
        JdbcStore listener = node(Duration.ZERO, ownConnections());
        teller.onChange(() -> {});
        listener.onChange(hints::incrementAndGet);
        await().atMost(50, SECONDS).until(() -> isHeard(teller));

        assertThat(kill("listen coop_feed", "notify coop_feed", "unlisten coop_feed"))
                .as("connections that were killed")
                .isGreaterThanOrEqualTo(2);

        await().atMost(50, SECONDS).until(() -> listening() == 2);
        await().atMost(50, SECONDS).until(() -> isHeard(teller));
    }

    @Test
    void pollingGoesOnWhileNobodyCanListen() throws SQLException {
        JdbcStore teller = JdbcStore.open(database);
        open.add(teller);
        HikariDataSource own = ownConnections();
        JdbcStore listener = node(Duration.ofMillis(20), own);
        listener.onChange(hints::incrementAndGet);
        await().atMost(50, SECONDS).until(() -> listening() == 1);
        own.close();

        kill("listen coop_feed");

        await().atMost(50, SECONDS).until(() -> listening() == 0);
        await().atMost(50, SECONDS).until(() -> isHeard(teller));
    }

    /** Changes something; whether a hint of it comes within a moment. One that came for what was before does not count. */
    private boolean isHeard(JdbcStore teller) {
        int before = hints.get();
        assertThat(teller.commit(NODE, List.of(Talk.begins("chat-" + ++chats)))).containsExactly(Committed.APPLIED);
        try {
            await().atMost(1, SECONDS).until(() -> hints.get() > before);
            return true;
        } catch (ConditionTimeoutException unheard) {
            return false;
        }
    }

    private int kill(String... lastStatements) throws SQLException {
        return count("select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = current_database()"
                + " and query in ('" + String.join("', '", lastStatements) + "')");
    }

    private int listening() throws SQLException {
        return count("select count(*) from pg_stat_activity where datname = current_database()"
                + " and query in ('listen coop_feed', 'select 1')");
    }

    private int count(String query) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getInt(1);
        }
    }

    // ---- Closing

    /** A poll that is in the middle of a statement ends first, and is not interrupted: that would cost H2 its file. */
    @Test
    void closingWaitsForThePollUnderWay() throws Exception {
        CountDownLatch polling = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicBoolean interrupted = new AtomicBoolean();
        AtomicBoolean armed = new AtomicBoolean();
        HikariDataSource h2 = Databases.h2InMemory(Pooled.USUAL);
        open.add(h2);
        JdbcStore store = JdbcStore.builder(new WatchedDataSource(h2, new WatchedDataSource.Watch() {
                    @Override
                    public void before(String statement) {
                        if (armed.get()) {
                            polling.countDown();
                            try {
                                goOn.await();
                            } catch (InterruptedException cut) {
                                interrupted.set(true);
                            }
                        }
                    }
                }))
                .pollEvery(Duration.ofMillis(10))
                .build();
        armed.set(true);
        store.onChange(() -> {});
        assertThat(polling.await(50, SECONDS)).isTrue();

        Thread closing = new Thread(store::close);
        closing.start();
        await().atMost(50, SECONDS).until(() -> closing.getState() == Thread.State.TIMED_WAITING);
        goOn.countDown();
        closing.join(50_000);

        assertThat(closing.isAlive()).isFalse();
        assertThat(interrupted).isFalse();
    }

    // ---- H2 and interrupts

    /** What the Javadoc of the store says: a thread that is interrupted in a call costs H2 its file, unless it is named so. */
    @Test
    void anInterruptDoesNoHarmToAFileThatIsOpenedAgain(@TempDir Path folder) {
        HikariDataSource h2 =
                Databases.pool("jdbc:h2:retry:" + folder.resolve("coop").toAbsolutePath(), "sa", Pooled.USUAL);
        open.add(h2);
        JdbcStore store = JdbcStore.builder(h2).pollEvery(Duration.ZERO).build();
        open.add(store);
        store.join(NODE, Duration.ofHours(1));

        for (int i = 0; i < 20; i++) {
            Thread.currentThread().interrupt();
            try {
                store.commit(NODE, List.of(Talk.begins("chat-" + i)));
            } catch (RuntimeException anyhow) {
                assertThat(anyhow).isInstanceOf(CoopException.class);
            }
            boolean unused = Thread.interrupted();
            assertThat(store.commit(NODE, List.of(Talk.begins("next-" + i)))).containsExactly(Committed.APPLIED);
        }

        assertThat(store.chat(ChatId.of("next-19"))).isPresent();
    }
}
