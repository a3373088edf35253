package org.libcoop.example;

import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.ee11.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;
import org.libcoop.CoopEngine;
import org.libcoop.directory.Directory;
import org.libcoop.memory.Tickets;
import org.libcoop.spi.Clock;
import org.libcoop.spi.Facts;
import org.libcoop.testkit.scenario.DirectoryYaml;
import org.libcoop.transport.websocket.WebSocketTransport;
import org.libcoop.web.CoopWeb;

/**
 * A small host that embeds the engine: its directory, its way to know operators, its pages, and one server for pages, JSON and
 * the WebSocket. Runs from {@link #start} to {@link #close}. <em>Safe for use by several threads.</em>
 */
public final class ExampleServer implements AutoCloseable {

    /** Where the WebSocket is. */
    public static final String SOCKET_PATH = "/coop";

    /** Where the widget's script and the browser client are. */
    public static final String WEB_PATH = "/coop-web";

    /** How long a ticket for the WebSocket is good, once. */
    private static final Duration TICKET_LIFE = Duration.ofSeconds(60);

    /** How long a sign-in for pages is good. */
    private static final Duration SIGN_IN_LIFE = Duration.ofHours(8);

    private static final String LOOPBACK = "127.0.0.1";
    private static final int THREADS = 32;
    private static final long IDLE_MILLIS = 60_000;

    private final Clock clock;
    private final Storage storage;
    private final HostFaqs faqs;
    private final Metrics metrics = new Metrics();
    private final CoopEngine engine;
    private final Server server;
    private final ServerConnector connector;

    private ExampleServer(Directory directory, int port, Clock clock, Storage storage, HostFaqs faqs) {
        this.clock = clock;
        this.storage = storage;
        this.faqs = faqs;
        Tickets tickets = new Tickets(TICKET_LIFE);
        Outbox outbox = new Outbox(clock::now);
        WebSocketTransport transport =
                WebSocketTransport.builder(tickets.authenticator()).build();
        this.engine = CoopEngine.builder()
                .clock(clock)
                .store(storage.store())
                .archive(storage.archive())
                .auditTrail(storage.auditTrail())
                .facts(storage.facts())
                .discussions(storage.discussions())
                .directory(directory)
                .mailer(outbox)
                .fileVault(storage.fileVault())
                .deviceReader(new Devices())
                .ticketOutbox(storage.ticketOutbox())
                .ticketDesk(storage.ticketQueue())
                .faqs(faqs.source())
                .listener(metrics)
                .transport(transport)
                .build();
        metrics.watch(engine::health);
        this.server = new Server(new QueuedThreadPool(THREADS));
        this.connector = connector(server, port);
        server.addConnector(connector);
        Guard guard = new Guard();
        guard.setHandler(context(tickets, outbox, transport));
        server.setHandler(guard);
        server.setErrorHandler(new PlainErrors());
    }

    /** The same, with everything in memory. */
    public static ExampleServer start(Directory directory, int port) throws IOException {
        return start(directory, port, new DatabaseSetting.Memory());
    }

    /**
     * Starts a server on the loopback interface. A database that is new is filled with {@code directory}; later starts revise the
     * host's part with it, and leave the library's records as they have become (D11).
     *
     * @param port 0 for any free one
     * @throws IOException if it cannot listen there or use the database, saying why in one line
     * @throws org.libcoop.directory.InvalidDirectoryException naming every problem of the directory (D10)
     */
    public static ExampleServer start(Directory directory, int port, DatabaseSetting database) throws IOException {
        return start(directory, port, database, null);
    }

    /**
     * The same, with the bytes of shared files in {@code files}, which servers on one database share; null for the folder of an embedded
     * database, and for one that is forgotten with the server elsewhere.
     *
     * @throws IOException as above
     */
    public static ExampleServer start(Directory directory, int port, DatabaseSetting database, @Nullable Path files)
            throws IOException {
        Clock clock = Clock.system();
        Storage storage = Storage.open(database, clock, files);
        ExampleServer started;
        try {
            started = new ExampleServer(directory, port, clock, storage, HostFaqs.open(directory, storage.faqs()));
        } catch (SQLException failed) {
            storage.close();
            clock.close();
            throw new IOException("the FAQs cannot be read from the database", failed);
        } catch (RuntimeException failed) {
            storage.close();
            clock.close();
            throw failed;
        }
        try {
            started.server.start();
        } catch (Exception failed) { // that is what the container declares
            started.close();
            throw failed instanceof IOException io ? io : new IOException("the server could not start", failed);
        }
        return started;
    }

