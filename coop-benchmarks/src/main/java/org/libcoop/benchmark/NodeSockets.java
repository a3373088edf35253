package org.libcoop.benchmark;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.libcoop.container.Container;
import org.libcoop.store.jdbc.JdbcStore;

/** One of several nodes on one database, behind a container of its own. */
final class NodeSockets implements Served {

    private static final int CONNECTIONS = 10;

    private final CoopSockets sockets;

    /** {@code how}: {@code waking} each other, or {@code polling} only. */
    NodeSockets(String url, String how) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername("postgres");
        config.setMaximumPoolSize(CONNECTIONS);
        HikariDataSource database = new HikariDataSource(config);
        JdbcStore.Builder store = JdbcStore.builder(database);
        sockets = new CoopSockets(
                Container.Kind.JETTY,
                Libraries.crowd(1),
                (how.equals("waking") ? store.wakeUps(database) : store).build());
    }

    @Override
    public int start() throws Exception {
        return sockets.start();
    }

    @Override
    public String answer(String question, int number) {
        return sockets.answer(question, number);
    }
}
