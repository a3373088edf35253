package edu.example.library;

import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.libcoop.CoopEngine;
import org.libcoop.directory.Directory;
import org.libcoop.store.jdbc.JdbcArchive;
import org.libcoop.store.jdbc.JdbcFacts;
import org.libcoop.store.jdbc.JdbcStore;
import org.libcoop.store.jdbc.Schema;

/** Any number of nodes on one PostgreSQL: each is this, in a process of its own. Nothing else is shared. */
public final class Cluster {

    private Cluster() {}

    /** Once, before the first node of a version starts. */
    public static void migrate(DataSource pool) throws SQLException {
        Flyway.configure()
                .dataSource(pool)
                .locations("classpath:" + Schema.scripts(pool))
                .load()
                .migrate();
    }

    /** PostgreSQL wakes the nodes up through two connections of {@code own}, which are kept and so are no pool's. */
    public static JdbcStore store(DataSource pool, DataSource own) {
        return JdbcStore.builder(pool).wakeUps(own).build();
    }

    /** A node. Close it before its store, and the store before the pool. */
    public static CoopEngine node(JdbcStore store, DataSource pool, Directory directory) {
        return CoopEngine.builder()
                .store(store)
                .archive(JdbcArchive.open(pool))
                .facts(JdbcFacts.open(pool))
                .directory(directory)
                .build();
    }
}
