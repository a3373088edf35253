package org.libcoop.transport.websocket.client;

/** Where a client's connection stands. */
public enum ConnectionState {
    /** Not connected yet. */
    IDLE,
    /** On its way: from the handshake to the welcome. */
    CONNECTING,
    /** Welcome; what is asked is answered. */
    ONLINE,
    /** Lost; the next attempt comes by itself. */
    WAITING,
    /** The server does not take the token, twice in a row; {@code connect} tries again. */
    DENIED,
    /** The server would refuse the same again: a frame too large or malformed. A defect on one of the two sides. */
    FAILED,
    /** Closed for good. */
    CLOSED
}
