package org.libcoop.directory;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What librarians of other institutions need to know of one at a glance (F4): shown beside a chat of its patrons. Immutable.
 *
 * @param hours when it is open, in words; may be empty
 * @param phone its telephone number; may be empty
 * @param links pages worth knowing, at most {@value #MAX_LINKS}
 * @param alerts what is out of the ordinary now, for staff; may be empty
 * @param reviewed when somebody last looked whether it is still right; null if nobody has
 */
public record InstitutionCard(
        InstitutionId institution,
        String hours,
        String phone,
        List<Link> links,
        String alerts,
        @Nullable LocalDate reviewed)
        implements LibraryRecord {

    /** The most links. */
    public static final int MAX_LINKS = 20;

    /** The most characters of hours and of alerts. */
    public static final int MAX_TEXT_LENGTH = 2_000;

    /** The most characters of a telephone number. */
    public static final int MAX_PHONE_LENGTH = 100;

    /** The most characters of a URL. */
    public static final int MAX_URL_LENGTH = 2_000;

    /** A page with its name. Immutable. */
    public record Link(String name, String url) {

        /**
         * Checks the bounds.
         *
         * @throws IllegalArgumentException if the name is out of bounds or the URL is not one of http or https
         */
        public Link {
            Check.name("link name", name);
            Check.line("link URL", url, MAX_URL_LENGTH);
            if (!url.startsWith("https://") && !url.startsWith("http://")) {
                throw new IllegalArgumentException("a link begins with https:// or http://");
            }
        }
    }

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException beyond them
     */
    public InstitutionCard {
        requireNonNull(institution, "institution");
        checkText("hours", hours, MAX_TEXT_LENGTH);
        checkText("phone", phone, MAX_PHONE_LENGTH);
        checkText("alerts", alerts, MAX_TEXT_LENGTH);
        links = List.copyOf(links);
        if (links.size() > MAX_LINKS) {
            throw new IllegalArgumentException(
                    "a card has at most %d links, not %d".formatted(MAX_LINKS, links.size()));
        }
    }

    private static void checkText(String name, String value, int maxLength) {
        if (!value.isEmpty()) {
            Check.text(name, value, maxLength);
        }
    }

    /** Returns a card with nothing on it yet. */
    public static InstitutionCard empty(InstitutionId institution) {
        return new InstitutionCard(institution, "", "", List.of(), "", null);
    }

    @Override
    public RecordKey key() {
        return RecordKey.ofCard(institution);
    }

    /** Returns whose card it is, not what is on it. */
    @Override
    public String toString() {
        return "InstitutionCard[" + institution + ']';
    }
}
