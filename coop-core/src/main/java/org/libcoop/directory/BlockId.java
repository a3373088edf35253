package org.libcoop.directory;

/**
 * The id of a block of a patron, drawn when it is made and never given again (C15).
 *
 * <p>An opaque string (D11) of 1 to 200 characters (UTF-16 units), not blank, without control characters and unpaired
 * surrogates; upper and lower case differ. Ordered by its characters. Immutable.
 */
public record BlockId(String value) implements Comparable<BlockId> {

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException if the value is blank, too long, or has characters that an id may not have
     */
    public BlockId {
        Check.id("block id", value);
    }

    /** Returns the id with this value. */
    public static BlockId of(String value) {
        return new BlockId(value);
    }

    @Override
    public int compareTo(BlockId other) {
        return value.compareTo(other.value);
    }

    /** Returns the bare value. */
    @Override
    public String toString() {
        return value;
    }
}
