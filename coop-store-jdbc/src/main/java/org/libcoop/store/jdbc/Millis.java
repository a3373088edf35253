package org.libcoop.store.jdbc;

import java.time.Instant;

/** Bounds of a time that is asked for, among instants of whole milliseconds: finer ones and those of no calendar included. */
final class Millis {

    private static final long MOST = Long.MAX_VALUE / 4;
    private static final Instant FIRST = Instant.ofEpochMilli(-MOST);
    private static final Instant LAST = Instant.ofEpochMilli(MOST);

    private Millis() {}

    /** The last whole millisecond that is not after {@code instant}. */
    static long floor(Instant instant) {
        if (instant.isBefore(FIRST)) {
            return -MOST;
        }
        return instant.isAfter(LAST) ? MOST : instant.toEpochMilli();
    }

    /** The first whole millisecond that is not before {@code instant}. */
    static long ceiling(Instant instant) {
        long floor = floor(instant);
        return Instant.ofEpochMilli(floor).isBefore(instant) ? floor + 1 : floor;
    }
}
