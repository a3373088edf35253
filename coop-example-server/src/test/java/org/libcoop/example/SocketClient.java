package org.libcoop.example;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.libcoop.wire.WireWatch;

/**
 * A client written from the wire protocol's page, on the JDK's WebSocket. Every frame is held against the description of the
 * protocol, both ways.
 */
final class SocketClient implements WebSocket.Listener, AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final long PATIENCE_SECONDS = 20;

    private final StringBuilder text = new StringBuilder();
    private final LinkedBlockingQueue<JsonNode> arrived = new LinkedBlockingQueue<>();
    final CompletableFuture<Integer> closeCode = new CompletableFuture<>();
    private final WireWatch watch = new WireWatch();
    private final WebSocket socket;

    private SocketClient(URI server) {
        socket = HTTP.newWebSocketBuilder()
                .subprotocols("coop.v1")
                .buildAsync(URI.create("ws://" + server.getAuthority() + "/coop"), this)
                .join();
    }

    /** An operator with a new ticket, welcome. */
    static SocketClient operator(URI server, String id) throws Exception {
        SocketClient client = new SocketClient(server);
        client.send(Map.of("type", "auth", "role", "operator", "token", ticket(server, id)));
        client.frame("welcome");
        return client;
    }

    /** Somebody who presents {@code token}; whether that is welcome is not waited for. */
    static SocketClient presenting(URI server, String role, String token) throws Exception {
        SocketClient client = new SocketClient(server);
        client.send(Map.of("type", "auth", "role", role, "token", token));
        return client;
    }

    static String ticket(URI server, String id) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(server.resolve("/api/ticket"))
                .setHeader("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"operator\":\"" + id + "\"}"))
                .build();
        return JSON.readTree(HTTP.send(request, BodyHandlers.ofString()).body())
                .path("ticket")
                .asText();
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            watch.received(text.toString());
            try {
                JsonNode frame = JSON.readTree(text.toString());
                if (frame.path("type").asText().equals("notices")) {
                    frame.path("notices").forEach(arrived::add);
                } else {
                    arrived.add(frame);
                }
            } catch (JsonProcessingException malformed) {
                onError(webSocket, malformed);
            }
            text.setLength(0);
        }
        webSocket.request(1);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
        closeCode.complete(statusCode);
        return CompletableFuture.completedFuture(null);
    }

    /** The next frame of this type or notice of this kind; what comes before is skipped. */
    JsonNode frame(String typeOrKind) throws InterruptedException {
        for (JsonNode frame = next(); frame != null; frame = next()) {
            if (typeOrKind.equals(frame.path("type").asText(frame.path("is").asText()))) {
                return frame;
            }
        }
        throw new AssertionError("no " + typeOrKind + " came");
    }

    private JsonNode next() throws InterruptedException {
        JsonNode next = arrived.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        watch.assertRight();
        return next;
    }

    JsonNode command(String what, Map<String, ?> fields) throws Exception {
        String id = UUID.randomUUID().toString();
        Map<String, Object> frame = new LinkedHashMap<>(fields);
        frame.putAll(Map.of("type", "command", "id", id, "do", what));
        send(frame);
        JsonNode result = frame("result");
        while (!result.path("id").asText().equals(id)) {
            result = frame("result");
        }
        return result;
    }

    private void send(Map<String, ?> frame) throws JsonProcessingException {
        String json = JSON.writeValueAsString(frame);
        watch.sent(json);
        watch.assertRight();
        socket.sendText(json, true).join();
    }

    @Override
    public void close() {
        socket.abort();
        watch.assertRight();
    }
}
