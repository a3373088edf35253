package org.libcoop.transport.websocket.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.CloseReason;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.libcoop.refusal.Outcome;
import org.libcoop.refusal.Refusal;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.transport.websocket.WebSocketTransport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's connection: comes back by itself, keeps what was asked until it is answered, shows signs of life. All of it
 * runs one step after the other ({@link Steps}), so nothing here is locked and whoever calls is never made to wait.
 */
final class Wire {

    /** What a client does with what comes. Called one step at a time. */
    interface Role {
        /** {@code patron} or {@code operator}. */
        String name();

        /** What the client has of which chats: chat ids and the last entry of each without a gap. */
        Map<String, Long> held();

        void welcomed(JsonNode welcome);

        void noticed(JsonNode notice);

        void changed(ConnectionState state);
    }

    private record Question(ObjectNode frame, CompletableFuture<Outcome<JsonNode>> answer, int repeats) {}

    private static final Logger LOG = LoggerFactory.getLogger(Wire.class);
    private static final int LONGEST = 30;
    private static final int REPEATS = 6;
    private static final int DENIALS = 2;
    private static final int MISSED = 3;
    private static final int MESSAGE_LIMIT = 4 * 1024 * 1024;
    private static final int QUESTIONS = 10_000;
    private static final Duration FIRST_REPEAT = Duration.ofMillis(200);
    private static final Duration UNTIL_HELLO = Duration.ofSeconds(30);
    private static final Duration AFTER_TOO_MANY = Duration.ofMinutes(1);
    private static final int DENIED = 4401;
    private static final int TOO_MANY = 4429;
    private static final Set<Integer> NOT_UNCHANGED = Set.of(1003, 4400, 4413);

    private static final JsonMapper JSON = JsonMapper.builder().build();

    static {
        JSON.getFactory()
                .setStreamReadConstraints(
                        StreamReadConstraints.builder().maxNestingDepth(50).build());
    }

    private final ClientOptions options;
    private final Role role;
    private final Steps steps;
    private final Map<String, Question> open = new LinkedHashMap<>();
    private volatile ConnectionState state = ConnectionState.IDLE;
    private @Nullable Line line;
    private @Nullable ScheduledFuture<?> nextAttempt;
    private int attempt;
    private int denials;
    private int frameLimit = Integer.MAX_VALUE;
    private Duration heartbeat = UNTIL_HELLO.dividedBy(MISSED);
    private long heardAt;

    Wire(ClientOptions options, Role role) {
        this.options = options;
        this.role = role;
        this.steps = new Steps(options.executor());
    }

    ConnectionState state() {
        return state;
    }

    /** Runs {@code step} between the others. */
    void step(Runnable step) {
        steps.add(step);
    }

    /** Connects, and from then on again and again; nothing while it is at it already. */
    void connect() {
        steps.add(() -> {
            if (state != ConnectionState.CLOSED && line == null && state != ConnectionState.WAITING) {
                attempt = 0;
                denials = 0;
                open();
            }
        });
    }

    /** Ends the connection for good; what has no answer yet is answered with {@code unknown-outcome}. */
    void close() {
        steps.add(() -> {
            letGo(1000);
            if (nextAttempt != null) {
                nextAttempt.cancel(false);
            }
            become(ConnectionState.CLOSED);
            giveUp("the client was closed");
        });
    }

    /** Sends a command; it is sent again under its id until there is an answer. */
    CompletionStage<Outcome<JsonNode>> command(String id, String what, ObjectNode fields) {
        return ask(fields.put("type", "command").put("id", id).put("do", what));
    }

    CompletionStage<Outcome<JsonNode>> query(String what, ObjectNode fields) {
        return ask(fields.put("type", "query")
                .put("id", UUID.randomUUID().toString())
                .put("ask", what));
    }

    /** Sends what may be lost, if there is a connection. */
    void whisper(String type, ObjectNode fields) {
        steps.add(() -> {
            if (state == ConnectionState.ONLINE && line != null) {
                line.send(fields.put("type", type).toString());
            }
        });
    }

    private CompletionStage<Outcome<JsonNode>> ask(ObjectNode frame) {
        CompletableFuture<Outcome<JsonNode>> answer = new CompletableFuture<>();
        steps.add(() -> {
            int bytes = frame.toString().getBytes(StandardCharsets.UTF_8).length;
            if (bytes > frameLimit) {
                answer.complete(Outcome.refused(RefusalCode.TOO_LARGE, "too long to be sent"));
            } else if (ended()) {
                answer.complete(Outcome.refused(RefusalCode.UNAVAILABLE, "there is no connection"));
            } else if (open.size() >= QUESTIONS) {
                answer.complete(Outcome.refused(RefusalCode.BUSY, "too much is under way"));
            } else {
                open.put(frame.path("id").textValue(), new Question(frame, answer, 0));
                if (state == ConnectionState.ONLINE && line != null) {
                    line.send(frame.toString());
                }
            }
        });
        return answer;
    }

