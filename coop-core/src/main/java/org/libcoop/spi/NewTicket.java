package org.libcoop.spi;

import java.util.Objects;
import org.libcoop.annotation.Beta;

/**
 * A ticket as it goes into the {@link TicketOutbox}. <em>Immutable.</em>
 *
 * @param digest tells what is asked: the same id with another one is refused (TO2); at most {@value #LONGEST_HASH} characters
 * @param trace a one-way hash of the email address, by which a patron's tickets are found (X6); at most {@value #LONGEST_HASH}
 *     characters
 */
@Beta
public record NewTicket(TicketId id, TicketOrigin origin, TicketContent content, String digest, String trace) {

    /** The longest digest or trace. */
    public static final int LONGEST_HASH = 100;

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException beyond them
     */
    public NewTicket {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(origin, "origin");
        Objects.requireNonNull(content, "content");
        if (digest.length() > LONGEST_HASH || trace.length() > LONGEST_HASH) {
            throw new IllegalArgumentException("digest and trace have at most " + LONGEST_HASH + " characters");
        }
    }
}
