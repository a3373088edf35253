package org.libcoop.refusal;

import static java.util.Objects.requireNonNull;

/**
 * A refused command's answer: the code, which programs read, and a message for people, which may change between
 * versions.
 *
 * <p>The message reveals nothing that the caller may not know (A9). Immutable.
 */
public record Refusal(RefusalCode code, String message) {

    /** Requires both parts. */
    public Refusal {
        requireNonNull(code, "code");
        requireNonNull(message, "message");
    }

    /** Returns a refusal with this code and message. */
    public static Refusal of(RefusalCode code, String message) {
        return new Refusal(code, message);
    }

    /** Returns the code and the message as one line. */
    @Override
    public String toString() {
        return code.code() + ": " + message;
    }
}
