package org.libcoop.store.jdbc;

import org.libcoop.refusal.CoopException;

/**
 * Something stored is not in a form that this version reads. The message names what it is and the key at which reading
 * failed, never a stored value, and the cause that quotes one is left out: the message goes into logs, while what people wrote
 * does not.
 */
final class UnreadableException extends CoopException {

    private static final long serialVersionUID = 1L;

    private final String what;
    private final String why;

    UnreadableException(String what, String why) {
        super("stored " + what + " cannot be read: " + why);
        this.what = what;
        this.why = why;
    }

    /** The same, of a row that the reader of its JSON did not know: {@code entry 3 of chat c1}. */
    UnreadableException in(String row) {
        UnreadableException named = new UnreadableException(row + ", " + what + ",", why);
        named.setStackTrace(getStackTrace());
        return named;
    }
}
