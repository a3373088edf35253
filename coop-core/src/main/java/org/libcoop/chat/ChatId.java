package org.libcoop.chat;

import org.libcoop.directory.IdText;

/**
 * The name of one chat, unique in a deployment; 1 to 100 characters (UTF-16 units), not blank, without control characters and
 * unpaired surrogates. <em>Immutable.</em>
 */
public record ChatId(String value) implements Comparable<ChatId> {

    /** The longest id of a chat. */
    public static final int MAX_LENGTH = 100;

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException if the value is blank, too long, or has characters that an id may not have
     */
    public ChatId {
        IdText.require("chat id", value, MAX_LENGTH);
    }

    /** The id with this text. */
    public static ChatId of(String value) {
        return new ChatId(value);
    }

    @Override
    public int compareTo(ChatId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
