package org.libcoop.store.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;

/** Databases for tests, with the schema in them: H2 in memory and in a file, and one real PostgreSQL for the whole run. */
final class Databases {

    private static final List<String> TABLES = List.of(
            "coop_node",
            "coop_feed",
            "coop_chat",
            "coop_over",
            "coop_entry",
            "coop_content",
            "coop_topic",
            "coop_result",
            "coop_presence",
            "coop_presence_log",
            "coop_revision",
            "coop_archive",
            "coop_archive_entry",
            "coop_archive_content",
            "coop_archive_owner",
            "coop_interval",
            "coop_audit",
            "coop_audit_institution",
            "coop_discussion",
            "coop_post",
            "coop_subject",
            "coop_seen",
            "coop_ticket",
            "coop_fact",
            "coop_fact_sum",
            "coop_staffed");

    /** In one go: it is done before every test of a contract. */
    private static final String EMPTYING =
            TABLES.stream().map(table -> "delete from " + table + ";").collect(Collectors.joining())
                    + "update coop_directory set revision = 0";

    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static @Nullable EmbeddedPostgres postgres;

    private Databases() {}

    /** How connections come out of the pool. */
    record Pooled(boolean autoCommit, String isolation, int size) {

        static final Pooled USUAL = new Pooled(true, "", 8);

        @Override
        public String toString() {
            return (autoCommit ? "auto-commit" : "no auto-commit") + (isolation.isEmpty() ? "" : ", " + isolation);
        }
    }

    /** A new database of this kind, nowhere but in memory if that can be. */
    static HikariDataSource of(Dialect dialect, Pooled pooled) {
        return switch (dialect) {
            case H2 -> h2InMemory(pooled);
            case POSTGRESQL -> postgres(pooled);
        };
    }

    static HikariDataSource h2InMemory(Pooled pooled) {
        return pool("jdbc:h2:mem:coop" + NUMBER.incrementAndGet() + ";DB_CLOSE_DELAY=-1", "sa", pooled);
    }

    static HikariDataSource h2File(Path folder, Pooled pooled) {
        return pool("jdbc:h2:file:" + folder.resolve("coop").toAbsolutePath(), "sa", pooled);
    }

    /** A new database in the PostgreSQL of this run. */
    static HikariDataSource postgres(Pooled pooled) {
        return pool(newPostgresDatabase(), "postgres", pooled);
    }

    /** The address of a new and empty database, without the schema. */
    static synchronized String newPostgresDatabase() {
        try {
            if (postgres == null) {
                postgres = EmbeddedPostgres.builder().start();
            }
            String name = "coop" + NUMBER.incrementAndGet();
            try (Connection connection = postgres.getPostgresDatabase().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("create database " + name);
            }
            return postgres.getJdbcUrl("postgres", name);
        } catch (IOException | SQLException failed) {
            throw new IllegalStateException("PostgreSQL does not start", failed);
        }
    }

    static HikariDataSource pool(String url, String user, Pooled pooled) {
        HikariDataSource pool = impatientPool(url, user, pooled, 10_000);
        migrate(pool, url, user);
        return pool;
    }

    /** A pool on a database that has its schema, which soon says that it has no connection. */
    static HikariDataSource impatientPool(String url, String user, Pooled pooled, long timeoutMillis) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setPassword("");
        config.setMaximumPoolSize(pooled.size());
        config.setMinimumIdle(0);
        config.setConnectionTimeout(timeoutMillis);
        config.setValidationTimeout(Math.min(timeoutMillis, 5_000));
        config.setInitializationFailTimeout(-1);
        config.setAutoCommit(pooled.autoCommit());
        if (!pooled.isolation().isEmpty()) {
            config.setTransactionIsolation(pooled.isolation());
        }
        return new HikariDataSource(config);
    }

    /** Over connections of its own: a migration takes two, and the pool may have one. */
    private static void migrate(DataSource pool, String url, String user) {
        try {
            Flyway.configure()
                    .dataSource(url, user, "")
                    .locations("classpath:" + Schema.scripts(pool))
                    .load()
                    .migrate();
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** Makes every table as empty as after the scripts. */
    static void empty(DataSource dataSource) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(EMPTYING);
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    static void close(AutoCloseable closing) {
        try {
            closing.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }
}
