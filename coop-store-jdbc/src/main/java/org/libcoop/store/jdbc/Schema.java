package org.libcoop.store.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.libcoop.refusal.CoopException;

/**
 * The tables of the store: versioned scripts for the host's own migrations, and the check at start that they are there. The
 * scripts are class path resources under {@link #scripts}, named as Flyway expects; the store runs none of them itself.
 * <em>Safe for use by several threads.</em>
 */
public final class Schema {

    /** The version this store works with. */
    public static final int VERSION = 1;

    private Schema() {}

    /** The tables are missing, or of a version that this store does not work with. */
    public static final class SchemaException extends CoopException {

        private static final long serialVersionUID = 1L;

        private SchemaException(String message, Throwable cause) {
            super(message, cause);
        }

        private SchemaException(String message) {
            super(message);
        }
    }

    /**
     * The resource folder with the scripts for the database behind {@code dataSource}: {@code coop-schema/h2} or
     * {@code coop-schema/postgresql}.
     *
     * @throws IllegalArgumentException if the store does not know this database
     * @throws SQLException if the database cannot be reached
     */
    public static String scripts(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return "coop-schema/" + Dialect.of(connection).folder();
        }
    }

    /** The dialect of a database that is ready for use: its tables are of {@link #VERSION}, its commits last. */
    static Dialect checked(Connection connection) throws SQLException {
        Dialect dialect = Dialect.of(connection);
        check(connection);
        dialect.prepare(connection);
        return dialect;
    }

    /** Refuses a database whose tables are not of {@link #VERSION}. */
    private static void check(Connection connection) {
        int found;
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(Sql.SCHEMA_VERSION)) {
            found = row.next() ? row.getInt(1) : 0;
        } catch (SQLException missing) {
            if (Failures.isConnection(missing)) {
                throw Failures.away("the schema cannot be checked", missing, false);
            }
            throw new SchemaException(
                    "the tables of coop are not there: run the scripts under coop-schema with your migrations",
                    missing);
        }
        if (found != VERSION) {
            throw new SchemaException(
                    "the tables of coop are of version " + found + ", but this store works with version " + VERSION
                            + ": run the scripts under coop-schema, or take the store that fits");
        }
    }
}
