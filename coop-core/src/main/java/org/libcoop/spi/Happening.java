package org.libcoop.spi;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.libcoop.annotation.Beta;
import org.libcoop.chat.ChatEvent;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.ChatOutcome;
import org.libcoop.chat.MissedReason;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.Stage;
import org.libcoop.directory.WidgetId;
import org.libcoop.presence.NodeId;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.routing.Cause;

/**
 * Something a {@link CoopListener} is told: ids, codes and durations, never what people wrote, nor anything of a patron. Kinds are
 * added in minor versions: what switches over {@link #kind} needs a default. <em>Immutable.</em>
 */
@Beta
public sealed interface Happening {

    /** The kinds of happening. */
    enum Kind {
        CHAT_STARTED,
        STAGE_OPENED,
        CHAT_CLAIMED,
        CHAT_RETURNED,
        TRANSFER_OFFERED,
        TRANSFER_ACCEPTED,
        TRANSFER_OVER,
        CHAT_OVER,
        COMMAND_REFUSED,
        PEER_DROPPED,
        TROUBLE_BEGAN,
        TROUBLE_OVER,
        NODE_JOINED,
        NODE_FENCED,
        HEALTH_CHANGED,
        ARCHIVED
    }

    /** Which kind this is. */
    Kind kind();

    /** The engine's time at which it took effect; for what was due, the instant at which it was due (R14). */
    Instant at();

    /** What happened to a chat: told after its commit, by the node that committed it. */
    sealed interface OfChat extends Happening {

        /** The chat. */
        ChatId chat();

        /** The patron's home institution. */
        InstitutionId home();
    }

    /** A patron's chat began on a widget. */
    record ChatStarted(Instant at, ChatId chat, InstitutionId home, WidgetId widget) implements OfChat {
        public ChatStarted {
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(chat, "chat");
            Objects.requireNonNull(home, "home");
            Objects.requireNonNull(widget, "widget");
        }

        @Override
        public Kind kind() {
            return Kind.CHAT_STARTED;
        }
    }

    /** A stage opened (R1 to R10, C13), {@code lateness} after it was due, to {@code notified} available operators. */
    record StageOpened(
            Instant at, ChatId chat, InstitutionId home, Stage stage, Cause cause, Duration lateness, int notified)
            implements OfChat {
        public StageOpened {
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(chat, "chat");
            Objects.requireNonNull(home, "home");
            Objects.requireNonNull(stage, "stage");
            Objects.requireNonNull(cause, "cause");
            Objects.requireNonNull(lateness, "lateness");
        }

        @Override
        public Kind kind() {
            return Kind.STAGE_OPENED;
        }
    }

    /**
     * An operator claimed the chat (C2), which had waited for {@code waited} since it began or was returned; {@code again}: it was
     * owned before.
     */
    record ChatClaimed(
            Instant at,
            ChatId chat,
            InstitutionId home,
            OperatorId owner,
            InstitutionId institution,
            Stage stage,
            Duration waited,
            boolean again)
            implements OfChat {
        public ChatClaimed {
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(chat, "chat");
            Objects.requireNonNull(home, "home");
            Objects.requireNonNull(owner, "owner");
            Objects.requireNonNull(institution, "institution");
            Objects.requireNonNull(stage, "stage");
            Objects.requireNonNull(waited, "waited");
        }

        @Override
        public Kind kind() {
            return Kind.CHAT_CLAIMED;
        }
    }

    /** The owner was lost, and the chat waits again (C6); {@code signedOff}: by an act, not by silence. */
    record ChatReturned(Instant at, ChatId chat, InstitutionId home, OperatorId owner, boolean signedOff)
            implements OfChat {
        public ChatReturned {
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(chat, "chat");
            Objects.requireNonNull(home, "home");
            Objects.requireNonNull(owner, "owner");
        }

        @Override
        public Kind kind() {
            return Kind.CHAT_RETURNED;
        }
    }

    /** The owner offered the chat to {@code offeredTo} others (C8, C9). */
    record TransferOffered(Instant at, ChatId chat, InstitutionId home, OperatorId owner, Option to, int offeredTo)
            implements OfChat {
        public TransferOffered {
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(chat, "chat");
            Objects.requireNonNull(home, "home");
            Objects.requireNonNull(owner, "owner");
            Objects.requireNonNull(to, "to");
        }

        @Override
        public Kind kind() {
            return Kind.TRANSFER_OFFERED;
        }
    }

    /** An operator accepted an offered chat (C9), {@code offeredFor} after the offer. */
    record TransferAccepted(
            Instant at,
            ChatId chat,
            InstitutionId home,
            OperatorId owner,
            InstitutionId institution,
            Duration offeredFor)
            implements OfChat {
        public TransferAccepted {
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(chat, "chat");
            Objects.requireNonNull(home, "home");
            Objects.requireNonNull(owner, "owner");
            Objects.requireNonNull(institution, "institution");
            Objects.requireNonNull(offeredFor, "offeredFor");
        }

        @Override
        public Kind kind() {
            return Kind.TRANSFER_ACCEPTED;
        }
    }

