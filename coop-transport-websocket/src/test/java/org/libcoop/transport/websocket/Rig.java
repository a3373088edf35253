package org.libcoop.transport.websocket;

import static org.awaitility.Awaitility.await;

import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.DeploymentException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.glassfish.tyrus.client.ClientManager;
import org.glassfish.tyrus.client.ClientProperties;
import org.jspecify.annotations.Nullable;
import org.libcoop.CoopEngine;
import org.libcoop.container.Container;
import org.libcoop.directory.CoopAccount;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.Department;
import org.libcoop.directory.Directory;
import org.libcoop.directory.DirectoryBuilder;
import org.libcoop.directory.HostDirectory;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.memory.InMemoryStore;
import org.libcoop.memory.RevisedDirectory;
import org.libcoop.spi.Clock;
import org.libcoop.spi.Happening;
import org.libcoop.spi.Principal;
import org.libcoop.spi.Store;
import org.libcoop.testkit.SimulatedClock;

/** An engine behind the transport on an embedded container, and clients of another make to talk to it. */
final class Rig implements AutoCloseable {

    static final String TICKET = "ticket-of-";

    /** For who does in a minute what takes others hours. */
    static final Map<String, String> NO_LIMITS = Map.of(
            "connectionMessages", "10000",
            "addressMessages", "1000000",
            "addressConnections", "100000",
            "addressChatStarts", "100000",
            "addressChats", "100000",
            "patronConnections", "100",
            "operatorConnections", "100");

    private final Clock clock;
    private final List<TestClient> clients = new ArrayList<>();
    private final ClientManager clientManager = ClientManager.createClient();
    /** Why connections were given up, as the engine's listeners are told. */
    final List<Happening.PeerDropped.Why> dropped = new CopyOnWriteArrayList<>();

    final WebSocketTransport transport;
    final CoopEngine engine;
    private final RevisedDirectory host;
    private final Container container;
    private final int port;

    private Rig(Setup setup) throws Exception {
        container = setup.container.create();
        clock = setup.simulated == null ? Clock.system() : setup.simulated;
        transport = setup.transport
                .apply(WebSocketTransport.builder(credentials -> {
                            String token = credentials.token();
                            if (credentials.role().equals("patron")) {
                                return Principal.OfPatron.fits(token)
                                        ? Optional.of(new Principal.OfPatron(token))
                                        : Optional.empty();
                            }
                            return token.startsWith(TICKET)
                                    ? Optional.of(
                                            new Principal.OfOperator(OperatorId.of(token.substring(TICKET.length()))))
                                    : Optional.empty();
                        })
                        .peerAddress(Containers.peerAddress(setup.container)))
                .build();
        Directory directory = directory(setup.policies);
        host = new RevisedDirectory(directory.host());
        CoopEngine.Builder builder = CoopEngine.builder()
                .clock(clock)
                .store(setup.store.apply(new InMemoryStore(clock)))
                .directorySource(host)
                .records(directory.records())
                .listener(this::note)
                .transport(transport);
        if (setup.simulated != null) {
            builder.executor(setup.simulated.executor());
        }
        engine = builder.build();
        port = container.start(transport.endpointConfig("/coop"), setup.port);
        clientManager.getProperties().put(ClientProperties.SHARED_CONTAINER, true);
    }

    /** The host's next revision has no such operator any more; returns when the engine has taken it. */
    void dismissFromStaff(String operator) {
        OperatorId gone = OperatorId.of(operator);
        HostDirectory before = host.current();
        host.revise(HostDirectory.of(
                before.institutions().values(),
                before.operators().values().stream()
                        .filter(o -> !o.id().equals(gone))
                        .toList(),
                before.departments().values().stream()
                        .map(d -> new Department(
                                d.id(),
                                d.institution(),
                                d.name(),
                                d.members().stream()
                                        .filter(m -> !m.equals(gone))
                                        .collect(Collectors.toSet())))
                        .toList()));
        await().until(() -> engine.directory().operator(gone).isEmpty());
    }

    /** What a test sets otherwise. */
    static final class Setup {
        UnaryOperator<WebSocketTransport.Builder> transport = UnaryOperator.identity();
        UnaryOperator<Store> store = UnaryOperator.identity();
        Map<String, String> policies = Map.of();
        Container.Kind container = Container.Kind.JETTY;

        @Nullable
        SimulatedClock simulated;

        int port;

        /** The clock the engine runs on; that of the machine where a test does not say. */
        Setup clock(SimulatedClock moved) {
            simulated = moved;
            return this;
        }

        /** Which container; Jetty where a test does not say. */
        Setup container(Container.Kind kind) {
            container = kind;
            return this;
        }

        Setup transport(UnaryOperator<WebSocketTransport.Builder> change) {
            transport = change;
            return this;
        }

