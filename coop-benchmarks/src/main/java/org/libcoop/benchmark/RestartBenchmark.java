package org.libcoop.benchmark;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/** How long it takes to read every open chat, as a node that starts must, and to be at work (P18). */
final class RestartBenchmark implements Benchmark {

    private static final int PAGE = 1_000;
    private static final Contestant ENGINE = new EngineRestart();

    @Override
    public String name() {
        return "restart";
    }

    @Override
    public String what() {
        return "reading all open chats, or an engine's start on them: chats a second, and seconds in all (P18)";
    }

    @Override
    public List<Contestant> contestants() {
        return List.of(
                reading("one cursor", RestartBenchmark::cursor),
                reading("pages of " + PAGE, RestartBenchmark::pages),
                ENGINE);
    }

    @Override
    public List<Target> targets() {
        return List.of(Target.atMost("P18", ENGINE.name(), "seconds", 5, 15));
    }

    private static int cursor(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (PreparedStatement all = connection.prepareStatement("SELECT id, version, owner, due_at, body FROM chat")) {
            all.setFetchSize(PAGE);
            int read = 0;
            try (ResultSet rows = all.executeQuery()) {
                while (rows.next()) {
                    id(rows);
                    read++;
                }
            }
            return read;
        }
    }

    private static int pages(Connection connection) throws SQLException {
        try (PreparedStatement page = connection.prepareStatement(
                "SELECT id, version, owner, due_at, body FROM chat WHERE id > ? ORDER BY id LIMIT " + PAGE)) {
            String last = "";
            int read = 0;
            int before = -1;
            while (read > before) {
                before = read;
                page.setString(1, last);
                try (ResultSet rows = page.executeQuery()) {
                    while (rows.next()) {
                        last = id(rows);
                        read++;
                    }
                }
            }
            return read;
        }
    }

    /** Reads a row as whoever wants to use it would; returns its id. */
    private static String id(ResultSet row) throws SQLException {
        row.getLong(2);
        row.getString(3);
        row.getTimestamp(4);
        row.getString(5);
        return row.getString(1);
    }

    private static Contestant reading(String name, Reading reading) {
        return new Contestant() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Measurement run(Settings settings, DataSource database) throws Exception {
                ClaimTables.create(database, settings.chats());
                try (Connection connection = database.getConnection()) {
                    long began = System.nanoTime();
                    int read = reading.read(connection);
                    double seconds = (System.nanoTime() - began) / 1e9;
                    if (read != settings.chats()) {
                        throw new IllegalStateException(read + " chats read of " + settings.chats());
                    }
                    return Measurement.of("read/s", read / seconds).with("seconds", seconds);
                }
            }
        };
    }

    /** Reads all chats; returns how many. */
    private interface Reading {
        int read(Connection connection) throws SQLException;
    }
}
