package org.libcoop.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A WebSocket client on a bare socket, for what client libraries do not let one do: fragments, a message that is never finished,
 * not reading, going away without a word. It reads only when a test asks it to. One thread at a time, but one may read while another sends.
 */
final class RawClient implements AutoCloseable {

    /** What {@link #closeCode} gives when the connection ends without a close frame. */
    static final int CUT = 1006;

    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int PATIENCE_MILLIS = 30_000;
    private static final byte[] MASK = {(byte) 0x37, (byte) 0xfa, (byte) 0x21, (byte) 0x3d};

    private final Socket socket = new Socket();
    private final OutputStream out;
    private final DataInputStream in;
    private final Map<String, String> answer = new HashMap<>();
    private final Deque<JsonNode> unread = new ArrayDeque<>();
    private int status;
    private int closeCode;

    private RawClient(int port, int receiveBuffer) throws IOException {
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        out = socket.getOutputStream();
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    }

    /** Connected, the handshake's answer read; {@code headers} besides, or in place of, the usual ones. */
    static RawClient connect(int port, Map<String, String> headers) {
        try {
            RawClient client = new RawClient(port, 0);
            client.ask(port, headers);
            client.readAnswer();
            return client;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Connected by the protocol. */
    static RawClient connect(int port) {
        RawClient client = connect(port, Map.of());
        assertThat(client.status).isEqualTo(101);
        return client;
    }

    /** Connected, with little room in the socket for what it will not read. */
    static RawClient deaf(int port) {
        try {
            RawClient client = new RawClient(port, 4_096);
            client.ask(port, Map.of());
            client.readAnswer();
            return client;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void ask(int port, Map<String, String> headers) throws IOException {
        Map<String, String> all = new HashMap<>(Map.of(
                "Host", "127.0.0.1:" + port,
                "Upgrade", "websocket",
                "Connection", "Upgrade",
                "Sec-WebSocket-Version", "13",
                "Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==",
                "Sec-WebSocket-Protocol", WebSocketTransport.PROTOCOL));
        all.putAll(headers);
        all.values().removeIf(String::isEmpty);
        StringBuilder request = new StringBuilder("GET /coop HTTP/1.1\r\n");
        all.forEach(
                (name, value) -> request.append(name).append(": ").append(value).append("\r\n"));
        out.write(request.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private void readAnswer() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        String[] lines = head.toString().split("\r\n", -1);
        status = Integer.parseInt(lines[0].split(" ", -1)[1]);
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon > 0) {
                answer.put(
                        lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
                        lines[i].substring(colon + 1).trim());
            }
        }
    }

    /** The handshake's HTTP status. */
    int status() {
        return status;
    }

    /** A header of the handshake's answer, or null. */
    String header(String name) {
        return answer.get(name.toLowerCase(Locale.ROOT));
    }

    // ---- Sending
    // -----------------------------------------------------------------------------------------------------

    /** One whole text message in one frame. */
    void send(String text) {
        frame(TEXT, true, text.getBytes(StandardCharsets.UTF_8));
    }

    void send(Map<String, ?> frame) {
        try {
            send(JSON.writeValueAsString(frame));
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** One text message in frames of so many bytes each, wherever that cuts its characters, with a ping after every {@code pingEvery}. */
    void fragments(String text, int size, int pingEvery) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int count = 0;
        for (int from = 0; from < bytes.length; from += size) {
            int length = Math.min(size, bytes.length - from);
            byte[] part = new byte[length];
            System.arraycopy(bytes, from, part, 0, length);
            frame(from == 0 ? TEXT : CONTINUATION, from + length == bytes.length, part);
            count++;
            if (count % pingEvery == 0) {
                frame(PING, true, new byte[] {1});
            }
        }
    }

    /** One frame. That the server is gone already is for {@link #closeCode} to tell. */
    synchronized void frame(int opcode, boolean last, byte[] payload) {
        head(opcode, last, payload.length);
        raw(masked(payload));
    }

    /** The head of a frame, its mask included. */
    void head(int opcode, boolean last, long length) {
        ByteBuffer head = ByteBuffer.allocate(14);
        head.put((byte) ((last ? 0x80 : 0) | opcode));
        if (length < 126) {
            head.put((byte) (0x80 | (int) length));
        } else if (length < 65_536) {
            head.put((byte) (0x80 | 126)).putShort((short) length);
        } else {
            head.put((byte) (0x80 | 127)).putLong(length);
        }
        head.put(MASK).flip();
        byte[] bytes = new byte[head.remaining()];
        head.get(bytes);
        raw(bytes);
    }

    /** Bytes as they are; false once the connection is gone. */
    boolean raw(byte[] bytes) {
        try {
            out.write(bytes);
            out.flush();
            return true;
        } catch (IOException gone) {
            return false;
        }
    }

    /** A payload, or a part of one that begins at a multiple of four, as it goes over the wire. */
    static byte[] masked(byte[] payload) {
        byte[] masked = new byte[payload.length];
        for (int i = 0; i < payload.length; i++) {
            masked[i] = (byte) (payload[i] ^ MASK[i % MASK.length]);
        }
        return masked;
    }

    /** Waits for the server's hello, as the protocol wants it, and authenticates. */
    void auth(String role, String token) {
        next("hello");
        send(Map.of("type", "auth", "role", role, "token", token));
    }

    /** Authenticates as a patron; welcome. */
    RawClient patron(String token) {
        auth("patron", token);
        next("welcome");
        return this;
    }

    // ---- Reading
    // -----------------------------------------------------------------------------------------------------

    JsonNode next(String type) {
        return next(type, frame -> true);
    }

    /** The next frame of this type, or notice of this kind, that is as wanted; others before it are kept. */
    JsonNode next(String typeOrKind, Predicate<JsonNode> wanted) {
        Predicate<JsonNode> match = frame ->
                typeOrKind.equals(frame.path("type").asText(frame.path("is").asText())) && wanted.test(frame);
        for (JsonNode frame : unread) {
            if (match.test(frame)) {
                unread.remove(frame);
                return frame;
            }
        }
        while (true) {
            List<JsonNode> frames = read();
            if (frames == null) {
                throw new AssertionError("no " + typeOrKind + " came, but the end: " + closeCode);
            }
            JsonNode found = null;
            for (JsonNode frame : frames) {
                if (found == null && match.test(frame)) {
                    found = frame;
                } else {
                    unread.add(frame);
                }
            }
            if (found != null) {
                return found;
            }
        }
    }

    /** Reads to the end; the code of the close frame, which is answered, or {@link #CUT}. */
    int closeCode() {
        while (closeCode == 0) {
            read();
        }
        return closeCode;
    }

    /** Reads on until the server has closed the socket. */
    void awaitSocketClosed() {
        try {
            while (in.read() >= 0) {
                // what was sent before
            }
        } catch (SocketException cut) {
            // closed as well
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The frames of the next text message, notices one by one; null at the end. */
    List<JsonNode> read() {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        try {
            while (true) {
                int first = in.readUnsignedByte();
                int length = in.readUnsignedByte() & 0x7f;
                long size = length == 126 ? in.readUnsignedShort() : length == 127 ? in.readLong() : length;
                byte[] payload = new byte[(int) size];
                in.readFully(payload);
                switch (first & 0x0f) {
                    case CLOSE -> {
                        closeCode = payload.length < 2
                                ? 1005
                                : ByteBuffer.wrap(payload).getShort() & 0xffff;
                        frame(CLOSE, true, payload);
                        return null;
                    }
                    case PING -> frame(PONG, true, payload);
                    case TEXT, CONTINUATION -> {
                        message.writeBytes(payload);
                        if ((first & 0x80) != 0) {
                            return frames(message.toByteArray());
                        }
                    }
                    default -> {
                        // a pong
                    }
                }
            }
        } catch (EOFException | SocketException gone) {
            closeCode = CUT;
            return null;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static List<JsonNode> frames(byte[] message) throws IOException {
        JsonNode frame = JSON.readTree(message);
        List<JsonNode> frames = new ArrayList<>();
        if (frame.path("type").asText().equals("notices")) {
            frame.path("notices").forEach(frames::add);
        } else {
            frames.add(frame);
        }
        return frames;
    }

    /** Closes in order and does not wait for the answer. */
    void leave() {
        frame(CLOSE, true, new byte[] {3, (byte) 0xe8});
    }

    /** Resets the connection (TCP RST). */
    void reset() {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }
}
