package org.libcoop.directory;

/**
 * The id of a co-op (D4).
 *
 * <p>An opaque string (D11) of 1 to 200 characters (UTF-16 units), not blank, without control characters and unpaired
 * surrogates; upper and lower case differ. Ordered by its characters. Immutable.
 */
public record CoopId(String value) implements Comparable<CoopId> {

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException if the value is blank, too long, or has characters that an id may not have
     */
    public CoopId {
        Check.id("co-op id", value);
    }

    /** Returns the id with this value. */
    public static CoopId of(String value) {
        return new CoopId(value);
    }

    @Override
    public int compareTo(CoopId other) {
        return value.compareTo(other.value);
    }

    /** Returns the bare value. */
    @Override
    public String toString() {
        return value;
    }
}
