package org.libcoop.spi;

import java.util.Objects;
import org.libcoop.annotation.Beta;

/**
 * Sends email for the host (A4): the library has no outgoing connections of its own.
 *
 * <ol>
 * <li>ML1 {@link #send} returns once the mail is accepted for delivery, and throws otherwise.
 * <li>ML2 Nothing of a mail's text is written to a log.
 * </ol>
 *
 * <em>Safe for use by several threads.</em>
 */
@Beta
@FunctionalInterface
public interface Mailer {

    /** A mail in plain text. The address has one at-sign with something on both sides, no white space, at most 254 characters. */
    record Mail(String to, String subject, String text) {
        public Mail {
            Objects.requireNonNull(to, "to");
            Objects.requireNonNull(subject, "subject");
            Objects.requireNonNull(text, "text");
        }
    }

    /** Accepts a mail for delivery; any exception means that it was not. */
    void send(Mail mail);
}
