package org.libcoop.store.jdbc;

import java.util.ArrayList;
import java.util.List;
import org.libcoop.chat.ChatId;
import org.libcoop.directory.OperatorId;
import org.libcoop.spi.Feed;

/**
 * The hints of one batch as a text, a line each: {@code c AFTER SEQ CHAT}, {@code p VERSION OPERATOR}, {@code d}. Ids come last,
 * for they may hold spaces, and hold no line breaks.
 */
final class HintText {

    private HintText() {}

    static String write(List<Feed.Hint> hints) {
        StringBuilder text = new StringBuilder();
        for (Feed.Hint hint : hints) {
            if (!text.isEmpty()) {
                text.append('\n');
            }
            if (hint instanceof Feed.Hint.OfChat of) {
                text.append("c ").append(of.afterSeq()).append(' ').append(of.seq());
                text.append(' ').append(of.chat());
            } else if (hint instanceof Feed.Hint.OfPresence of) {
                text.append("p ").append(of.version()).append(' ').append(of.operator());
            } else {
                text.append('d');
            }
        }
        return text.toString();
    }

    static List<Feed.Hint> read(String text) {
        List<Feed.Hint> hints = new ArrayList<>();
        for (String line : text.isEmpty() ? new String[0] : text.split("\n", -1)) {
            hints.add(hint(line));
        }
        return hints;
    }

    private static Feed.Hint hint(String line) {
        try {
            switch (line.charAt(0)) {
                case 'c' -> {
                    String[] parts = line.split(" ", 4);
                    return new Feed.Hint.OfChat(
                            ChatId.of(parts[3]), Long.parseLong(parts[1]), Long.parseLong(parts[2]));
                }
                case 'p' -> {
                    String[] parts = line.split(" ", 3);
                    return new Feed.Hint.OfPresence(OperatorId.of(parts[2]), Long.parseLong(parts[1]));
                }
                default -> {
                    return new Feed.Hint.OfDirectory();
                }
            }
        } catch (RuntimeException garbled) {
            // Whatever it was about: reading everything anew is always right.
            return new Feed.Hint.OfDirectory();
        }
    }
}
