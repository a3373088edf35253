package org.libcoop.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.zaxxer.hikari.HikariDataSource;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.libcoop.chat.ChatId;
import org.libcoop.presence.NodeId;
import org.libcoop.presence.OperatorPresence;
import org.libcoop.spi.Change;
import org.libcoop.store.jdbc.Databases.Pooled;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;
import org.postgresql.ds.PGSimpleDataSource;

/** A borrowed connection goes back as it came, whatever was done with it: no pool is there that would put it right. */
class BorrowedConnectionTest {

    private static final NodeId NODE = new NodeId("node");

    /** One connection, lent again and again as it is. */
    private static final class Single extends PGSimpleDataSource {
        private static final long serialVersionUID = 1L;
        private final transient Connection only;

        Single(Connection only) {
            this.only = only;
        }

        @Override
        public Connection getConnection() {
            return (Connection) Proxy.newProxyInstance(
                    Single.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                        try {
                            return method.getName().equals("close") ? null : method.invoke(only, arguments);
                        } catch (InvocationTargetException thrown) {
                            throw thrown.getTargetException();
                        }
                    });
        }
    }

    private interface Call {
        void run();
    }

    @ParameterizedTest
    @CsvSource({"true, 2, 0, false", "false, 2, 7000, false", "true, 4, 7000, false", "false, 8, 0, true"})
    void everySettingIsAsItWas(boolean autoCommit, int isolation, int timeoutMillis, boolean withLocks)
            throws SQLException {
        try (HikariDataSource database = Databases.postgres(Pooled.USUAL);
                Connection connection = DriverManager.getConnection(database.getJdbcUrl());
                Connection other = database.getConnection()) {
            connection.setAutoCommit(autoCommit);
            connection.setTransactionIsolation(isolation);
            connection.setNetworkTimeout(Runnable::run, timeoutMillis);
            try (Statement statement = other.createStatement()) {
                statement.execute("alter table coop_chat add constraint no_poison check (id <> 'poison')");
            }
            other.setAutoCommit(false);
            Map<String, String> before = settings(connection);
            JdbcStore store = JdbcStore.builder(new Single(connection))
                    .deadline(Duration.ofSeconds(2))
                    .pollEvery(Duration.ZERO)
                    .build();
            assertThat(settings(connection)).as("opening").isEqualTo(before);
            store.join(NODE, Duration.ofHours(1));

            for (Map.Entry<String, Call> call :
                    calls(store, withLocks ? other : null).entrySet()) {
                Throwable thrown = catchThrowable(() -> call.getValue().run());

                assertThat(thrown != null)
                        .as("%s: %s", call.getKey(), thrown)
                        .isEqualTo(call.getKey().startsWith("fails"));
                assertThat(connection.unwrap(BaseConnection.class).getTransactionState())
                        .as(call.getKey())
                        .isEqualTo(TransactionState.IDLE);
                assertThat(settings(connection)).as(call.getKey()).isEqualTo(before);
            }
            store.close();
        }
    }

    private static Map<String, Call> calls(JdbcStore store, @Nullable Connection other) {
        Change.OfChat begins = Talk.begins("chat");
        Change.OfChat says = Talk.says(begins.chat(), "1");
        Change row = new Change.OfPresence(OperatorPresence.unknown(ChatSamples.ANA)
                .signedIn(ChatSamples.T0)
                .successor());
        Map<String, Call> calls = new LinkedHashMap<>();
        calls.put("a batch in one statement", () -> store.commit(NODE, List.of(begins)));
        calls.put("a batch of several", () -> store.commit(NODE, List.of(says, Talk.says(says.chat(), "2"))));
        calls.put("a batch that loses", () -> store.commit(NODE, List.of(Talk.says(begins.chat(), "3"))));
        calls.put("a batch of a node that is not there", () -> store.commit(new NodeId("x"), List.of(says, row)));
        calls.put("a row", () -> store.commit(NODE, List.of(row)));
        calls.put("a question", () -> store.chat(ChatId.of("chat")));
        calls.put("a renewal", () -> store.renew(NODE));
        calls.put("chats to archive", () -> store.unarchived(null, 10));
        calls.put("a report", () -> store.archived(Map.of(ChatId.of("chat"), 1L)));
        calls.put("chats to forget", () -> store.forgettable(store.now(), 10));
        calls.put("a deletion", () -> store.deleteContent(ChatId.of("chat")));
        calls.put("a redaction", () -> store.redact(ChatId.of("chat"), 1, "x"));
        calls.put("forgetting", () -> store.forget(List.of(ChatId.of("chat"))));
        Change next = Talk.says(Talk.says(says.chat(), "2").chat(), "4");
        if (other != null) {
            calls.put("fails: somebody has the lock", () -> locked(other, () -> store.commit(NODE, List.of(next))));
            calls.put(
                    "fails: somebody has the lock, several statements",
                    () -> locked(other, () -> store.commit(NODE, List.of(next, row))));
        }
        calls.put("fails: a value that is refused", () -> store.commit(NODE, List.of(Talk.begins("poison"))));
        calls.put("fails: the same, several statements", () -> store.commit(NODE, List.of(row, Talk.begins("poison"))));
        calls.put("goes on", () -> store.commit(NODE, List.of(next)));
        return calls;
    }

    private static void locked(Connection other, Call call) {
        try (Statement statement = other.createStatement()) {
            statement.execute("select 1 from coop_chat for update");
            try {
                call.run();
            } finally {
                other.rollback();
            }
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** All that PostgreSQL has settings for, and what the driver has. */
    private static Map<String, String> settings(Connection connection) throws SQLException {
        Map<String, String> settings = new TreeMap<>();
        settings.put("auto-commit", String.valueOf(connection.getAutoCommit()));
        settings.put("network timeout", String.valueOf(connection.getNetworkTimeout()));
        settings.put("read-only", String.valueOf(connection.isReadOnly()));
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select name, setting from pg_settings")) {
            while (row.next()) {
                settings.put(row.getString(1), row.getString(2));
            }
        }
        if (!connection.getAutoCommit()) {
            connection.rollback();
        }
        assertThat(settings).containsKeys("enable_seqscan", "lock_timeout", "default_transaction_isolation");
        return settings;
    }
}
