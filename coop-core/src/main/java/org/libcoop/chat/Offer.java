package org.libcoop.chat;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;

/**
 * A transfer under way (C9): until somebody accepts it the owner keeps the chat. {@code offeredTo} says to whom it is offered
 * and since when, never nobody; it only shrinks, save for the backup staff of a global co-op, who join at {@code backupDue},
 * null where none are to come (any more). <em>Immutable.</em>
 */
public record Offer(
        Option to,
        Instant at,
        Map<OperatorId, Instant> offeredTo,
        @Nullable Instant backupDue) {

    public Offer {
        Objects.requireNonNull(to, "to");
        Objects.requireNonNull(at, "at");
        offeredTo = Map.copyOf(offeredTo);
    }

    /** Whether it is offered to {@code operator} now. */
    public boolean isTo(OperatorId operator) {
        return offeredTo.containsKey(operator);
    }
}
