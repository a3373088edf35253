package org.libcoop.faq;

import java.util.Objects;

/**
 * What a text has in common with an entry of a STAFFING group. <em>Immutable.</em>
 *
 * @param spelt how it is spelt in the form in which secrets are compared
 * @param words how the text has it: what one looks for to know whether it is public, too
 * @param hash of WORDS, by which they are compared; 0 of others
 */
public record Secret(Kind kind, String spelt, String words, long hash) {

    /** What it is. */
    public enum Kind {
        /** A word that is more than a word: a log-in, a code, an address of email or of a page. */
        TOKEN,
        /** A number, by its digits. */
        NUMBER,
        /** Some words in a row. */
        WORDS
    }

    /** Requires the parts. */
    public Secret {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(spelt, "spelt");
        Objects.requireNonNull(words, "words");
    }

    /** Returns what kind it is, not what it says. */
    @Override
    public String toString() {
        return "Secret[" + kind + ']';
    }
}
