package org.libcoop.store.jdbc;

import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import org.libcoop.spi.StoreException;

/** What an {@link SQLException} means to the store: others in the way, a connection that broke, or a statement refused. */
final class Failures {

    /** A statement that was stopped. */
    static final String TOO_LONG = "57014";

    /** Deadlock and serialization failure; PostgreSQL's lock timeout; H2's, and its row that changed meanwhile. */
    private static final Set<String> IN_THE_WAY = Set.of("40001", "40P01", "55P03", "HYT00", "90131");

    /**
     * PostgreSQL shuts down, crashes, cannot be connected to yet, or ends an idle session: the connection is over. H2: the
     * database is closed, or its file cannot be read or written.
     */
    private static final Set<String> OVER =
            Set.of("57P01", "57P02", "57P03", "57P05", "25P03", "25P04", "90121", "90098", "90067", "90028", "90031");

    /** Classes of failures that come from the values given: too long, of another form, against a constraint or a trigger. */
    private static final Set<String> OF_VALUES = Set.of("21", "22", "23", "44", "45", "54", "P0");

    /** Further classes in which the database says for certain that it did nothing. */
    private static final Set<String> NOT_DONE = Set.of("0A", "25", "28", "40", "42", "53", "55");

    /** Statement completion unknown. */
    private static final String UNKNOWN = "40003";

    private Failures() {}

    /** Whether trying again soon may do: others were in the way, and nothing was changed. */
    static boolean isInTheWay(SQLException failure) {
        return IN_THE_WAY.contains(state(failure));
    }

    /** Whether a key was there already. */
    static boolean isDuplicate(SQLException failure) {
        return "23505".equals(state(failure));
    }

    /** Whether the connection broke or never came: what was on its way may have been done or not. */
    static boolean isConnection(SQLException failure) {
        String state = state(failure);
        return state.isEmpty()
                || state.startsWith("08")
                || OVER.contains(state)
                || failure instanceof SQLRecoverableException
                || failure instanceof SQLTransientConnectionException;
    }

    /** Whether the database does not take the values it was given, however often it is asked. */
    private static boolean isRefused(SQLException failure) {
        return OF_VALUES.contains(stateClass(failure));
    }

    /** Whether it is certain that nothing was changed, even if the failure came from a commit: else nobody knows (G6). */
    static boolean isUndone(SQLException failure) {
        return !isConnection(failure)
                && !UNKNOWN.equals(state(failure))
                && (isInTheWay(failure)
                        || TOO_LONG.equals(state(failure))
                        || isRefused(failure)
                        || NOT_DONE.contains(stateClass(failure)));
    }

    /** What to tell the caller; {@code committing} if a commit was on its way. */
    static StoreException of(String what, SQLException failure, boolean committing) {
        boolean unknown = committing && !isUndone(failure);
        if (unknown || isConnection(failure) || TOO_LONG.equals(state(failure))) {
            return away(what, failure, unknown);
        }
        if (isRefused(failure)) {
            // Databases quote the values: neither their message nor they themselves as a cause may get into a log.
            return StoreException.refused(what + ": the database does not take a value (" + state(failure) + ")");
        }
        return new StoreException(what + ": the database refused a statement", failure, false);
    }

    static StoreException away(String what, SQLException cause, boolean outcomeUnknown) {
        return new StoreException(
                what + ": the database cannot be reached or did not answer in time", cause, outcomeUnknown);
    }

    private static String stateClass(SQLException failure) {
        String state = state(failure);
        return state.length() == 5 ? state.substring(0, 2) : "";
    }

    private static String state(SQLException failure) {
        String state = failure.getSQLState();
        return state == null ? "" : state;
    }
}
