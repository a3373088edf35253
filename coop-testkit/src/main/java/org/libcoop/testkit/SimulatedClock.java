package org.libcoop.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.libcoop.spi.Clock;

/**
 * A clock that stands still until a test moves it. Moving it runs every wake-up on the way at its own instant and in the
 * order of the instants, those that wake-ups ask for included, so that a simulated hour is exactly what a real one would
 * have been, in milliseconds.
 *
 * <p>{@link #executor} is what an engine on this clock runs on: it runs tasks on the calling thread, one at a time; a task
 * handed in by a task runs after it. Wake-ups run there too. So when a call of a session returns, what it asked for is done.
 *
 * <p><em>One thread at a time</em> moves the clock and calls the engine. What other threads hand in meanwhile (a store that
 * hears of a change by itself) is neither lost nor run concurrently.
 */
public final class SimulatedClock implements Clock {

    /** The instant at which a clock starts that was given none: 2026-01-05T12:00:00Z, a Monday. */
    public static final Instant DEFAULT_START = Instant.parse("2026-01-05T12:00:00Z");

    /** More wake-ups than this at one instant mean that time has stopped passing for whoever asks for them. */
    private static final int MOST_AT_ONE_INSTANT = 1_000_000;

    private record Wake(Instant at, long order, Runnable hint) {}

    private final Object lock = new Object();
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final PriorityQueue<Wake> wakes =
            new PriorityQueue<>(Comparator.comparing(Wake::at).thenComparing(Wake::order));
    private final Executor executor = this::execute;
    private Instant now;
    private long order;
    private boolean running;
    private boolean moving;

    /** A clock that stands at {@link #DEFAULT_START}. */
    public SimulatedClock() {
        this(DEFAULT_START);
    }

    /** A clock that stands at {@code start}, finer parts than milliseconds cut off. */
    public SimulatedClock(Instant start) {
        this.now = start.truncatedTo(ChronoUnit.MILLIS);
    }

    @Override
    public Instant now() {
        synchronized (lock) {
            return now;
        }
    }

    /**
     * {@inheritDoc}
     *
     * <p>What is due already runs after the task that asked for it, or with the next move of the clock. Instants finer than a
     * millisecond are rounded up: the clock never shows them.
     */
    @Override
    public void wakeAt(Instant at, Runnable hint) {
        Objects.requireNonNull(hint, "hint");
        Instant whole = at.truncatedTo(ChronoUnit.MILLIS);
        synchronized (lock) {
            wakes.add(new Wake(whole.equals(at) ? whole : whole.plusMillis(1), order++, hint));
        }
    }

    /** What an engine on this clock runs on; always the same one. */
    public Executor executor() {
        return executor;
    }

    /** When the next wake-up is asked for; empty when none is. */
    public Optional<Instant> nextWake() {
        synchronized (lock) {
            return Optional.ofNullable(wakes.peek()).map(Wake::at);
        }
    }

    /**
     * Moves the clock on by {@code span}, through every wake-up on the way and at its end.
     *
     * @throws IllegalArgumentException if {@code span} is negative
     * @throws IllegalStateException if called from a wake-up or a task, or if wake-ups ask for ever more of one instant
     */
    public void advance(Duration span) {
        advanceTo(now().plus(span));
    }

    /**
     * Moves the clock on to {@code target}, through every wake-up on the way and at {@code target} itself; finer parts than
     * milliseconds are cut off.
     *
     * @throws IllegalArgumentException if {@code target} is in the past
     * @throws IllegalStateException if called from a wake-up or a task, or if wake-ups ask for ever more of one instant
     */
    public void advanceTo(Instant target) {
        Instant end = target.truncatedTo(ChronoUnit.MILLIS);
        begin(end);
        try {
            for (Instant next = nextUpTo(end); next != null; next = nextUpTo(end)) {
                moveTo(next);
                drain();
            }
            moveTo(end);
            drain();
        } finally {
            synchronized (lock) {
                moving = false;
            }
        }
    }

    private void begin(Instant end) {
        synchronized (lock) {
            if (end.isBefore(now)) {
                throw new IllegalArgumentException("the clock stands at " + now + " and never runs back to " + end);
            }
            if (moving || running) {
                throw new IllegalStateException("the clock cannot be moved by what runs on it");
            }
            moving = true;
        }
    }

    private @Nullable Instant nextUpTo(Instant end) {
        synchronized (lock) {
            Wake next = wakes.peek();
            return next == null || next.at().isAfter(end) ? null : next.at();
        }
    }

    private void moveTo(Instant instant) {
        synchronized (lock) {
            now = instant.isAfter(now) ? instant : now;
        }
    }

    private void execute(Runnable task) {
        synchronized (lock) {
            tasks.add(Objects.requireNonNull(task, "task"));
        }
        drain();
    }

    /** Runs what is handed in and due until nothing is left, unless somebody is at it already. */
    private void drain() {
        synchronized (lock) {
            if (running) {
                return;
            }
            running = true;
        }
        int wakesRun = 0;
        boolean finished = false;
        try {
            while (!finished) {
                Runnable next;
                synchronized (lock) {
                    next = tasks.poll();
                    if (next == null && dueNow()) {
                        next = wakes.remove().hint();
                        wakesRun++;
                    }
                    finished = next == null;
                    running = !finished;
                }
                if (wakesRun > MOST_AT_ONE_INSTANT) {
                    throw new IllegalStateException("wake-ups ask for ever more wake-ups at " + now());
                }
                if (next != null) {
                    next.run();
                }
            }
        } finally {
            if (!finished) {
                synchronized (lock) {
                    running = false;
                }
            }
        }
    }

    private boolean dueNow() {
        Wake next = wakes.peek();
        return next != null && !next.at().isAfter(now);
    }
}
