package org.libcoop.store.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;

/** The databases the store knows, with what they say differently. Immutable. */
enum Dialect {
    /** H2, embedded or as a server. */
    H2("h2", "cast(floor(extract(epoch from current_timestamp) * 1000) as bigint)", ""),
    /** PostgreSQL and what speaks like it. */
    POSTGRESQL(
            "postgresql",
            "cast(floor(extract(epoch from clock_timestamp()) * 1000) as bigint)",
            " on conflict do nothing");

    private final String folder;
    private final String now;
    private final String unlessThere;

    Dialect(String folder, String now, String unlessThere) {
        this.folder = folder;
        this.now = now;
        this.unlessThere = unlessThere;
    }

    /**
     * The dialect of the database behind {@code connection}.
     *
     * @throws IllegalArgumentException if the store does not know it
     */
    static Dialect of(Connection connection) throws SQLException {
        String product = connection.getMetaData().getDatabaseProductName();
        return switch (product.toLowerCase(Locale.ROOT)) {
            case "h2" -> H2;
            case "postgresql" -> POSTGRESQL;
            default ->
                throw new IllegalArgumentException(
                        "the store knows H2 and PostgreSQL, but this database is " + product);
        };
    }

    /**
     * Sees to it that a commit is on its way to the disk before it is answered: H2 otherwise waits up to half a second, and forgets
     * what it acknowledged when it is killed meanwhile.
     */
    void prepare(Connection connection) throws SQLException {
        if (this != H2) {
            return;
        }
        String delay = Rows.first(connection, Sql.H2_WRITE_DELAY, row -> row.getString(1))
                .orElse("0");
        if (!delay.equals("0")) {
            Rows.change(connection, Sql.H2_NO_WRITE_DELAY);
        }
    }

    /** The folder of the schema scripts. */
    String folder() {
        return folder;
    }

    /** An expression of the database's time now, in milliseconds. */
    String now() {
        return now;
    }

    /** What follows an insert that may find its key taken: nothing where the statement then fails without harm to its transaction. */
    String unlessThere() {
        return unlessThere;
    }
}
