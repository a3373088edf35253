package org.libcoop.store.jdbc;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.libcoop.spi.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells whoever listens here that something changed somewhere. Polling is the truth: it compares the ends of the feed's streams;
 * PostgreSQL's notifications, where the host gives them connections, are only faster. <em>Safe for use by several threads.</em>
 */
final class WakeUps implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WakeUps.class);

    private static final long END_SECONDS = 5;

    private final Duration pollEvery;
    private final Supplier<String> ends;
    private final @Nullable PostgresWakeUps fast;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private @Nullable ScheduledThreadPoolExecutor poller;
    private volatile String seen = "";
    private boolean closed;
    private boolean failing;

    WakeUps(Duration pollEvery, Supplier<String> ends, @Nullable DataSource connections) {
        this.pollEvery = pollEvery;
        this.ends = ends;
        this.fast = connections == null ? null : new PostgresWakeUps(connections, this::wake);
    }

    /** Has {@code listener} run after changes; the first one starts the polling. */
    @SuppressWarnings("FutureReturnValueIgnored") // it ends with the poller, and says itself what goes wrong
    synchronized void add(Runnable listener) {
        listeners.add(listener);
        if (poller == null && !closed) {
            if (fast != null) {
                fast.start();
            }
            poller = new ScheduledThreadPoolExecutor(1, task -> {
                Thread thread = new Thread(task, "coop-store-poll");
                thread.setDaemon(true);
                return thread;
            });
            if (!pollEvery.isZero()) {
                poller.scheduleWithFixedDelay(
                        this::poll, pollEvery.toMillis(), pollEvery.toMillis(), TimeUnit.MILLISECONDS);
            }
        }
    }

    /** This store changed something: another engine that shares it need not wait for the next poll. */
    void changed() {
        if (listeners.size() > 1) {
            wake();
        }
        if (fast != null) {
            fast.notifyOthers();
        }
    }

    private void poll() {
        try {
            String now = ends.get();
            if (!now.equals(seen)) {
                seen = now;
                wake();
            }
            failing = false;
        } catch (StoreException away) {
            if (!failing) {
                LOG.warn("The store cannot be polled for changes; trying on", away);
            }
            failing = true;
        } catch (RuntimeException broken) {
            LOG.error("A poll for changes broke", broken);
        }
    }

    private void wake() {
        listeners.forEach(Runnable::run);
    }

    /**
     * Ends the polling, and waits a while for a poll that is under way: the host may close its data source next. Nothing is
     * interrupted, for an interrupt in the middle of a statement costs H2 its file.
     */
    @Override
    public void close() {
        ScheduledThreadPoolExecutor polling;
        synchronized (this) {
            closed = true;
            listeners.clear();
            polling = poller;
        }
        if (polling != null) {
            polling.shutdown();
            awaitEnd(polling);
        }
        if (fast != null) {
            fast.close();
        }
    }

    private static void awaitEnd(ScheduledThreadPoolExecutor polling) {
        try {
            if (!polling.awaitTermination(END_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("A poll for changes goes on although the store is closed");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
