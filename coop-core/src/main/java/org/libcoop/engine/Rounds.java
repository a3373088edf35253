package org.libcoop.engine;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has rounds of some work done beside the pipeline, one at a time. Safe for use by several threads. */
final class Rounds {

    private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);

    private final Executor executor;
    private final AtomicBoolean atWork = new AtomicBoolean();
    private volatile boolean closed;

    /** @param executor what rounds run on */
    Rounds(Executor executor) {
        this.executor = executor;
    }

    /** Has a round done soon, unless one is under way or no further one begins. */
    void begin(Runnable round) {
        if (!closed && atWork.compareAndSet(false, true)) {
            try {
                executor.execute(() -> done(round));
            } catch (RejectedExecutionException down) {
                closed = true;
                LOG.debug("The executor takes nothing any more", down);
            }
        }
    }

    private void done(Runnable round) {
        try {
            round.run();
        } finally {
            atWork.set(false);
        }
    }

    /** No further round begins. */
    void close() {
        closed = true;
    }

    /** Whether no further round begins: then one that is under way ends soon. */
    boolean isClosed() {
        return closed;
    }
}
