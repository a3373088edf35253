package org.libcoop.directory;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * A co-op: something like a department of all its member institutions (D4).
 *
 * <p>The name has 1 to 200 characters on one line. {@code backupDelay} is how long after a global co-op its backup
 * stage opens (R9): whole milliseconds from 0 s to 10 min. {@code backup} lists the backup staff in the order given
 * (D8); that a local co-op has none, and that nobody is listed twice, is checked with the directory as a whole (D10).
 * Immutable.
 */
public record Coop(CoopId id, String name, Kind kind, Duration backupDelay, List<OperatorId> backup)
        implements LibraryRecord {

    /** The delay of a co-op that names none, unless the {@code backupDelay} policy says otherwise: 40 s (R9). */
    public static final Duration DEFAULT_BACKUP_DELAY = Duration.ofSeconds(40);

    /** The longest delay: 10 minutes. */
    public static final Duration MAX_BACKUP_DELAY = Duration.ofMinutes(10);

    /**
     * Checks the bounds and copies the backup list.
     *
     * @throws IllegalArgumentException if the name or the delay is out of bounds, or the delay has a fraction of a
     * millisecond
     */
    public Coop {
        requireNonNull(id, "id");
        Check.name("co-op name", name);
        requireNonNull(kind, "kind");
        Check.between("backupDelay", backupDelay, Duration.ZERO, MAX_BACKUP_DELAY);
        // The clock counts whole milliseconds: an instant finer than that would never be reached exactly.
        if (!backupDelay.equals(backupDelay.truncatedTo(ChronoUnit.MILLIS))) {
            throw new IllegalArgumentException("backupDelay " + backupDelay + " is not in whole milliseconds");
        }
        backup = List.copyOf(backup);
    }

    /** Returns a local co-op: answered only by its members' staff. */
    public static Coop local(CoopId id, String name) {
        return new Coop(id, name, Kind.LOCAL, DEFAULT_BACKUP_DELAY, List.of());
    }

    /** Returns a global co-op with these backup staff, after the default delay. */
    public static Coop global(CoopId id, String name, List<OperatorId> backup) {
        return new Coop(id, name, Kind.GLOBAL, DEFAULT_BACKUP_DELAY, backup);
    }

    /** Returns this co-op with another delay. */
    public Coop withBackupDelay(Duration delay) {
        return new Coop(id, name, kind, delay, backup);
    }

    /** Returns this co-op with another backup list. */
    public Coop withBackup(List<OperatorId> operators) {
        return new Coop(id, name, kind, backupDelay, operators);
    }

    @Override
    public RecordKey key() {
        return RecordKey.of(id);
    }

    /** The two kinds of co-ops. */
    public enum Kind {
        /** Answered only by its members' staff. */
        LOCAL,
        /** Answered by its members' staff, and by backup staff of the co-op's provider. */
        GLOBAL
    }
}
