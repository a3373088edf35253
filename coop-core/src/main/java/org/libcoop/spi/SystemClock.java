package org.libcoop.spi;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The machine's clock as it stood when this one was made, carried forward by the machine's monotonic timer: somebody who sets
 * the machine's time cannot make deadlines jump. What drifts, the engine measures against its store (T1).
 */
final class SystemClock implements Clock {

    private final Instant begin = java.time.Clock.systemUTC().instant();
    private final long beginNanos = System.nanoTime();
    private final ScheduledThreadPoolExecutor wakes = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "coop-clock");
        thread.setDaemon(true);
        return thread;
    });

    @Override
    public Instant now() {
        return exactly().truncatedTo(ChronoUnit.MILLIS);
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // a hint: nobody waits for it
    public void wakeAt(Instant at, Runnable hint) {
        long delay = Math.max(0, Duration.between(exactly(), at).toNanos());
        try {
            wakes.schedule(hint, delay, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException closed) {
            // CL4: after close no hint need run.
            return;
        }
    }

    private Instant exactly() {
        return begin.plusNanos(System.nanoTime() - beginNanos);
    }

    @Override
    public void close() {
        wakes.shutdownNow();
    }
}
