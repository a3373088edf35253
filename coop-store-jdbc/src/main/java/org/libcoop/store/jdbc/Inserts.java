package org.libcoop.store.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Statements of one kind, gathered and sent together. <em>One thread at a time.</em> */
final class Inserts implements AutoCloseable {

    private final Connection connection;
    private final String text;
    private @Nullable PreparedStatement statement;

    Inserts(Connection connection, String text) {
        this.connection = connection;
        this.text = text;
    }

    void add(@Nullable Object... parameters) throws SQLException {
        if (statement == null) {
            statement = connection.prepareStatement(text);
        }
        Rows.set(statement, parameters);
        statement.addBatch();
    }

    void flush() throws SQLException {
        if (statement != null) {
            statement.executeBatch();
        }
    }

    @Override
    public void close() throws SQLException {
        if (statement != null) {
            statement.close();
        }
    }
}
