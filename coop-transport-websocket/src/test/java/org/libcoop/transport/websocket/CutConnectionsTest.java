package org.libcoop.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.glassfish.tyrus.client.ClientManager;
import org.glassfish.tyrus.client.ClientProperties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.libcoop.chat.ChatEvent;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Content;
import org.libcoop.chat.Logged;
import org.libcoop.chat.Receipt;
import org.libcoop.directory.DepartmentId;
import org.libcoop.directory.Option;
import org.libcoop.directory.WidgetId;
import org.libcoop.memory.InMemoryStore;
import org.libcoop.refusal.Outcome;
import org.libcoop.spi.Clock;
import org.libcoop.spi.Store;
import org.libcoop.testkit.network.TcpProxy;
import org.libcoop.transport.websocket.client.ClientOptions;
import org.libcoop.transport.websocket.client.ConversationEntry;
import org.libcoop.transport.websocket.client.OperatorClient;
import org.libcoop.transport.websocket.client.PatronClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A patron on one node and a librarian on another talk while their connections are cut again and again and their nodes are
 * restarted in turn: nothing that was said is lost, nothing is there twice, and both see the same (M3, M4, G5). How many
 * messages: {@code -Dwire.messages}.
 */
class CutConnectionsTest {

    private static final Logger LOG = LoggerFactory.getLogger(CutConnectionsTest.class);
    private static final int MESSAGES = Integer.getInteger("wire.messages", 2_000);
    private static final int CUT_EVERY = 50;
    private static final int RESTART_EVERY = 500;
    private static final int UNDER_WAY = 40;

    private final ClientManager container = ClientManager.createClient();
    private final WatchedContainer wire = new WatchedContainer(container);
    private final ScheduledExecutorService executor = Executors.newScheduledThreadPool(2);
    private final Clock clock = Clock.system();
    private final Store store = new InMemoryStore(clock);
    private final List<Node> nodes = new ArrayList<>();

    /** One node of the deployment and the network before it. */
    private final class Node {
        private Rig rig = start(0);
        private final int port = rig.port();
        private final TcpProxy network = TcpProxy.to(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));

        private Rig start(int same) {
            try {
                return new Rig.Setup()
                        .store(own -> store)
                        .policies(Rig.NO_LIMITS)
                        .port(same)
                        .start();
            } catch (Exception failed) {
                throw new IllegalStateException(failed);
            }
        }

        ClientOptions options(String token) {
            URI endpoint = URI.create("ws://127.0.0.1:" + network.port() + "/coop");
            return new ClientOptions(wire.watched(), endpoint, () -> token, executor, Duration.ofMillis(20), null);
        }

        void restart() throws InterruptedException {
            boolean empty = rig.transport.drain(Duration.ofSeconds(1));
            LOG.debug("The node is {}", empty ? "empty" : "not empty yet");
            rig.close();
            rig = start(port);
        }

