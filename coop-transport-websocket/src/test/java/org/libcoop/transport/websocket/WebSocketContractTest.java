package org.libcoop.transport.websocket;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.libcoop.CoopEngine;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Receipt;
import org.libcoop.container.Container;
import org.libcoop.directory.Option;
import org.libcoop.directory.WidgetId;
import org.libcoop.refusal.Outcome;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.spi.Authenticator;
import org.libcoop.spi.Transport;
import org.libcoop.testkit.junit.FarEnd;
import org.libcoop.testkit.junit.TransportContract;
import org.libcoop.testkit.junit.TransportUnderTest;

/** The rules of every transport, over real sockets; on Jetty, or as {@code -Dwire.containers} says. */
@OnEachContainer
class WebSocketContractTest extends TransportContract {

    private final Container.Kind kind;

    WebSocketContractTest(Container.Kind kind) {
        this.kind = kind;
    }

    @Override
    protected TransportUnderTest open(Authenticator authenticator) {
        return new Endpoint(kind, authenticator);
    }

    /** The endpoint in a container of its own. */
    private static final class Endpoint implements TransportUnderTest {

        private final WebSocketTransport transport;
        private final Container container;
        private final int port;

        Endpoint(Container.Kind kind, Authenticator authenticator) {
            container = kind.create();
            transport = WebSocketTransport.builder(authenticator)
                    .sendTimeout(Duration.ofSeconds(2))
                    .build();
            try {
                port = container.start(transport.endpointConfig("/coop"), 0);
            } catch (Exception failed) {
                throw new IllegalStateException("the container did not start", failed);
            }
        }

        @Override
        public Transport<CoopEngine> transport() {
            return transport;
        }

        @Override
        public FarEnd connect() {
            return new Peer(port);
        }

        @Override
        public int connections() {
            return transport.connections();
        }

        @Override
        public void close() {
            try {
                container.stop();
            } catch (Exception failed) {
                throw new IllegalStateException("the container did not stop", failed);
            }
        }
    }

    /** A client on a bare socket: one thread reads, whoever is asked sends. */
    private static final class Peer implements FarEnd {

        private final RawClient socket;
        private final CountDownLatch hello = new CountDownLatch(1);
        private final CompletableFuture<Boolean> welcome = new CompletableFuture<>();
        private final Map<String, CompletableFuture<JsonNode>> asked = new ConcurrentHashMap<>();
        private final List<Heard> heard = new CopyOnWriteArrayList<>();
        private final Map<String, Long> last = new HashMap<>();
        private final AtomicBoolean over = new AtomicBoolean();
        private final CountDownLatch deaf = new CountDownLatch(1);
        private volatile boolean reading = true;

        Peer(int port) {
            socket = RawClient.deaf(port);
            if (socket.status() != 101) {
                throw new IllegalStateException("refused: " + socket.status());
            }
            Thread reader = new Thread(this::read, "peer");
            reader.setDaemon(true);
            reader.start();
        }

        private void read() {
            List<JsonNode> frames = socket.read();
            while (frames != null) {
                frames.forEach(this::take);
                if (!reading) {
                    try {
                        deaf.await();
                    } catch (InterruptedException ended) {
                        return;
                    }
                }
                frames = socket.read();
            }
            over.set(true);
            welcome.complete(false);
        }

        private void take(JsonNode frame) {
            switch (frame.path("type").asText(frame.path("is").asText())) {
                case "hello" -> hello.countDown();
                case "welcome" -> {
                    for (JsonNode chat : frame.path("chats")) {
                        chat.path("entries")
                                .forEach(entry -> hear(chat.path("chat").asText(), entry));
                    }
                    welcome.complete(true);
                }
                case "result" -> {
                    CompletableFuture<JsonNode> answer =
                            asked.remove(frame.path("id").asText());
                    if (answer != null) {
                        answer.complete(frame);
                    }
                }
                case "entry" -> hear(frame.path("chat").asText(), frame.path("entry"));
                default -> {
                    // lists and states are not what this is about
                }
            }
        }

        private void hear(String chat, JsonNode entry) {
            long seq = entry.path("seq").asLong();
            if (last.merge(chat, seq, Math::max) == seq) {
                heard.add(new Heard(
                        ChatId.of(chat),
                        seq,
                        entry.has("text") ? entry.path("text").asText() : null));
            }
        }

        @Override
        public CompletionStage<Boolean> authenticate(String role, String token, Map<ChatId, Long> held) {
            List<Map<String, ?>> resume = new ArrayList<>();
            held.forEach((chat, after) -> resume.add(Map.of("chat", chat.value(), "after", after)));
            try {
                hello.await();
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
            socket.send(Map.of("type", "auth", "role", role, "token", token, "resume", resume));
            return welcome;
        }

        private CompletionStage<JsonNode> ask(String id, String what, Map<String, ?> fields) {
            CompletableFuture<JsonNode> answer = asked.computeIfAbsent(id, i -> new CompletableFuture<>());
            Map<String, Object> frame = new HashMap<>(fields);
            frame.put("type", "command");
            frame.put("id", id);
            frame.put("do", what);
            socket.send(frame);
            return answer;
        }

        private CompletionStage<Outcome<Receipt>> command(String id, String what, Map<String, ?> fields) {
            return ask(id, what, fields)
                    .thenApply(result -> result.path("ok").asBoolean()
                            ? Outcome.done(new Receipt(
                                    ChatId.of(result.path("chat").asText()),
                                    result.path("seq").asLong()))
                            : Outcome.refused(
                                    RefusalCode.of(result.path("code").asText()).orElseThrow(),
                                    result.path("message").asText()));
        }

        @Override
        public CompletionStage<Boolean> goOnDuty(Option option) {
            Map<String, ?> desk = Map.of("kind", "department", "id", option.id());
            return ask(UUID.randomUUID().toString(), "sign-in", Map.of())
                    .thenCompose(in -> ask(UUID.randomUUID().toString(), "monitor", Map.of("option", desk, "on", true)))
                    .thenApply(result -> result.path("ok").asBoolean());
        }

        @Override
        public CompletionStage<Outcome<Receipt>> start(WidgetId widget, String question, String commandId) {
            return command(commandId, "start", Map.of("widget", widget.value(), "question", question));
        }

        @Override
        public CompletionStage<Outcome<Receipt>> claim(ChatId chat, String commandId) {
            return command(commandId, "claim", Map.of("chat", chat.value()));
        }

        @Override
        public CompletionStage<Outcome<Receipt>> say(ChatId chat, String text, String commandId) {
            return command(commandId, "say", Map.of("chat", chat.value(), "text", text));
        }

        @Override
        public CompletionStage<Outcome<Receipt>> note(ChatId chat, String text, String commandId) {
            return command(commandId, "note", Map.of("chat", chat.value(), "text", text));
        }

        @Override
        public void showLife() {
            socket.send(Map.of("type", "ping"));
        }

        @Override
        public boolean isOver() {
            return over.get();
        }

        @Override
        public void stopReading() {
            reading = false;
        }

        @Override
        public void vanish() {
            if (!over.getAndSet(true)) {
                socket.reset();
            }
        }

        @Override
        public List<Heard> heard() {
            return List.copyOf(heard);
        }
    }
}
