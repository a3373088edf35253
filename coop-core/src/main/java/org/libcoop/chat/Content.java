package org.libcoop.chat;

import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What people wrote or are: kept in rows beside the log, never in its events, so that redaction and erasure remove it and
 * nothing else has to be rewritten (X2, X3, X6). <em>Immutable.</em>
 */
public sealed interface Content {

    /** A message's text as sent, any Unicode, never interpreted as markup (M2). */
    record Text(String text) implements Content {
        public Text {
            Objects.requireNonNull(text, "text");
        }
    }

    /**
     * What a shared file is called and what it is (U1). The name is shown and offered for saving, never used to store anything; the type
     * was found by content. Once it is gone the file is not given out any more.
     */
    record FileDetails(String name, String mediaType) implements Content {

        /** So many characters (UTF-16 units) a name has at most. */
        public static final int NAME_LIMIT = FileName.LIMIT;

        /** So many characters a media type has at most. */
        public static final int TYPE_LIMIT = 127;

        public FileDetails {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(mediaType, "mediaType");
        }

        /**
         * What may be shown of a name that somebody gave: what follows the last slash or backslash, without control characters, those
         * that change the direction of writing and unpaired surrogates, with {@code _} for what Windows allows in no name, at most {@value #NAME_LIMIT}
         * characters. {@code file} where nothing is left.
         */
        public static String cleaned(String given) {
            return FileName.cleaned(given);
        }
    }

    /**
     * What is known of the patron (W6, M7): all optional but the consent, which is false unless given. The address is where the
     * patron came from when the chat began, null where that is not known: the engine puts in that of the connection, whatever
     * was given, at most {@value #ADDRESS_LIMIT} characters. It is for limits and blocks (C15); no librarian is shown it.
     */
    record PatronDetails(
            @Nullable String name,
            @Nullable String email,
            @Nullable String referrer,
            @Nullable String userAgent,
            @Nullable String address,
            boolean consented)
            implements Content {

        /** Nothing known. */
        public static final PatronDetails NONE = new PatronDetails(null, null, null, null, false);

        /** Scheme, perhaps a user, host with its port, perhaps a path, and what follows. */
        private static final Pattern PAGE = Pattern.compile("(?is)(https?://)(?:[^/?#]*@)?+([^/?#@;]+)(/[^?#;]*)?.*");

        /** So many characters an address has at most. */
        public static final int ADDRESS_LIMIT = 100;

        /** What a widget may ask or learn: all but the address. */
        public PatronDetails(
                @Nullable String name,
                @Nullable String email,
                @Nullable String referrer,
                @Nullable String userAgent,
                boolean consented) {
            this(name, email, referrer, userAgent, null, consented);
        }

        /** The same with what is known of the address: none where {@code from} is blank, else its first characters. */
        public PatronDetails from(String from) {
            String known = from.isBlank() ? null : from.substring(0, Math.min(from.length(), ADDRESS_LIMIT));
            return new PatronDetails(name, email, referrer, userAgent, known, consented);
        }

        /**
         * The same without what says who it was (X6): name, email, address and user agent are unknown, of the referrer scheme, host
         * and path are left, for what follows may be about the patron. That consent was given stays.
         */
        public PatronDetails anonymised() {
            return new PatronDetails(null, null, page(referrer), null, null, consented);
        }

        /** Whether {@link #anonymised} would change nothing. */
        public boolean isAnonymous() {
            return equals(anonymised());
        }

        private static @Nullable String page(@Nullable String url) {
            Matcher parts = PAGE.matcher(url == null ? "" : url);
            return parts.matches()
                    ? parts.group(1) + parts.group(2) + Objects.requireNonNullElse(parts.group(3), "")
                    : null;
        }

        /** The same as librarians may see it: without the address. */
        public PatronDetails withoutAddress() {
            return address == null ? this : new PatronDetails(name, email, referrer, userAgent, consented);
        }
    }
}
