package org.libcoop.spi;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.libcoop.annotation.Beta;

/**
 * A ticket as the {@link TicketOutbox} has it. <em>Immutable.</em>
 *
 * @param content null once the desk has the ticket, or its patron was erased
 * @param tries how often it was taken to the desk
 * @param dueAt from when it may be taken; null where nothing is to be done any more
 * @param reference what the desk called it; null until then
 */
@Beta
public record StoredTicket(
        TicketId id,
        TicketOrigin origin,
        @Nullable TicketContent content,
        State state,
        int tries,
        @Nullable Instant dueAt,
        @Nullable String reference) {

    public StoredTicket {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(origin, "origin");
        Objects.requireNonNull(state, "state");
    }

    /** How far it has come. */
    public enum State {
        /** The desk does not have it yet, as far as is known. */
        WAITING,
        /** The desk has it. */
        DELIVERED,
        /** Its patron was erased here, and the desk is to be told. */
        FORGETTING,
        /** Its patron was erased, here and at the desk. */
        FORGOTTEN
    }

    /** The same without what was written. */
    public StoredTicket withoutContent() {
        return new StoredTicket(id, origin, null, state, tries, dueAt, reference);
    }

    /** The ticket that somebody put there. */
    public static StoredTicket of(NewTicket ticket) {
        return new StoredTicket(
                ticket.id(),
                ticket.origin(),
                ticket.content(),
                State.WAITING,
                0,
                ticket.origin().at(),
                null);
    }
}
