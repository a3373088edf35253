package org.libcoop.directory;

import static java.util.Objects.requireNonNull;

/**
 * A staff account of exactly one institution (D2). Owned by the host.
 *
 * <p>Without {@code chatEnabled} nothing in chat is allowed; {@code admin} is the host's local admin role, independent
 * of every co-op level (A10). The display name has 1 to 200 characters on one line. Immutable.
 */
public record Operator(
        OperatorId id, InstitutionId institution, String displayName, boolean chatEnabled, boolean admin) {

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException if the display name is blank, too long or has control characters
     */
    public Operator {
        requireNonNull(id, "id");
        requireNonNull(institution, "institution");
        Check.name("operator display name", displayName);
    }

    /** Returns an operator with chat enabled and without the local admin role. */
    public static Operator of(OperatorId id, InstitutionId institution, String displayName) {
        return new Operator(id, institution, displayName, true, false);
    }

    /** Returns this operator with the chat switch as given. */
    public Operator withChatEnabled(boolean enabled) {
        return new Operator(id, institution, displayName, enabled, admin);
    }

    /** Returns this operator with the local admin role as given. */
    public Operator withAdmin(boolean granted) {
        return new Operator(id, institution, displayName, chatEnabled, granted);
    }
}
