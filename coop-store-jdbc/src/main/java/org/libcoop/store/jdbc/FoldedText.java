package org.libcoop.store.jdbc;

import org.libcoop.spi.ArchiveQuery;

/**
 * Texts as they are compared by a search, in characters that a text column of any database keeps (AR4).
 *
 * <p>After {@link ArchiveQuery#fold}, U+0000 and every half of a surrogate pair stand as a character of plane 15. None of that
 * plane is left over in a text whose pairs are taken apart, so one stored text contains another exactly if the texts do, half
 * pairs included.
 */
final class FoldedText {

    private static final int PLANE_15 = 0xF0000;
    private static final char ESCAPE = Sql.LIKE_ESCAPE;

    private FoldedText() {}

    /** The folded text to store. */
    static String of(String text) {
        String folded = ArchiveQuery.fold(text);
        StringBuilder stored = new StringBuilder(folded.length() + 16);
        for (int i = 0; i < folded.length(); i++) {
            char unit = folded.charAt(i);
            if (unit == 0 || Character.isSurrogate(unit)) {
                stored.appendCodePoint(PLANE_15 + unit);
            } else {
                stored.append(unit);
            }
        }
        return stored.toString();
    }

    /** The pattern for {@code like} that fits every stored text that contains {@code asked}, in which nothing is a wildcard. */
    static String containing(String asked) {
        String folded = of(asked);
        StringBuilder pattern = new StringBuilder(folded.length() + 16).append('%');
        for (int i = 0; i < folded.length(); i++) {
            char unit = folded.charAt(i);
            if (unit == '%' || unit == '_' || unit == ESCAPE) {
                pattern.append(ESCAPE);
            }
            pattern.append(unit);
        }
        return pattern.append('%').toString();
    }
}
