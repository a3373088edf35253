package org.libcoop.transport.websocket.client;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one step after the other, in order, on a shared executor. <em>Safe for use by several threads.</em> */
final class Steps {

    private static final Logger LOG = LoggerFactory.getLogger(Steps.class);

    private final Executor executor;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private boolean running;

    Steps(Executor executor) {
        this.executor = executor;
    }

    void add(Runnable step) {
        synchronized (this) {
            waiting.add(step);
            if (running) {
                return;
            }
            running = true;
        }
        try {
            executor.execute(this::run);
        } catch (RejectedExecutionException down) {
            LOG.debug("The executor takes nothing more", down);
        }
    }

    private void run() {
        for (Runnable step = next(); step != null; step = next()) {
            try {
                step.run();
            } catch (RuntimeException broken) {
                LOG.error("A step of a client broke", broken);
            }
        }
    }

    private synchronized @Nullable Runnable next() {
        Runnable step = waiting.poll();
        running = step != null;
        return step;
    }
}
