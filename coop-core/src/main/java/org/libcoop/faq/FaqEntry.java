package org.libcoop.faq;

import java.time.LocalDate;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.libcoop.directory.IdText;
import org.libcoop.directory.InstitutionId;

/**
 * A question of an institution's FAQ with its answer, as plain text: nothing in it is markup. What it says appears in no
 * {@code toString} and in no message of an exception, for it may be a secret of the staff (F2). <em>Immutable.</em>
 *
 * @param id unique within the institution; 1 to {@value #MAX_ID_LENGTH} characters
 * @param group the id of its group
 * @param title the question, 1 to {@value #MAX_TITLE_LENGTH} characters
 * @param text the answer, at most {@value #MAX_TEXT_LENGTH} characters; may be empty
 * @param link where a patron reads it, an http or https URL of at most {@value #MAX_LINK_LENGTH} characters; null if there is no such
 *     page
 * @param language a BCP 47 tag such as {@code en} or {@code pt-BR}, 2 to {@value #MAX_LANGUAGE_LENGTH} characters
 * @param reviewed when somebody last looked whether it is still right (F3); null if that is not known
 */
public record FaqEntry(
        String id,
        InstitutionId institution,
        String group,
        String title,
        String text,
        @Nullable String link,
        String language,
        @Nullable LocalDate reviewed) {

    /** The most characters of an id. */
    public static final int MAX_ID_LENGTH = 200;

    /** The most characters of a title. */
    public static final int MAX_TITLE_LENGTH = 300;

    /** The most characters of a text. */
    public static final int MAX_TEXT_LENGTH = 20_000;

    /** The most characters of a link. */
    public static final int MAX_LINK_LENGTH = 2_000;

    /** The most characters of a language. */
    public static final int MAX_LANGUAGE_LENGTH = 35;

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException beyond them; the message names the entry, never what it says
     */
    public FaqEntry {
        IdText.require("entry id", id, MAX_ID_LENGTH);
        Objects.requireNonNull(institution, "institution");
        IdText.require("group id", group, FaqGroup.MAX_ID_LENGTH);
        if (title.isBlank() || title.length() > MAX_TITLE_LENGTH) {
            throw new IllegalArgumentException("the title of entry %s has %d characters, expected 1 to %d"
                    .formatted(id, title.length(), MAX_TITLE_LENGTH));
        }
        if (text.length() > MAX_TEXT_LENGTH) {
            throw new IllegalArgumentException("the text of entry %s has %d characters, expected at most %d"
                    .formatted(id, text.length(), MAX_TEXT_LENGTH));
        }
        if (link != null && (link.length() > MAX_LINK_LENGTH || !isWeb(link))) {
            throw new IllegalArgumentException("the link of entry %s is no http or https URL of at most %d characters"
                    .formatted(id, MAX_LINK_LENGTH));
        }
        if (!isLanguage(language)) {
            throw new IllegalArgumentException("the language of entry %s is no language tag".formatted(id));
        }
    }

    private static boolean isWeb(String link) {
        return (link.startsWith("https://") || link.startsWith("http://"))
                && link.chars().noneMatch(c -> Character.isWhitespace(c) || Character.isISOControl(c));
    }

    private static boolean isLanguage(String tag) {
        return tag.length() >= 2
                && tag.length() <= MAX_LANGUAGE_LENGTH
                && tag.chars().allMatch(c -> c == '-' || (c < 128 && Character.isLetterOrDigit(c)));
    }

    /** Returns which entry it is, not what it says. */
    @Override
    public String toString() {
        return "FaqEntry[" + institution + '/' + id + ']';
    }
}
