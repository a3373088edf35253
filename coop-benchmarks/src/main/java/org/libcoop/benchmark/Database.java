package org.libcoop.benchmark;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/**
 * A PostgreSQL of this process's own, durable as in production, with its data under the build's folder. <em>One thread at a
 * time.</em>
 */
final class Database implements AutoCloseable {

    /** Connections of each contestant's pool. */
    static final int CONNECTIONS = 40;

    private static final Map<String, String> CONFIGURATION = Map.of(
            "fsync", "on",
            "synchronous_commit", "on",
            "full_page_writes", "on",
            "shared_buffers", "512MB",
            "max_wal_size", "4GB");

    private final EmbeddedPostgres server;
    private final Path folder;
    private final FileChannel lock;
    private final boolean durable;
    private int rooms;

    private Database(EmbeddedPostgres server, Path folder, FileChannel lock, boolean durable) {
        this.durable = durable;
        this.server = server;
        this.folder = folder;
        this.lock = lock;
    }

    /**
     * Starts it with an empty data directory.
     *
     * @param durable right for measuring: with fsync, and rooms are dropped when they are left, which takes a checkpoint; if not,
     *     all goes with the server
     * @throws IllegalStateException if another process measures here: both would measure each other
     */
    static Database start(boolean durable) throws IOException, SQLException {
        Path folder = buildFolder().resolve("postgres");
        Files.createDirectories(folder);
        FileChannel lock =
                FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (lock.tryLock() == null) {
            lock.close();
            throw new IllegalStateException("another process measures in " + folder);
        }
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(folder.resolve("data"))
                .setCleanDataDirectory(true);
        CONFIGURATION.forEach(builder::setServerConfig);
        if (!durable) {
            builder.setServerConfig("fsync", "off");
        }
        Database database = new Database(builder.start(), folder, lock, durable);
        if (durable && !database.setting("fsync").equals("on")) {
            database.close();
            throw new IllegalStateException("the server runs without fsync: its figures would be worthless");
        }
        return database;
    }

    /** Where its data is. */
    Path folder() {
        return folder;
    }

    /** Its version and the settings that matter for the figures. */
    String describe() throws SQLException {
        StringJoiner text = new StringJoiner(", ", "PostgreSQL " + setting("server_version") + ": ", "");
        for (String name :
                List.of("fsync", "synchronous_commit", "wal_sync_method", "shared_buffers", "max_wal_size")) {
            text.add(name + '=' + setting(name));
        }
        return text.toString();
    }

    /** An empty database with a pool, after a checkpoint, so that nobody pays for what somebody else wrote. */
    HikariDataSource room() throws SQLException {
        rooms++;
        String name = "room_" + rooms;
        execute("CREATE DATABASE " + name);
        execute("CHECKPOINT");
        HikariConfig config = new HikariConfig();
        config.setDataSource(server.getDatabase("postgres", name));
        config.setMaximumPoolSize(CONNECTIONS);
        config.setPoolName(name);
        return new HikariDataSource(config);
    }

    /** Closes the pool and drops its database, unless that is left to the end. */
    void leave(HikariDataSource room) throws SQLException {
        room.close();
        if (durable) {
            execute("DROP DATABASE " + room.getPoolName() + " WITH (FORCE)");
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        lock.close();
    }

    private String setting(String name) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SHOW " + name)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The folder that this class was built into, from whichever folder the benchmarks are started. */
    static Path buildFolder() {
        try {
            Path classes = Path.of(Database.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return classes.resolveSibling("benchmarks");
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
