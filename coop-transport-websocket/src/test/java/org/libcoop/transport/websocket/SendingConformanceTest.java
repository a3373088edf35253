package org.libcoop.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.libcoop.container.Container;
import org.libcoop.testkit.network.TcpProxy;

/** Order under a burst, peers that do not read, and everybody coming again at once, on each container (TR2, TR3, G13). */
@OnEachContainer
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class SendingConformanceTest extends Conformance {

    private static final String LONG = "x".repeat(9_000);
    private static final int PATRONS = 4;
    private static final int SAID = 250;
    private static final int DEAF = 8;
    private static final int CLIENTS = 300;
    private static final int AT_ONCE = 16;
    private static final long HEAP_SLACK = 150L << 20;

    SendingConformanceTest(Container.Kind kind) {
        super(kind);
    }

    @Test
    void resultsAndNoticesComeInOrderUnderABurstFromSeveralThreads() throws Exception {
        start(Map.of("outboxNotices", "65536", "outboxBytes", "64 MiB"), builder -> builder);
        TestClient ana = rig.onDuty("ana", "department", "reference");
        List<RawClient> patrons = new ArrayList<>();
        for (int i = 0; i < PATRONS; i++) {
            RawClient patron = raw().patron(Rig.newKey());
            patron.send("{\"type\":\"command\",\"id\":\"s\",\"do\":\"start\",\"widget\":\"databases\"}");
            ana.done("claim", Map.of("chat", patron.next("result").path("chat").asText()));
            patrons.add(patron);
        }

        ExecutorService threads = Executors.newFixedThreadPool(PATRONS);
        try {
            List<Future<?>> bursts = new ArrayList<>();
            for (RawClient patron : patrons) {
                bursts.add(threads.submit(() -> burst(patron)));
            }
            for (Future<?> burst : bursts) {
                burst.get(60, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }

        Map<String, Integer> heard = new HashMap<>();
        Map<String, Long> last = new HashMap<>();
        for (int i = 0; i < PATRONS * SAID; i++) {
            JsonNode notice = ana.frame(
                    "entry", entry -> entry.path("entry").path("text").asText().startsWith("no. "));
            String chat = notice.path("chat").asText();
            assertThat(notice.path("entry").path("text").asText())
                    .isEqualTo("no. " + heard.merge(chat, 1, Integer::sum));
            assertThat(notice.path("entry").path("seq").asLong()).isGreaterThan(last.getOrDefault(chat, 0L));
            last.put(chat, notice.path("entry").path("seq").asLong());
        }
    }

    /** Sends without waiting, then reads: a result for each, in that order. */
    private static void burst(RawClient patron) {
        for (int i = 1; i <= SAID; i++) {
            patron.send(Map.of("type", "command", "id", "say-" + i, "do", "say", "text", "no. " + i));
        }
        for (int i = 1; i <= SAID; i++) {
            JsonNode result = patron.next("result");
            assertThat(result.path("ok").asBoolean()).as("%s", result).isTrue();
            assertThat(result.path("id").asText()).isEqualTo("say-" + i);
        }
    }

    @Test
    void peersThatDoNotReadAreDroppedAndTheOthersGoOn() throws Exception {
        start();
        Talk talk = new Talk();
        long before = usedHeap();

        talk.untilTheDeafAreDropped();
        assertThat(usedHeap() - before).isLessThan(HEAP_SLACK);
        talk.patron.done("say", Map.of("text", "and on it goes"));
        talk.ana.frame(
                "entry", entry -> entry.path("entry").path("text").asText().equals("and on it goes"));
        for (RawClient one : talk.deaf) {
            assertThat(one.closeCode()).isIn(4420, RawClient.CUT);
        }
    }

    /** The container must not keep the socket of a peer that never reads. */
    @Test
    void aSendThatTakesTooLongEndsTheConnectionAndFreesItsSocketThoughThePeerNeverReads() throws Exception {
        start(
                Map.of("outboxNotices", "65536", "outboxBytes", "64 MiB"),
                builder -> builder.sendTimeout(Duration.ofMillis(500)));
        Talk talk = new Talk();

        talk.untilTheDeafAreDropped();
        rig.hangUp();
        assertThat(rig.transport.sessions().awaitNone(40_000))
                .as("the container has given up the sessions")
                .isTrue();
        if (!Containers.freesSocketsOfTheDeaf(kind)) {
            return;
        }
        for (RawClient one : talk.deaf) {
            patiently().until(() -> !one.raw(new byte[] {(byte) 0x89, (byte) 0x80, 0, 0, 0, 0}));
        }
    }

    /** A chat that its patron and ana hold, beside connections of ana's that read nothing. */
    private final class Talk {
        private final TestClient ana = rig.onDuty("ana", "department", "reference");
        private final TestClient patron = rig.patron();
        private final List<RawClient> deaf;

        private Talk() {
            String chat = patron.done("start", Map.of("widget", "databases"))
                    .path("chat")
                    .asText();
            deaf = deafOperators();
            ana.done("claim", Map.of("chat", chat));
        }

        /** Says so much that whoever does not read falls behind; ana hears all of it. */
        private void untilTheDeafAreDropped() {
            for (int i = 0; i < 3_000 && rig.transport.connections() > 2; i++) {
                patron.done("say", Map.of("text", LONG));
                ana.frame(
                        "entry",
                        entry -> entry.path("entry").path("text").asText().equals(LONG));
            }
            patiently()
                    .untilAsserted(() -> assertThat(rig.transport.connections()).isEqualTo(2));
        }
    }

    private List<RawClient> deafOperators() {
        List<RawClient> deaf = new ArrayList<>();
        int there = rig.transport.connections();
        for (int i = 0; i < DEAF; i++) {
            RawClient one = kept(RawClient.deaf(rig.port()));
            one.auth("operator", Rig.TICKET + "ana");
            deaf.add(one);
        }
        patiently().untilAsserted(() -> assertThat(rig.transport.connections()).isEqualTo(there + DEAF));
        return deaf;
    }

    private static long usedHeap() {
        Runtime runtime = Runtime.getRuntime();
        runtime.gc();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    @Test
    void afterAResetEverybodyComesAgainAtOnceAndIsWelcome() throws Exception {
        start(Map.of("patronConnections", "2"), builder -> builder);
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            keys.add(Rig.newKey());
        }
        InetSocketAddress server = new InetSocketAddress(InetAddress.getLoopbackAddress(), rig.port());
        try (TcpProxy one = TcpProxy.to(server);
                TcpProxy other = TcpProxy.to(server)) {
            welcome(keys, one, other);
            patiently()
                    .untilAsserted(() -> assertThat(rig.transport.connections()).isEqualTo(CLIENTS));

            for (int storm = 0; storm < 3; storm++) {
                assertThat(one.resetConnections() + other.resetConnections()).isEqualTo(CLIENTS);
                patiently().until(() -> one.connections() + other.connections() == 0);
                List<RawClient> back = welcome(keys, one, other);
                patiently()
                        .untilAsserted(
                                () -> assertThat(rig.transport.connections()).isEqualTo(CLIENTS));
                back.get(storm).send("{\"type\":\"ping\"}");
                back.get(storm).next("pong");
            }
        }
        patiently().untilAsserted(() -> assertThat(rig.transport.connections()).isZero());
    }

    private List<RawClient> welcome(List<String> keys, TcpProxy one, TcpProxy other) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Future<RawClient>> coming = new ArrayList<>();
            for (int i = 0; i < keys.size(); i++) {
                int port = i % 2 == 0 ? one.port() : other.port();
                String key = keys.get(i);
                coming.add(threads.submit(() -> kept(RawClient.connect(port)).patron(key)));
            }
            List<RawClient> clients = new ArrayList<>();
            for (Future<RawClient> client : coming) {
                clients.add(client.get(30, TimeUnit.SECONDS));
            }
            return clients;
        } finally {
            threads.shutdownNow();
        }
    }
}
