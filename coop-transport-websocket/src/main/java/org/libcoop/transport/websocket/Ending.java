package org.libcoop.transport.websocket;

import jakarta.websocket.CloseReason;

/** Why the server ends a connection: the close codes of the wire protocol. */
enum Ending {
    /** A binary message. */
    NOT_TEXT(1003, "text messages only"),
    /** No JSON object, or none that could be answered. */
    MALFORMED(4400, "malformed"),
    /** Denied, or something else than the authentication came first. */
    UNAUTHORIZED(4401, "unauthorized"),
    /** A page of an origin that may not connect. */
    FOREIGN_ORIGIN(4403, "origin not allowed"),
    /** No authentication in time. */
    AUTH_TIMEOUT(4408, "no authentication in time"),
    /** Three heartbeats without a frame. */
    SILENT(4410, "heartbeats missed"),
    /** A message above the limit. */
    TOO_LARGE(4413, "too large"),
    /** The peer does not read. */
    TOO_SLOW(4420, "too slow"),
    /** Too many frames or connections. */
    TOO_MANY(4429, "too many"),
    /** A defect. */
    INTERNAL(4500, "internal error"),
    /** The engine stops. */
    STOPPING(4503, "going away");

    private final int code;
    private final String phrase;

    Ending(int code, String phrase) {
        this.code = code;
        this.phrase = phrase;
    }

    int code() {
        return code;
    }

    CloseReason reason() {
        return new CloseReason(CloseReason.CloseCodes.getCloseCode(code), phrase);
    }
}
