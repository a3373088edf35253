package org.libcoop.chat;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.libcoop.access.Operation;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.Stage;
import org.libcoop.directory.WidgetId;
import org.libcoop.presence.NodeId;
import org.libcoop.refusal.Refusal;

/**
 * What somebody asks of a chat, or what the clock asks of it ({@link Look}). Whoever is named in a command has been
 * authenticated by the host; ids and secrets come in with the command, so deciding draws nothing at random.
 * <em>Immutable.</em>
 */
public sealed interface ChatCommand {

    /** The kinds of command. */
    enum Kind {
        START,
        LOOK,
        CLAIM,
        SAY,
        END,
        DISMISS,
        HURRY,
        TRANSFER,
        ACCEPT,
        DECLINE,
        WITHDRAW,
        LEAVE,
        RATE,
        EXPEL,
        ERASE,
        PATRON_LOST,
        PATRON_RETURNED,
        SHARE_FILE
    }

    /** Which kind this is. */
    Kind kind();

    /**
     * A patron starts a chat on a widget (W5, W6). {@code question} is the initial question, if asked; {@code addressDigest} what
     * blocks know of the address it comes from, null where that is not known (C15).
     */
    record Start(
            ChatId chat,
            WidgetId widget,
            Content.PatronDetails patron,
            @Nullable String question,
            String patronKeyHash,
            @Nullable String addressDigest,
            NodeId node)
            implements ChatCommand {
        @Override
        public Kind kind() {
            return Kind.START;
        }
    }

    /**
     * Look at the clock, and at who is there: brings the chat to the present and does nothing else.
     *
     * @param since judge again what may have changed since then; null when nothing late is known
     */
    record Look(@Nullable Instant since) implements ChatCommand {
        @Override
        public Kind kind() {
            return Kind.LOOK;
        }
    }

    /** An operator takes the chat (C2). */
    record Claim(OperatorId by) implements ChatCommand {
        @Override
        public Kind kind() {
            return Kind.CLAIM;
        }
    }

    /**
     * The patron or the owner says something (M1, M2), which is {@code as} in the access table. {@code unsaid} is why it is refused even
     * to whom that allows it, as for a secret of the staff that it gives away (F2); null where there is no such reason.
     */
    record Say(
            Author by,
            Audience audience,
            String text,
            Operation as,
            @Nullable Refusal unsaid) implements ChatCommand {

        /** A message, or an internal note, that may be said. */
        public Say(Author by, Audience audience, String text) {
            this(by, audience, text, audience == Audience.STAFF_ONLY ? Operation.NOTE : Operation.SAY, null);
        }

        @Override
        public Kind kind() {
            return Kind.SAY;
        }
    }

    /** The owner ends the chat (C5, C14). */
    record End(OperatorId by, Disposition disposition) implements ChatCommand {
        @Override
        public Kind kind() {
            return Kind.END;
        }
    }

    /** An eligible operator puts away a chat that was never owned (C11); the reason has 1 to 100 characters. */
    record Dismiss(OperatorId by, String reason) implements ChatCommand {
        @Override
        public Kind kind() {
            return Kind.DISMISS;
        }
    }

    /** An eligible operator asks for the next stage now; {@code seen} is the stage shown as next (C13). */
    record Hurry(OperatorId by, Stage seen) implements ChatCommand {
        @Override
        public Kind kind() {
            return Kind.HURRY;
        }
    }

    /** The owner offers the chat to an operator, a department or a co-op (C8, C9). */
    record Transfer(OperatorId by, Option to) implements ChatCommand {
        @Override
        public Kind kind() {
            return Kind.TRANSFER;
        }
    }

    /** Somebody to whom the chat is offered takes it (C9). */
    record Accept(OperatorId by) implements ChatCommand {
        @Override
        public Kind kind() {
            return Kind.ACCEPT;
        }
    }

    /** Somebody to whom the chat is offered does not take it (C9). */
    record Decline(OperatorId by) implements ChatCommand {
        @Override
        public Kind kind() {
            return Kind.DECLINE;
        }
    }

    /** The owner takes the offer back (C9). */
    record Withdraw(OperatorId by) implements ChatCommand {
        @Override
        public Kind kind() {
            return Kind.WITHDRAW;
        }
    }

    /** The patron leaves on purpose (C7). */
    record Leave() implements ChatCommand {
        @Override
        public Kind kind() {
            return Kind.LEAVE;
        }
    }

    /** The patron rates the chat once it is over, from 1 to 5, with a comment or null (C14). */
    record Rate(int rating, @Nullable String comment) implements ChatCommand {
        @Override
        public Kind kind() {
            return Kind.RATE;
        }
    }

    /**
     * Whoever blocked the patron ends the chat at once (C15): with {@code disposition}, or dismissed for the reason {@value #REASON}
     * where it was never owned.
     */
    record Expel(OperatorId by, Disposition disposition) implements ChatCommand {

        /** Why a chat that was never owned is dismissed (C11). */
        public static final String REASON = "blocked";

        @Override
        public Kind kind() {
            return Kind.EXPEL;
        }
    }

    /**
     * An admin, or retention if {@code by} is null (X6), took content of a chat that is over away: of entry {@code seq}, or all of it
     * if null (X2, X3); the chat's log says so.
     */
    record Erase(@Nullable OperatorId by, @Nullable Long seq) implements ChatCommand {
        @Override
        public Kind kind() {
            return Kind.ERASE;
        }
    }

    /**
     * The patron or the owner shares a file of {@code size} bytes, at least one, which is stored under {@code file} already and was
     * found by its content to be of {@code mediaType} (U1). {@code name} is as {@link Content.FileDetails#cleaned} left it.
     */
    record ShareFile(Author by, FileId file, String name, String mediaType, long size) implements ChatCommand {
        @Override
        public Kind kind() {
            return Kind.SHARE_FILE;
        }
    }

    /** {@code node} has had no sign of life from the patron since {@code lastRenewal} (C7). */
    record PatronLost(NodeId node, Instant lastRenewal) implements ChatCommand {
        @Override
        public Kind kind() {
            return Kind.PATRON_LOST;
        }
    }

    /** The patron is there (again), on {@code node} (C7). */
    record PatronReturned(NodeId node) implements ChatCommand {
        @Override
        public Kind kind() {
            return Kind.PATRON_RETURNED;
        }
    }
}
