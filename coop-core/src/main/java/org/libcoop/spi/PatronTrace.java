package org.libcoop.spi;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.libcoop.chat.Content;

/**
 * By what the chats of one patron are found (X6, AR16): the email address that was given, or the hash of the patron's key.
 * <em>Immutable.</em>
 */
public record PatronTrace(Kind kind, String value) {

    /** The most characters an email address has, folded: a longer one is none, and finds nothing. */
    public static final int EMAIL_LIMIT = 254;

    /** What is compared. */
    public enum Kind {
        /** {@link #foldedEmail}. */
        EMAIL,
        /** {@link org.libcoop.chat.Chat#patronKeyHash}. */
        KEY
    }

    public PatronTrace {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(value, "value");
    }

    /**
     * By email address, in whatever case.
     *
     * @throws IllegalArgumentException if that is no address that anything is found by
     */
    public static PatronTrace email(String email) {
        String folded = foldedEmail(email);
        if (folded == null) {
            throw new IllegalArgumentException("no email address of at most " + EMAIL_LIMIT + " characters");
        }
        return new PatronTrace(Kind.EMAIL, folded);
    }

    /** By the hash of the patron's key. */
    public static PatronTrace key(String patronKeyHash) {
        return new PatronTrace(Kind.KEY, patronKeyHash);
    }

    /**
     * An email address as it is compared: without white space around it, folded as {@link ArchiveQuery#fold} does; null if nothing
     * is found by it, for it is unknown, blank, or longer than {@value #EMAIL_LIMIT} characters.
     */
    public static @Nullable String foldedEmail(@Nullable String email) {
        String folded = email == null ? "" : ArchiveQuery.fold(email.strip());
        return folded.isEmpty() || folded.length() > EMAIL_LIMIT ? null : folded;
    }

    /** Whether this is the trace of a chat whose first entry says {@code first}. */
    public boolean leadsTo(String patronKeyHash, @Nullable Content first) {
        return switch (kind) {
            case KEY -> value.equals(patronKeyHash);
            case EMAIL -> first instanceof Content.PatronDetails patron && value.equals(foldedEmail(patron.email()));
        };
    }

    /** Says nothing of whom. */
    @Override
    public String toString() {
        return "a patron's " + kind;
    }
}
