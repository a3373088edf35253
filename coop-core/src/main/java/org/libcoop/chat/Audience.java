package org.libcoop.chat;

/** Who a message is for. It is part of the message's event, so no route can forget it (M1). */
public enum Audience {
    /** The patron and the staff concerned. */
    PATRON_AND_STAFF,
    /** Staff only: an internal note, which reaches no patron by any route. */
    STAFF_ONLY
}
