package org.libcoop.chat;

import java.util.Objects;
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

    /** What is known of the patron (W6, M7): all optional but the consent, which is false unless given. */
    record PatronDetails(
            @Nullable String name,
            @Nullable String email,
            @Nullable String referrer,
            @Nullable String userAgent,
            boolean consented)
            implements Content {

        /** Nothing known. */
        public static final PatronDetails NONE = new PatronDetails(null, null, null, null, false);
    }
}
