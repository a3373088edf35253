package org.libcoop.faq;

import java.util.List;
import java.util.Objects;

/**
 * A plain text with what was found in it marked: as ranges, never as markup. <em>Immutable.</em>
 *
 * @param marks in order, without overlap, each within the text
 */
public record Highlighted(String text, List<Mark> marks) {

    /** A range of characters (UTF-16 units) from {@code from} up to, but not at, {@code to}. */
    public record Mark(int from, int to) {

        /**
         * Checks that there is something between the ends.
         *
         * @throws IllegalArgumentException if not
         */
        public Mark {
            if (from < 0 || to <= from) {
                throw new IllegalArgumentException(
                        "a mark goes from a character to a later one, not " + from + " to " + to);
            }
        }
    }

    /**
     * Checks the marks.
     *
     * @throws IllegalArgumentException if they overlap, are out of order or beyond the text
     */
    public Highlighted {
        Objects.requireNonNull(text, "text");
        marks = List.copyOf(marks);
        int end = 0;
        for (Mark mark : marks) {
            if (mark.from() < end || mark.to() > text.length()) {
                throw new IllegalArgumentException("mark %d to %d overlaps another or is beyond the %d characters"
                        .formatted(mark.from(), mark.to(), text.length()));
            }
            end = mark.to();
        }
    }

    /** A text with nothing marked. */
    public static Highlighted plain(String text) {
        return new Highlighted(text, List.of());
    }

    /** Returns how much there is, not what it says. */
    @Override
    public String toString() {
        return "Highlighted[" + text.length() + " characters, " + marks.size() + " marks]";
    }
}
