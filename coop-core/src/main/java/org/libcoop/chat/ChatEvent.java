package org.libcoop.chat;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.Stage;
import org.libcoop.directory.WidgetId;
import org.libcoop.presence.NodeId;
import org.libcoop.routing.Cause;
import org.libcoop.routing.RoutePlan;

/**
 * What happened to a chat. The log of a chat's events is the chat: its head, its transcript, its explanation (E1) and every
 * report are read from it. Events hold ids, times and codes, never what people wrote ({@link Content}). <em>Immutable.</em>
 */
public sealed interface ChatEvent {

    /** The kinds of event. */
    enum Kind {
        STARTED,
        STAGE_OPENED,
        STILL_LOOKING,
        CLAIMED,
        SAID,
        PATRON_GONE,
        PATRON_BACK,
        OWNER_LOST,
        TRANSFER_OFFERED,
        OFFER_WIDENED,
        OFFER_DECLINED,
        TRANSFER_OVER,
        TRANSFERRED,
        ENDED,
        MISSED,
        DISMISSED,
        RATED,
        ERASED,
        FILE_SHARED
    }

    /** Which kind this is. */
    Kind kind();

    /**
     * A patron's chat began on a widget (R1, R15). {@code patronKeyHash} is what is kept of the patron's secret.
     */
    record ChatStarted(WidgetId widget, RoutePlan plan, String patronKeyHash, NodeId node) implements ChatEvent {
        @Override
        public Kind kind() {
            return Kind.STARTED;
        }
    }

    /**
     * A stage opened (R1–R10, C13). {@code handled} is when that was handled, at or after the instant it was due, which is
     * the entry's own; {@code notified} is how many operators were available on it then, by the directory revision
     * {@code directory}, from which it can be recomputed (E1); {@code askedBy} asked for it (C13).
     */
    record StageOpened(
            Stage stage,
            Cause cause,
            Instant handled,
            int notified,
            long directory,
            @Nullable OperatorId askedBy) implements ChatEvent {
        @Override
        public Kind kind() {
            return Kind.STAGE_OPENED;
        }
    }

    /** The patron was told that we are still looking, and offered the ticket form (R17). */
    record StillLooking() implements ChatEvent {
        @Override
        public Kind kind() {
            return Kind.STILL_LOOKING;
        }
    }

    /** An operator became owner (C2). */
    record ChatClaimed(OperatorId owner, InstitutionId institution, Stage claimedOn) implements ChatEvent {
        @Override
        public Kind kind() {
            return Kind.CLAIMED;
        }
    }

    /** Somebody said something; the text is the entry's content (M1, M2). */
    record MessageSaid(Author author, Audience audience) implements ChatEvent {
        @Override
        public Kind kind() {
            return Kind.SAID;
        }
    }

    /** No sign of life from the patron since {@code lastRenewal} (C7). */
    record PatronGone(Instant lastRenewal) implements ChatEvent {
        @Override
        public Kind kind() {
            return Kind.PATRON_GONE;
        }
    }

    /** The patron is there again, on {@code node} (C7). */
    record PatronBack(NodeId node) implements ChatEvent {
        @Override
        public Kind kind() {
            return Kind.PATRON_BACK;
        }
    }

    /** The owner was lost; the chat waits again (C6, R16). {@code signedOff}: by an act, not by silence. */
    record OwnerLost(OperatorId owner, boolean signedOff) implements ChatEvent {
        @Override
        public Kind kind() {
            return Kind.OWNER_LOST;
        }
    }

    /**
     * The owner offers the chat to others (C8, C9). {@code offeredTo} is who was there then, {@code backupDue} when the backup
     * staff of a global co-op are to join them, null elsewhere.
     */
    record TransferOffered(
            Option to, Set<OperatorId> offeredTo, @Nullable Instant backupDue) implements ChatEvent {
        public TransferOffered {
            offeredTo = Set.copyOf(offeredTo);
        }

        @Override
        public Kind kind() {
            return Kind.TRANSFER_OFFERED;
        }
    }

    /** The backup staff on duty were offered the chat as well; there may have been none (C9). */
    record OfferWidened(Set<OperatorId> offeredTo) implements ChatEvent {
        public OfferWidened {
            offeredTo = Set.copyOf(offeredTo);
        }

        @Override
        public Kind kind() {
            return Kind.OFFER_WIDENED;
        }
    }

    /** The chat is not offered to {@code by} any more, who declined or, if {@code absent}, is not there any more (C9). */
    record OfferDeclined(OperatorId by, boolean absent) implements ChatEvent {
        @Override
        public Kind kind() {
            return Kind.OFFER_DECLINED;
        }
    }

    /** An offer came to nothing, and the owner keeps the chat (C9). */
    record TransferOver(Why why) implements ChatEvent {

        /** Why an offer is over. The chat's end and the loss of its owner end one without a word of its own. */
        public enum Why {
            /** The owner took it back, or made another one. */
            WITHDRAWN,
            /** Nobody accepted it in time. */
            EXPIRED,
            /** Nobody it was offered to is left. */
            VOID
        }

        @Override
        public Kind kind() {
            return Kind.TRANSFER_OVER;
        }
    }

    /** An operator accepted the chat and owns it from now on (C9); {@code through} is what {@link Phase.Ownership} says. */
    record Transferred(OperatorId owner, InstitutionId institution, Stage through) implements ChatEvent {
        @Override
        public Kind kind() {
            return Kind.TRANSFERRED;
        }
    }

    /**
     * The chat ended after it was owned. {@code by} is null for the system; {@code ticketOffered}: the patron was offered the
     * ticket form (C7, R17).
     */
    record ChatEnded(@Nullable Author by, @Nullable Disposition disposition, boolean ticketOffered)
            implements ChatEvent {
        @Override
        public Kind kind() {
            return Kind.ENDED;
        }
    }

    /** The chat is over and nobody ever owned it; the patron was offered the ticket form (R17, C7). */
    record ChatMissed(MissedReason reason) implements ChatEvent {
        @Override
        public Kind kind() {
            return Kind.MISSED;
        }
    }

    /** The patron rated a chat that is over, from 1 to 5; a comment is the entry's content. The last one counts (C14). */
    record PatronRated(int rating) implements ChatEvent {

        /** The best rating. */
        public static final int BEST = 5;

        public PatronRated {
            if (rating < 1 || rating > BEST) {
                throw new IllegalArgumentException("a rating is 1 to " + BEST + ", not " + rating);
            }
        }

        @Override
        public Kind kind() {
            return Kind.RATED;
        }
    }

    /**
     * An admin, or retention if {@code by} is null (X6), took content of a chat that is over away: of entry {@code seq}, or all of
     * it if null (X2, X3).
     */
    record ContentErased(@Nullable OperatorId by, @Nullable Long seq) implements ChatEvent {
        @Override
        public Kind kind() {
            return Kind.ERASED;
        }
    }

    /** Somebody shared a file of {@code size} bytes; its name and type are the entry's content, its bytes are elsewhere (U1). */
    record FileShared(Author author, FileId file, long size) implements ChatEvent {
        public FileShared {
            if (size < 1) {
                throw new IllegalArgumentException("a shared file has at least one byte, not " + size);
            }
        }

        @Override
        public Kind kind() {
            return Kind.FILE_SHARED;
        }
    }

    /** An operator dismissed the chat (C11). */
    record ChatDismissed(OperatorId by, String reason) implements ChatEvent {
        @Override
        public Kind kind() {
            return Kind.DISMISSED;
        }
    }
}
