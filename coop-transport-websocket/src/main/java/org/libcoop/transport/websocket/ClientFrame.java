package org.libcoop.transport.websocket;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libcoop.chat.ChatId;

/** What a client's message turned out to be: a closed set, so that every door decides about every kind. <em>Immutable.</em> */
sealed interface ClientFrame {

    /** The kinds of frame. */
    enum Kind {
        AUTH,
        PING,
        COMMAND,
        QUERY,
        WHISPER,
        UNKNOWN,
        MALFORMED
    }

    /** Which kind this is. */
    Kind kind();

    /** What a client has of a chat: everything up to entry {@code after}. */
    record Held(ChatId chat, long after) {}

    /** Who the client says it is, and what it has already (M4). */
    record Auth(String role, String token, List<Held> resume) implements ClientFrame {
        public Auth {
            resume = List.copyOf(resume);
        }

        /** Up to where the client has a chat; null if it does not say. */
        @Nullable
        Long heldOf(ChatId chat) {
            return resume.stream()
                    .filter(held -> held.chat().equals(chat))
                    .map(Held::after)
                    .findFirst()
                    .orElse(null);
        }

        @Override
        public Kind kind() {
            return Kind.AUTH;
        }

        @Override
        public String toString() {
            return "auth of a " + role; // the token stays out of logs
        }
    }

    /** A heartbeat. */
    record Ping() implements ClientFrame {
        @Override
        public Kind kind() {
            return Kind.PING;
        }
    }

    /** Something to do; {@code what} is its {@code do}. */
    record Command(String id, String what, Fields fields) implements ClientFrame {
        @Override
        public Kind kind() {
            return Kind.COMMAND;
        }
    }

    /** Something to know; {@code what} is its {@code ask}. */
    record Query(String id, String what, Fields fields) implements ClientFrame {
        @Override
        public Kind kind() {
            return Kind.QUERY;
        }
    }

    /** Typing or read state (M5): {@code what} is its type. It is never answered. */
    record Whisper(String what, Fields fields) implements ClientFrame {
        @Override
        public Kind kind() {
            return Kind.WHISPER;
        }
    }

    /** A frame of a type this version does not know. */
    record Unknown() implements ClientFrame {
        @Override
        public Kind kind() {
            return Kind.UNKNOWN;
        }
    }

    /** Nothing that could be answered. */
    record Malformed() implements ClientFrame {
        @Override
        public Kind kind() {
            return Kind.MALFORMED;
        }
    }
}
