package org.libcoop.directory;

/**
 * The host's id of an institution (D1).
 *
 * <p>An opaque string (D11) of 1 to 200 characters (UTF-16 units), not blank, without control characters and unpaired
 * surrogates; upper and lower case differ. Ordered by its characters. Immutable.
 */
public record InstitutionId(String value) implements Comparable<InstitutionId> {

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException if the value is blank, too long, or has characters that an id may not have
     */
    public InstitutionId {
        Check.id("institution id", value);
    }

    /** Returns the id with this value. */
    public static InstitutionId of(String value) {
        return new InstitutionId(value);
    }

    @Override
    public int compareTo(InstitutionId other) {
        return value.compareTo(other.value);
    }

    /** Returns the bare value. */
    @Override
    public String toString() {
        return value;
    }
}
