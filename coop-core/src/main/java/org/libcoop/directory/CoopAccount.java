package org.libcoop.directory;

import static java.util.Objects.requireNonNull;

/**
 * An operator's access to one co-op, at one level (D7). Levels are per co-op.
 *
 * <p>An account that was taken away keeps its record with {@code removed} set, so that its next version has one to follow: no
 * query of a {@link Directory} returns it (A7). Immutable.
 */
public record CoopAccount(CoopId coop, OperatorId operator, Level level, boolean removed) implements LibraryRecord {

    /** Requires every part. */
    public CoopAccount {
        requireNonNull(coop, "coop");
        requireNonNull(operator, "operator");
        requireNonNull(level, "level");
    }

    /** An account that is there. */
    public CoopAccount(CoopId coop, OperatorId operator, Level level) {
        this(coop, operator, level, false);
    }

    /** Returns what is left of this account once it is taken away. */
    public CoopAccount asRemoved() {
        return new CoopAccount(coop, operator, level, true);
    }

    @Override
    public RecordKey key() {
        return RecordKey.of(coop, operator);
    }

    /** The levels, lowest first; each includes what the ones before it allow (A1 to A3). */
    public enum Level {
        /** Monitors and answers; sees what they owned. */
        REGULAR,
        /** Manages the accounts of their own institution and sees what it answered. */
        INSTITUTION_ADMIN,
        /** Manages the accounts of all institutions of the co-op and sees what they answered. */
        COOP_ADMIN
    }
}