        Setup store(UnaryOperator<Store> wrapper) {
            store = wrapper;
            return this;
        }

        Setup policies(Map<String, String> settings) {
            policies = settings;
            return this;
        }

        /** The port of a server that was there before; 0: any. */
        Setup port(int same) {
            port = same;
            return this;
        }

        Rig start() throws Exception {
            return new Rig(this);
        }
    }

    private void note(Happening happening) {
        if (happening instanceof Happening.PeerDropped peer) {
            dropped.add(peer.why());
        }
    }

    static Rig start() throws Exception {
        return new Setup().start();
    }

    /** Springy's desk with ana and ben, then a co-op with olga of Hill College and maya behind it; opens by absence only. Sven has nothing to do with any of it. */
    private static Directory directory(Map<String, String> policies) {
        DirectoryBuilder builder = Directory.builder()
                .institution("springy", "Springy University")
                .institution("hill", "Hill College")
                .institution("provider", "24/7 Librarians")
                .operator("ana", "springy", "Ana Alvarez")
                .operator("ben", "springy", "Ben Brandt")
                .admins("ben")
                .operator("olga", "hill", "Olga Olsen")
                .operator("cora", "hill", "Cora Clark")
                .operator("maya", "provider", "Maya Mbeki")
                .institution("elsewhere", "Elsewhere Library")
                .operator("sven", "elsewhere", "Sven Svensson")
                .department("reference", "springy", "Reference", "ana", "ben")
                .globalCoop("academic", "Academic Co-Op")
                .backup("maya")
                .member("springy")
                .member("hill")
                .account("academic", "olga", CoopAccount.Level.REGULAR)
                .account("academic", "ana", CoopAccount.Level.REGULAR)
                .account("academic", "cora", CoopAccount.Level.COOP_ADMIN)
                .widget(
                        "databases",
                        "springy",
                        widget -> widget.name("Databases")
                                .route(Option.department("reference"), Option.coop(CoopId.of("academic")))
                                .timedFallback(Duration.ofHours(1))
                                .origins("https://library.springy.edu"))
                .widget("hillchat", "hill", widget -> widget.route(Option.coop(CoopId.of("academic"))));
        policies.forEach(builder::policy);
        return builder.build();
    }

    int port() {
        return port;
    }

    /** A connection that has not said anything. */
    TestClient connect() {
        return connect(null);
    }

    /** The same from a page of {@code origin}; null: what the client's library sends by itself. */
    TestClient connect(String origin) {
        TestClient client = connect(clientManager, port(), origin);
        clients.add(client);
        return client;
    }

    /** A connection to the endpoint on a port of this machine, that has not said anything. */
    static TestClient connect(ClientManager manager, int port, @Nullable String origin) {
        TestClient client = new TestClient();
        ClientEndpointConfig.Configurator headers = new ClientEndpointConfig.Configurator() {
            @Override
            public void beforeRequest(Map<String, List<String>> sent) {
                sent.remove("Origin");
                if (origin != null) {
                    sent.put("Origin", List.of(origin));
                }
                sent.put("User-Agent", List.of("Test/1.0"));
            }
        };
        ClientEndpointConfig config = ClientEndpointConfig.Builder.create()
                .preferredSubprotocols(List.of(WebSocketTransport.PROTOCOL))
                .configurator(headers)
                .build();
        try {
            manager.connectToServer(client, config, URI.create("ws://127.0.0.1:" + port + "/coop"));
        } catch (DeploymentException | IOException refused) {
            throw new IllegalStateException("refused", refused);
        }
        return client;
    }

    /** An operator, welcome. */
    TestClient operator(String id) {
        TestClient client = connect();
        client.auth("operator", TICKET + id);
        client.frame("welcome");
        return client;
    }

    /** An operator, signed in and monitoring. */
    TestClient onDuty(String id, String kind, String option) {
        TestClient client = operator(id);
        client.done("sign-in", Map.of());
        client.done("monitor", Map.of("option", Map.of("kind", kind, "id", option), "on", true));
        return client;
    }

    /** A patron of a new key, welcome. */
    TestClient patron() {
        return patron(newKey());
    }

    TestClient patron(String key) {
        TestClient client = connect();
        client.auth("patron", key);
        client.frame("welcome");
        return client;
    }

    static String newKey() {
        return UUID.randomUUID() + "-" + UUID.randomUUID();
    }

    /** Every client of this rig goes. */
    void hangUp() {
        clients.forEach(TestClient::close);
        clients.clear();
    }

    @Override
    public void close() {
        hangUp();
        engine.close();
        try {
            container.stop();
        } catch (Exception failed) {
            throw new IllegalStateException("the container did not stop", failed);
        }
        clientManager.shutdown();
        clock.close();
        clients.forEach(TestClient::assertRight);
    }
}
