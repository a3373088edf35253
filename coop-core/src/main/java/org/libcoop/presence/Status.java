package org.libcoop.presence;

/** What an operator says of being there (P1). */
public enum Status {
    /** There and taking chats. */
    ONLINE,
    /** Away from the desk for a moment; counts as monitoring unless the policy {@code awayMonitors} says otherwise (P3). */
    AWAY,
    /** Staff chat only; monitors nothing. */
    INTERNAL,
    /** Keeps the chats held, gets neither new ones nor transfers, and becomes {@link #OFFLINE} when the last one ends. */
    FINISHING,
    /** Not there; claimed chats are lost at once (C6). */
    OFFLINE
}
