package org.libcoop.store.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Objects;
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
 * connection goes back as it came. Every call ends within the deadline, tries and waiting for a connection included: what is
 * left of it is the socket's timeout for each statement. Only two things are beyond it: a pool that takes longer to say that
 * it has no connection, and {@link #GRACE} for undoing. <em>Safe for use by several threads.</em>
 */
final class Database {

    private static final Logger LOG = LoggerFactory.getLogger(Database.class);

    /** How often something is tried again while others are in the way. */
    static final int TRIES = 10;

    /** What putting a connection right again may take although the deadline is over. */
    private static final Duration GRACE = Duration.ofMillis(500);

    private static final Duration LEAST = Duration.ofSeconds(2);
    private static final Duration MOST = Duration.ofMinutes(5);
    private static final Duration LONGEST_LOCK = Duration.ofSeconds(3);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(100);
    private static final Executor AT_ONCE = Runnable::run;

    private final DataSource dataSource;
    private final Dialect dialect;
    private final Duration deadline;
    private final Duration lockWait;

    Database(DataSource dataSource, Dialect dialect, Duration deadline) {
        this.dataSource = dataSource;
        this.dialect = dialect;
        this.deadline = deadline;
        this.lockWait = lockWait(deadline);
    }

    /**
     * The way to a database whose tables are those of {@link Schema#VERSION}.
     *
     * @param what is to be opened, for messages
     * @throws Schema.SchemaException if the tables are not there or of another version
     * @throws IllegalArgumentException if this database is none of those known, or the deadline is not 2 s to 5 min
     * @throws org.libcoop.spi.StoreException if the database cannot be reached
     */
    static Database open(String what, DataSource dataSource, Duration deadline) {
        Objects.requireNonNull(dataSource, "dataSource");
        checked(deadline);
        try {
            return new Database(dataSource, look(dataSource, deadline, Schema::checked), deadline);
        } catch (SQLException away) {
            throw Failures.away(what + " cannot be opened", away, false);
        }
    }

    /**
     * The deadline, if it is within its bounds.
     *
     * @throws IllegalArgumentException if it is not 2 s to 5 min
     */
    static Duration checked(Duration deadline) {
        if (deadline.compareTo(LEAST) < 0 || deadline.compareTo(MOST) > 0) {
            throw new IllegalArgumentException("deadline must be 2 s to 5 min: " + deadline);
        }
        return deadline;
    }

    /** What is said differently there. */
    Dialect dialect() {
        return dialect;
    }

    /**
     * How long a search may take: less than the socket waits, for a statement that is stopped leaves its connection whole and its
     * server idle.
     */
    int statementSeconds() {
        return Math.toIntExact(Math.max(1, deadline.toSeconds() * 4 / 5));
    }

    /**
     * How long a statement waits for a lock: well below the deadline, so that a call ends by saying that others were in the way,
     * and not with a broken connection and an outcome that nobody knows.
     */
    static Duration lockWait(Duration deadline) {
        Duration quarter = deadline.dividedBy(4);
        return quarter.compareTo(LONGEST_LOCK) < 0 ? quarter : LONGEST_LOCK;
    }

    /** Something done with a connection. */
    @FunctionalInterface
    interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    /** A first look, before it is known what database this is: in whatever state the connection comes. */
    static <T> T look(DataSource dataSource, Duration deadline, Work<T> work) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            Setting before = new Setting(connection.getAutoCommit(), timeout(connection), 0);
            timeout(connection, Math.toIntExact(deadline.toMillis()));
            try {
                return work.with(connection);
            } finally {
                restore(connection, before);
            }
        }
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

    /** Commits; unless the database says that it did not happen, nobody knows whether it did (G6). */
    static void commit(Connection connection) throws SQLException {
        try {
            connection.commit();
        } catch (SQLException failure) {
            if (Failures.isUndone(failure)) {
                throw failure;
            }
            throw Failures.away("a commit", failure, true);
        }
    }

    private <T> T again(String what, boolean autoCommit, boolean commitsInStatement, Work<T> work) {
        Call call = new Call(autoCommit, commitsInStatement, System.nanoTime() + deadline.toNanos());
        for (int tries = 1; ; tries++) {
            try {
                return once(what, call, work);
            } catch (InTheWay others) {
                if (tries >= TRIES || call.leftNanos() < lockWait.toNanos()) {
                    throw StoreException.busy(what + ": others were in the way " + tries + " times", others.failure);
                }
                pause(tries);
            }
        }
    }

    /** How a call commits, and when it has to be over. */
    private record Call(boolean autoCommit, boolean commitsInStatement, long end) {

        long leftNanos() {
            return end - System.nanoTime();
        }

        /** Gives the next statement what is left of the call's time. */
        void limit(Connection connection) throws SQLException {
            long left = TimeUnit.NANOSECONDS.toMillis(leftNanos());
            if (left <= 0) {
                throw new SQLTimeoutException("the call's time is over", Failures.TOO_LONG);
            }
            timeout(connection, Math.toIntExact(left));
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

    private <T> T once(String what, Call call, Work<T> work) throws InTheWay {
        Connection connection = null;
        Setting before = null;
        boolean prepared = false;
        try {
            connection = dataSource.getConnection();
            before = setting(connection, call);
            prepare(connection, call, before);
            prepared = true;
            T done = work.with(TimedConnection.of(connection, call::limit));
            giveBack(connection, before, false);
            return done;
        } catch (SQLException failure) {
            giveBack(connection, before, true);
            if (Failures.isInTheWay(failure)) {
                throw new InTheWay(failure);
            }
            throw Failures.of(what, failure, prepared && call.commitsInStatement());
        } catch (RuntimeException | Error failure) {
            giveBack(connection, before, true);
            throw failure;
        }
    }

    /** How a connection came; {@code isolation} is 0 where it is not touched. */
    private record Setting(boolean autoCommit, int timeoutMillis, int isolation) {}

    private Setting setting(Connection connection, Call call) throws SQLException {
        boolean isolates = !call.autoCommit() && dialect != Dialect.POSTGRESQL;
        return new Setting(
                connection.getAutoCommit(), timeout(connection), isolates ? connection.getTransactionIsolation() : 0);
    }

    private void prepare(Connection connection, Call call, Setting before) throws SQLException {
        call.limit(connection);
        if (before.autoCommit() != call.autoCommit()) {
            connection.setAutoCommit(call.autoCommit());
        }
        if (!call.autoCommit() && !call.commitsInStatement() && dialect == Dialect.POSTGRESQL) {
            settings(connection);
        } else if (before.isolation() != 0 && before.isolation() != Connection.TRANSACTION_READ_COMMITTED) {
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        }
    }

    /** What is done is done, so a connection that cannot be put right any more is left to its pool without a word. */
    private static void giveBack(@Nullable Connection connection, @Nullable Setting before, boolean undo) {
        if (connection == null) {
            return;
        }
        try (Connection closing = connection) {
            timeout(closing, Math.toIntExact(GRACE.toMillis()));
            if (undo && !closing.getAutoCommit()) {
                closing.rollback();
            }
            if (before != null) {
                restore(closing, before);
            }
        } catch (SQLException broken) {
            LOG.debug("A connection is beyond repair", broken);
        }
    }

    private static void restore(Connection connection, Setting before) {
        try {
            if (before.isolation() != 0 && before.isolation() != Connection.TRANSACTION_READ_COMMITTED) {
                connection.setTransactionIsolation(before.isolation());
            }
            if (connection.getAutoCommit() != before.autoCommit()) {
                connection.setAutoCommit(before.autoCommit());
            }
            timeout(connection, before.timeoutMillis());
        } catch (SQLException broken) {
            LOG.debug("A connection is beyond repair", broken);
        }
    }

    /** For this transaction alone. */
    private void settings(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(Sql.transactionSettings(lockWait));
        }
    }

    private static int timeout(Connection connection) throws SQLException {
        try {
            return connection.getNetworkTimeout();
        } catch (SQLFeatureNotSupportedException unknown) {
            return 0;
        }
    }

    /** A driver that knows no timeout is as patient as its own settings say. */
    private static void timeout(Connection connection, int millis) throws SQLException {
        try {
            connection.setNetworkTimeout(AT_ONCE, millis);
        } catch (SQLFeatureNotSupportedException unknown) {
            LOG.trace("No timeout is known", unknown);
        }
    }

    private static void pause(int tries) {
        long most = Math.min(LONGEST_PAUSE.toNanos(), TimeUnit.MILLISECONDS.toNanos(1L << Math.min(tries, 10)));
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(most / 2, most + 1));
    }
}
