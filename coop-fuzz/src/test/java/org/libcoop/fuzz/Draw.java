package org.libcoop.fuzz;

/** Choices out of an input's bytes, one byte each; zeroes once they are used up. */
final class Draw {

    private final byte[] bytes;
    private int next;

    Draw(byte[] bytes) {
        this.bytes = bytes;
    }

    boolean isUsedUp() {
        return next >= bytes.length;
    }

    int below(int bound) {
        return isUsedUp() ? 0 : (bytes[next++] & 0xff) % bound;
    }

    boolean flag() {
        return below(2) == 1;
    }
}
