package org.libcoop.faq;

import java.util.Collection;
import java.util.Collections;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.libcoop.directory.InstitutionId;

/**
 * What is looked for in one institution's FAQ. <em>Immutable.</em>
 *
 * @param groups the ids of the groups that are searched, and no others; at most {@value #MOST_GROUPS}
 * @param words what somebody typed, at most {@value #MAX_WORDS_LENGTH} characters: words, never an expression
 * @param language the BCP 47 tag of the words, where it is known: entries of that language come first among equals
 */
public record FaqQuery(
        InstitutionId institution,
        SortedSet<String> groups,
        String words,
        @Nullable String language) {

    /** The most groups of a query. */
    public static final int MOST_GROUPS = 200;

    /** The most characters that are looked for. */
    public static final int MAX_WORDS_LENGTH = 200;

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException beyond them
     */
    public FaqQuery {
        Objects.requireNonNull(institution, "institution");
        groups = Collections.unmodifiableSortedSet(new TreeSet<>(groups));
        if (groups.size() > MOST_GROUPS) {
            throw new IllegalArgumentException("at most " + MOST_GROUPS + " groups, not " + groups.size());
        }
        if (words.length() > MAX_WORDS_LENGTH) {
            throw new IllegalArgumentException(
                    "words have %d characters, expected at most %d".formatted(words.length(), MAX_WORDS_LENGTH));
        }
    }

    /** These words in these groups of an institution, in any language. */
    public static FaqQuery of(InstitutionId institution, Collection<String> groups, String words) {
        return new FaqQuery(institution, new TreeSet<>(groups), words, null);
    }

    /** Returns where is looked, not for what: what patrons and staff look for stays out of logs. */
    @Override
    public String toString() {
        return "FaqQuery[" + institution + ", " + groups + ']';
    }
}
