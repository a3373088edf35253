package org.libcoop.chat;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.Policies;

/**
 * A transfer under way (C9): until somebody accepts it the owner keeps the chat. {@code offeredTo} says to whom it is offered
 * and since when; it only shrinks, save for the backup staff of a global co-op, who join at {@code backupDue}, null where none
 * are to come (any more). {@code left} are those who declined or were not there any more: they are not asked again.
 * <em>Immutable.</em>
 */
public record Offer(
        Option to,
        Instant at,
        Map<OperatorId, Instant> offeredTo,
        Set<OperatorId> left,
        @Nullable Instant backupDue) {

    public Offer {
        Objects.requireNonNull(to, "to");
        Objects.requireNonNull(at, "at");
        offeredTo = Map.copyOf(offeredTo);
        left = Set.copyOf(left);
    }

    /** When it is over if nobody has accepted it. */
    public Instant expiresAt(Policies policies) {
        return at.plus(policies.transferExpiry());
    }

    /** Whether it is offered to {@code operator} now. */
    public boolean isTo(OperatorId operator) {
        return offeredTo.containsKey(operator);
    }
}
