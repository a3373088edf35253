package org.libcoop.store.jdbc;

import java.io.ByteArrayOutputStream;

/**
 * Numbers that are not negative, as bytes: each in groups of seven bits, the lowest first, of which all but the last have the highest
 * bit set. This reads them one after the other. <em>One thread at a time.</em>
 */
final class Numbers {

    private final byte[] bytes;
    private int at;

    Numbers(byte[] bytes) {
        this.bytes = bytes;
    }

    static void put(ByteArrayOutputStream out, long number) {
        long left = number;
        while (left > 0x7f) {
            out.write((int) ((left & 0x7f) | 0x80));
            left >>>= 7;
        }
        out.write((int) left);
    }

    /** Whether there are no more. */
    boolean atEnd() {
        return at == bytes.length;
    }

    /**
     * The next one.
     *
     * @throws IndexOutOfBoundsException if there are no more
     * @throws IllegalArgumentException if it is too long for a number
     */
    long next() {
        long number = 0;
        for (int shift = 0; shift < Long.SIZE - 1; shift += 7) {
            byte group = bytes[at];
            at++;
            number |= (long) (group & 0x7f) << shift;
            if (group >= 0) {
                return number;
            }
        }
        throw new IllegalArgumentException("a number is too long");
    }
}
