package org.libcoop.store.jdbc;

import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.libcoop.spi.StoreException;

/** What an {@link SQLException} means to the store: others in the way, a connection that broke, or a statement refused. */
final class Failures {

    /** Deadlock and serialization failure; H2's lock timeout; PostgreSQL's lock timeout. */
    private static final Set<String> IN_THE_WAY = Set.of("40001", "40P01", "HYT00", "55P03");

    /** PostgreSQL shuts down, crashes, or cannot be connected to yet: the connection is over. H2: the database is closed. */
    private static final Set<String> OVER = Set.of("57P01", "57P02", "57P03", "90121", "90098", "90067");

    private Failures() {}

    /** Whether trying again soon may do: others were in the way, and nothing was changed. */
    static boolean isInTheWay(SQLException failure) {
        return IN_THE_WAY.contains(state(failure));
    }

    /** Whether a key was there already. */
    static boolean isDuplicate(SQLException failure) {
        return "23505".equals(state(failure));
    }

    /** Whether a statement was stopped because it took too long: nothing was changed, and the connection is whole. */
    static boolean isTooLong(SQLException failure) {
        return "57014".equals(state(failure));
    }

    /** Whether the connection broke or never came: what was on its way may have been done or not. */
    static boolean isConnection(@Nullable Throwable failure) {
        if (!(failure instanceof SQLException sql)) {
            return false;
        }
        String state = state(sql);
        return state.isEmpty()
                || state.startsWith("08")
                || OVER.contains(state)
                || sql instanceof SQLRecoverableException
                || sql instanceof SQLTransientConnectionException;
    }

    static StoreException away(String what, SQLException cause, boolean outcomeUnknown) {
        return new StoreException(
                what + ": the database cannot be reached or did not answer in time", cause, outcomeUnknown);
    }

    private static String state(SQLException failure) {
        String state = failure.getSQLState();
        return state == null ? "" : state;
    }
}
