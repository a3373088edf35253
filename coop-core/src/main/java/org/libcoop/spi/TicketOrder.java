package org.libcoop.spi;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.libcoop.annotation.Beta;

/**
 * A ticket as the host's ticket system is asked to make it (K1). <em>Immutable.</em>
 *
 * @param id the same whenever it is asked for again
 * @param conversation of the chat, as far as it has come, in plain text as the patron saw it, internal notes never among it (M1); null
 *     without a chat, and where its content was deleted
 */
@Beta
public record TicketOrder(
        TicketId id,
        TicketOrigin origin,
        TicketContent content,
        @Nullable String conversation) {

    public TicketOrder {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(origin, "origin");
        Objects.requireNonNull(content, "content");
    }

    /** Says nothing of what is asked. */
    @Override
    public String toString() {
        return "ticket " + id;
    }
}