    /**
     * The directory in {@code file}, or the demo's if it is null.
     *
     * @throws IOException if the file cannot be read
     * @throws org.libcoop.testkit.scenario.MalformedScenarioException naming the line and what was expected there
     */
    public static Directory directory(@Nullable Path file) throws IOException {
        if (file != null) {
            return DirectoryYaml.read(file);
        }
        try (InputStream demo = ExampleServer.class.getResourceAsStream("/demo.yaml")) {
            Objects.requireNonNull(demo, "demo.yaml belongs to the server");
            return DirectoryYaml.parse("demo.yaml", new String(demo.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /** Where the server is, such as {@code http://127.0.0.1:8080}. */
    public URI address() {
        return URI.create("http://" + LOOPBACK + ":" + connector.getLocalPort());
    }

    /** The engine inside. */
    public CoopEngine engine() {
        return engine;
    }

    /** What the engine's reports count, for tests that need years of it. */
    public Facts facts() {
        return storage.facts();
    }

    /**
     * Waits until the server has stopped.
     *
     * @throws InterruptedException if the waiting thread is interrupted; the server runs on
     */
    public void join() throws InterruptedException {
        server.join();
    }

    /** Stops: first the engine, which tells every client and gives up its lease, then the server, then the database. */
    @Override
    public void close() {
        engine.close();
        try {
            server.stop();
        } catch (Exception failed) { // that is what the container declares
            throw new IllegalStateException("the server could not stop", failed);
        } finally {
            faqs.close();
            storage.close();
            clock.close();
        }
    }

    private static ServerConnector connector(Server server, int port) {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost(LOOPBACK);
        connector.setPort(port);
        connector.setIdleTimeout(IDLE_MILLIS);
        return connector;
    }

    private ServletContextHandler context(Tickets tickets, Outbox outbox, WebSocketTransport transport) {
        Tickets signIns = new Tickets(SIGN_IN_LIFE);
        ServletContextHandler context = new ServletContextHandler("/");
        context.setErrorHandler(new PlainErrors());
        add(context, new Api(engine, tickets, signIns), "/api/*");
        addStaff(context, engine, signIns, outbox, storage.ticketQueue(), faqs);
        add(context, new CoopWeb(engine, SOCKET_PATH), WEB_PATH + "/*");
        WatchServlet watch = new WatchServlet(engine::health, metrics);
        add(context, watch, "/health/*");
        add(context, watch, "/metrics");
        add(context, new Pages(widget -> engine.widget(widget).value().isPresent()), "/");
        JakartaWebSocketServletContainerInitializer.configure(
                context, (servlets, sockets) -> transport.addTo(sockets, SOCKET_PATH));
        return context;
    }

    /** What signed-in operators ask and do over HTTP. */
    static void addStaff(
            ServletContextHandler context,
            CoopEngine engine,
            Tickets signIns,
            Outbox outbox,
            TicketQueue queue,
            HostFaqs faqs) {
        add(context, new TranscriptApi(engine, signIns, outbox), "/api/transcripts/*");
        add(context, new StatisticsApi(engine, signIns), "/api/statistics/*");
        add(context, new AccountApi(engine, signIns), "/api/accounts/*");
        add(context, new WidgetApi(engine, signIns), "/api/widgets/*");
        add(context, new AuditApi(engine, signIns), "/api/audit/*");
        add(context, new PatronApi(engine, signIns), "/api/patrons/*");
        add(context, new BlockApi(engine, signIns), "/api/blocks/*");
        add(context, new FeedbackApi(engine, signIns), "/api/feedback/*");
        add(context, new FileApi(engine, signIns), "/api/files/*");
        add(context, new TicketApi(engine, signIns, queue), "/api/tickets/*");
        add(context, new FaqApi(engine, signIns, faqs), "/api/faq/*");
        add(context, new CannedApi(engine, signIns), "/api/canned/*");
    }

    private static void add(ServletContextHandler context, HttpServlet servlet, String path) {
        context.addServlet(new ServletHolder(servlet), path);
    }
}
