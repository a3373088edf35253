package org.libcoop.spi;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.libcoop.annotation.Beta;

/**
 * What somebody asks by ticket, and where the answer goes (K1). <em>Immutable.</em>
 *
 * @param question as sent, any Unicode, never interpreted as markup
 * @param name null where it is not known
 * @param email see {@link #isEmail}
 * @param consented that the widget's privacy notice was agreed to (W6)
 */
@Beta
public record TicketContent(String question, @Nullable String name, String email, boolean consented) {

    public TicketContent {
        Objects.requireNonNull(question, "question");
        Objects.requireNonNull(email, "email");
    }

    /** Whether that is an address: one at-sign with something on both sides, no white space or control character, at most 254 characters. */
    public static boolean isEmail(String address) {
        int at = address.indexOf('@');
        return at > 0
                && at == address.lastIndexOf('@')
                && at < address.length() - 1
                && address.length() <= PatronTrace.EMAIL_LIMIT
                && address.chars().noneMatch(c -> Character.isWhitespace(c) || Character.isISOControl(c));
    }

    /** Says nothing of whom. */
    @Override
    public String toString() {
        return "a question of " + question.length() + " characters";
    }
}
