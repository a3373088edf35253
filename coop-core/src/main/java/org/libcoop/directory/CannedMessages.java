package org.libcoop.directory;

import static java.util.Objects.requireNonNull;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The canned messages of an institution or a co-op (M6), in the order in which they are offered. Immutable.
 *
 * @param scope whose people have them
 * @param messages at most {@value #MAX_MESSAGES}, each with a title of its own
 */
public record CannedMessages(BlockScope scope, List<Message> messages) implements LibraryRecord {

    /** The most messages. */
    public static final int MAX_MESSAGES = 200;

    /** The most characters of a title. */
    public static final int MAX_TITLE_LENGTH = 100;

    /** The most characters of a text. */
    public static final int MAX_TEXT_LENGTH = 2_000;

    /**
     * A message by its title. In its text <code>{patron}</code>, <code>{operator}</code> and <code>{institution}</code> stand for the
     * patron's name, the operator's name and the name of the patron's library: the client puts these in before the operator sends it,
     * and nothing else is done to it. Immutable.
     */
    public record Message(String title, String text) {

        /**
         * Checks the bounds.
         *
         * @throws IllegalArgumentException beyond them
         */
        public Message {
            Check.line("title", title, MAX_TITLE_LENGTH);
            Check.text("text", text, MAX_TEXT_LENGTH);
        }
    }

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException if there are too many messages, or two with one title
     */
    public CannedMessages {
        requireNonNull(scope, "scope");
        messages = List.copyOf(messages);
        if (messages.size() > MAX_MESSAGES) {
            throw new IllegalArgumentException(
                    "there are at most %d canned messages, not %d".formatted(MAX_MESSAGES, messages.size()));
        }
        Set<String> titles = new HashSet<>();
        for (Message message : messages) {
            if (!titles.add(message.title())) {
                throw new IllegalArgumentException("the title \"%s\" is there twice".formatted(message.title()));
            }
        }
    }

    /** Returns none yet. */
    public static CannedMessages none(BlockScope scope) {
        return new CannedMessages(scope, List.of());
    }

    @Override
    public RecordKey key() {
        return RecordKey.ofCanned(scope);
    }

    /** Returns whose they are and how many. */
    @Override
    public String toString() {
        return "CannedMessages[" + scope + ", " + messages.size() + ']';
    }
}
