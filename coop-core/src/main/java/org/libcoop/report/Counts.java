package org.libcoop.report;

import org.jspecify.annotations.Nullable;
import org.libcoop.annotation.Beta;

/**
 * How many chats came to what (section 11). {@code own} and {@code throughCoop} are of those answered: by people of the patron's own
 * library, and through a co-op, which may be the same chat. <em>Immutable.</em>
 */
@Beta
public record Counts(long answered, long missed, long dismissed, long open, long own, long throughCoop) {

    /** No chat. */
    public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0);

    /**
     * Checks the counts.
     *
     * @throws IllegalArgumentException if one is below 0, or {@code own} or {@code throughCoop} above {@code answered}
     */
    public Counts {
        if (answered < 0 || missed < 0 || dismissed < 0 || open < 0 || own < 0 || throughCoop < 0) {
            throw new IllegalArgumentException("a count is below 0");
        }
        if (own > answered || throughCoop > answered) {
            throw new IllegalArgumentException(
                    "of " + answered + " answered chats neither " + own + " nor " + throughCoop + " can be special");
        }
    }

    /** The sum of all outcomes. */
    public long requested() {
        return answered + missed + dismissed + open;
    }

    /** Answered by people of another library than the patron's. */
    public long byOthers() {
        return answered - own;
    }

    /** The share of those answered or missed that was answered, from 0 to 1; null where there is neither. */
    public @Nullable Double answeredShare() {
        return share(answered, answered + missed);
    }

    /** The share of those answered or missed that was missed, from 0 to 1; null where there is neither. */
    public @Nullable Double missedShare() {
        return share(missed, answered + missed);
    }

    /** Both together. */
    public Counts plus(Counts other) {
        return new Counts(
                answered + other.answered,
                missed + other.missed,
                dismissed + other.dismissed,
                open + other.open,
                own + other.own,
                throughCoop + other.throughCoop);
    }

    /**
     * What is left without {@code part}.
     *
     * @throws IllegalArgumentException if that is not part of it
     */
    public Counts minus(Counts part) {
        return new Counts(
                answered - part.answered,
                missed - part.missed,
                dismissed - part.dismissed,
                open - part.open,
                own - part.own,
                throughCoop - part.throughCoop);
    }

    static @Nullable Double share(long part, long whole) {
        return whole == 0 ? null : (double) part / whole;
    }
}
