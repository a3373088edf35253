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
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One query and what its rows say: the few lines around JDBC that would stand everywhere otherwise. */
final class Rows {

    private static final Logger LOG = LoggerFactory.getLogger(Rows.class);

    private static final int FEW_AT_ONCE = 16;
    private static final int MOST_AT_ONCE = 256;

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
                return read(row, reader);
            }
        }
    }

    /** The same, stopped by the database after {@code seconds}. */
    static <T> List<T> allWithin(
            int seconds, Connection connection, String query, Reader<T> reader, Object... parameters)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            set(statement, parameters);
            List<T> all = new ArrayList<>();
            eachWithin(seconds, statement, row -> all.add(reader.read(row)));
            return all;
        }
    }

    /** Does something with one row. */
    @FunctionalInterface
    interface Action {
        void with(ResultSet row) throws SQLException;
    }

    /** Each row of a query that is ready, which is stopped by the database after {@code seconds}. */
    static void eachWithin(int seconds, PreparedStatement query, Action action) throws SQLException {
        int before = query.getQueryTimeout();
        query.setQueryTimeout(seconds);
        try (ResultSet row = query.executeQuery()) {
            while (row.next()) {
                action.with(row);
            }
        } finally {
            restore(query, before);
        }
    }

    /** H2 has one limit for the whole connection. Where it cannot be put back the connection is broken anyway. */
    private static void restore(PreparedStatement statement, int before) {
        try {
            statement.setQueryTimeout(before);
        } catch (SQLException broken) {
            LOG.debug("A connection is beyond repair", broken);
        }
    }

    private static <T> List<T> read(ResultSet row, Reader<T> reader) throws SQLException {
        List<T> all = new ArrayList<>();
        while (row.next()) {
            all.add(reader.read(row));
        }
        return all;
    }

    /** One row of many, named by its first column; empty if it cannot be read, which is said in the log. */
    static <T> Optional<T> readable(String what, ResultSet row, Reader<T> reader) throws SQLException {
        try {
            return Optional.of(reader.read(row));
        } catch (UnreadableException | IllegalArgumentException garbled) {
            String name = String.valueOf(row.getString(1)).replaceAll("\\p{Cntrl}", "?");
            LOG.error("{} {} is left out of a list: its row cannot be read", what, name, garbled);
            return Optional.empty();
        }
    }

    /**
     * The rows of many ids, some at a time: those are the last parameters, behind {@code first}. Statements are prepared for a few
     * sizes only: what is missing to the next one is asked for twice.
     */
    static <T> List<T> ofMany(
            Connection connection, IntFunction<String> query, Reader<T> reader, List<Object> first, List<String> ids)
            throws SQLException {
        List<T> all = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += MOST_AT_ONCE) {
            List<String> some = ids.subList(from, Math.min(ids.size(), from + MOST_AT_ONCE));
            int size = some.size() <= FEW_AT_ONCE ? FEW_AT_ONCE : MOST_AT_ONCE;
            List<Object> parameters = new ArrayList<>(first);
            for (int i = 0; i < size; i++) {
                parameters.add(some.get(Math.min(i, some.size() - 1)));
            }
            all.addAll(all(connection, query.apply(size), reader, parameters.toArray()));
        }
        return all;
    }

    /** Finds the first text behind another one. */
    @FunctionalInterface
    interface Next {
        Optional<String> after(String last) throws SQLException;
    }

    /** Texts behind {@code first}, at most so many: each by a look into an index, however many rows it has. */
    static List<String> steps(String first, int most, Next next) throws SQLException {
        List<String> steps = new ArrayList<>();
        Optional<String> found = next.after(first);
        while (found.isPresent() && steps.size() < most) {
            steps.add(found.get());
            found = next.after(found.get());
        }
        return steps;
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

    /** A query that finds a row if there is one with a key. */
    record Key(String query, List<Object> values) {}

    /**
     * Executes an insert that does nothing where the key is taken; whether it added the row. If not, the row is there and
     * committed: one that somebody else is only bringing is in the way, for nobody knows whether it will stay.
     */
    static boolean addUnlessThere(Connection connection, String insert, Key key, @Nullable Object... parameters)
            throws SQLException {
        try {
            return change(connection, insert, parameters) == 1;
        } catch (SQLException failure) {
            if (!Failures.isDuplicate(failure)) {
                throw failure;
            }
            if (first(connection, key.query(), row -> true, key.values().toArray())
                    .isEmpty()) {
                throw new SQLException("somebody else is bringing the same row", "40001", failure);
            }
            return false;
        }
    }

    /** Sets parameters in order: texts, bytes, whole numbers, instants as milliseconds, or null for what is missing. */
    static void set(PreparedStatement statement, @Nullable Object... parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            Object value = parameters[i];
            if (value == null) {
                statement.setNull(i + 1, Types.NULL);
            } else if (value instanceof Instant instant) {
                statement.setLong(i + 1, instant.toEpochMilli());
            } else if (value instanceof Long number) {
                statement.setLong(i + 1, number);
            } else if (value instanceof Integer number) {
                statement.setInt(i + 1, number);
            } else if (value instanceof byte[] bytes) {
                statement.setBytes(i + 1, bytes);
            } else {
                statement.setString(i + 1, (String) value);
            }
        }
    }

    static Instant instant(ResultSet row, int column) throws SQLException {
        return Instant.ofEpochMilli(row.getLong(column));
    }

    static @Nullable Instant optionalInstant(ResultSet row, int column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(millis);
    }
}
