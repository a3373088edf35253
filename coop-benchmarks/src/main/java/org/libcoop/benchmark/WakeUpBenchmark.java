package org.libcoop.benchmark;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;

/** What it costs to wake other nodes after each batch (P13): three writers, and somebody who listens. */
final class WakeUpBenchmark implements Benchmark {

    private static final Claimers THREE_NODES = new Claimers(3, 1, 200);
    private static final Contestant WITHOUT = new StoreWakeUps("coop stores, polling", false);
    private static final Contestant WITH = new StoreWakeUps("coop stores, waking each other", true);

    @Override
    public String name() {
        return "wakeup";
    }

    @Override
    public String what() {
        return "batches of 200 by three writers, with and without a NOTIFY for each: won, or written, a second (P13)";
    }

    @Override
    public List<Contestant> contestants() {
        return List.of(
                new Listened("no wake-up", (connection, second) -> Claims.batch(connection)),
                new Listened("after the commit, own connection", WakeUpBenchmark::afterwards),
                new Listened("in the transaction", (connection, second) -> within(connection)),
                WITHOUT,
                WITH);
    }

    @Override
    public List<Target> targets() {
        return List.of(Target.atLeast("P13", WITH.name(), "won/s", WITHOUT.name(), 0.95, 0.85));
    }

    private static Claims afterwards(Connection connection, Connection second) throws SQLException {
        Claims batch = Claims.batch(connection);
        Statement waking = second.createStatement();
        return (chats, version) -> {
            int won = batch.claim(chats, version);
            waking.execute("NOTIFY changed");
            return won;
        };
    }

    private static Claims within(Connection connection) throws SQLException {
        Claims batch = Claims.batch(connection);
        Statement waking = connection.createStatement();
        connection.setAutoCommit(false);
        return (chats, version) -> {
            int won = batch.claim(chats, version);
            waking.execute("NOTIFY changed");
            connection.commit();
            return won;
        };
    }

    /** A way to claim with a second connection for whatever is told. */
    private interface TellingWay {
        Claims on(Connection connection, Connection second) throws SQLException;
    }

    /** Claims while a connection listens: without one, a NOTIFY costs nothing. */
    private record Listened(String name, TellingWay way) implements Contestant {

        @Override
        public Measurement run(Settings settings, DataSource database) throws Exception {
            ClaimTables.create(database, settings.chats());
            List<Connection> seconds = new CopyOnWriteArrayList<>();
            try (Connection listening = database.getConnection();
                    Statement statement = listening.createStatement()) {
                statement.execute("LISTEN changed");
                return THREE_NODES.measure(
                        database,
                        connection -> {
                            Connection second = database.getConnection();
                            seconds.add(second);
                            return way.on(connection, second);
                        },
                        settings.chats(),
                        settings.span());
            } finally {
                for (Connection second : seconds) {
                    second.close();
                }
            }
        }
    }
}
