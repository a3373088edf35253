package edu.example.library;

import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.libcoop.CoopEngine;
import org.libcoop.directory.Directory;
import org.libcoop.store.jdbc.JdbcArchive;
import org.libcoop.store.jdbc.JdbcFacts;
import org.libcoop.store.jdbc.JdbcStore;
import org.libcoop.store.jdbc.Schema;

/** The chat's tables beside the platform's own, in one database and by one migration tool. */
public final class OwnDatabase {

    private OwnDatabase() {}

    /** Brings both up to date. Each has a history of its own, so that neither's numbers get in the other's way. */
    public static void migrate(DataSource pool) throws SQLException {
        migrate(pool, "classpath:db/migration", "flyway_schema_history");
        migrate(pool, "classpath:" + Schema.scripts(pool), "coop_migrations");
    }

    private static void migrate(DataSource pool, String scripts, String history) {
        Flyway.configure()
                .dataSource(pool)
                .locations(scripts)
                .table(history)
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .load()
                .migrate();
    }

    /** An engine on it. Alone on its database, the store need not poll for what other nodes do, and so holds nothing to be closed. */
    public static CoopEngine engine(DataSource pool, Directory directory) {
        return CoopEngine.builder()
                .store(JdbcStore.builder(pool).pollEvery(Duration.ZERO).build())
                .archive(JdbcArchive.open(pool))
                .facts(JdbcFacts.open(pool))
                .directory(directory)
                .build();
    }
}
