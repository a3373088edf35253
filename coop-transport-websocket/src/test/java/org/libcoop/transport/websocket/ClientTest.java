package org.libcoop.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import jakarta.websocket.WebSocketContainer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.glassfish.tyrus.client.ClientManager;
import org.glassfish.tyrus.client.ClientProperties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Content;
import org.libcoop.chat.Disposition;
import org.libcoop.chat.Phase;
import org.libcoop.chat.Receipt;
import org.libcoop.directory.CoopAccount.Level;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.DepartmentId;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.Stage;
import org.libcoop.directory.WidgetId;
import org.libcoop.presence.SignOff;
import org.libcoop.presence.Status;
import org.libcoop.refusal.Outcome;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.spi.Notice;
import org.libcoop.spi.Remaining;
import org.libcoop.testkit.network.Direction;
import org.libcoop.testkit.network.TcpProxy;
import org.libcoop.transport.websocket.client.ClientListener;
import org.libcoop.transport.websocket.client.ClientOptions;
import org.libcoop.transport.websocket.client.Colleague;
import org.libcoop.transport.websocket.client.ConnectionState;
import org.libcoop.transport.websocket.client.ConversationEntry;
import org.libcoop.transport.websocket.client.ListedAccount;
import org.libcoop.transport.websocket.client.OperatorClient;
import org.libcoop.transport.websocket.client.OwnPresence;
import org.libcoop.transport.websocket.client.PatronClient;

/** The Java client against the real endpoint, with a network that fails between them. */
@Timeout(120)
class ClientTest {

    private static final WidgetId DATABASES = WidgetId.of("databases");
    private static final CoopId ACADEMIC = CoopId.of("academic");
    private static final Option DESK = Option.department(DepartmentId.of("reference"));

    private final ClientManager container = ClientManager.createClient();
    private final WatchedContainer wire = new WatchedContainer(container);
    private final ScheduledExecutorService executor = Executors.newScheduledThreadPool(2);
    private Rig rig;
    private TcpProxy network;

    @BeforeEach
    void start() throws Exception {
        container.getProperties().put(ClientProperties.SHARED_CONTAINER, true);
        container.getProperties().put(ClientProperties.HANDSHAKE_TIMEOUT, 2_000);
        rig = Rig.start();
        network = TcpProxy.to(new InetSocketAddress(InetAddress.getLoopbackAddress(), rig.port()));
    }

    @AfterEach
    void stop() {
        executor.shutdownNow();
        network.close();
        rig.close();
        container.shutdown();
        wire.assertRight();
    }

    private ClientOptions options(String token) {
        return options(wire.watched(), token);
    }

    private ClientOptions options(WebSocketContainer through, String token) {
        URI endpoint = URI.create("ws://127.0.0.1:" + network.port() + "/coop");
        return new ClientOptions(through, endpoint, () -> token, executor, Duration.ofMillis(50), null);
    }

    private PatronClient patron(ClientListener ear) {
        PatronClient patron = new PatronClient(options(Rig.newKey()), ear);
        patron.connect();
        return patron;
    }

    private OperatorClient onDuty(String id, ClientListener ear) {
        return onDuty(id, DESK, ear);
    }

    private OperatorClient onDuty(String id, Option option, ClientListener ear) {
        OperatorClient operator = new OperatorClient(options(Rig.TICKET + id), ear);
        operator.connect();
        done(operator.signIn());
        done(operator.monitor(option, true));
        return operator;
    }

    private static <T> Outcome<T> outcome(CompletionStage<Outcome<T>> stage) {
        return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
    }

    private static <T> T done(CompletionStage<Outcome<T>> stage) {
        return outcome(stage).orElseThrow();
    }

    private static RefusalCode refusal(CompletionStage<? extends Outcome<?>> stage) {
        Outcome<?> outcome =
                stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
        return outcome.refusal().orElseThrow().code();
    }