    /** An offer came to nothing, and the owner keeps the chat (C9). The chat's end and the loss of its owner end one without this. */
    record TransferOver(Instant at, ChatId chat, InstitutionId home, ChatEvent.TransferOver.Why why) implements OfChat {
        public TransferOver {
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(chat, "chat");
            Objects.requireNonNull(home, "home");
            Objects.requireNonNull(why, "why");
        }

        @Override
        public Kind kind() {
            return Kind.TRANSFER_OVER;
        }
    }

    /**
     * The chat is over, {@code lasted} after its start. {@code outcome} is never {@code OPEN}; {@code reason} is null unless it is
     * {@code MISSED}.
     */
    record ChatOver(
            Instant at,
            ChatId chat,
            InstitutionId home,
            ChatOutcome outcome,
            @Nullable MissedReason reason,
            Duration lasted)
            implements OfChat {
        public ChatOver {
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(chat, "chat");
            Objects.requireNonNull(home, "home");
            Objects.requireNonNull(outcome, "outcome");
            Objects.requireNonNull(lasted, "lasted");
        }

        @Override
        public Kind kind() {
            return Kind.CHAT_OVER;
        }
    }

    /** A command was refused; {@code chat} is the one it was about, null if it was about none. A question refused is not told. */
    record CommandRefused(Instant at, About about, @Nullable ChatId chat, RefusalCode code) implements Happening {

        /** What a command is about. */
        public enum About {
            /** To begin a connection (T5). */
            CONNECTION,
            /** A chat. */
            CHAT,
            /** Somebody's presence. */
            PRESENCE,
            /** Co-ops, accounts, coverage, widgets, policies. */
            DIRECTORY
        }

        public CommandRefused {
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(about, "about");
            Objects.requireNonNull(code, "code");
        }

        @Override
        public Kind kind() {
            return Kind.COMMAND_REFUSED;
        }
    }

    /** A connection was given up, and what its peer had not taken yet is dropped; the client may come back and is told it then (M4). */
    record PeerDropped(Instant at, Why why) implements Happening {

        /** Why a connection is given up. */
        public enum Why {
            /** No sign of life in time (P4). */
            SILENT,
            /** It did not take what it was told, in time or at all (TR3). */
            TOO_SLOW
        }

        public PeerDropped {
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(why, "why");
        }

        @Override
        public Kind kind() {
            return Kind.PEER_DROPPED;
        }
    }

    /** What the engine stands on. */
    enum Part {
        STORE,
        ARCHIVE,
        TICKET_DESK
    }

    /** A part does not answer, or not in time. */
    record TroubleBegan(Instant at, Part part) implements Happening {
        public TroubleBegan {
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(part, "part");
        }

        @Override
        public Kind kind() {
            return Kind.TROUBLE_BEGAN;
        }
    }

    /** A part answers again, {@code lasted} after the trouble began. */
    record TroubleOver(Instant at, Part part, Duration lasted) implements Happening {
        public TroubleOver {
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(part, "part");
            Objects.requireNonNull(lasted, "lasted");
        }

        @Override
        public Kind kind() {
            return Kind.TROUBLE_OVER;
        }
    }

    /** This node took a lease under a name of its own: at its start, and again after it was fenced. */
    record NodeJoined(Instant at, NodeId node) implements Happening {
        public NodeJoined {
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(node, "node");
        }

        @Override
        public Kind kind() {
            return Kind.NODE_JOINED;
        }
    }

    /** This node found its lease over (T3): it goes on under another name. Operators who were here only by that lease were gone. */
    record NodeFenced(Instant at, NodeId node) implements Happening {
        public NodeFenced {
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(node, "node");
        }

        @Override
        public Kind kind() {
            return Kind.NODE_FENCED;
        }
    }

    /** The state of {@link Health} of this node is another one; a node begins as {@code FENCED}. */
    record HealthChanged(Instant at, Health.State from, Health.State to) implements Happening {
        public HealthChanged {
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(from, "from");
            Objects.requireNonNull(to, "to");
        }

        @Override
        public Kind kind() {
            return Kind.HEALTH_CHANGED;
        }
    }

    /**
     * A round of archiving in which something was done took {@code took}: {@code chats} went to the archive, which could not take
     * {@code refused} others, and the store forgot {@code forgotten}. Two nodes may bring the same chat.
     */
    record Archived(Instant at, int chats, int refused, int forgotten, Duration took) implements Happening {
        public Archived {
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(took, "took");
        }

        @Override
        public Kind kind() {
            return Kind.ARCHIVED;
        }
    }
}
