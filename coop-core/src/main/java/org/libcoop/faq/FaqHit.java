package org.libcoop.faq;

import java.time.LocalDate;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An entry that was found: as much of it as a list shows. <em>Immutable.</em>
 *
 * @param entry its id
 * @param group its group's id
 * @param title the whole title
 * @param snippet a part of the text, at most {@value #MAX_SNIPPET_LENGTH} characters; may be empty
 * @param link as of the entry
 * @param language as of the entry
 * @param reviewed when it was last reviewed (F3); null if that is not known
 */
public record FaqHit(
        String entry,
        String group,
        Highlighted title,
        Highlighted snippet,
        @Nullable String link,
        String language,
        @Nullable LocalDate reviewed) {

    /** The most characters of a snippet. */
    public static final int MAX_SNIPPET_LENGTH = 400;

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException beyond them
     */
    public FaqHit {
        Objects.requireNonNull(entry, "entry");
        Objects.requireNonNull(group, "group");
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(language, "language");
        if (snippet.text().length() > MAX_SNIPPET_LENGTH) {
            throw new IllegalArgumentException("the snippet of entry %s has %d characters, expected at most %d"
                    .formatted(entry, snippet.text().length(), MAX_SNIPPET_LENGTH));
        }
    }

    /** Returns which entry it is, not what it says. */
    @Override
    public String toString() {
        return "FaqHit[" + group + '/' + entry + ']';
    }
}
