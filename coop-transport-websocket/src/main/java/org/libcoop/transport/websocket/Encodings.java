package org.libcoop.transport.websocket;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.libcoop.directory.Directory;
import org.libcoop.spi.Notice;

/**
 * The text of the last notice that thousands may be told in the very same words, so that it is made once and not for each of them. What
 * such a notice looks like depends on nothing but the notice and the directory's names. <em>Safe for use by several threads.</em>
 */
final class Encodings {

    private record Encoded(Notice notice, Directory names, Outgoing text) {}

    private volatile @Nullable Encoded last;

    /** Whether a notice looks alike to everybody who is told the same. */
    static boolean isShared(Notice notice) {
        return notice instanceof Notice.Listed || notice instanceof Notice.Unlisted;
    }

    /** The notice's text, made by {@code encoder} unless the one before it was the same. */
    @SuppressWarnings("ReferenceEquality") // another snapshot of equal content merely costs another encoding
    Outgoing of(Notice notice, Directory names, Supplier<String> encoder) {
        if (!isShared(notice)) {
            return Outgoing.notice(notice, encoder.get());
        }
        Encoded known = last;
        if (known == null || known.names() != names || !known.notice().equals(notice)) {
            known = new Encoded(
                    notice, names, Outgoing.notice(notice, encoder.get()).shared());
            last = known;
        }
        return known.text();
    }
}
