package org.libcoop.store.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
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
 * share. Both are opened again when they break; the listening one is asked now and then whether it still is one, since silence
 * does not tell. No thread is interrupted. <em>Safe for use by several threads.</em>
 */
final class PostgresWakeUps implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresWakeUps.class);
    private static final int LISTEN_MILLIS = 500;
    private static final int ANSWER_MILLIS = 5_000;

    /** How long it may be silent before it is asked whether it is still there. */
    private static final int SILENT_ROUNDS = 10;

    private static final long REST_MILLIS = 1_000;
    private static final Executor AT_ONCE = Runnable::run;

    private final DataSource connections;
    private final Runnable wake;
    private final Semaphore untold = new Semaphore(0);
    private final CountDownLatch closed = new CountDownLatch(1);
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

    /** Uses one connection until it breaks or the store is closed. */
    private interface Job {
        void use(Connection connection) throws SQLException, InterruptedException;
    }

    private void keep(Job job) {
        boolean failing = false;
        while (!isClosed()) {
            try (Connection connection = connections.getConnection()) {
                failing = false;
                use(connection, job);
            } catch (SQLException | RuntimeException broken) {
                if (!failing && !isClosed()) {
                    LOG.warn("A connection for wake-ups broke; until it is back, polling does alone", broken);
                }
                failing = true;
                rest();
            } catch (InterruptedException ended) {
                return;
            }
        }
    }

    /** With a limit on every answer: a connection that nobody answers on any more must not be waited for. */
    private static void use(Connection connection, Job job) throws SQLException, InterruptedException {
        boolean autoCommit = connection.getAutoCommit();
        int timeout = connection.getNetworkTimeout();
        connection.setNetworkTimeout(AT_ONCE, ANSWER_MILLIS);
        connection.setAutoCommit(true);
        job.use(connection);
        connection.setAutoCommit(autoCommit);
        connection.setNetworkTimeout(AT_ONCE, timeout);
    }

    /** Before the next attempt; ends at once when the store is closed. */
    private void rest() {
        try {
            boolean unused = closed.await(REST_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException ended) {
            closed.countDown();
        }
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    private void listen(Connection connection) throws SQLException {
        execute(connection, Sql.LISTEN);
        try {
            PGConnection postgres = connection.unwrap(PGConnection.class);
            // What came before the first LISTEN was not heard.
            wake.run();
            int silent = 0;
            while (!isClosed()) {
                if (postgres.getNotifications(LISTEN_MILLIS).length > 0) {
                    silent = 0;
                    wake.run();
                } else if (++silent >= SILENT_ROUNDS) {
                    silent = 0;
                    execute(connection, Sql.STILL_THERE);
                }
            }
        } finally {
            if (connection.isValid(ANSWER_MILLIS / 1_000)) {
                execute(connection, Sql.UNLISTEN);
            }
        }
    }

    private void tell(Connection connection) throws SQLException, InterruptedException {
        while (true) {
            untold.acquire();
            untold.drainPermits();
            if (isClosed()) {
                return;
            }
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
        closed.countDown();
        untold.release();
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
