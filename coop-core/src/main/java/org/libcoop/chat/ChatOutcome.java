package org.libcoop.chat;

/** What a chat came to, for lists and reports: exactly one of these at any time (section 11). */
public enum ChatOutcome {
    /** It is not over, was not dismissed, and nobody ever owned it. */
    OPEN,
    /** Somebody owned it, now or at any time, however it ended. */
    ANSWERED,
    /** It is over and nobody ever owned it. */
    MISSED,
    /** An operator put it away as spam or practice (C11); counts as neither answered nor missed. */
    DISMISSED;

    /** What {@code chat} has come to. */
    public static ChatOutcome of(Chat chat) {
        if (chat.phase().kind() == Phase.Kind.DISMISSED) {
            return DISMISSED;
        }
        if (chat.lastOwnership() != null) {
            return ANSWERED;
        }
        return chat.over() ? MISSED : OPEN;
    }
}
