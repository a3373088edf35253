package org.libcoop.benchmark;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what arrives, and lets one thread wait until so much has. <em>Safe for use by several threads</em>, one of which waits. */
final class Arrivals {

    private static final long LONGEST_SECONDS = 120;

    private final AtomicLong count = new AtomicLong();
    private volatile long wanted = Long.MAX_VALUE;
    private volatile CountDownLatch enough = new CountDownLatch(1);

    /** So many more are to come, from now on. */
    void expect(long more) {
        enough = new CountDownLatch(1);
        wanted = count.get() + more;
    }

    void arrived(long some) {
        if (count.addAndGet(some) >= wanted) {
            enough.countDown();
        }
    }

    long count() {
        return count.get();
    }

    /**
     * Waits until what was expected has come.
     *
     * @throws IllegalStateException if it has not for two minutes
     */
    void await() throws InterruptedException {
        if (!enough.await(LONGEST_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException((wanted - count.get()) + " did not arrive");
        }
    }
}
