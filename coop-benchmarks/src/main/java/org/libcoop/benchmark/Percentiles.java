package org.libcoop.benchmark;

import java.util.Arrays;

/** Sorted nanoseconds. <em>Immutable.</em> */
final class Percentiles {

    private final long[] sorted;

    Percentiles(long[] nanos) {
        sorted = nanos.clone();
        Arrays.sort(sorted);
    }

    /** The value that {@code share} of all are at most, in milliseconds; infinite if that is {@link Long#MAX_VALUE}. */
    double millis(double share) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        int rank = (int) Math.ceil(share * sorted.length);
        long nanos = sorted[Math.max(0, Math.min(sorted.length, rank) - 1)];
        return nanos == Long.MAX_VALUE ? Double.POSITIVE_INFINITY : nanos / 1e6;
    }
}
