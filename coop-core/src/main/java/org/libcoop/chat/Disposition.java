package org.libcoop.chat;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What became of a chat, as its owner says at the end (C14): one of the four known ones or a host's own, in kebab-case, up to
 * 50 characters. <em>Immutable.</em>
 */
public record Disposition(String code) {

    // Stands first: the constants below are checked against it.
    private static final Pattern CODE = Pattern.compile("[a-z][a-z0-9-]{0,49}");

    /** The question was answered. */
    public static final Disposition ANSWERED = new Disposition("answered");
    /** Somebody at home goes on with it. */
    public static final Disposition FOLLOW_UP = new Disposition("follow-up");
    /** The patron was lost on the way; also set by the system for a returned chat nobody took again (R17, C7). */
    public static final Disposition LOST = new Disposition("lost");
    /** A practice chat; out of reports by default (C11). */
    public static final Disposition PRACTICE = new Disposition("practice");

    public Disposition {
        Objects.requireNonNull(code, "code");
        if (!CODE.matcher(code).matches()) {
            throw new IllegalArgumentException("disposition must be kebab-case of 1 to 50 characters: " + code);
        }
    }

    @Override
    public String toString() {
        return code;
    }
}