    @Test
    void anAdminManagesAccountsThroughTheClient() {
        CoopId academic = CoopId.of("academic");
        OperatorId ben = OperatorId.of("ben");
        OperatorClient cora = new OperatorClient(options(Rig.TICKET + "cora"), new Ear());
        cora.connect();
        ListedAccount given =
                new ListedAccount(ben, "Ben Brandt", "Springy University", Level.INSTITUTION_ADMIN, false);
        ListedAccount own =
                new ListedAccount(OperatorId.of("cora"), "Cora Clark", "Hill College", Level.COOP_ADMIN, true);

        assertThat(done(cora.grant(ben, academic, Level.INSTITUTION_ADMIN))).isEqualTo(given);
        assertThat(done(cora.accounts(academic))).hasSize(4).contains(given, own);
        assertThat(done(cora.revoke(ben, academic))).isEqualTo(given);

        assertThat(refusal(cora.revoke(ben, academic))).isEqualTo(RefusalCode.NOT_FOUND);
        assertThat(refusal(cora.grant(OperatorId.of("maya"), academic, Level.REGULAR)))
                .isEqualTo(RefusalCode.NOT_ALLOWED);
        assertThat(refusal(cora.accounts(CoopId.of("nowhere")))).isEqualTo(RefusalCode.NOT_ALLOWED);
        cora.close();
    }

    /** As the guide has it. */
    @Test
    void aFewLinesMakeAClient() throws Exception {
        URI endpoint = URI.create("ws://127.0.0.1:" + rig.port() + "/coop");
        String secret = Rig.newKey();
        Ear listener = new Ear();
        ClientManager container = ClientManager.createClient();
        container.getProperties().put(ClientProperties.SHARED_CONTAINER, true);
        container.getProperties().put(ClientProperties.HANDSHAKE_TIMEOUT, 5_000);
        ClientOptions options = new ClientOptions(container, endpoint, () -> secret, executor);
        PatronClient patron = new PatronClient(options, listener);
        patron.connect();
        CompletionStage<Outcome<Receipt>> start =
                patron.start(WidgetId.of("databases"), Content.PatronDetails.NONE, "Is it open?");

        assertThat(refusal(start)).isEqualTo(RefusalCode.WIDGET_OFFLINE);
        patron.close();
        container.shutdown();
    }

    @Test
    void whoIsThereIsSeenAndAColleaguesSessionIsEnded() {
        try (OperatorClient ana = onDuty("ana", new Ear());
                OperatorClient ben = onDuty("ben", new Ear());
                OperatorClient olga = onDuty("olga", Option.coop(ACADEMIC), new Ear())) {
            done(ana.monitor(Option.coop(ACADEMIC), true));

            assertThat(done(ana.remaining()))
                    .containsExactly(
                            new Remaining(Stage.of(DESK), 1), new Remaining(Stage.of(Option.coop(ACADEMIC)), 1));
            assertThat(done(ben.online(Stage.of(DESK))))
                    .extracting(Colleague::id, Colleague::name, Colleague::mine, Colleague::monitors)
                    .containsExactly(
                            tuple(OperatorId.of("ana"), "Ana Alvarez", false, List.of(Stage.of(DESK))),
                            tuple(OperatorId.of("ben"), "Ben Brandt", true, List.of(Stage.of(DESK))));
            assertThat(done(olga.online(Stage.of(Option.coop(ACADEMIC)))))
                    .extracting(Colleague::id, Colleague::name, Colleague::institution, Colleague::monitors)
                    .containsExactly(
                            tuple(null, "Ana Alvarez", "Springy University", List.of(Stage.of(Option.coop(ACADEMIC)))),
                            tuple(
                                    OperatorId.of("olga"),
                                    "Olga Olsen",
                                    "Hill College",
                                    List.of(Stage.of(Option.coop(ACADEMIC)))));
            assertThat(refusal(olga.online(Stage.of(DESK)))).isEqualTo(RefusalCode.NOT_ALLOWED);
            assertThat(done(ana.active()).signedIn()).isTrue();

            assertThat(refusal(ana.endSession(OperatorId.of("ben")))).isEqualTo(RefusalCode.NOT_ALLOWED);
            assertThat(refusal(ben.endSession(OperatorId.of("olga")))).isEqualTo(RefusalCode.NOT_FOUND);
            done(ben.endSession(OperatorId.of("ana")));

            await().until(() -> !ana.presence().orElseThrow().signedIn());
            assertThat(ana.presence().orElseThrow().signOff())
                    .isEqualTo(new OwnPresence.SignedOut(SignOff.Why.COLLEAGUE, "Ben Brandt", null));
            assertThat(done(ben.signOut()).signOff())
                    .isEqualTo(new OwnPresence.SignedOut(SignOff.Why.SELF, "Ben Brandt", null));
            assertThat(done(ben.signIn()).signOff()).isNull();
        }
    }

