package org.libcoop.store.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One query and what its rows say: the few lines around JDBC that would stand everywhere otherwise. */
final class Rows {

    private Rows() {}

    /** Reads one row. */
    @FunctionalInterface
    interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    static <T> List<T> all(Connection connection, String query, Reader<T> reader, Object... parameters)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            set(statement, parameters);
            try (ResultSet row = statement.executeQuery()) {
                List<T> all = new ArrayList<>();
                while (row.next()) {
                    all.add(reader.read(row));
                }
                return all;
            }
        }
    }

    /** The first row, if there is one. */
    static <T> Optional<T> first(Connection connection, String query, Reader<T> reader, Object... parameters)
            throws SQLException {
        List<T> all = all(connection, query, reader, parameters);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(0));
    }

    /** Executes a statement; returns how many rows it changed. */
    static int change(Connection connection, String update, @Nullable Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(update)) {
            set(statement, parameters);
            return statement.executeUpdate();
        }
    }

    /** Sets parameters in order: texts, whole numbers, instants as milliseconds, or null for a missing number. */
    static void set(PreparedStatement statement, @Nullable Object... parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            Object value = parameters[i];
            if (value == null) {
                statement.setNull(i + 1, Types.BIGINT);
            } else if (value instanceof Instant instant) {
                statement.setLong(i + 1, instant.toEpochMilli());
            } else if (value instanceof Long number) {
                statement.setLong(i + 1, number);
            } else if (value instanceof Integer number) {
                statement.setInt(i + 1, number);
            } else {
                statement.setString(i + 1, (String) value);
            }
        }
    }

    static Instant instant(ResultSet row, int column) throws SQLException {
        return Instant.ofEpochMilli(row.getLong(column));
    }
}
