package org.libcoop.fuzz;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what one target was given, and says in the end how much that was and how long it took. */
public final class Inputs {

    /** Where the fuzzer runs rather than the seeds alone. */
    private static final boolean FUZZING = System.getenv("JAZZER_FUZZ") != null;

    private final String target;
    private final long begin = System.nanoTime();
    private final AtomicLong count = new AtomicLong();
    private final AtomicLong slowest = new AtomicLong();

    public Inputs(String target) {
        this.target = target;
    }

    /** Runs one; fails if it takes longer than anything that a stranger sends may take, even on a busy machine. */
    public void run(Duration most, Runnable one) {
        count.incrementAndGet();
        long from = System.nanoTime();
        one.run();
        long took = System.nanoTime() - from;
        slowest.accumulateAndGet(took, Math::max);
        Laws.require(took <= most.toNanos(), "one input took %d ms", took / 1_000_000);
    }

    /**
     * Says how many there were.
     *
     * @throws AssertionError if the fuzzer had to stop before it had given as many as {@code fuzz.inputs} asks for
     */
    public void report() {
        long wanted = FUZZING ? Long.getLong("fuzz.inputs", 0) : 0;
        System.out.printf(
                Locale.ROOT,
                "%s: %,d inputs in %.1f s, the slowest %.1f ms%n",
                target,
                count.get(),
                (System.nanoTime() - begin) / 1e9,
                slowest.get() / 1e6);
        Laws.require(count.get() >= wanted, "only %d inputs of %d", count.get(), wanted);
    }
}
