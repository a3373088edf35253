package org.libcoop;

import java.util.List;
import java.util.Objects;
import org.libcoop.annotation.Beta;
import org.libcoop.chat.ChatId;
import org.libcoop.directory.OperatorId;
import org.libcoop.engine.Node;
import org.libcoop.refusal.Outcome;
import org.libcoop.spi.StoredTicket;
import org.libcoop.spi.TicketContent;
import org.libcoop.spi.TicketId;

/**
 * How one operator makes tickets out of chats (K1), as the access table allows at that moment: the owner of a chat while it goes on, the
 * last owner and the home institution's local admins once it is over. Calls ask store, archive and outbox on the caller's thread;
 * refused {@code unavailable} if they do not answer, {@code unsupported} where the engine has no {@link org.libcoop.spi.TicketDesk}.
 * <em>Safe for use by several threads.</em>
 */
@Beta
public final class TicketSession {

    private final Node node;
    private final OperatorId operator;

    TicketSession(Node node, OperatorId operator) {
        this.node = node;
        this.operator = operator;
    }

    /**
     * Opens a ticket in the queue of the patron's home institution, with the conversation as it stands when the ticket system gets it.
     * Once this answers the ticket is kept, and brought there as soon as that system answers; the same command id again is the same
     * ticket (G5).
     *
     * <p>{@code invalid} without a question or an email address, {@code not-found} for a chat of which the operator may not know,
     * {@code not-allowed} for others who may, {@code command-id-reused}, {@code rate-limited} beyond 20 tickets about a chat.
     */
    public Outcome<TicketId> openTicket(ChatId chat, TicketContent content, String commandId) {
        return node.tickets()
                .open(
                        operator,
                        Objects.requireNonNull(chat, "chat"),
                        Objects.requireNonNull(content, "content"),
                        Objects.requireNonNull(commandId, "commandId"));
    }

    /** {@link #openTicket(ChatId, TicketContent, String)} with a new id. */
    public Outcome<TicketId> openTicket(ChatId chat, TicketContent content) {
        return openTicket(chat, content, node.commands().newId());
    }

    /** Which tickets there are about a chat, whoever asked, the newest first; without what was written. Refused as {@link #openTicket}. */
    public Outcome<List<StoredTicket>> ticketsOf(ChatId chat) {
        return node.tickets().of(operator, Objects.requireNonNull(chat, "chat"));
    }
}
