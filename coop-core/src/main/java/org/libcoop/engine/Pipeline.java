package org.libcoop.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.libcoop.refusal.Refusal;
import org.libcoop.refusal.RefusalCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thing at a time, in order of arrival, chats' commands in batches: while a batch is being committed the next one
 * gathers, so a lone command waits for nobody and a burst pays one commit for many (smart batching). What follows from a
 * change at once (R7) goes into an urgent lane before everything that waits.
 *
 * <p>Bounded: beyond {@value #LIMIT} waiting commands new ones are refused as {@code busy}. Safe for use by several threads.
 */
final class Pipeline {

    static final int BATCH = 256;
    private static final int LIMIT = 1_000_000;
    private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);

    private final Executor executor;
    private final Runnable before;
    private final Consumer<List<Work>> handler;
    private final Deque<Work> urgent = new ArrayDeque<>();
    private final Deque<Work> waiting = new ArrayDeque<>();
    private boolean running;
    private boolean closed;

    /** @param before is run before each batch is taken */
    Pipeline(Executor executor, Runnable before, Consumer<List<Work>> handler) {
        this.before = before;
        this.executor = executor;
        this.handler = handler;
    }

    /** Adds work at the end. */
    void submit(Work work) {
        Refusal refusal = null;
        boolean start = false;
        synchronized (this) {
            if (closed) {
                refusal = Refusal.of(RefusalCode.UNAVAILABLE, "the engine is closed");
            } else if (waiting.size() >= LIMIT && !(work instanceof Work.OfTask)) {
                refusal = Refusal.of(RefusalCode.BUSY, "too much waits already");
            } else {
                waiting.add(work);
                start = !running;
                running = true;
            }
        }
        if (refusal != null) {
            work.refuse(refusal);
        } else if (start) {
            start();
        }
    }

    /** Adds work before everything that waits, in order among its kind. From the pipeline itself. */
    void urgent(Work work) {
        synchronized (this) {
            urgent.add(work);
        }
    }

    /** Refuses what waits, and everything from now on. */
    void close() {
        List<Work> left;
        synchronized (this) {
            closed = true;
            left = new ArrayList<>(urgent);
            left.addAll(waiting);
            urgent.clear();
            waiting.clear();
        }
        Refusal refusal = Refusal.of(RefusalCode.UNAVAILABLE, "the engine was closed");
        left.forEach(work -> work.refuse(refusal));
    }

    private void start() {
        try {
            executor.execute(this::drain);
        } catch (RejectedExecutionException down) {
            close();
        }
    }

    private void drain() {
        for (List<Work> batch = prepared(); !batch.isEmpty(); batch = prepared()) {
            try {
                handler.accept(batch);
            } catch (RuntimeException | Error broken) {
                // A batch that breaks must not silence the dispatcher (T4): it is answered, and the next one is taken.
                LOG.error("A batch of {} broke", batch.size(), broken);
                Refusal refusal = Refusal.of(RefusalCode.INTERNAL, "internal error; it has been logged");
                batch.forEach(work -> work.refuse(refusal));
            }
        }
    }

    /** What is due by time goes before what is asked (R14): whatever it puts into the urgent lane is taken first. */
    private List<Work> prepared() {
        try {
            before.run();
        } catch (RuntimeException broken) {
            LOG.error("What is due by time could not be looked at", broken);
        }
        return next();
    }

    /** The next batch: chats' commands together, anything else alone; empty when nothing is left. */
    private synchronized List<Work> next() {
        Deque<Work> lane = urgent.isEmpty() ? waiting : urgent;
        List<Work> batch = new ArrayList<>();
        while (!lane.isEmpty() && batch.size() < BATCH) {
            boolean ofChat = lane.peek() instanceof Work.OfChat;
            if (!ofChat && !batch.isEmpty()) {
                break;
            }
            batch.add(lane.remove());
            if (!ofChat) {
                break;
            }
        }
        running = !batch.isEmpty();
        return batch;
    }
}
