package org.libcoop.benchmark;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** Two tables as any such product has them: chats with a version and an owner, and a log of events. */
final class ClaimTables {

    private static final String TABLES = """
            CREATE TABLE chat (
              id text PRIMARY KEY,
              version bigint NOT NULL,
              owner text,
              due_at timestamp with time zone,
              body text NOT NULL) WITH (fillfactor = 70);
            CREATE INDEX chat_due ON chat (due_at, id) WHERE due_at IS NOT NULL;
            CREATE TABLE event (
              chat text NOT NULL,
              seq bigint NOT NULL,
              at timestamp with time zone NOT NULL,
              body text NOT NULL,
              PRIMARY KEY (chat, seq))
            """;

    /** A head of some 600 bytes; half of the chats have something due. */
    private static final String CHATS = """
            INSERT INTO chat (id, version, due_at, body)
            SELECT 'chat-' || lpad(i::text, 12, '0'), 0,
                   CASE WHEN i % 2 = 0 THEN now() + i * interval '1 second' END, repeat('x', 600)
            FROM generate_series(0, ? - 1) AS i
            """;

    private ClaimTables() {}

    /** Makes the tables, with so many chats of version 0. */
    static void create(DataSource database, int chats) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(TABLES);
            try (PreparedStatement fill = connection.prepareStatement(CHATS)) {
                fill.setInt(1, chats);
                fill.executeUpdate();
            }
            statement.execute("VACUUM ANALYZE");
            statement.execute("CHECKPOINT");
        }
    }

    /** The id of a chat by its number. */
    static String id(int chat) {
        String digits = Integer.toString(chat);
        return "chat-" + "0".repeat(12 - digits.length()) + digits;
    }
}
