package org.libcoop.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.libcoop.spi.Happening;
import org.libcoop.wire.WireWatch;

/** A peer that does not read hurts only itself (TR3, G13). */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class SlowPeerTest {

    private static final String LONG = "x".repeat(9_000);
    private static final int MESSAGES = 2_000;

    @Test
    void aPeerThatDoesNotReadIsClosedWithACodeAndTheOthersGoOn() throws Exception {
        try (Rig rig = new Rig.Setup()
                        .policies(Map.of("connectionMessages", "10000", "addressMessages", "10000"))
                        .start();
                DeafPeer deaf = new DeafPeer(rig.port())) {
            TestClient ana = rig.onDuty("ana", "department", "reference");
            TestClient patron = rig.patron();
            String chat = patron.done("start", Map.of("widget", "databases"))
                    .path("chat")
                    .asText();
            deaf.send("{\"type\":\"auth\",\"role\":\"operator\",\"token\":\"ticket-of-ana\"}");
            await().until(() -> rig.transport.connections() == 3);
            ana.frame("listed");
            ana.done("claim", Map.of("chat", chat));

            for (int i = 0; i < MESSAGES && rig.transport.connections() == 3; i++) {
                patron.done("say", Map.of("text", LONG));
                assertThat(ana.frame("entry", entry -> entry.toString().contains(LONG)))
                        .isNotNull();
            }
            await().until(() -> rig.transport.connections() == 2);
            patron.done("say", Map.of("text", "and on it goes"));

            assertThat(ana.frame("entry", entry -> entry.toString().contains("and on it goes")))
                    .isNotNull();
            assertThat(deaf.readToTheCloseCode()).isEqualTo(4420);
            assertThat(rig.dropped).containsExactly(Happening.PeerDropped.Why.TOO_SLOW);
        }
    }

    @Test
    void aSendThatTakesTooLongEndsTheConnection() throws Exception {
        try (Rig rig = new Rig.Setup()
                        .transport(builder -> builder.sendTimeout(Duration.ofMillis(300)))
                        .policies(Map.of(
                                "connectionMessages", "10000",
                                "addressMessages", "10000",
                                "outboxNotices", "10000",
                                "outboxBytes", "64 MiB"))
                        .start();
                DeafPeer deaf = new DeafPeer(rig.port())) {
            TestClient ana = rig.onDuty("ana", "department", "reference");
            TestClient patron = rig.patron();
            String chat = patron.done("start", Map.of("widget", "databases"))
                    .path("chat")
                    .asText();
            deaf.send("{\"type\":\"auth\",\"role\":\"operator\",\"token\":\"ticket-of-ana\"}");
            await().until(() -> rig.transport.connections() == 3);
            ana.frame("listed");
            ana.done("claim", Map.of("chat", chat));

            for (int i = 0; i < MESSAGES && rig.transport.connections() == 3; i++) {
                patron.done("say", Map.of("text", LONG));
                ana.frame("entry", entry -> entry.toString().contains(LONG));
            }

            await().until(() -> rig.transport.connections() == 2);
        }
    }

    /** Speaks just enough of the protocol to be let in, and reads nothing until asked to. */
    private static final class DeafPeer implements AutoCloseable {

        private final Socket socket = new Socket();
        private final OutputStream out;
        private final WireWatch watch = new WireWatch();

        DeafPeer(int port) throws IOException {
            socket.setReceiveBufferSize(4_096);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            out = socket.getOutputStream();
            out.write(("GET /coop HTTP/1.1\r\nHost: 127.0.0.1:" + port
                            + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                            + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Protocol: coop.v1\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.flush();
        }

        /** Sends one short text frame, masked with zeros. */
        void send(String text) throws IOException {
            watch.sent(text);
            byte[] payload = text.getBytes(StandardCharsets.UTF_8);
            assertThat(payload).hasSizeLessThan(126);
            out.write(new byte[] {(byte) 0x81, (byte) (0x80 | payload.length), 0, 0, 0, 0});
            out.write(payload);
            out.flush();
        }

        /** Reads what was sent meanwhile, up to the close frame. */
        int readToTheCloseCode() throws IOException {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            String head = "";
            while (!head.endsWith("\r\n\r\n")) {
                head += (char) in.readUnsignedByte();
            }
            while (true) {
                int opcode = in.readUnsignedByte() & 0x0f;
                int length = in.readUnsignedByte() & 0x7f;
                long size = length == 126 ? in.readUnsignedShort() : length == 127 ? in.readLong() : length;
                if (opcode == 8) {
                    return in.readUnsignedShort();
                }
                watch.received(new String(in.readNBytes((int) size), StandardCharsets.UTF_8));
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
            watch.assertRight();
        }
    }
}
