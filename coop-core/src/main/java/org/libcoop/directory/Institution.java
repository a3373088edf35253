package org.libcoop.directory;

import static java.util.Objects.requireNonNull;

import java.time.ZoneId;

/**
 * A library with its own system: the tenant (D1). Owned by the host.
 *
 * <p>The name has 1 to 200 characters on one line. The zone is where its coverage hours and its reports are at home.
 * Immutable.
 */
public record Institution(InstitutionId id, String name, ZoneId zone) {

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException if the name is blank, too long or has control characters
     */
    public Institution {
        requireNonNull(id, "id");
        Check.name("institution name", name);
        requireNonNull(zone, "zone");
    }
}
