package edu.example.library;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.ee11.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.libcoop.CoopEngine;
import org.libcoop.memory.Tickets;
import org.libcoop.transport.websocket.WebSocketTransport;
import org.libcoop.web.CoopWeb;

/** Two sites: the chat server, with the widget's script and its WebSocket, and a library's own page that shows the widget. */
public final class Sites {

    private Sites() {}

    /** The transport is the one the engine was built with. */
    static Server chat(CoopEngine engine, WebSocketTransport transport) throws Exception {
        ServletContextHandler context = new ServletContextHandler();
        context.addServlet(new ServletHolder(new CoopWeb(engine, "/coop")), "/coop-web/*");
        JakartaWebSocketServletContainerInitializer.configure(
                context, (servlets, sockets) -> transport.addTo(sockets, "/coop"));
        return started(context);
    }

    static WebSocketTransport transport() {
        return WebSocketTransport.builder(new Tickets(Duration.ofMinutes(1)).authenticator())
                .build();
    }

    /** A page under a content security policy that allows the chat server beside its own origin, and nothing else. */
    static Server library(String chatServer, String widget) throws Exception {
        ServletContextHandler context = new ServletContextHandler();
        context.addServlet(
                new ServletHolder(new HttpServlet() {
                    @Override
                    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
                        response.setContentType("text/html; charset=utf-8");
                        response.setHeader(
                                "Content-Security-Policy",
                                "default-src 'self'; script-src %1$s; style-src %1$s; connect-src %1$s ws%2$s"
                                        .formatted(chatServer, chatServer.substring("http".length())));
                        response.getWriter()
                                .print(
                                        """
                                        <!doctype html>
                                        <title>Databases</title>
                                        <h1>Databases</h1>
                                        <script type="module" src="%s/coop-web/coop-chat.js" data-widget="%s"></script>
                                        """
                                                .formatted(chatServer, widget));
                    }
                }),
                "/");
        return started(context);
    }

    private static Server started(ServletContextHandler context) throws Exception {
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(context);
        server.start();
        return server;
    }

    /** Where a server is, such as {@code http://127.0.0.1:8080}. */
    static String origin(Server server) {
        return "http://127.0.0.1:" + ((ServerConnector) server.getConnectors()[0]).getLocalPort();
    }
}
