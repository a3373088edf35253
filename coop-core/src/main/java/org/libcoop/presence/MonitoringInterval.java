package org.libcoop.presence;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Stage;

/**
 * A stretch of time in which an operator monitored a stage, or was on duty on a backup stage, whether or not there was room
 * for a chat (P7). It counts from {@code from}, included, to {@code to}, excluded. An operator has at most one that begins
 * at an instant on a stage, and none that overlap in what counts.
 *
 * <p>Where signs of life ceased, what counts ends at the last of them and is empty if that came before {@code from};
 * {@code leaseEndedAt} is then when the operator was no longer there for routing, which is what an explanation uses (E1).
 * Instants are UTC with millisecond precision. <em>Immutable.</em>
 */
public record MonitoringInterval(
        OperatorId operator,
        Stage stage,
        Instant from,
        Instant to,
        Ended why,
        @Nullable Instant leaseEndedAt) {

    /** Why an interval ended. */
    public enum Ended {
        /** The operator signed out, or somebody ended the session (P5). */
        SIGNED_OUT,
        /** The status became one that does not monitor (P1, P3). */
        STATUS,
        /** The switch was turned off (P2). */
        SWITCHED_OFF,
        /** The operator lost access, the chat switch, or the account (P3, A7). */
        ACCESS_LOST,
        /** No sign of life came any more (P4). */
        LEASE_ENDED,
        /** It goes on: intervals are cut at noon and midnight UTC, so that each is kept soon and none is longer than half a day. */
        WENT_ON
    }

    /**
     * Checks the order of the instants.
     *
     * @throws IllegalArgumentException if the interval ends before it begins, or {@code leaseEndedAt} is not given exactly
     *     when the lease ended, or is before {@code to}
     */
    public MonitoringInterval {
        Objects.requireNonNull(operator, "operator");
        Objects.requireNonNull(stage, "stage");
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        Objects.requireNonNull(why, "why");
        if (to.isBefore(from)) {
            throw new IllegalArgumentException("an interval from " + from + " cannot end at " + to);
        }
        if ((why == Ended.LEASE_ENDED) != (leaseEndedAt != null)) {
            throw new IllegalArgumentException("the end of the lease belongs to LEASE_ENDED: " + why);
        }
        if (leaseEndedAt != null && leaseEndedAt.isBefore(to)) {
            throw new IllegalArgumentException("the lease ended at " + leaseEndedAt + ", before " + to);
        }
    }

    /** Until when the operator was there for routing: {@code to}, or the end of the lease (E1). */
    public Instant heldUntil() {
        return leaseEndedAt == null ? to : leaseEndedAt;
    }
}
