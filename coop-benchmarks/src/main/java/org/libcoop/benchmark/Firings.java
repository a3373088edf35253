package org.libcoop.benchmark;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/** Timers due at known instants, and how late each fired for the first time. <em>Safe for use by several threads.</em> */
final class Firings {

    private static final long UNFIRED = Long.MAX_VALUE;

    private final Instant first;
    private final Duration step;
    private final AtomicLongArray lateness;
    private final LongAdder repeated = new LongAdder();
    private final CountDownLatch left;

    /** So many timers, the first due at {@code first}, each further one {@code step} later. */
    Firings(Instant first, Duration step, int count) {
        this.first = first;
        this.step = step;
        long[] unfired = new long[count];
        Arrays.fill(unfired, UNFIRED);
        this.lateness = new AtomicLongArray(unfired);
        this.left = new CountDownLatch(count);
    }

    int count() {
        return lateness.length();
    }

    Instant due(int timer) {
        return first.plus(step.multipliedBy(timer));
    }

    /** Tells that a timer fires now. */
    void fired(int timer) {
        long late = ChronoUnit.NANOS.between(due(timer), Instant.now());
        if (lateness.compareAndSet(timer, UNFIRED, late)) {
            left.countDown();
        } else {
            repeated.increment();
        }
    }

    /** How long it is until the first is due; negative when it has been. */
    Duration ahead() {
        return Duration.between(Instant.now(), first);
    }

    void awaitFirst() {
        for (Duration ahead = ahead(); !ahead.isNegative(); ahead = ahead()) {
            LockSupport.parkNanos(ahead.toNanos());
        }
    }

    /** Waits until all have fired, or for {@code longest} after the last is due; whether all have. */
    boolean awaitAll(Duration longest) throws InterruptedException {
        Duration until = Duration.between(Instant.now(), due(count() - 1).plus(longest));
        return left.await(until.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** What this came to; one that has not fired counts as infinitely late. */
    Measurement measurement(StatementCount count) {
        long statements = count.statements();
        long commits = count.commits();
        long[] late = new long[count()];
        int fired = 0;
        long last = 1;
        for (int i = 0; i < late.length; i++) {
            late[i] = lateness.get(i);
            if (late[i] != UNFIRED) {
                fired++;
                last = Math.max(last, step.multipliedBy(i).toNanos() + late[i]);
            }
        }
        Percentiles percentiles = new Percentiles(late);
        return Measurement.of("fired/s", fired * 1e9 / last)
                .with("fired", fired)
                .with("repeated", repeated.intValue())
                .with("late p50 ms", percentiles.millis(0.5))
                .with("late p99 ms", percentiles.millis(0.99))
                .with("statements/fired", fired == 0 ? Double.NaN : (double) statements / fired)
                .with("commits/fired", fired == 0 ? Double.NaN : (double) commits / fired);
    }
}