        void close() {
            network.close();
            rig.close();
        }
    }

    @BeforeEach
    void start() {
        container.getProperties().put(ClientProperties.SHARED_CONTAINER, true);
        container.getProperties().put(ClientProperties.HANDSHAKE_TIMEOUT, 2_000);
        nodes.add(new Node());
        nodes.add(new Node());
    }

    @AfterEach
    void stop() {
        executor.shutdownNow();
        nodes.forEach(Node::close);
        store.close();
        clock.close();
        container.shutdown();
        wire.assertRight();
    }

    @Test
    @Timeout(900)
    void nothingThatIsSaidIsLostOrDoubledHoweverOftenConnectionsAreCut() throws Exception {
        Ear patronsEar = new Ear();
        Ear anasEar = new Ear();
        try (OperatorClient ana = new OperatorClient(nodes.get(1).options(Rig.TICKET + "ana"), anasEar);
                PatronClient patron = new PatronClient(nodes.get(0).options(Rig.newKey()), patronsEar)) {
            ana.connect();
            patron.connect();
            done(ana.signIn().toCompletableFuture());
            done(ana.monitor(Option.department(DepartmentId.of("reference")), true)
                    .toCompletableFuture());
            ChatId chat = done(patron.start(WidgetId.of("databases"), Content.PatronDetails.NONE, null)
                            .toCompletableFuture())
                    .chat();
            done(ana.claim(chat).toCompletableFuture());

            long began = System.nanoTime();
            int cuts = talk(chat, patron, ana);

            List<String> log = said(chat);
            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                assertThat(patronsEar.said())
                        .as("%s", differences("patron", log, patronsEar))
                        .isEqualTo(log);
                assertThat(anasEar.said())
                        .as("%s", differences("ana", log, anasEar))
                        .isEqualTo(log);
            });
            assertThat(log).doesNotHaveDuplicates();
            assertThat(wire.connections()).isGreaterThan(2);
            assertThat(log.stream().filter(text -> text.startsWith("patron")).toList())
                    .isEqualTo(texts("patron"));
            assertThat(log.stream().filter(text -> text.startsWith("ana")).toList())
                    .isEqualTo(texts("ana"));
            assertThat(anasEar.entries)
                    .extracting(ConversationEntry::seq)
                    .doesNotHaveDuplicates()
                    .isSorted();
            LOG.info(
                    "{} messages, {} cuts, {} restarts in {} s: none lost, none double",
                    MESSAGES,
                    cuts,
                    MESSAGES / RESTART_EVERY,
                    TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began));
        }
    }

    /** Where what was shown is not what was said: of so many lines an assertion shows no more than the ends. */
    private static String differences(String who, List<String> log, Ear ear) {
        List<String> said = ear.said();
        int same = 0;
        while (same < Math.min(log.size(), said.size()) && log.get(same).equals(said.get(same))) {
            same++;
        }
        return who + " was shown " + said.size() + " lines of " + log.size() + ", from line " + same + " on "
                + said.subList(same, Math.min(said.size(), same + 5)) + " in place of "
                + log.subList(same, Math.min(log.size(), same + 5));
    }

    private int talk(ChatId chat, PatronClient patron, OperatorClient ana) throws InterruptedException {
        Queue<CompletableFuture<Outcome<Receipt>>> underWay = new ArrayDeque<>();
        int cuts = 0;
        for (int i = 0; i < MESSAGES; i++) {
            underWay.add(
                    (i % 2 == 0 ? patron.say(text("patron", i)) : ana.say(chat, text("ana", i))).toCompletableFuture());
            if (underWay.size() > UNDER_WAY) {
                done(underWay.remove());
            }
            if (i % CUT_EVERY == CUT_EVERY - 1) {
                cuts += nodes.get(cuts % nodes.size()).network.resetConnections();
            }
            if (i % RESTART_EVERY == RESTART_EVERY - 1) {
                nodes.get(i / RESTART_EVERY % nodes.size()).restart();
            }
        }
        underWay.forEach(CutConnectionsTest::done);
        assertThat(cuts).isGreaterThanOrEqualTo(MESSAGES / CUT_EVERY / 2);
        return cuts;
    }

    private static String text(String who, int i) {
        return who + " " + i;
    }

    private static List<String> texts(String who) {
        List<String> texts = new ArrayList<>();
        for (int i = who.equals("patron") ? 0 : 1; i < MESSAGES; i += 2) {
            texts.add(text(who, i));
        }
        return texts;
    }

    /** What was said, as the store has it. */
    private List<String> said(ChatId chat) {
        List<String> said = new ArrayList<>();
        List<Logged> page = store.log(chat, 0, Store.PAGE);
        while (!page.isEmpty()) {
            for (Logged entry : page) {
                if (entry.event() instanceof ChatEvent.MessageSaid && entry.content() instanceof Content.Text text) {
                    said.add(text.text());
                }
            }
            page = store.log(chat, page.get(page.size() - 1).seq(), Store.PAGE);
        }
        return said;
    }

    private static <T> T done(CompletableFuture<Outcome<T>> answer) {
        return answer.orTimeout(60, TimeUnit.SECONDS).join().orElseThrow();
    }
}
