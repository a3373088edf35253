package org.libcoop.spi;

import org.libcoop.annotation.Beta;
import org.libcoop.directory.IdText;

/**
 * The library's own name of one ticket, unique in a deployment (K1); 1 to 100 characters (UTF-16 units), not blank, without control
 * characters and unpaired surrogates. What the host's ticket system calls it is its reference. <em>Immutable.</em>
 */
@Beta
public record TicketId(String value) implements Comparable<TicketId> {

    /** The longest id of a ticket. */
    public static final int MAX_LENGTH = 100;

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException if the value is blank, too long, or has characters that an id may not have
     */
    public TicketId {
        IdText.require("ticket id", value, MAX_LENGTH);
    }

    /** The id with this text. */
    public static TicketId of(String value) {
        return new TicketId(value);
    }

    @Override
    public int compareTo(TicketId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
