package org.libcoop.directory;

import static java.util.Objects.requireNonNull;

import java.util.Set;

/**
 * A desk of one institution with its member operators (D3). Owned by the host.
 *
 * <p>The name has 1 to 200 characters on one line. A department may have no members. Immutable.
 */
public record Department(DepartmentId id, InstitutionId institution, String name, Set<OperatorId> members) {

    /**
     * Checks the bounds and copies the members.
     *
     * @throws IllegalArgumentException if the name is blank, too long or has control characters
     */
    public Department {
        requireNonNull(id, "id");
        requireNonNull(institution, "institution");
        Check.name("department name", name);
        members = Set.copyOf(members);
    }
}
