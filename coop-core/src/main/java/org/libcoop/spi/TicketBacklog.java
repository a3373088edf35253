package org.libcoop.spi;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.libcoop.annotation.Beta;

/**
 * What the ticket desk has yet to take. <em>Immutable.</em>
 *
 * @param waiting how many tickets it does not have yet
 * @param since when the oldest of them was asked for; null without any
 * @param forgetting of how many tickets it has yet to forget the patron
 */
@Beta
public record TicketBacklog(long waiting, @Nullable Instant since, long forgetting) {

    /** Nothing. */
    public static final TicketBacklog NONE = new TicketBacklog(0, null, 0);
}
