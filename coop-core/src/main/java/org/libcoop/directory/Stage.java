package org.libcoop.directory;

import static java.util.Objects.requireNonNull;

/**
 * What opens for a waiting chat: an option, or the backup staff of a global co-op (section 3).
 *
 * <p>Immutable, and cheap to use as a key: its hash code allocates nothing and reads the id's cached one.
 */
public record Stage(Option option, boolean backup) {

    /**
     * Checks that a backup stage belongs to a co-op.
     *
     * @throws IllegalArgumentException if {@code backup} is set beside a department or operator
     */
    public Stage {
        requireNonNull(option, "option");
        if (backup && option.kind() != Option.Kind.COOP) {
            throw new IllegalArgumentException(
                    "backup stage of " + option + ", a " + option.kind() + ": only a co-op has backup staff");
        }
    }

    /** Returns the stage of an option's own people. */
    public static Stage of(Option option) {
        return new Stage(option, false);
    }

    /** Returns the stage of a co-op's backup staff. */
    public static Stage backup(CoopId coop) {
        return new Stage(Option.coop(coop), true);
    }

    @Override
    public int hashCode() {
        return backup ? ~option.hashCode() : option.hashCode();
    }

    /** Returns "academic", or "academic/backup" for a backup stage. */
    @Override
    public String toString() {
        return backup ? option + "/backup" : option.toString();
    }
}
