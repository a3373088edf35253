package edu.example.library;

import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.flywaydb.core.Flyway;
import org.libcoop.CoopEngine;
import org.libcoop.directory.Directory;
import org.libcoop.memory.Tickets;
import org.libcoop.store.jdbc.JdbcArchive;
import org.libcoop.store.jdbc.JdbcFacts;
import org.libcoop.store.jdbc.JdbcStore;
import org.libcoop.store.jdbc.Schema;
import org.libcoop.transport.websocket.WebSocketTransport;

/** A node that is upgraded by starting its successor on the same database: first the tables, then the node. */
public final class Service implements AutoCloseable {

    private final WebSocketTransport transport;
    private final JdbcStore store;
    private final CoopEngine engine;
    private final Server server = new Server();

    private Service(DataSource pool, Directory directory) throws Exception {
        transport = WebSocketTransport.builder(new Tickets(Duration.ofMinutes(1)).authenticator())
                .build();
        store = JdbcStore.open(pool);
        engine = CoopEngine.builder()
                .store(store)
                .archive(JdbcArchive.open(pool))
                .facts(JdbcFacts.open(pool))
                .directory(directory)
                .transport(transport)
                .build();
        ServletContextHandler context = new ServletContextHandler();
        JakartaWebSocketServletContainerInitializer.configure(
                context, (servlets, sockets) -> transport.addTo(sockets, "/coop"));
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(context);
        server.start();
    }

    /** Refused with a {@link Schema.SchemaException}, which says what to do, where the tables are not of this version. */
    public static Service start(DataSource pool, Directory directory) throws Exception {
        return new Service(pool, directory);
    }

    public static void migrate(DataSource pool) throws SQLException {
        Flyway.configure()
                .dataSource(pool)
                .locations("classpath:" + Schema.scripts(pool))
                .load()
                .migrate();
    }

    public CoopEngine engine() {
        return engine;
    }

    /** Clients are asked to come again, the lease is given up, then server and store end. Last, its owner closes the pool. */
    @Override
    public void close() throws Exception {
        transport.drain(Duration.ofSeconds(10));
        engine.close();
        server.stop();
        store.close();
    }
}
