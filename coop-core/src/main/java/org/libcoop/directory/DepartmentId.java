package org.libcoop.directory;

/**
 * The host's id of a department, unique among all institutions of a deployment (D3).
 *
 * <p>An opaque string (D11) of 1 to 200 characters (UTF-16 units), not blank, without control characters and unpaired
 * surrogates; upper and lower case differ. Ordered by its characters. Immutable.
 */
public record DepartmentId(String value) implements Comparable<DepartmentId> {

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException if the value is blank, too long, or has characters that an id may not have
     */
    public DepartmentId {
        Check.id("department id", value);
    }

    /** Returns the id with this value. */
    public static DepartmentId of(String value) {
        return new DepartmentId(value);
    }

    @Override
    public int compareTo(DepartmentId other) {
        return value.compareTo(other.value);
    }

    /** Returns the bare value. */
    @Override
    public String toString() {
        return value;
    }
}
