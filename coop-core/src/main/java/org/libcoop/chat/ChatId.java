package org.libcoop.chat;

import java.util.Objects;

/** The name of one chat, unique in a deployment; 1 to 100 characters. <em>Immutable.</em> */
public record ChatId(String value) implements Comparable<ChatId> {

    public ChatId {
        Objects.requireNonNull(value, "value");
        if (value.isBlank() || value.length() > 100) {
            throw new IllegalArgumentException("chat id must have 1 to 100 characters: " + value.length());
        }
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
