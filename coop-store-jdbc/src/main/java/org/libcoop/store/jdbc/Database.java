package org.libcoop.store.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.libcoop.spi.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to the database: one borrowed connection a call, never two at once on a thread, so a pool of one will do. A
 * connection goes back as it came. Every call ends within the deadline, which is the socket's timeout while a connection is
 * borrowed; how long the pool takes to lend one is the pool's own setting. <em>Safe for use by several threads.</em>
 */
final class Database {

    private static final Logger LOG = LoggerFactory.getLogger(Database.class);

    /** How often something is tried again while others are in the way. */
    private static final int TRIES = 10;

    private static final Duration LONGEST_PAUSE = Duration.ofMillis(100);
    private static final Executor AT_ONCE = Runnable::run;

    private final DataSource dataSource;
    private final Dialect dialect;
    private final int deadlineMillis;
    private volatile boolean timeoutsUnknown;

    Database(DataSource dataSource, Dialect dialect, Duration deadline) {
        this.dataSource = dataSource;
        this.dialect = dialect;
        this.deadlineMillis = Math.toIntExact(deadline.toMillis());
    }

    /** Something done with a connection. */
    @FunctionalInterface
    interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    /** Single statements, each committed by itself. Repeated while others are in the way. */
    <T> T run(String what, Work<T> work) {
        return again(what, true, false, work);
    }

    /** The same where nothing comes back. */
    void act(String what, Act act) {
        Work<Boolean> work = connection -> {
            act.with(connection);
            return true;
        };
        again(what, true, false, work);
    }

    /** Something done with a connection of which nothing comes back. */
    @FunctionalInterface
    interface Act {
        void with(Connection connection) throws SQLException;
    }

    /** One transaction that {@code work} commits itself, with {@link #commit} or at the end of its only statement. */
    <T> T transaction(String what, boolean commitsInStatement, Work<T> work) {
        return again(what, false, commitsInStatement, work);
    }

    /** Commits; if the connection breaks meanwhile, nobody knows whether it happened. */
    static void commit(Connection connection) throws SQLException {
        try {
            connection.commit();
        } catch (SQLException failure) {
            if (Failures.isConnection(failure)) {
                throw Failures.away("a commit", failure, true);
            }
            throw failure;
        }
    }

    private <T> T again(String what, boolean autoCommit, boolean commitsInStatement, Work<T> work) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(deadlineMillis);
        for (int tries = 1; ; tries++) {
            try {
                return once(what, autoCommit, commitsInStatement, work);
            } catch (InTheWay others) {
                if (tries >= TRIES || System.nanoTime() > end) {
                    throw StoreException.busy(what + ": others were in the way " + tries + " times", others.failure);
                }
                pause(tries);
            }
        }
    }

    /** Others were in the way, and nothing was changed. */
    private static final class InTheWay extends Exception {
        private static final long serialVersionUID = 1L;
        private final SQLException failure;

        InTheWay(SQLException failure) {
            super(failure);
            this.failure = failure;
        }
    }

    private <T> T once(String what, boolean autoCommit, boolean commitsInStatement, Work<T> work) throws InTheWay {
        Connection connection = null;
        Setting before = null;
        try {
            connection = dataSource.getConnection();
            before = prepare(connection, autoCommit, commitsInStatement);
            T done = work.with(connection);
            giveBack(connection, before, false);
            return done;
        } catch (SQLException failure) {
            giveBack(connection, before, true);
            if (Failures.isInTheWay(failure)) {
                throw new InTheWay(failure);
            }
            if (Failures.isConnection(failure)) {
                throw Failures.away(what, failure, before != null && commitsInStatement);
            }
            if (Failures.isTooLong(failure)) {
                throw Failures.away(what, failure, false);
            }
            throw new StoreException(what + ": the database refused a statement", failure, false);
        } catch (RuntimeException | Error failure) {
            giveBack(connection, before, true);
            throw failure;
        }
    }

    /** How a connection came; {@code isolation} is 0 where it was not touched. */
    private record Setting(boolean autoCommit, int timeoutMillis, int isolation) {}

    private Setting prepare(Connection connection, boolean autoCommit, boolean commitsInStatement) throws SQLException {
        boolean autoCommitted = connection.getAutoCommit();
        int timeout = timeout(connection);
        timeout(connection, deadlineMillis);
        if (autoCommitted != autoCommit) {
            connection.setAutoCommit(autoCommit);
        }
        int isolation = 0;
        if (!autoCommit && !commitsInStatement && dialect == Dialect.POSTGRESQL) {
            // For this transaction alone.
            readCommitted(connection);
        } else if (!autoCommit
                && dialect != Dialect.POSTGRESQL
                && connection.getTransactionIsolation() != Connection.TRANSACTION_READ_COMMITTED) {
            isolation = connection.getTransactionIsolation();
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        }
        return new Setting(autoCommitted, timeout, isolation);
    }

    /** Puts right what was changed; what is done is done, so a connection beyond that is left to its pool without a word. */
    private void giveBack(@Nullable Connection connection, @Nullable Setting before, boolean undo) {
        if (connection == null) {
            return;
        }
        try (Connection closing = connection) {
            if (undo && !closing.getAutoCommit()) {
                closing.rollback();
            }
            if (before != null) {
                if (before.isolation() != 0) {
                    closing.setTransactionIsolation(before.isolation());
                }
                if (closing.getAutoCommit() != before.autoCommit()) {
                    closing.setAutoCommit(before.autoCommit());
                }
                timeout(closing, before.timeoutMillis());
            }
        } catch (SQLException broken) {
            LOG.debug("A connection is beyond repair", broken);
        }
    }

    private static void readCommitted(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(Sql.READ_COMMITTED);
        }
    }

    private int timeout(Connection connection) throws SQLException {
        try {
            return timeoutsUnknown ? 0 : connection.getNetworkTimeout();
        } catch (SQLFeatureNotSupportedException unknown) {
            timeoutsUnknown = true;
            return 0;
        }
    }

    private void timeout(Connection connection, int millis) throws SQLException {
        if (!timeoutsUnknown) {
            try {
                connection.setNetworkTimeout(AT_ONCE, millis);
            } catch (SQLFeatureNotSupportedException unknown) {
                timeoutsUnknown = true;
            }
        }
    }

    private static void pause(int tries) {
        long most = Math.min(LONGEST_PAUSE.toNanos(), TimeUnit.MILLISECONDS.toNanos(1L << Math.min(tries, 10)));
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(most / 2, most + 1));
    }
}
