package org.libcoop.chat;

import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of one shared file, ours and never its sender's (U1): its chat's id, a dot, and 1 to 51 characters that were drawn. Letters,
 * digits, {@code -} and {@code _} beside the dot: safe as the name of a stored file and as a part of a URL. <em>Immutable.</em>
 */
public record FileId(String value) implements Comparable<FileId> {

    /** The longest id of a file. */
    public static final int MAX_LENGTH = ChatId.MAX_LENGTH + 52;

    private static final Pattern FORM =
            Pattern.compile("([A-Za-z0-9_-]{1," + ChatId.MAX_LENGTH + "})\\.[A-Za-z0-9_-]{1,51}");

    /**
     * Checks the form.
     *
     * @throws IllegalArgumentException if the value is no such name
     */
    public FileId {
        Objects.requireNonNull(value, "value");
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("a file id is a chat's id, a dot and 1 to 51 letters, digits, - and _");
        }
    }

    /** The id with this text. */
    public static FileId of(String value) {
        return new FileId(value);
    }

    /**
     * The id of a file of {@code chat} with what was drawn.
     *
     * @throws IllegalArgumentException if either has characters that a file id may not have
     */
    public static FileId of(ChatId chat, String drawn) {
        return new FileId(chat.value() + '.' + drawn);
    }

    /** Whether this text is the id of a file. */
    public static boolean fits(String value) {
        return FORM.matcher(value).matches();
    }

    /** The chat it was shared in. */
    public ChatId chat() {
        Matcher parts = FORM.matcher(value);
        if (!parts.matches()) {
            throw new IllegalStateException("its form was checked: " + value);
        }
        return ChatId.of(parts.group(1));
    }

    @Override
    public int compareTo(FileId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
