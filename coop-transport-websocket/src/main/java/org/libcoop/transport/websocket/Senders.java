package org.libcoop.transport.websocket;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does thousands of short tasks that come one by one and close together, on a few threads. To wake a thread costs more than such a
 * task, so one that has had several stays awake a moment longer for those that follow. <em>Safe for use by several threads.</em>
 */
final class Senders implements Executor {

    private static final Logger LOG = LoggerFactory.getLogger(Senders.class);

    /** So long, in nanoseconds, does a thread wait for what follows. */
    private static final long LINGER = 100_000;

    private final ExecutorService threads;
    private final int most;
    private final Queue<Runnable> ready = new ConcurrentLinkedQueue<>();
    private final AtomicInteger active = new AtomicInteger();
    private final AtomicInteger lingering = new AtomicInteger();

    /** At most so many of the pool's threads work at once. */
    Senders(ExecutorService threads, int most) {
        this.threads = threads;
        this.most = most;
    }

    @Override
    public void execute(Runnable task) {
        ready.add(task);
        wake();
    }

    /** Has somebody look at what is ready: one who lingers will, otherwise one more begins to work. */
    private void wake() {
        if (lingering.get() == 0 && enter()) {
            try {
                threads.execute(this::work);
            } catch (RejectedExecutionException stopped) {
                active.decrementAndGet();
                throw stopped;
            }
        }
    }

    private boolean enter() {
        int now = active.get();
        while (now < most) {
            if (active.compareAndSet(now, now + 1)) {
                return true;
            }
            now = active.get();
        }
        return false;
    }

    private void work() {
        do {
            int done = workOff();
            while (done > 1) {
                lingering.incrementAndGet();
                LockSupport.parkNanos(LINGER);
                lingering.decrementAndGet(); // who has seen this one linger has added its task before
                done = workOff();
            }
            active.decrementAndGet();
        } while (!ready.isEmpty() && enter()); // it came while all seemed to be at work
    }

    private int workOff() {
        int done = 0;
        for (Runnable task = ready.poll(); task != null; task = ready.poll()) {
            callOthers();
            try {
                task.run();
            } catch (RuntimeException defect) {
                LOG.error("A task of the senders failed", defect);
            }
            done++;
        }
        return done;
    }

    /** On some containers a send takes as long as its peer does: what else is ready must not wait for it. */
    private void callOthers() {
        if (!ready.isEmpty()) {
            try {
                wake();
            } catch (RejectedExecutionException stopping) {
                LOG.debug("What is left is done on this thread", stopping);
            }
        }
    }
}
