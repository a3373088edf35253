package org.libcoop.store.jdbc;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.libcoop.chat.Chat;
import org.libcoop.presence.NodeId;
import org.libcoop.spi.Change;
import org.libcoop.spi.Committed;
import org.libcoop.store.jdbc.Databases.Pooled;

/**
 * How PostgreSQL writes a batch into tables that it has never analysed: along their indexes, whatever the plan was made for.
 * What the database counted while the store's own statements ran is asked, so that it is their real plans that are judged.
 */
class BatchPlanTest {

    private static final NodeId NODE = new NodeId("node");
    private static final int CHATS = 50_000;
    private static final int BATCH = 200;

    /** More than it takes until the driver and the database keep a plan. */
    private static final int BATCHES = 12;

    /** Rows beside those of the test, none of which is ever analysed. */
    private static final String FILL = """
            insert into coop_chat (id, seq, patron_key, started_at, due_at, head)
            select 'other-' || n, 2, 'key ' || n, n, n, repeat('h', 300) from generate_series(1, %1$d) n;
            insert into coop_entry (chat, seq, at, event)
            select 'other-' || n, 1, n, repeat('e', 100) from generate_series(1, %1$d) n;
            insert into coop_result (chat, scope, id, digest, seq)
            select 'other-' || n, 'patron', 'start', 'digest', 1 from generate_series(1, %1$d) n;
            insert into coop_topic (topic, chat) select 'stage:department:reference', 'other-' || n
            from generate_series(1, %1$d) n;
            """;

    private static final List<String> TABLES = List.of("coop_chat", "coop_entry", "coop_result", "coop_topic");

    /** What was counted of a table. */
    private record Counted(long readThrough, long updated) {}

    @Test
    void noTableIsReadThroughForABatch() throws SQLException {
        try (HikariDataSource database = Databases.postgres(new Pooled(true, "", 2))) {
            for (String table : TABLES) {
                execute(database, "alter table " + table + " set (autovacuum_enabled = false)");
            }

            Map<String, Counted> before = writeBatches(database);

            // What a connection did is counted for certain once it is closed.
            await().atMost(50, SECONDS)
                    .until(() -> counted(database).get("coop_chat").updated()
                            >= before.get("coop_chat").updated() + BATCH * (BATCHES - 1));
            assertThat(counted(database))
                    .allSatisfy((table, of) -> assertThat(of.readThrough())
                            .as("times that %s was read through", table)
                            .isEqualTo(before.get(table).readThrough()));
            assertThat(analysed(database)).isZero();
        }
    }

    /** Writes over a connection of its own, which is closed in the end; what had been counted before the tables were large. */
    private static Map<String, Counted> writeBatches(HikariDataSource database) throws SQLException {
        try (HikariDataSource own =
                        Databases.impatientPool(database.getJdbcUrl(), "postgres", new Pooled(true, "", 1), 10_000);
                JdbcStore store = JdbcStore.builder(own)
                        .deadline(Duration.ofMinutes(2))
                        .pollEvery(Duration.ZERO)
                        .build()) {
            store.join(NODE, Duration.ofHours(1));
            List<Chat> chats = begin(store);
            // A plan that is kept from now on was made for empty tables.
            chats = goOn(store, chats, 0);
            execute(database, FILL.formatted(CHATS));
            Map<String, Counted> before = counted(database);
            for (int n = 1; n < BATCHES; n++) {
                chats = goOn(store, chats, n);
            }
            return before;
        }
    }

    private static List<Chat> begin(JdbcStore store) {
        List<Change> batch = new ArrayList<>();
        List<Chat> chats = new ArrayList<>();
        for (int i = 0; i < BATCH; i++) {
            Change.OfChat begins = Talk.begins("chat-" + i);
            batch.add(begins);
            chats.add(begins.chat());
        }
        assertThat(store.commit(NODE, batch)).containsOnly(Committed.APPLIED);
        return chats;
    }

    private static List<Chat> goOn(JdbcStore store, List<Chat> chats, int n) {
        List<Change> batch = new ArrayList<>();
        List<Chat> next = new ArrayList<>();
        for (Chat chat : chats) {
            Change.OfChat says = Talk.says(chat, "line " + n);
            batch.add(says);
            next.add(says.chat());
        }
        assertThat(store.commit(NODE, batch)).containsOnly(Committed.APPLIED);
        return next;
    }

    private static Map<String, Counted> counted(HikariDataSource database) throws SQLException {
        Map<String, Counted> counted = new TreeMap<>();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("select relname, seq_scan, n_tup_upd from pg_stat_user_tables")) {
            while (row.next()) {
                if (TABLES.contains(row.getString(1))) {
                    counted.put(row.getString(1), new Counted(row.getLong(2), row.getLong(3)));
                }
            }
        }
        assertThat(counted).hasSize(TABLES.size());
        return counted;
    }

    /** How many of the tables have statistics. */
    private static int analysed(HikariDataSource database) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select count(*) from pg_stats where tablename in ('coop_chat', 'coop_entry', 'coop_result', 'coop_topic')")) {
            row.next();
            return row.getInt(1);
        }
    }

    private static void execute(HikariDataSource database, String statements) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(statements);
        }
    }
}
