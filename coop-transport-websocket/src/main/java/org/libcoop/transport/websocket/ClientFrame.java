package org.libcoop.transport.websocket;

import org.jspecify.annotations.Nullable;

/** What a client's message turned out to be: a closed set, so that every door decides about every kind. <em>Immutable.</em> */
sealed interface ClientFrame {

    /** The kinds of frame. */
    enum Kind {
        AUTH,
        PING,
        COMMAND,
        QUERY,
        UNKNOWN,
        MALFORMED
    }

    /** Which kind this is. */
    Kind kind();

    /** Who the client says it is; {@code chat} and {@code after} say what a patron's client has already (M4). */
    record Auth(String role, String token, @Nullable String chat, long after) implements ClientFrame {
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
