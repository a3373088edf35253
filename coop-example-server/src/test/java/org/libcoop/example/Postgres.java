package org.libcoop.example;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One real PostgreSQL for the whole run. */
final class Postgres {

    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static @Nullable EmbeddedPostgres running;

    private Postgres() {}

    /** The address of a new and empty database. */
    static synchronized String newDatabase() {
        try {
            if (running == null) {
                running = EmbeddedPostgres.builder().start();
            }
            String name = "coop" + NUMBER.incrementAndGet();
            try (Connection connection = running.getPostgresDatabase().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("create database " + name);
            }
            return running.getJdbcUrl("postgres", name);
        } catch (IOException | SQLException failed) {
            throw new IllegalStateException("PostgreSQL does not start", failed);
        }
    }
}