    @Test
    void aWholeChatFromBothEnds() {
        Ear heardByPatron = new Ear();
        Ear heardByAna = new Ear();
        try (OperatorClient ana = onDuty("ana", heardByAna);
                OperatorClient ben = onDuty("ben", new Ear());
                PatronClient patron = patron(heardByPatron)) {
            Content.PatronDetails details =
                    new Content.PatronDetails("Stewart", "s@example.edu", "https://example.edu/", null, true);
            ChatId chat = done(patron.start(DATABASES, details, "Is it open?")).chat();
            await().until(() -> !ana.waiting().isEmpty());
            Notice.ChatSummary waiting = ana.waiting().get(0);
            assertThat(waiting.patronName()).isEqualTo("Stewart");
            assertThat(waiting.through()).isEqualTo(Stage.of(DESK));
            assertThat(done(ben.preview(chat)).question()).isEqualTo("Is it open?");

            done(ana.claim(chat));
            assertThat(refusal(ben.claim(chat))).isEqualTo(RefusalCode.ALREADY_CLAIMED);
            assertThat(refusal(ben.say(chat, "me too"))).isEqualTo(RefusalCode.NOT_OWNER);
            patron.typing(true);
            done(ana.note(chat, "a regular"));
            done(ana.say(chat, "Until four."));
            done(patron.say("Thank you"));
            ana.seen(chat, 7);
            done(ana.end(chat, Disposition.ANSWERED));

            await().until(() -> patron.state(chat)
                    .map(state -> state.phase() == Phase.Kind.ENDED)
                    .orElse(false));
            await().untilAsserted(() -> assertThat(heardByAna.said())
                    .containsExactly(
                            "Is it open?",
                            "Hello, this is Ana Alvarez. How can I help?",
                            "a regular",
                            "Until four.",
                            "Thank you"));
            await().untilAsserted(() -> assertThat(heardByPatron.said())
                    .containsExactly(
                            "Is it open?", "Hello, this is Ana Alvarez. How can I help?", "Until four.", "Thank you"));
            await().untilAsserted(() -> assertThat(heardByPatron.whispers).containsExactly("OPERATOR seen 7"));
            await().untilAsserted(() -> assertThat(heardByAna.whispers).containsExactly("PATRON typing true"));
            assertThat(patron.conversation(chat)).isEqualTo(heardByPatron.entries);
            assertThat(ana.presence().orElseThrow().openChats()).isZero();
            assertThat(done(ana.status(Status.AWAY)).status()).isEqualTo(Status.AWAY);
            assertThat(wire.connections()).isEqualTo(3);
        }
    }

