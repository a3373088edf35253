package org.libcoop.testkit.junit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Threads that do the same thing at the same moment, round after round. */
final class Race {

    static final int THREADS = 8;
    static final int ROUNDS = 200;
    private static final long PATIENCE_SECONDS = 60;

    /** What a thread does in a round: it prepares while the others rest, then all act at once. */
    @FunctionalInterface
    interface Contender<T> {
        Supplier<T> prepare(int round, int thread);
    }

    private Race() {}

    /** What came of it: a list of each round's results, by thread. */
    static <T> List<List<T>> run(int rounds, Contender<T> contender) {
        CyclicBarrier barrier = new CyclicBarrier(THREADS);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<List<T>>> running = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int thread = i;
                running.add(threads.submit(() -> all(rounds, thread, contender, barrier)));
            }
            return byRound(rounds, running);
        } finally {
            threads.shutdownNow();
        }
    }

    private static <T> List<T> all(int rounds, int thread, Contender<T> contender, CyclicBarrier barrier) {
        List<T> results = new ArrayList<>();
        boolean finished = false;
        try {
            for (int round = 0; round < rounds; round++) {
                await(barrier);
                Supplier<T> act = contender.prepare(round, thread);
                await(barrier);
                results.add(act.get());
            }
            finished = true;
            return results;
        } finally {
            if (!finished) {
                barrier.reset(); // the others must not wait for one that failed
            }
        }
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (BrokenBarrierException | TimeoutException e) {
            throw new IllegalStateException("another thread of the race failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the race was called off", e);
        }
    }

    private static <T> List<List<T>> byRound(int rounds, List<Future<List<T>>> running) {
        List<List<T>> byThread = new ArrayList<>();
        AssertionError failed = null;
        for (Future<List<T>> thread : running) {
            try {
                byThread.add(thread.get());
            } catch (ExecutionException e) {
                AssertionError next = new AssertionError("a thread of the race failed: " + e.getCause(), e.getCause());
                boolean barrier = e.getCause() instanceof IllegalStateException;
                failed = failed == null || !barrier ? next : failed;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while waiting for a race", e);
            }
        }
        if (failed != null) {
            throw failed;
        }
        List<List<T>> byRound = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            List<T> results = new ArrayList<>();
            for (List<T> thread : byThread) {
                results.add(thread.get(round));
            }
            byRound.add(results);
        }
        return byRound;
    }
}
