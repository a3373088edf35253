package org.libcoop.store.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code LISTEN} and {@code NOTIFY} on two connections of their own: one only listens, the other tells, after the commit and once
 * for however many changes came meanwhile, because a notification inside a busy transaction takes a lock that all commits
 * share. Both are opened again when they break.
 */
final class PostgresWakeUps implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresWakeUps.class);
    private static final int LISTEN_MILLIS = 500;
    private static final long REST_MILLIS = 1_000;

    private final DataSource connections;
    private final Runnable wake;
    private final Semaphore untold = new Semaphore(0);
    private volatile boolean closed;
    private volatile @Nullable Thread listener;
    private volatile @Nullable Thread teller;

    PostgresWakeUps(DataSource connections, Runnable wake) {
        this.connections = connections;
        this.wake = wake;
    }

    void start() {
        listener = thread("coop-store-listen", this::listen);
        teller = thread("coop-store-notify", this::tell);
    }

    private Thread thread(String name, Job job) {
        Thread thread = new Thread(() -> keep(job), name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Uses one connection until it breaks. */
    private interface Job {
        void use(Connection connection) throws SQLException, InterruptedException;
    }

    private void keep(Job job) {
        while (!closed) {
            try (Connection connection = connections.getConnection()) {
                connection.setAutoCommit(true);
                job.use(connection);
            } catch (SQLException broken) {
                if (!closed) {
                    LOG.warn("A connection for wake-ups broke; until it is back, polling does alone", broken);
                    rest();
                }
            } catch (InterruptedException ended) {
                return;
            }
        }
    }

    private void rest() {
        try {
            // Nothing is released here: this only waits, and ends at once when the store is closed.
            new Semaphore(0).tryAcquire(REST_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException ended) {
            closed = true;
        }
    }

    private void listen(Connection connection) throws SQLException {
        execute(connection, Sql.LISTEN);
        try {
            PGConnection postgres = connection.unwrap(PGConnection.class);
            // What came before the first LISTEN was not heard.
            wake.run();
            while (!closed) {
                if (postgres.getNotifications(LISTEN_MILLIS).length > 0) {
                    wake.run();
                }
            }
        } finally {
            if (!connection.isClosed()) {
                execute(connection, Sql.UNLISTEN);
            }
        }
    }

    private void tell(Connection connection) throws SQLException, InterruptedException {
        while (!closed) {
            untold.acquire();
            untold.drainPermits();
            execute(connection, Sql.NOTIFY);
        }
    }

    private static void execute(Connection connection, String command) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(command);
        }
    }

    void notifyOthers() {
        untold.release();
    }

    @Override
    public void close() {
        closed = true;
        for (Thread thread : new Thread[] {listener, teller}) {
            if (thread != null) {
                thread.interrupt();
            }
        }
        // The connections are given back before the host closes what they came from.
        for (Thread thread : new Thread[] {listener, teller}) {
            if (thread != null) {
                join(thread);
            }
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join(LISTEN_MILLIS + REST_MILLIS);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