    private boolean ended() {
        return state == ConnectionState.CLOSED || state == ConnectionState.DENIED || state == ConnectionState.FAILED;
    }

    // ---- The connection

    private void open() {
        become(ConnectionState.CONNECTING);
        heartbeat = UNTIL_HELLO.dividedBy(MISSED);
        heardAt = System.nanoTime();
        Line next = new Line();
        line = next;
        watch(next);
        elsewhere(next::dial);
    }

    /** One attempt, and the socket that came of it. What it reports after it was replaced counts for nothing. */
    private final class Line extends Endpoint {

        private final Queue<String> waiting = new ArrayDeque<>();
        private final List<ScheduledFuture<?>> timers = new ArrayList<>();
        private String token = "";
        private @Nullable Session session;
        private boolean sending;
        private boolean dropped;

        void dial() {
            ClientEndpointConfig config = ClientEndpointConfig.Builder.create()
                    .preferredSubprotocols(List.of(WebSocketTransport.PROTOCOL))
                    .configurator(new OriginHeader(options.origin()))
                    .build();
            try {
                token = options.token().get();
                options.container().connectToServer(this, config, options.endpoint());
            } catch (DeploymentException | IOException | RuntimeException failed) {
                LOG.debug("No connection", failed);
                steps.add(() -> lost(this, 1006));
            }
        }

        @Override
        public void onOpen(Session opened, EndpointConfig config) {
            opened.setMaxTextMessageBufferSize(MESSAGE_LIMIT);
            opened.addMessageHandler(
                    String.class, (MessageHandler.Whole<String>) text -> steps.add(() -> received(this, text)));
            steps.add(() -> {
                session = opened;
                if (dropped) {
                    closeQuietly(opened, 1000);
                }
            });
        }

        @Override
        public void onClose(Session closed, CloseReason reason) {
            steps.add(() -> lost(this, reason.getCloseCode().getCode()));
        }

        @Override
        public void onError(Session failed, Throwable thrown) {
            LOG.debug("A connection failed", thrown);
        }

        /** One send in flight: what the API promises about more differs by container. */
        void send(String text) {
            waiting.add(text);
            next();
        }

        private void next() {
            String text = sending || session == null ? null : waiting.poll();
            if (text == null || session == null) {
                return;
            }
            sending = true;
            try {
                session.getAsyncRemote().sendText(text, result -> steps.add(() -> sent(result)));
            } catch (RuntimeException gone) {
                LOG.debug("The connection is gone", gone);
                lost(this, 1006);
            }
        }

        private void sent(SendResult result) {
            sending = false;
            if (result.isOK()) {
                next();
            } else {
                lost(this, 1006);
            }
        }

        void drop(int code) {
            dropped = true;
            timers.forEach(timer -> timer.cancel(false));
            Session opened = session;
            if (opened != null) {
                closeQuietly(opened, code);
            }
        }

        void after(Duration delay, Runnable step) {
            timers.removeIf(ScheduledFuture::isDone);
            ScheduledFuture<?> timer = later(delay, () -> {
                if (line == this) {
                    step.run();
                }
            });
            if (timer != null) {
                timers.add(timer);
            }
        }
    }

    /** On some containers closing waits for a peer that does not read. */
    private void closeQuietly(Session session, int code) {
        elsewhere(() -> {
            try {
                session.close(new CloseReason(CloseReason.CloseCodes.getCloseCode(code), ""));
            } catch (IOException | RuntimeException gone) {
                LOG.debug("A session could not be closed in order", gone);
            }
        });
    }

    /** Runs what may wait for the network; nothing, once the executor is down. */
    private void elsewhere(Runnable task) {
        try {
            options.executor().execute(task);
        } catch (RejectedExecutionException down) {
            LOG.debug("The executor takes nothing more", down);
        }
    }

