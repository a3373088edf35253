package org.libcoop.spi;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.libcoop.chat.Author;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Logged;
import org.libcoop.chat.Phase;
import org.libcoop.directory.Option;
import org.libcoop.directory.Stage;
import org.libcoop.presence.OperatorPresence;
import org.libcoop.talk.Room;

/**
 * What a peer is told without having asked. Notices are addressed by the function that answers reads: a push never shows
 * what a fetch would refuse. <em>Immutable.</em>
 */
public sealed interface Notice {

    /** To an eligible operator, or one it is offered to: a chat is in your list, or looks different now (R6, C1, C9). */
    record Listed(ChatSummary chat) implements Notice {
        public Listed {
            Objects.requireNonNull(chat, "chat");
        }
    }

    /**
     * To an operator who had the chat in the list: it is gone. Who claimed it is told where somebody did (C2).
     */
    record Unlisted(
            ChatId chat,
            Reason reason,
            @Nullable String claimedBy,
            @Nullable String claimedOf,
            Instant at) implements Notice {

        /** Why a chat leaves a list. */
        public enum Reason {
            /** Somebody claimed it; the receiver, too, if it was the receiver. */
            CLAIMED,
            /** It ended, was missed or dismissed. */
            OVER,
            /** The receiver does not monitor it any more, has no room, or it is not offered to the receiver any more (C9). */
            NOT_ELIGIBLE
        }
    }

    /** To the patron and the owner: one more entry of the chat's log, as far as it is for the receiver (M1, M3). */
    record Entry(ChatId chat, Logged entry) implements Notice {
        public Entry {
            Objects.requireNonNull(chat, "chat");
            Objects.requireNonNull(entry, "entry");
        }
    }

    /** To the patron and the owner: where the chat stands now. */
    record State(ChatState chat) implements Notice {
        public State {
            Objects.requireNonNull(chat, "chat");
        }
    }

    /** To who owned the chat: another operator has accepted it, and it is none of yours any more (C9). */
    record Released(ChatId chat) implements Notice {
        public Released {
            Objects.requireNonNull(chat, "chat");
        }
    }

    /** To an operator: your own presence, as the store has it. */
    record Self(OperatorPresence presence) implements Notice {
        public Self {
            Objects.requireNonNull(presence, "presence");
        }
    }

    /** To the patron or the owner, of the other: is writing now, or stopped. Never kept; may be lost (M5). */
    record Typing(ChatId chat, Author.Kind by, boolean on) implements Notice {
        public Typing {
            Objects.requireNonNull(chat, "chat");
            Objects.requireNonNull(by, "by");
        }
    }

    /** To the patron or the owner, of the other: has seen the chat up to this entry. Never kept; may be lost (M5). */
    record Seen(ChatId chat, Author.Kind by, long seq) implements Notice {
        public Seen {
            Objects.requireNonNull(chat, "chat");
            Objects.requireNonNull(by, "by");
        }
    }

    /** To those in a room: one more post there, in order, each at least once (I1). */
    record Posted(Room room, Post post) implements Notice {
        public Posted {
            Objects.requireNonNull(room, "room");
            Objects.requireNonNull(post, "post");
        }
    }

    /** To who owned a chat at some time: there is something new in its QA feedback, from somebody else (X4). */
    record Feedback(ChatId chat, long seq) implements Notice {
        public Feedback {
            Objects.requireNonNull(chat, "chat");
        }
    }

    /**
     * An unclaimed chat as those see it who may claim it (C1, C4, M7), or one that is offered as those it is offered to (C9), then with {@code offer}. {@code ofMyInstitution} is the home icon;
     * {@code returned}: it was owned before; {@code next} and {@code nextAt} are the countdown, null when nothing more opens by
     * time; {@code browser} and {@code system} are what the host's {@link DeviceReader} makes of the user agent, null where it knows nothing. {@code through} is the stage the viewer would claim it on, null only if the viewer lost it at this very moment.
     */
    record ChatSummary(
            ChatId chat,
            long seq,
            String institution,
            boolean ofMyInstitution,
            String widget,
            @Nullable Stage through,
            @Nullable String patronName,
            @Nullable String referrer,
            @Nullable String userAgent,
            @Nullable String browser,
            @Nullable String system,
            @Nullable String question,
            Instant startedAt,
            boolean returned,
            boolean patronThere,
            List<Stage> open,
            @Nullable Stage next,
            @Nullable Instant nextAt,
            @Nullable OfferTerms offer) {
        public ChatSummary {
            open = List.copyOf(open);
        }
    }

    /** Who offers a chat, of which institution, by name; to what, and until when (C9). */
    record OfferTerms(String by, String institution, Option to, Instant expiresAt) {}

    /**
     * Where a chat stands, for its patron and its owner; {@code institution} and {@code widget} are names. {@code text} is the widget's text for this state (W7), empty where
     * there is none; {@code partnersAsked}: librarians of other institutions can answer by now; {@code ticketOffered}: the
     * ticket form is offered (R17, C7).
     */
    record ChatState(
            ChatId chat,
            long seq,
            String institution,
            String widget,
            Instant startedAt,
            Phase.Kind phase,
            String text,
            @Nullable String ownerName,
            @Nullable String ownerInstitution,
            boolean patronThere,
            boolean partnersAsked,
            boolean ticketOffered) {}
}
