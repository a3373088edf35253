package org.libcoop.store.jdbc.nodes;

import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.libcoop.store.jdbc.JdbcStore;

/** A PostgreSQL of its own that really writes to disk, node processes on it, and a look into its store. */
final class Deployment implements AutoCloseable {

    private final Path folder;
    private final List<String> policies;
    private final EmbeddedPostgres postgres;
    private final String url;
    private final HikariDataSource pool;
    private final JdbcStore store;
    private final List<NodeProcess> nodes = new ArrayList<>();

    private Deployment(Path folder, List<String> policies, EmbeddedPostgres postgres) {
        this.folder = folder;
        this.policies = policies;
        this.postgres = postgres;
        this.url = postgres.getJdbcUrl("postgres", "postgres");
        Flyway.configure()
                .dataSource(url, "postgres", "")
                .locations("classpath:coop-schema/postgresql")
                .load()
                .migrate();
        this.pool = Site.pool(url);
        this.store = Site.store(pool);
    }

    /** A deployment without nodes, its files in {@code folder}; policies as name and value, in turn. */
    static Deployment in(Path folder, List<String> policies) {
        try {
            return new Deployment(
                    folder,
                    policies,
                    EmbeddedPostgres.builder().setServerConfig("fsync", "on").start());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Starts one node more; it may not be ready yet. */
    synchronized NodeProcess start() {
        NodeProcess node = NodeProcess.start(url, policies, folder.resolve("node-" + nodes.size() + ".log"));
        nodes.add(node);
        return node;
    }

    /** What the database says. */
    JdbcStore store() {
        return store;
    }

    HikariDataSource pool() {
        return pool;
    }

    @Override
    public void close() {
        nodes.forEach(NodeProcess::close);
        store.close();
        pool.close();
        try {
            postgres.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