    /** Runs a step later; null, and never, once the executor is down. */
    private @Nullable ScheduledFuture<?> later(Duration delay, Runnable step) {
        try {
            return options.executor().schedule(() -> steps.add(step), delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException down) {
            LOG.debug("The executor takes nothing more", down);
            return null;
        }
    }

    private void lost(Line lost, int code) {
        if (line != lost) {
            return;
        }
        letGo(1000);
        if (NOT_UNCHANGED.contains(code)) {
            stop(ConnectionState.FAILED);
        } else if (code == DENIED && ++denials >= DENIALS) {
            stop(ConnectionState.DENIED);
        } else {
            retry(code == TOO_MANY ? AFTER_TOO_MANY : Duration.ZERO);
        }
    }

    private void stop(ConnectionState why) {
        become(why);
        giveUp("there is no connection");
    }

    private void giveUp(String why) {
        List<Question> left = List.copyOf(open.values());
        open.clear();
        left.forEach(question -> question.answer().complete(Outcome.refused(RefusalCode.UNKNOWN_OUTCOME, why)));
    }

    private void letGo(int code) {
        Line old = line;
        line = null;
        if (old != null) {
            old.drop(code);
        }
    }

    private void retry(Duration atLeast) {
        become(ConnectionState.WAITING);
        long longest = options.firstDelay().toMillis() * Math.min(LONGEST, 1L << Math.min(attempt++, LONGEST));
        long delay = atLeast.toMillis() + ThreadLocalRandom.current().nextLong(longest / 2, longest + 1);
        nextAttempt = later(Duration.ofMillis(delay), this::openAgain);
    }

    private void openAgain() {
        if (state == ConnectionState.WAITING) {
            open();
        }
    }

    private void become(ConnectionState next) {
        if (state != next) {
            state = next;
            role.changed(next);
        }
    }

    // ---- Frames

    private void received(Line from, String text) {
        if (line != from) {
            return;
        }
        heardAt = System.nanoTime();
        JsonNode frame;
        try {
            frame = JSON.readTree(text);
        } catch (JsonProcessingException malformed) {
            LOG.warn("The server sent what is no JSON");
            lost(from, 1006);
            return;
        }
        switch (frame.path("type").asText()) {
            case "hello" -> greeted(from, frame);
            case "welcome" -> welcomed(from, frame);
            case "result" -> answered(from, frame);
            case "notices" -> frame.path("notices").forEach(role::noticed);
            case "reconnect" -> moveOn(from, frame.path("withinMillis").asLong());
            default -> LOG.trace("A frame that is not for this client");
        }
    }

    private void greeted(Line from, JsonNode hello) {
        heartbeat = Duration.ofMillis(Math.max(1, hello.path("heartbeatMillis").asLong(10_000)));
        frameLimit = hello.path("frameLimit").asInt(Integer.MAX_VALUE);
        ObjectNode auth =
                JsonNodeFactory.instance.objectNode().put("type", "auth").put("role", role.name());
        auth.put("token", from.token);
        ArrayNode resume = auth.putArray("resume");
        role.held()
                .forEach((chat, after) -> resume.addObject().put("chat", chat).put("after", after));
        from.send(auth.toString());
    }

    private void welcomed(Line from, JsonNode welcome) {
        attempt = 0;
        denials = 0;
        role.welcomed(welcome);
        become(ConnectionState.ONLINE);
        open.values().forEach(question -> from.send(question.frame().toString()));
        ping(from);
    }

    private void ping(Line to) {
        to.send("{\"type\":\"ping\"}");
        double share = 0.9 + ThreadLocalRandom.current().nextDouble() / 5;
        to.after(Duration.ofMillis((long) (heartbeat.toMillis() * share)), () -> ping(to));
    }

    /** A connection that has gone quiet is not waited for: its closing handshake might never end. */
    private void watch(Line watched) {
        Duration quiet = Duration.ofNanos(System.nanoTime() - heardAt);
        Duration left = heartbeat.multipliedBy(MISSED).minus(quiet);
        if (left.isNegative() || left.isZero()) {
            lost(watched, 1006);
        } else {
            watched.after(left.compareTo(heartbeat) < 0 ? left : heartbeat, () -> watch(watched));
        }
    }

    /** Not everybody at once. */
    private void moveOn(Line from, long withinMillis) {
        long delay = (long) (withinMillis * 0.8 * ThreadLocalRandom.current().nextDouble());
        from.after(Duration.ofMillis(delay), () -> {
            letGo(1000);
            retry(Duration.ZERO);
        });
    }

    private void answered(Line from, JsonNode result) {
        String id = result.path("id").asText();
        Question asked = open.get(id);
        if (asked == null) {
            return;
        }
        if (result.path("ok").asBoolean()) {
            open.remove(id);
            asked.answer().complete(Outcome.done(result));
        } else if (result.path("repeat").asText().equals("same-id") && asked.repeats() < REPEATS) {
            open.put(id, new Question(asked.frame(), asked.answer(), asked.repeats() + 1));
            long pause = FIRST_REPEAT.toMillis() << asked.repeats();
            from.after(
                    Duration.ofMillis(ThreadLocalRandom.current().nextLong(pause / 2, pause * 2)),
                    () -> repeat(from, id));
        } else {
            open.remove(id);
            asked.answer().complete(Outcome.refused(refusal(result)));
        }
    }

    private void repeat(Line to, String id) {
        Question asked = open.get(id);
        if (asked != null) {
            to.send(asked.frame().toString());
        }
    }

    /** A code that this version does not know is taken by what it says about repeating. */
    private static Refusal refusal(JsonNode result) {
        RefusalCode otherwise = switch (result.path("repeat").asText()) {
            case "same-id" -> RefusalCode.BUSY;
            case "later" -> RefusalCode.UNAVAILABLE;
            default -> RefusalCode.NOT_ALLOWED;
        };
        return Refusal.of(
                RefusalCode.of(result.path("code").asText()).orElse(otherwise),
                result.path("message").asText());
    }
}
