package org.libcoop.spi;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What became of one change: did it win? <em>Immutable.</em> */
public record Committed(Outcome outcome, @Nullable CommandResult earlier) {

    /** The outcomes. */
    public enum Outcome {
        /** Applied. */
        APPLIED,
        /** The chat, row or record, or the guard, is of another version: decide again. */
        LOST,
        /** The command had been applied before; its result is {@link Committed#earlier}. */
        REPEATED,
        /** The node's lease is over: it may change nothing any more. */
        FENCED
    }

    /** Applied. */
    public static final Committed APPLIED = new Committed(Outcome.APPLIED, null);
    /** Lost. */
    public static final Committed LOST = new Committed(Outcome.LOST, null);
    /** Fenced. */
    public static final Committed FENCED = new Committed(Outcome.FENCED, null);

    public Committed {
        Objects.requireNonNull(outcome, "outcome");
        if ((outcome == Outcome.REPEATED) != (earlier != null)) {
            throw new IllegalArgumentException("an earlier result belongs to REPEATED: " + outcome);
        }
    }

    /** Applied before, with this result. */
    public static Committed repeated(CommandResult earlier) {
        return new Committed(Outcome.REPEATED, Objects.requireNonNull(earlier, "earlier"));
    }
}
