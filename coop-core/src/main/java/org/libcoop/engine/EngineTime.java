package org.libcoop.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.libcoop.spi.Clock;
import org.libcoop.spi.Store;

/**
 * The engine's time: the store's, measured as an offset to the local clock and carried forward by it; never backwards (T1).
 * Safe for use by several threads.
 */
final class EngineTime {

    private final Clock clock;
    private final Store store;
    private Duration offset = Duration.ZERO;
    private Instant latest = Instant.MIN;

    EngineTime(Clock clock, Store store) {
        this.clock = clock;
        this.store = store;
        measure();
    }

    /** Measures the offset anew: the store's answer is taken to be of the middle of the call. */
    final void measure() {
        Instant before = clock.now();
        Instant stored = store.now();
        Instant after = clock.now();
        Instant middle = before.plus(Duration.between(before, after).dividedBy(2));
        synchronized (this) {
            offset = Duration.between(middle, stored).truncatedTo(ChronoUnit.MILLIS);
        }
    }

    synchronized Instant now() {
        Instant now = clock.now().plus(offset);
        latest = now.isAfter(latest) ? now : latest;
        return latest;
    }

    /** Asks the local clock for a hint at {@code at}, an instant of the engine's time. */
    void wakeAt(Instant at, Runnable hint) {
        Instant local;
        synchronized (this) {
            local = at.minus(offset);
        }
        clock.wakeAt(local, hint);
    }
}
