package org.libcoop.spi;

import java.time.Instant;

/**
 * Time and waiting, one port: whoever moves the time also wakes who waited for it.
 *
 * <ol>
 * <li>CL1 {@link #now} is UTC with millisecond precision (finer parts cut off). It runs at the right pace and does not
 *     jump; it need not be right: nodes agree through their store's time (T1).
 * <li>CL2 {@link #wakeAt} runs the hint once at or soon after the instant, on any thread, never inside the call itself. An
 *     instant that is reached already is due at once.
 * <li>CL3 A wake-up is a hint: early, late, twice or never does no harm but lateness, which the engine's sweep bounds.
 * <li>CL4 Nothing is ever cancelled. After {@link #close} no hint need run.
 * </ol>
 *
 * <em>Safe for use by several threads.</em>
 */
public interface Clock extends AutoCloseable {

    /** Now (CL1). */
    Instant now();

    /** Asks to have {@code hint} run at {@code at} (CL2–CL4). */
    void wakeAt(Instant at, Runnable hint);

    /** Ends what the clock runs on. */
    @Override
    default void close() {}

    /** The machine's clock, waking on one daemon thread. */
    static Clock system() {
        return new SystemClock();
    }
}
