package org.libcoop.spi;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.libcoop.annotation.Beta;

/**
 * How this node is doing (T4), as asked for just now from any thread: nothing here waits for the store. <em>Immutable.</em>
 *
 * @param state in short
 * @param worstOverdue how late the latest deadline on the store was when the auditor last looked; zero when none was overdue
 * @param worstLateness the worst lateness with which a stage was ever opened by this node
 * @param checkedAt when the auditor last looked at the store's deadlines; stands still while the store does not answer
 * @param silentFor how long ago the dispatcher last began a round of care, whatever became of it: a second or so while it is alive
 * @param liveChats how many chats this node holds in memory: those it handled last
 * @param waitingChats how many of those nobody owns
 * @param storeAwaySince since when the store does not answer; null if it does
 * @param archiveAwaySince since when the archive does not answer; null if it does, or has not been asked
 * @param unarchived how many chats were over and not in the archive after the last round of archiving: near 0, or the archive is
 *     away or cannot take them. At least so many, where there are more than some hundreds; 0 without an archive
 * @param slowestListener the longest that a {@link CoopListener} ever took for one happening, while the engine waited
 * @param ticketDeskAwaySince since when the ticket desk does not answer; null if it does, or has not been asked
 * @param tickets what the ticket desk had yet to take after the last round (K1)
 */
@Beta
public record Health(
        State state,
        Duration worstOverdue,
        Duration worstLateness,
        Instant checkedAt,
        Duration silentFor,
        int liveChats,
        int waitingChats,
        @Nullable Instant storeAwaySince,
        @Nullable Instant archiveAwaySince,
        int unarchived,
        Duration slowestListener,
        @Nullable Instant ticketDeskAwaySince,
        TicketBacklog tickets) {

    /** A dispatcher that is silent for so long will not speak again; a store that hangs is given up by its deadline long before. */
    public static final Duration ALIVE_WITHIN = Duration.ofMinutes(1);

    public Health {
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(worstOverdue, "worstOverdue");
        Objects.requireNonNull(worstLateness, "worstLateness");
        Objects.requireNonNull(checkedAt, "checkedAt");
        Objects.requireNonNull(silentFor, "silentFor");
        Objects.requireNonNull(slowestListener, "slowestListener");
        Objects.requireNonNull(tickets, "tickets");
    }

    /** Readiness: whether the node decides. A balancer should send peers elsewhere while it does not; it comes back by itself. */
    public boolean ready() {
        return (state == State.UP || state == State.LATE) && alive();
    }

    /** Liveness: whether the dispatcher goes round, store or no store. If it does not, only a new start helps. */
    public boolean alive() {
        return state != State.CLOSED && silentFor.compareTo(ALIVE_WITHIN) < 0;
    }

    /** In short. */
    public enum State {
        /** Nothing is overdue by more than two sweeps. */
        UP,
        /** Something is overdue, or the auditor has not looked for five sweeps. */
        LATE,
        /** The node has no lease or no fresh view, and decides nothing. */
        FENCED,
        /** The engine was closed. */
        CLOSED
    }
}
