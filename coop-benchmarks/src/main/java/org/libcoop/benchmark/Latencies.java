package org.libcoop.benchmark;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/** How long things took, the newest so many of them. <em>Safe for use by several threads</em>; read when all is over. */
final class Latencies {

    private final long[] nanos;
    private final AtomicInteger measured = new AtomicInteger();

    Latencies(int most) {
        nanos = new long[most];
    }

    void took(long one) {
        nanos[measured.getAndIncrement() % nanos.length] = one;
    }

    void forget() {
        measured.set(0);
    }

    Percentiles percentiles() {
        return new Percentiles(Arrays.copyOf(nanos, Math.min(nanos.length, measured.get())));
    }
}
