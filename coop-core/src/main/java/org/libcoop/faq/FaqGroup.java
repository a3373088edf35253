package org.libcoop.faq;

import java.util.Objects;
import org.libcoop.directory.IdText;
import org.libcoop.directory.InstitutionId;

/**
 * A group of entries of one institution's FAQ. <em>Immutable.</em>
 *
 * @param id unique within the institution; 1 to {@value #MAX_ID_LENGTH} characters
 * @param name for people, 1 to {@value #MAX_NAME_LENGTH} characters
 * @param visibility who reads its entries; of the groups of an institution exactly one is STAFFING (F2)
 */
public record FaqGroup(String id, InstitutionId institution, String name, FaqVisibility visibility) {

    /** The most characters of an id. */
    public static final int MAX_ID_LENGTH = 200;

    /** The most characters of a name. */
    public static final int MAX_NAME_LENGTH = 200;

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException beyond them
     */
    public FaqGroup {
        IdText.require("group id", id, MAX_ID_LENGTH);
        Objects.requireNonNull(institution, "institution");
        IdText.require("group name", name, MAX_NAME_LENGTH);
        Objects.requireNonNull(visibility, "visibility");
    }
}
