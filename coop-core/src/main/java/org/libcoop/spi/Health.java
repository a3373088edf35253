package org.libcoop.spi;

import java.time.Duration;
import java.time.Instant;

/**
 * How the engine is doing (T4). {@code worstOverdue} is how late the latest deadline on the store is right now, zero when none
 * is overdue; {@code worstLateness} the worst lateness with which a stage was ever opened by this node; {@code checkedAt} when
 * the auditor last looked: a look that is old means that the dispatcher is silent. <em>Immutable.</em>
 */
public record Health(State state, Duration worstOverdue, Duration worstLateness, Instant checkedAt, int liveChats) {

    /** In short. */
    public enum State {
        /** Nothing is overdue by more than a sweep. */
        UP,
        /** Something is overdue, or the auditor has not looked for a while. */
        LATE,
        /** The node has no lease or no fresh view, and decides nothing. */
        FENCED,
        /** The engine was closed. */
        CLOSED
    }
}
