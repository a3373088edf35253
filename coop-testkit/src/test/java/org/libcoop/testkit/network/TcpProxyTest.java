package org.libcoop.testkit.network;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each fault of the proxy, between plain sockets. Real time is the subject: a wait that must end is generous. */
@Timeout(60)
class TcpProxyTest {

    /** How long something must not happen for; every run waits so long. */
    private static final int QUIET_MILLIS = 150;

    private EchoServer server;
    private TcpProxy proxy;

    @BeforeEach
    void starts() throws IOException {
        server = new EchoServer();
        proxy = TcpProxy.to(server.address());
    }

    @AfterEach
    void ends() throws IOException {
        proxy.close();
        server.close();
    }

    @Test
    void withoutFaultsEverythingPassesBothWays() throws Exception {
        byte[] sent = new byte[1_000_000];
        new Random(1).nextBytes(sent);

        byte[] answered;
        try (Socket client = client()) {
            CompletableFuture<byte[]> reader = CompletableFuture.supplyAsync(() -> read(client, sent.length));
            client.getOutputStream().write(sent);
            answered = reader.get(30, TimeUnit.SECONDS);
        }

        assertThat(Arrays.equals(answered, sent)).isTrue();
    }

    @Test
    void anOrderlyEndPassesTooAndNothingIsLeftOpen() throws Exception {
        try (Socket client = client()) {
            send(client, "hello");
            assertThat(answer(client, 5)).isEqualTo("hello");

            client.shutdownOutput();

            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
        assertThat(server.ending()).isEqualTo("end");
        untilNoConnectionIsOpen();
    }

    @Test
    void whileItRefusesNewConnectionsAreClosedAndOpenOnesWork() throws Exception {
        try (Socket before = client()) {
            send(before, "a");
            assertThat(answer(before, 1)).isEqualTo("a");

            proxy.refuseConnections();

            try (Socket refused = client()) {
                assertThat(isClosed(refused)).isTrue();
            }
            send(before, "b");
            assertThat(answer(before, 1)).isEqualTo("b");
            proxy.heal();
            assertThat(echoes("c")).isTrue();
        }
    }

    @Test
    void aResetReachesClientAndServerAndNewConnectionsWork() throws Exception {
        try (Socket client = client()) {
            send(client, "hello");
            assertThat(answer(client, 5)).isEqualTo("hello");

            int reset = proxy.resetConnections();

            assertThat(reset).isEqualTo(1);
            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
            assertThat(server.ending()).isEqualTo("reset");
            assertThat(echoes("again")).isTrue();
        }
    }

    @Test
    void whatIsStalledTowardsTheServerArrivesAfterTheStall() throws Exception {
        try (Socket client = client()) {
            send(client, "a");
            assertThat(answer(client, 1)).isEqualTo("a");
            assertThat(server.heard()).isEqualTo("a");

            proxy.stall(Direction.TO_SERVER);
            send(client, "b");

            assertThatNothingArrivesAt(client);
            assertThat(server.heardAnything()).isFalse();
            proxy.resume();
            assertThat(answer(client, 1)).isEqualTo("b");
        }
    }

    @Test
    void whatIsStalledTowardsTheClientHasReachedTheServer() throws Exception {
        try (Socket client = client()) {
            proxy.stall(Direction.TO_CLIENT);
            send(client, "a");

            assertThat(server.heard()).isEqualTo("a");
            assertThatNothingArrivesAt(client);
            proxy.resume();
            assertThat(answer(client, 1)).isEqualTo("a");
        }
    }

    @Test
    void aConnectionMadeDuringAStallIsAcceptedAndSilent() throws Exception {
        proxy.stall();

        try (Socket client = client()) {
            send(client, "a");

            assertThatNothingArrivesAt(client);
            assertThat(proxy.connections()).isEqualTo(1);
            proxy.heal();
            assertThat(answer(client, 1)).isEqualTo("a");
        }
    }

    @Test
    void aStalledSenderIsHeldBackByBoundedBuffers() throws Exception {
        proxy.stall(Direction.TO_SERVER);

        try (Socket client = client()) {
            CompletableFuture<Void> flood = CompletableFuture.runAsync(() -> sendUntilClosed(client));

            assertThatThrownBy(() -> flood.get(QUIET_MILLIS * 4L, TimeUnit.MILLISECONDS))
                    .as("64 MB are not swallowed")
                    .isInstanceOf(java.util.concurrent.TimeoutException.class);
            proxy.resetConnections();
            assertThatThrownBy(() -> flood.get(30, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class);
        }
    }

    @Test
    void aStalledConnectionCanStillBeReset() throws Exception {
        try (Socket client = client()) {
            proxy.stall();
            send(client, "a");
            assertThatNothingArrivesAt(client);

            proxy.resetConnections();

            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
            untilNoConnectionIsOpen();
        }
    }

    @Test
    void latencyDelaysEachDirection() throws Exception {
        try (Socket client = client()) {
            proxy.delay(Duration.ofMillis(100));
            long began = System.nanoTime();

            send(client, "a");
            assertThat(answer(client, 1)).isEqualTo("a");

            assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
        }
        assertThatThrownBy(() -> proxy.delay(Duration.ofMillis(-1))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aCutAfterThePatternLetsTheServerHearItAndHidesTheAnswer() throws Exception {
        try (Socket client = client()) {
            send(client, "begin");
            assertThat(answer(client, 5)).isEqualTo("begin");
            assertThat(server.heard()).isEqualTo("begin");
            CompletableFuture<Void> cut = proxy.cutAfter("COMMIT".getBytes(UTF_8));

            send(client, "now COMMIT please");

            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
            assertThat(server.heard()).isEqualTo("now COMMIT please");
            cut.get(20, TimeUnit.SECONDS);
            assertThat(echoes("COMMIT")).as("a cut happens once").isTrue();
        }
    }

    @Test
    void aCutBeforeKeepsThePatternFromTheServer() throws Exception {
        try (Socket client = client()) {
            send(client, "begin");
            assertThat(answer(client, 5)).isEqualTo("begin");
            assertThat(server.heard()).isEqualTo("begin");
            CompletableFuture<Void> cut = proxy.cutBefore("COMMIT".getBytes(UTF_8));

            send(client, "COMMIT");

            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
            cut.get(20, TimeUnit.SECONDS);
            assertThat(server.ending()).isEqualTo("reset");
            assertThat(server.heardAnything()).isFalse();
        }
    }

    @Test
    void aPatternIsFoundAcrossReads() throws Exception {
        try (Socket client = client()) {
            CompletableFuture<Void> cut = proxy.cutAfter("aab".getBytes(UTF_8));

            send(client, "xaa");
            assertThat(answer(client, 3)).isEqualTo("xaa");
            send(client, "a");
            assertThat(answer(client, 1)).isEqualTo("a");
            assertThat(cut).isNotDone();
            send(client, "b");

            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
            cut.get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void onlyTheConnectionThatSaysItIsCut() throws Exception {
        try (Socket one = client();
                Socket other = client()) {
            CompletableFuture<Void> cut = proxy.cutAfter("COMMIT".getBytes(UTF_8));

            send(one, "COM");
            assertThat(answer(one, 3)).isEqualTo("COM");
            send(other, "MIT");
            assertThat(answer(other, 3)).isEqualTo("MIT");
            assertThat(cut).as("half a pattern on each is none").isNotDone();
            send(other, "COMMIT");

            assertThatThrownBy(() -> other.getInputStream().read()).isInstanceOf(SocketException.class);
            send(one, "x");
            assertThat(answer(one, 1)).isEqualTo("x");
        }
    }

    @Test
    void healingTakesAnArmedCutBack() throws Exception {
        CompletableFuture<Void> cut = proxy.cutAfter("COMMIT".getBytes(UTF_8));

        proxy.heal();

        assertThat(cut).isCancelled();
        assertThat(echoes("COMMIT")).isTrue();
        assertThatThrownBy(() -> proxy.cutAfter(new byte[0])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aCutThatIsNeverAnsweredSaysSo() throws Exception {
        try (ServerSocket mute = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                TcpProxy toMute = TcpProxy.to(new InetSocketAddress(mute.getInetAddress(), mute.getLocalPort()))) {
            CompletableFuture<Void> cut = toMute.cutAfter("COMMIT".getBytes(UTF_8));

            try (Socket client = new Socket(toMute.address().getAddress(), toMute.port());
                    Socket accepted = mute.accept()) {
                send(client, "COMMIT");
                assertThat(answer(accepted, 6)).isEqualTo("COMMIT");
            }

            assertThatThrownBy(() -> cut.get(20, TimeUnit.SECONDS)).hasCauseInstanceOf(IOException.class);
        }
    }

    @Test
    void aServerThatIsAwayEndsTheClientsConnection() throws Exception {
        int nobody;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = free.getLocalPort();
        }

        try (TcpProxy toNobody = TcpProxy.to(new InetSocketAddress(InetAddress.getLoopbackAddress(), nobody));
                Socket client = new Socket(toNobody.address().getAddress(), toNobody.port())) {
            client.setSoTimeout(20_000);

            assertThat(isClosed(client)).isTrue();
        }
    }

    @Test
    void closingEndsConnectionsThreadsAndThePort() throws Exception {
        try (Socket open = client();
                Socket stalled = client()) {
            send(open, "a");
            assertThat(answer(open, 1)).isEqualTo("a");
            proxy.stall();
            send(stalled, "b");
            String name = "tcp-proxy-" + proxy.port();
            assertThat(threads(name)).isNotEmpty();

            proxy.close();

            for (Thread thread : threads(name)) {
                thread.join(20_000);
            }
            assertThat(threads(name)).isEmpty();
            assertThat(isClosed(open)).isTrue();
            assertThat(isClosed(stalled)).isTrue();
            assertThatThrownBy(this::client).isInstanceOf(IOException.class);
        }
    }

    private Socket client() throws IOException {
        Socket client = new Socket(proxy.address().getAddress(), proxy.port());
        client.setSoTimeout(20_000);
        return client;
    }

    private boolean echoes(String text) throws IOException {
        try (Socket client = client()) {
            send(client, text);
            return answer(client, text.length()).equals(text);
        }
    }

    private static void send(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(UTF_8));
    }

    private static String answer(Socket client, int length) {
        return new String(read(client, length), UTF_8);
    }

    private static byte[] read(Socket client, int length) {
        try {
            return client.getInputStream().readNBytes(length);
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    private static void sendUntilClosed(Socket client) {
        byte[] megabyte = new byte[1 << 20];
        try {
            for (int i = 0; i < 64; i++) {
                client.getOutputStream().write(megabyte);
            }
        } catch (IOException closed) {
            throw new IllegalStateException(closed);
        }
    }

    private static boolean isClosed(Socket client) throws IOException {
        try {
            return client.getInputStream().read() < 0;
        } catch (SocketException reset) {
            return true;
        }
    }

    private static void assertThatNothingArrivesAt(Socket client) throws IOException {
        int before = client.getSoTimeout();
        client.setSoTimeout(QUIET_MILLIS);
        assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        client.setSoTimeout(before);
    }

    private void untilNoConnectionIsOpen() {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (proxy.connections() > 0 && System.nanoTime() < until) {
            Thread.onSpinWait();
        }
        assertThat(proxy.connections()).isZero();
    }

    private static List<Thread> threads(String prefix) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(prefix))
                .toList();
    }
}