    @Test
    void whatIsSaidWhileTheNetworkIsAwayIsSaidOnce() {
        Ear heardByAna = new Ear();
        Ear heardByPatron = new Ear();
        try (OperatorClient ana = onDuty("ana", heardByAna);
                PatronClient patron = patron(heardByPatron)) {
            ChatId chat = done(patron.start(DATABASES, Content.PatronDetails.NONE, null))
                    .chat();
            done(ana.claim(chat));
            TestClient witness = rig.operator("ana");
            network.stall(Direction.TO_CLIENT);
            CompletionStage<?> unanswered = patron.say("never answered");
            witness.frame("entry", notice -> notice.toString().contains("never answered"));
            network.refuseConnections();
            network.resetConnections();
            CompletionStage<?> later = ana.say(chat, "written in a tunnel");
            await().until(() -> ana.connection() != ConnectionState.ONLINE);
            network.heal();
            later.toCompletableFuture().join();
            unanswered.toCompletableFuture().join();

            await().untilAsserted(() -> assertThat(heardByAna.said())
                    .containsSubsequence("never answered", "written in a tunnel")
                    .doesNotHaveDuplicates());
            await().untilAsserted(() -> assertThat(heardByPatron.said())
                    .containsSubsequence("never answered", "written in a tunnel")
                    .doesNotHaveDuplicates());
            assertThat(heardByAna.entries).extracting(ConversationEntry::seq).isSorted();
            assertThat(heardByAna.anew).isEmpty();
        }
    }

    @Test
    void aConnectionThatGoesQuietIsGivenUp() throws Exception {
        rig.close();
        rig = new Rig.Setup()
                .transport(builder -> builder.heartbeat(Duration.ofMillis(200)))
                .start();
        network.close();
        network = TcpProxy.to(new InetSocketAddress(InetAddress.getLoopbackAddress(), rig.port()));
        Ear heard = new Ear();
        try (PatronClient patron = patron(heard)) {
            await().until(() -> patron.connection() == ConnectionState.ONLINE);

            network.stall();
            await().until(() -> heard.connections.contains(ConnectionState.WAITING));
            network.heal();

            await().until(() -> patron.connection() == ConnectionState.ONLINE);
        }
    }

    @Test
    void aTokenThatIsDeniedTwiceIsNotTriedForEver() {
        try (PatronClient stranger = new PatronClient(options(container, "too short"), new Ear())) {
            stranger.connect();

            await().until(() -> stranger.connection() == ConnectionState.DENIED);
            assertThat(refusal(stranger.leave())).isEqualTo(RefusalCode.UNAVAILABLE);
        }
    }

    /** A planted defect: the watch on this client's connections sees what it is there to see. */
    @Test
    void aFrameThatIsNotAsDescribedIsSeen() {
        WatchedContainer other = new WatchedContainer(container);
        try (PatronClient stranger = new PatronClient(options(other.watched(), "too short"), new Ear())) {
            stranger.connect();
            await().until(() -> stranger.connection() == ConnectionState.DENIED);
        }

        assertThatThrownBy(other::assertRight)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("sent: patronAuth")
                .hasMessageNotContaining("received");
    }

    @Test
    void whatIsTooLongIsRefusedBeforeItIsSent() {
        try (PatronClient patron = patron(new Ear())) {
            await().until(() -> patron.connection() == ConnectionState.ONLINE);

            assertThat(refusal(patron.say("x".repeat(200_000)))).isEqualTo(RefusalCode.TOO_LARGE);
            assertThat(patron.connection()).isEqualTo(ConnectionState.ONLINE);
        }
    }

    /** A rolling restart: everybody comes again when asked, and nothing that was under way is lost or done twice. */
    @Test
    void whenTheServerAsksTheClientComesAgainThroughAnotherConnection() throws Exception {
        Ear heard = new Ear();
        try (PatronClient patron = patron(heard)) {
            await().until(() -> patron.connection() == ConnectionState.ONLINE);
            int port = rig.port();

            assertThat(rig.transport.drain(Duration.ofSeconds(5))).isTrue();
            rig.close();
            rig = new Rig.Setup().port(port).start();

            await().until(() -> heard.connections.stream()
                            .filter(ConnectionState.ONLINE::equals)
                            .count()
                    == 2);
        }
    }

    @Test
    void aClientThatIsClosedAnswersWhatIsOpen() {
        network.refuseConnections();
        PatronClient patron = patron(new Ear());
        CompletionStage<?> open = patron.say("anybody?");

        patron.close();

        assertThat(open.toCompletableFuture().join().toString()).contains("unknown-outcome");
        assertThat(patron.connection()).isEqualTo(ConnectionState.CLOSED);
    }
}
