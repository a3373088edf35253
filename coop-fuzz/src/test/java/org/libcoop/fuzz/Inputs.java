package org.libcoop.fuzz;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what one target was given, and says in the end how much that was and how long it took. */
public final class Inputs {

    /** Where the fuzzer runs rather than the seeds alone. */
    private static final boolean FUZZING = System.getenv("JAZZER_FUZZ") != null;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final String target;
    private final long begin = System.nanoTime();
    private final AtomicLong count = new AtomicLong();
    private final AtomicLong slowest = new AtomicLong();

    public Inputs(String target) {
        this.target = target;
    }

    /**
     * Runs one on this thread; fails if it uses more of a processor than anything that a stranger sends may use. What others do to the
     * machine meanwhile does not count, nor does the first one, for which everything is loaded and instrumented.
     */
    public void run(Duration most, Runnable one) {
        boolean first = count.getAndIncrement() == 0;
        long from = THREADS.getCurrentThreadCpuTime();
        one.run();
        long used = THREADS.getCurrentThreadCpuTime() - from;
        if (!first) {
            slowest.accumulateAndGet(used, Math::max);
            Laws.require(used <= most.toNanos(), "one input used %d ms", used / 1_000_000);
        }
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
