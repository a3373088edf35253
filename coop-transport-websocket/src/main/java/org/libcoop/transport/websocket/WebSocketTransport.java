package org.libcoop.transport.websocket;

import jakarta.websocket.CloseReason;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Session;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.libcoop.CoopEngine;
import org.libcoop.directory.Directory;
import org.libcoop.directory.Policies;
import org.libcoop.spi.Authenticator;
import org.libcoop.spi.Principal;
import org.libcoop.spi.Transport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine's door for browsers and other clients that speak {@code coop.v1} over a WebSocket, on any container with the
 * Jakarta WebSocket API 2.1.
 *
 * <pre>{@code
 * WebSocketTransport transport = WebSocketTransport.builder(authenticator).build();
 * CoopEngine engine = CoopEngine.builder().directory(directory).transport(transport).build();
 * transport.addTo(serverContainer, "/coop");
 * }</pre>
 *
 * <p>The limits of T5 (frame, depth, messages a minute, outbox, connections an address) are policies of the directory and taken
 * from there when a connection opens; what is set here is about this door alone. Connections are accepted from {@link #start},
 * which the engine calls, to {@link #close}. A closed transport cannot be started again. <em>Safe for use by several
 * threads.</em>
 */
public final class WebSocketTransport implements Transport<CoopEngine> {

    /** The sub-protocol's name. */
    public static final String PROTOCOL = "coop.v1";

    private static final Logger LOG = LoggerFactory.getLogger(WebSocketTransport.class);
    /** More than there are processors would only take turns from the thread that makes what is sent: fewer texts would share a frame. */
    private static final int SENDERS =
            Math.max(2, Math.min(4, Runtime.getRuntime().availableProcessors()));

    private static final int CLOSERS = 4;
    private static final long CLOSE_MILLIS = 1_000;
    private static final Duration LONGEST_DRAIN = Duration.ofMinutes(5);

    private final Authenticator authenticator;
    private final Times wanted;
    private final PeerAddress peerAddress;
    private final Origins origins;
    private final AddressCounts addresses = new AddressCounts();
    private final Encodings encodings = new Encodings();
    private final SessionCount sessions = new SessionCount();
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final ExecutorService sending;
    private final Executor senders;
    private final ExecutorService closers;
    private final ScheduledThreadPoolExecutor watchdog =
            new ScheduledThreadPoolExecutor(1, Pools.daemons("coop-websocket-watchdog"));
    private volatile @Nullable FrameReader reader;
    private volatile @Nullable CoopEngine engine;
    private volatile boolean closed;
    private volatile boolean draining;

    private WebSocketTransport(Builder builder) {
        this.authenticator = builder.authenticator;
        this.wanted = new Times(builder.authTimeout, builder.heartbeat, builder.sendTimeout);
        this.peerAddress = builder.peerAddress;
        this.origins = new Origins(Set.copyOf(builder.origins), this::directory);
        ExecutorService given = builder.executor;
        this.sending = given == null ? Pools.of("coop-websocket-send", SENDERS) : given;
        this.senders = given == null ? new Senders(sending, SENDERS) : given;
        this.closers = given == null ? Pools.of("coop-websocket-close", CLOSERS) : given;
    }

    /** A new builder; {@code authenticator} is the host's word on patrons and operators alike. */
    public static Builder builder(Authenticator authenticator) {
        return new Builder(authenticator);
    }

    // ---- Deployment
    // --------------------------------------------------------------------------------------------------

    /**
     * Adds the endpoint to a container, at a path such as {@code /coop}. May be done before or after {@link #start}.
     *
     * @throws DeploymentException if the container refuses, for one because the path is taken
     */
    public void addTo(ServerContainer container, String path) throws DeploymentException {
        container.addEndpoint(endpointConfig(path));
    }

    /** The endpoint at {@code path}, for containers to which endpoints are added in another way. */
    public ServerEndpointConfig endpointConfig(String path) {
        return ServerEndpointConfig.Builder.create(CoopEndpoint.class, path)
                .subprotocols(List.of(PROTOCOL))
                .configurator(new Handshake(this))
                .build();
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the look catches what goes wrong in it
    public void start(CoopEngine door) {
        if (closed || engine != null) {
            throw new IllegalStateException("a transport is started once");
        }
        engine = Objects.requireNonNull(door, "door");
        long every = wanted.look().toMillis();
        watchdog.scheduleWithFixedDelay(this::look, every, every, TimeUnit.MILLISECONDS);
    }

    /** How many connections are open, not yet authenticated ones included. */
    public int connections() {
        return connections.size();
    }

    /**
     * Empties this door for a restart: takes no new connections, asks every client to come again, each at a moment of its own
     * within three quarters of {@code within}, so that the last one has time to go, and waits until all are gone or {@code within}
     * has passed. Clients then find another node, or this one once it is back; what they have sent is done, once. Whoever is still
     * there is ended by {@link #close}.
     *
     * @param within 0 to 5 minutes; the longer, the fewer come at once
     * @return whether all are gone
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    public boolean drain(Duration within) throws InterruptedException {
        if (within.isNegative() || within.compareTo(LONGEST_DRAIN) > 0) {
            throw new IllegalArgumentException("within must be 0 s to 5 min: " + within);
        }
        draining = true;
        Duration asked = within.multipliedBy(3).dividedBy(4);
        connections.forEach(connection -> connection.askToReconnect(asked));
        return sessions.awaitNone(within.toMillis());
    }

    /** Ends every connection with 4503 and takes no more. */
    @Override
    public void close() {
        closed = true;
        watchdog.shutdownNow();
        connections.forEach(connection -> connection.end(Ending.STOPPING));
        try {
            // So that the code arrives before the host stops the container. Who does not answer has no claim to more
            // time.
            if (!sessions.awaitNone(CLOSE_MILLIS)) {
                LOG.debug("Not every session was closed in time");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        sending.shutdown();
        closers.shutdown();
    }

    // ---- For the connections
    // -----------------------------------------------------------------------------------------

    boolean isStarted() {
        return engine != null && !closed && !draining;
    }

    Connection connection(Session session) {
        CoopEngine started = engine;
        if (started == null) {
            throw new IllegalStateException("the transport was not started"); // the handshake has refused it before
        }
        return new Connection(this, started, session);
    }

    /** From here on the connection is looked after, and may be ended by another thread before this returns. */
    void accept(Connection connection, Session session) {
        sessions.opened();
        // The container's own clock must not run out before ours, which knows heartbeats, nor much later: it ends what
        // our
        // close could not. Where it has none, none is set: Tyrus may close a session that is given one while it opens.
        if (session.getMaxIdleTimeout() > 0) {
            session.setMaxIdleTimeout(wanted.idle().toMillis());
        }
        // Where the container has one for sends, it gets rid of what our close could not reach.
        session.getAsyncRemote().setSendTimeout(wanted.sendOfContainer().toMillis());
        connections.add(connection);
        if (!isStarted()) {
            connection.end(Ending.STOPPING);
        }
    }

    void forget(Connection connection) {
        connections.remove(connection);
    }

    SessionCount sessions() {
        return sessions;
    }

    Encodings encodings() {
        return encodings;
    }

    /** What reads frames within these limits: one for all connections. */
    FrameReader reader(Policies policies) {
        FrameReader known = reader;
        if (known == null || known.depth() != policies.jsonDepth()) {
            known = new FrameReader(policies.jsonDepth());
            reader = known;
        }
        return known;
    }

    Origins origins() {
        return origins;
    }

    AddressCounts addresses() {
        return addresses;
    }

    Executor senders() {
        return senders;
    }

    Times times(Policies policies) {
        return wanted.within(policies);
    }

    String address(HandshakeRequest request, Map<String, Object> properties) {
        try {
            return peerAddress.of(request, properties);
        } catch (RuntimeException broken) {
            LOG.warn("The host's function for addresses failed", broken);
            return "";
        }
    }

    /** Whom the host takes this for; null for nobody. What the host throws is a denial, too. */
    @Nullable
    Principal authenticate(ClientFrame.Auth auth) {
        try {
            return authenticator
                    .authenticate(new Authenticator.Credentials(auth.role(), auth.token()))
                    .orElse(null);
        } catch (RuntimeException broken) {
            LOG.warn("The host's authenticator failed on {}", auth, broken);
            return null;
        }
    }

    /** Closes a session on a thread of its own: on some containers that waits for a peer that does not read. */
    void close(Session session, CloseReason reason) {
        Runnable close = () -> {
            try {
                session.close(reason);
            } catch (IOException | RuntimeException gone) {
                LOG.debug("A session could not be closed in order", gone);
            }
        };
        try {
            closers.execute(close);
        } catch (RejectedExecutionException stopped) {
            // One whose handshake was through before the transport was closed, and who came in after.
            Pools.daemons("coop-late-closer").newThread(close).start();
        }
    }

    private Directory directory() {
        CoopEngine started = engine;
        if (started == null) {
            throw new IllegalStateException("the transport was not started");
        }
        return started.directory();
    }

    private void look() {
        CoopEngine started = engine;
        if (started == null) {
            return;
        }
        try {
            Instant now = started.now();
            connections.forEach(connection -> connection.check(now));
        } catch (RuntimeException broken) {
            // The watchdog must not fall silent: the next look comes all the same.
            LOG.error("The connections could not be looked after", broken);
        }
    }

    /** What a transport is made of. Everything but the authenticator has a default. <em>One thread at a time.</em> */
    public static final class Builder {

        private final Authenticator authenticator;
        private final Set<String> origins = new LinkedHashSet<>();
        private Duration authTimeout = Duration.ofSeconds(10);
        private Duration heartbeat = Duration.ofSeconds(10);
        private Duration sendTimeout = Duration.ofSeconds(10);
        private PeerAddress peerAddress = PeerAddress.ofContainer();
        private @Nullable ExecutorService executor;

        private Builder(Authenticator authenticator) {
            this.authenticator = Objects.requireNonNull(authenticator, "authenticator");
        }

        /**
         * The host's own origins, such as {@code https://chat.library.edu}. None, the default: the host to which a handshake
         * was sent is its own (G20). Origins that widgets name are allowed besides, for patrons of those widgets (W1).
         *
         * @throws IllegalArgumentException naming the text that is no origin
         */
        public Builder origins(String... own) {
            for (String origin : own) {
                origins.add(Origins.normalised(origin)
                        .orElseThrow(() -> new IllegalArgumentException("origin \"" + origin
                                + "\" is malformed, expected one such as https://chat.library.edu")));
            }
            return this;
        }

        /** How long a client may take to authenticate; default 10 s, 100 ms to 5 min. */
        public Builder authTimeout(Duration timeout) {
            this.authTimeout = Times.checked("authTimeout", timeout);
            return this;
        }

        /**
         * How often clients are to show that they live; default 10 s, 100 ms to 5 min. Policies make it shorter: it is at most
         * {@code renewEvery} and a quarter of {@code patronGrace} (P4, C7). Three missed end the connection.
         */
        public Builder heartbeat(Duration every) {
            this.heartbeat = Times.checked("heartbeat", every);
            return this;
        }

        /** How long one send may take before its peer counts as too slow; default 10 s, 100 ms to 5 min. */
        public Builder sendTimeout(Duration timeout) {
            this.sendTimeout = Times.checked("sendTimeout", timeout);
            return this;
        }

        /** Where peers come from; default what the container says, where it does. */
        public Builder peerAddress(PeerAddress function) {
            this.peerAddress = Objects.requireNonNull(function, "function");
            return this;
        }

        /** What sends and closes, in place of threads: for tests that have to run the same way each time. */
        Builder executor(ExecutorService all) {
            this.executor = Objects.requireNonNull(all, "all");
            return this;
        }

        /** Builds the transport; nothing runs before it is started. */
        public WebSocketTransport build() {
            return new WebSocketTransport(this);
        }
    }
}
