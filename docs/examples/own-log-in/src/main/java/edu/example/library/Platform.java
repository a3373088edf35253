package edu.example.library;

import java.time.Duration;
import java.util.Map;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.ee11.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.libcoop.CoopEngine;
import org.libcoop.directory.Directory;
import org.libcoop.memory.Tickets;
import org.libcoop.transport.websocket.WebSocketTransport;

/** A platform on Jetty: its log-in at /log-in, the chat's WebSocket at /coop. */
public final class Platform implements AutoCloseable {

    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);
    private final CoopEngine engine;

    public Platform(Directory directory, Map<String, String> passwords) throws Exception {
        Tickets tickets = new Tickets(Duration.ofMinutes(1));
        WebSocketTransport transport =
                WebSocketTransport.builder(tickets.authenticator()).build();
        engine = CoopEngine.builder().directory(directory).transport(transport).build();

        ServletContextHandler context = new ServletContextHandler(ServletContextHandler.SESSIONS);
        context.addServlet(new ServletHolder(new LogIn(passwords, tickets)), "/log-in/*");
        JakartaWebSocketServletContainerInitializer.configure(
                context, (servlets, sockets) -> transport.addTo(sockets, "/coop"));
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(context);
        server.start();
    }

    public int port() {
        return connector.getLocalPort();
    }

    @Override
    public void close() throws Exception {
        engine.close();
        server.stop();
    }
}
