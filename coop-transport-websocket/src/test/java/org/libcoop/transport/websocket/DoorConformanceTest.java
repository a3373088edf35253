package org.libcoop.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.libcoop.container.Container;
import org.libcoop.testkit.network.TcpProxy;

/** Who gets in, what is seen of a handshake, and how connections end, on each container (TR1, T5, G20). */
@OnEachContainer
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class DoorConformanceTest extends Conformance {

    DoorConformanceTest(Container.Kind kind) {
        super(kind);
    }

    @Test
    void theSubProtocolIsAgreedOn() throws Exception {
        start();

        RawClient asking = raw(Map.of("Sec-WebSocket-Protocol", "chat.v7, coop.v1"));
        RawClient other = raw(Map.of("Sec-WebSocket-Protocol", "chat.v7"));
        RawClient silent = raw(Map.of("Sec-WebSocket-Protocol", ""));

        assertThat(asking.status()).isEqualTo(101);
        assertThat(asking.header("Sec-WebSocket-Protocol")).isEqualTo("coop.v1");
        assertThat(other.header("Sec-WebSocket-Protocol")).isNull();
        assertThat(silent.header("Sec-WebSocket-Protocol")).isNull();
        assertThat(silent.next("hello").path("protocol").asText()).isEqualTo("coop.v1");
    }

    @Test
    void noExtensionIsAgreedOn() throws Exception {
        start();

        RawClient client = raw(Map.of("Sec-WebSocket-Extensions", "permessage-deflate; client_max_window_bits"));

        assertThat(client.status()).isEqualTo(101);
        assertThat(client.header("Sec-WebSocket-Extensions")).isNull();
    }

    /** Containers keep what a handshake leaves in one place each: a connection must never see another's. */
    @Test
    void eachConnectionHasTheFactsOfItsOwnHandshake() throws Exception {
        start();
        TestClient ana = rig.onDuty("ana", "department", "reference");
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> started = new ArrayList<>();
            for (int i = 0; i < 80; i++) {
                String name = "browser-" + i;
                started.add(threads.submit(() -> {
                    RawClient patron = raw(Map.of("User-Agent", name)).patron(Rig.newKey());
                    patron.send(
                            Map.of("type", "command", "id", "1", "do", "start", "widget", "databases", "name", name));
                    assertThat(patron.next("result").path("ok").asBoolean()).isTrue();
                }));
            }
            for (Future<?> one : started) {
                one.get(30, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }

        Set<String> names = new HashSet<>();
        while (names.size() < 80) {
            JsonNode waiting = ana.frame("listed").path("waiting");
            assertThat(waiting.path("userAgent").asText())
                    .isEqualTo(waiting.path("patronName").asText());
            names.add(waiting.path("patronName").asText());
        }
    }

    /** The same with what matters most: no foreign page is taken for a page of the host's. */
    @Test
    void aForeignPageIsNeverTakenForAnother() throws Exception {
        start();
        String own = "http://127.0.0.1:" + rig.port();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Integer>> foreign = new ArrayList<>();
            List<Future<?>> home = new ArrayList<>();
            for (int i = 0; i < 80; i++) {
                foreign.add(threads.submit(() -> {
                    RawClient page = raw(Map.of("Origin", "https://evil.example"));
                    return page.closeCode();
                }));
                home.add(threads.submit(() -> raw(Map.of("Origin", own)).next("hello")));
            }
            for (int i = 0; i < 80; i++) {
                assertThat(foreign.get(i).get(30, TimeUnit.SECONDS)).isEqualTo(4403);
                home.get(i).get(30, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void foreignPagesAreRefusedInTheHandshakeWhereTheHostNamesItsOrigins() throws Exception {
        start(builder -> builder.origins("https://chat.springy.edu"));

        assertThat(raw(Map.of("Origin", "https://evil.example")).status()).isEqualTo(Containers.refusal(kind));
        assertThat(raw(Map.of("Origin", "null")).status()).isEqualTo(Containers.refusal(kind));
        assertThat(raw(Map.of("Origin", "https://chat.springy.edu")).next("hello"))
                .isNotNull();
        assertThat(raw(Map.of("Origin", "https://library.springy.edu")).next("hello"))
                .isNotNull();
    }

    @Test
    void thePeersAddressIsKnownAndCannotBeForged() throws Exception {
        start(Map.of("addressConnections", "2"), builder -> builder);
        raw().next("hello");
        raw(Map.of(Container.PEER_HEADER, "192.0.2.1")).next("hello");

        RawClient third = raw(Map.of(Container.PEER_HEADER.toLowerCase(Locale.ROOT), "192.0.2.2"));

        assertThat(third.next("denied").path("code").asText()).isEqualTo("rate-limited");
        assertThat(third.closeCode()).isEqualTo(4429);
    }

    @Test
    void whoDoesNotAuthenticateInTimeIsSentAway() throws Exception {
        start(builder -> builder.authTimeout(Duration.ofMillis(300)));
        RawClient client = raw();

        assertThat(client.next("hello").path("authMillis").asLong()).isEqualTo(300);
        assertThat(client.closeCode()).isEqualTo(4408);
    }

    @Test
    void whoIsDeniedGetsTheWordBeforeTheEnd() throws Exception {
        start();
        RawClient client = raw();

        client.auth("operator", "wrong");

        assertThat(client.next("denied").path("code").asText()).isEqualTo("not-allowed");
        assertThat(client.closeCode()).isEqualTo(4401);
    }

    @Test
    void whoMissesThreeHeartbeatsIsSentAway() throws Exception {
        start(builder -> builder.heartbeat(Duration.ofMillis(300)));
        RawClient client = raw().patron(Rig.newKey());

        assertThat(client.closeCode()).isEqualTo(4410);
    }

    /** The network swallows everything: nobody answers, not even TCP's end. */
    @Test
    void aHalfOpenPeerIsGivenUpByItsSilence() throws Exception {
        start(builder -> builder.heartbeat(Duration.ofMillis(300)).authTimeout(Duration.ofMillis(500)));
        try (TcpProxy network = TcpProxy.to(new InetSocketAddress(InetAddress.getLoopbackAddress(), rig.port()))) {
            RawClient client = kept(RawClient.connect(network.port())).patron(Rig.newKey());
            network.stall();

            patiently()
                    .untilAsserted(() -> assertThat(rig.transport.connections()).isZero());
            assertThat(rig.transport.sessions().awaitNone(20_000))
                    .as("the container does not wait for an answer for ever")
                    .isTrue();
            network.resume();

            assertThat(client.closeCode()).isIn(4410, RawClient.CUT);
            client.awaitSocketClosed();
        }
    }

    @Test
    void aDoorThatIsDrainedAsksEverybodyToComeAgainAndTakesNobodyElse() throws Exception {
        start();
        RawClient patron = raw().patron(Rig.newKey());

        CompletableFuture<Boolean> empty = CompletableFuture.supplyAsync(() -> {
            try {
                return rig.transport.drain(Duration.ofSeconds(20));
            } catch (InterruptedException stopped) {
                throw new IllegalStateException(stopped);
            }
        });

        assertThat(patron.next("reconnect").path("withinMillis").asLong()).isEqualTo(15_000);
        assertThat(raw(Map.of()).status()).isEqualTo(Containers.refusal(kind));
        patron.send("{\"type\":\"ping\"}");
        patron.next("pong");
        assertThat(empty).isNotDone();
        patron.leave();
        assertThat(empty.get(20, TimeUnit.SECONDS)).isTrue();
        assertThat(patron.closeCode()).isEqualTo(1000);
    }

    @Test
    void everybodyIsToldThatTheServerStops() throws Exception {
        start();
        List<RawClient> all = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            all.add(raw().patron(Rig.newKey()));
        }
        RawClient stranger = raw();

        rig.transport.close();

        for (RawClient one : all) {
            assertThat(one.closeCode()).isEqualTo(4503);
        }
        assertThat(stranger.closeCode()).isEqualTo(4503);
        assertThat(raw(Map.of()).status()).isEqualTo(Containers.refusal(kind));
    }
}
