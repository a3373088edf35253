package org.libcoop.directory;

import static java.util.Objects.requireNonNull;

/**
 * Something about a widget that is allowed and probably not meant (W8): what it is and, for people, about what. Immutable.
 *
 * @param message a sentence for people; may change
 */
public record WidgetWarning(Kind kind, String message) {

    /** What is probably not meant. */
    public enum Kind {
        /** A timed fallback was set, but no co-op stands behind the first option. */
        FALLBACK_WITHOUT_COOP,
        /** One wait is above 90 s: few patrons stay that long. */
        FALLBACK_ABOVE_PATIENCE,
        /** The waits add up to the policy {@code giveUpAfter} or more: the last co-op's time never comes. */
        FALLBACKS_BEYOND_GIVE_UP,
        /** An option has no operator with the chat switch who could ever answer. */
        NOBODY_POSSIBLE,
        /** A co-op is outside its coverage all week, so it is in no chat's route (R12). */
        NEVER_COVERED,
        /** The institution's membership in a co-op of the route has ended, so the option is never reached (D9). */
        MEMBERSHIP_ENDED
    }

    /** Requires both parts. */
    public WidgetWarning {
        requireNonNull(kind, "kind");
        requireNonNull(message, "message");
    }
}
