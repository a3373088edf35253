package org.libcoop.directory;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/**
 * Something wrong in a directory: what it is about, such as {@code widget databases}, and what is wrong with it, for
 * people.
 *
 * <p>Immutable.
 */
public record Problem(String subject, String message) implements Serializable {

    /** Requires both parts. */
    public Problem {
        requireNonNull(subject, "subject");
        requireNonNull(message, "message");
    }

    /** Returns subject and message as one line. */
    @Override
    public String toString() {
        return subject + ": " + message;
    }
}
