package org.libcoop.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.libcoop.wire.WireWatch;

/**
 * A client that keeps what it was sent, in order, until a test asks for it. Every frame is held against the description of the
 * protocol, both ways, but for those a test sends {@link #wrongly}.
 */
final class TestClient extends Endpoint {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final long PATIENCE_SECONDS = 20;

    private final LinkedBlockingQueue<JsonNode> arrived = new LinkedBlockingQueue<>();
    private final List<JsonNode> unread = new ArrayList<>();
    private final CompletableFuture<Session> session = new CompletableFuture<>();
    private final CompletableFuture<Integer> closeCode = new CompletableFuture<>();
    private final WireWatch watch = new WireWatch();
    private boolean wrongly;

    @Override
    public void onOpen(Session opened, EndpointConfig config) {
        opened.addMessageHandler(String.class, (MessageHandler.Whole<String>) this::arrived);
        session.complete(opened);
    }

    @Override
    public void onClose(Session closed, CloseReason reason) {
        closeCode.complete(reason.getCloseCode().getCode());
    }

    private void arrived(String text) {
        watch.received(text);
        try {
            JsonNode frame = JSON.readTree(text);
            if (frame.path("type").asText().equals("notices")) {
                frame.path("notices").forEach(arrived::add);
            } else {
                arrived.add(frame);
            }
        } catch (JsonProcessingException malformed) {
            throw new UncheckedIOException(malformed);
        }
    }

    /** The next frame of this type, or notice of this kind; others stay for later. */
    JsonNode frame(String typeOrKind) {
        return frame(typeOrKind, frame -> true);
    }

    /** The next frame of this type, or notice of this kind, that is as wanted. */
    JsonNode frame(String typeOrKind, Predicate<JsonNode> wanted) {
        Predicate<JsonNode> match = frame ->
                typeOrKind.equals(frame.path("type").asText(frame.path("is").asText())) && wanted.test(frame);
        try {
            for (JsonNode frame : unread) {
                if (match.test(frame)) {
                    unread.remove(frame);
                    return frame;
                }
            }
            for (JsonNode frame = next(); frame != null; frame = next()) {
                if (match.test(frame)) {
                    return frame;
                }
                unread.add(frame);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        throw new AssertionError(
                "no " + typeOrKind + " came; these did: " + unread + ", closed: " + closeCode.getNow(0));
    }

    private JsonNode next() throws InterruptedException {
        JsonNode next = arrived.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        watch.assertRight();
        return next;
    }

    /** The next frame this client sends is wrong on purpose. */
    TestClient wrongly() {
        wrongly = true;
        return this;
    }

    /** Every frame so far was as the protocol's description says. */
    void assertRight() {
        watch.assertRight();
    }

    /** Everything that has come and was not asked for; a round trip before makes sure of what was sent before. */
    List<JsonNode> rest() {
        send(Map.of("type", "ping"));
        frame("pong");
        List<JsonNode> rest = new ArrayList<>(unread);
        unread.clear();
        return rest;
    }

    void auth(String role, String token) {
        send(Map.of("type", "auth", "role", role, "token", token));
    }

    /** Authenticates and says up to where this client has which chats. */
    void resume(String role, String token, Map<String, Long> held) {
        List<Map<String, ?>> resume = new ArrayList<>();
        held.forEach((chat, after) -> resume.add(Map.of("chat", chat, "after", after)));
        send(Map.of("type", "auth", "role", role, "token", token, "resume", resume));
    }

    /** Sends a command and gives its id. */
    String command(String what, Map<String, ?> fields) {
        return command(UUID.randomUUID().toString(), what, fields);
    }

    String command(String id, String what, Map<String, ?> fields) {
        Map<String, Object> frame = new LinkedHashMap<>(fields);
        frame.put("type", "command");
        frame.put("id", id);
        frame.put("do", what);
        send(frame);
        return id;
    }

    JsonNode result(String id) {
        return frame("result", frame -> frame.path("id").asText().equals(id));
    }

    /** Sends a command and waits until it is done. */
    JsonNode done(String what, Map<String, ?> fields) {
        JsonNode result = result(command(what, fields));
        assertThat(result.path("ok").asBoolean()).as("%s: %s", what, result).isTrue();
        return result;
    }

    /** Sends a command and gives the code with which it is refused. */
    String refused(String what, Map<String, ?> fields) {
        JsonNode result = result(command(what, fields));
        assertThat(result.path("ok").asBoolean()).as("%s: %s", what, result).isFalse();
        return result.path("code").asText();
    }

    JsonNode ask(String what, Map<String, ?> fields) {
        Map<String, Object> frame = new LinkedHashMap<>(fields);
        String id = UUID.randomUUID().toString();
        frame.put("type", "query");
        frame.put("id", id);
        frame.put("ask", what);
        send(frame);
        return result(id);
    }

    void send(Map<String, ?> frame) {
        try {
            send(JSON.writeValueAsString(frame));
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** Sends, or finds out that the server has ended the connection already, which is for {@link #closeCode} to tell. */
    void send(String text) {
        if (wrongly) {
            watch.sentWrongly(text);
            wrongly = false;
        } else {
            watch.sent(text);
            watch.assertRight();
        }
        try {
            session.join().getBasicRemote().sendText(text);
        } catch (IOException | IllegalStateException | RejectedExecutionException ended) {
            closeCode();
        }
    }

    /** The same with bytes. */
    void send(byte[] bytes) {
        try {
            session.join().getBasicRemote().sendBinary(ByteBuffer.wrap(bytes));
        } catch (IOException | IllegalStateException | RejectedExecutionException ended) {
            closeCode();
        }
    }

    /** The code with which the server ends the connection. */
    int closeCode() {
        try {
            return closeCode.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException notClosed) {
            throw new AssertionError("the server did not end the connection; it sent " + arrived, notClosed);
        }
    }

    boolean isOpen() {
        return !closeCode.isDone();
    }

    void close() {
        try {
            session.join().close();
        } catch (IOException alreadyGone) {
            throw new UncheckedIOException(alreadyGone);
        }
    }
}
