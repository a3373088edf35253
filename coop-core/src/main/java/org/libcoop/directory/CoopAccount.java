package org.libcoop.directory;

import static java.util.Objects.requireNonNull;

/** An operator's access to one co-op, at one level (D7). Levels are per co-op. Immutable. */
public record CoopAccount(CoopId coop, OperatorId operator, Level level) implements LibraryRecord {

    /** Requires every part. */
    public CoopAccount {
        requireNonNull(coop, "coop");
        requireNonNull(operator, "operator");
        requireNonNull(level, "level");
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
