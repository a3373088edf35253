package org.libcoop.chat;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.libcoop.access.Access;
import org.libcoop.access.Operation;
import org.libcoop.directory.FormField;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Policies;
import org.libcoop.directory.Widget;
import org.libcoop.presence.Presence;
import org.libcoop.refusal.Refusal;
import org.libcoop.refusal.RefusalCode;

/** When a chat may become a ticket, and what has to be in one (K1, R17, C7, W6). Pure, so <em>safe for use by several threads</em>. */
public final class TicketRules {

    private TicketRules() {}

    /**
     * Whether the patron is offered the ticket form: nobody answered, or not yet after {@code unansweredAfter} (R17), the chat ended
     * for want of an owner, or for want of its patron, who came back (C7).
     */
    public static boolean offered(Chat chat) {
        if (chat.phase() instanceof Phase.Ended ended) {
            return chat.patron().goneSince() != null || Disposition.LOST.equals(ended.disposition());
        }
        return chat.phase() instanceof Phase.Missed
                || (chat.phase() instanceof Phase.Waiting waiting && waiting.noticed());
    }

    /** Why the patron may not ask by ticket about the own chat, brought to the present; empty if it is offered. */
    public static Optional<Refusal> asking(Chat chat) {
        return offered(chat)
                ? Optional.empty()
                : Optional.of(Refusal.of(RefusalCode.NOT_ALLOWED, "no ticket is offered for this chat now"));
    }

    /** Why {@code operator} may not open a ticket about a chat, brought to the present; empty if it may. */
    public static Optional<Refusal> opening(Chat chat, OperatorId operator, Presence world, Instant now) {
        Refusal refusal = Relations.refusal(chat, Operation.OPEN_TICKET, operator, world, now);
        if (refusal == null && !chat.over() && !isLastOwner(chat, operator)) {
            refusal = Refusal.of(RefusalCode.NOT_ALLOWED, "until the chat is over that is for its owner");
        }
        return Optional.ofNullable(refusal);
    }

    private static boolean isLastOwner(Chat chat, OperatorId operator) {
        Phase.Ownership last = chat.lastOwnership();
        return last != null && last.owner().equals(operator);
    }

    /** Why {@code operator} may not see which tickets there are about a chat; empty if it may. */
    public static Optional<Refusal> seeing(Chat chat, OperatorId operator, Presence world, Instant now) {
        return Optional.ofNullable(Relations.refusal(chat, Operation.SEE_TICKETS, operator, world, now));
    }

    /** Why what somebody wrote makes no ticket; empty if it does. The email address is not looked at. */
    public static Optional<Refusal> invalid(String question, @Nullable String name, Policies policies) {
        if (question.isBlank()) {
            return Optional.of(Refusal.of(RefusalCode.INVALID, "a question is required"));
        }
        if (name != null && name.length() > policies.nameLimit()) {
            return Optional.of(Refusal.of(
                    RefusalCode.INVALID,
                    "name has " + name.length() + " characters; at most " + policies.nameLimit() + " are allowed"));
        }
        return Optional.ofNullable(ChatRules.invalidText(question, policies.messageLimit()));
    }

    /** W6: why a question left at {@code widget} is refused: something is not given that the widget requires. */
    public static Optional<Refusal> incomplete(Widget widget, @Nullable String name, boolean consented) {
        if (widget.nameField() == FormField.REQUIRED && (name == null || name.isBlank())) {
            return Optional.of(Refusal.of(RefusalCode.INVALID, "a name is required"));
        }
        return widget.consentRequired() && !consented
                ? Optional.of(Refusal.of(RefusalCode.INVALID, "consent is required"))
                : Optional.empty();
    }

    /** The refusal of a patron who has no such chat. */
    public static Refusal noSuchChat() {
        return Access.denied(Operation.ASK_BY_TICKET);
    }
}
