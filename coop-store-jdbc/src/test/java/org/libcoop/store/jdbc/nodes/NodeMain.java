package org.libcoop.store.jdbc.nodes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.zaxxer.hikari.HikariDataSource;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.libcoop.CoopEngine;
import org.libcoop.OperatorSession;
import org.libcoop.PatronSession;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Content;
import org.libcoop.chat.Disposition;
import org.libcoop.chat.Receipt;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.WidgetId;
import org.libcoop.refusal.Outcome;
import org.libcoop.refusal.Refusal;
import org.libcoop.spi.Notice;
import org.libcoop.spi.Peer;
import org.libcoop.spi.Principal;
import org.libcoop.spi.Store;
import org.libcoop.store.jdbc.JdbcArchive;
import org.libcoop.store.jdbc.JdbcStore;
import org.libcoop.testkit.history.ClaimRecorder;

/**
 * One node as a process: an engine on the database it is given. Requests come in as lines of JSON, answers and notices go out the
 * same way; it ends when its input does. Arguments: the database's address, and policies,
 * name and value in turn.
 */
public final class NodeMain {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final CoopEngine engine;
    private final CrashPoints crashes;
    private final Contest contest = new Contest();
    private final OutputStream out = new FileOutputStream(FileDescriptor.out);
    private final Map<String, OperatorSession> operators = new ConcurrentHashMap<>();
    private final Map<String, PatronSession> patrons = new ConcurrentHashMap<>();

    private NodeMain(CoopEngine engine, CrashPoints crashes) {
        this.engine = engine;
        this.crashes = crashes;
    }

    /** Runs the node until its input ends. */
    public static void main(String[] arguments) throws IOException {
        CrashPoints crashes = new CrashPoints();
        ExecutorService requests = Executors.newCachedThreadPool();
        try (HikariDataSource pool = Site.pool(arguments[0]);
                JdbcStore jdbc = Site.store(crashes.around(pool))) {
            Store store = crashes.around(jdbc);
            try (CoopEngine engine = Site.engine(
                    store, JdbcArchive.open(pool), List.of(arguments).subList(1, arguments.length))) {
                NodeMain node = new NodeMain(engine, crashes);
                node.write(JSON.createObjectNode().put("ready", true));
                BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    JsonNode request = JSON.readTree(line);
                    if (request.path("do").asText().equals("contest")) {
                        requests.execute(() -> node.contest(request));
                    } else {
                        node.answer(request);
                    }
                }
            }
        } finally {
            requests.shutdownNow();
        }
    }

    private void answer(JsonNode request) {
        long id = request.path("id").asLong();
        CompletionStage<? extends Outcome<Receipt>> outcome;
        try {
            outcome = perform(request);
        } catch (RuntimeException broken) {
            write(JSON.createObjectNode().put("id", id).put("code", "broken: " + broken));
            return;
        }
        outcome.whenComplete((answer, broken) -> {
            ObjectNode line = JSON.createObjectNode().put("id", id);
            if (broken != null) {
                line.put("code", "broken: " + broken);
            } else if (answer.refusal().isPresent()) {
                Refusal refusal = answer.refusal().get();
                line.put("code", refusal.code().code()).put("message", refusal.message());
            } else {
                Receipt receipt = answer.orElseThrow();
                line.put("chat", receipt.chat().value()).put("seq", receipt.seq());
            }
            write(line);
            crashes.reached(CrashPoints.Point.AFTER_ANSWER);
        });
    }

    private CompletionStage<? extends Outcome<Receipt>> perform(JsonNode request) {
        String command = request.path("command").asText();
        ChatId chat = request.has("chat") ? ChatId.of(request.path("chat").asText()) : ChatId.of("-");
        String text = request.path("text").asText();
        return switch (request.path("do").asText()) {
            case "seat" -> seat(request.path("operator").asText());
            case "connect" -> {
                patron(request);
                yield done();
            }
            case "start" -> {
                WidgetId widget = WidgetId.of(request.path("widget").asText());
                yield patron(request).startChat(widget, Content.PatronDetails.NONE, null, command);
            }
            case "ask" -> patron(request).say(text, command);
            case "claim" -> operator(request).claim(chat, command);
            case "reply" -> operator(request).say(chat, text, command);
            case "end" -> operator(request).end(chat, Disposition.ANSWERED, command);
            case "crash" -> {
                crashes.arm(
                        CrashPoints.Point.valueOf(request.path("at").asText()),
                        request.path("after").asInt());
                yield done();
            }
            default -> throw new IllegalArgumentException("no such request: " + request);
        };
    }

    private static CompletionStage<Outcome<Receipt>> done() {
        return CompletableFuture.completedFuture(Outcome.done(new Receipt(ChatId.of("-"), 0)));
    }

    /** Signs an operator in and switches on everything the operator may monitor. */
    private CompletionStage<Outcome<Receipt>> seat(String name) {
        OperatorSession session = operators.computeIfAbsent(
                name,
                key -> engine.connectOperator(OperatorId.of(key), new Teller(key))
                        .orElseThrow());
        Option option = name.equals("olga") ? Site.COOP : Site.DESK;
        return session.signIn()
                .thenCompose(signedIn -> signedIn.refusal().isPresent()
                        ? CompletableFuture.completedFuture(signedIn)
                        : session.monitor(option, true))
                .thenApply(row -> row.map(is -> new Receipt(ChatId.of("-"), 0)));
    }

    private OperatorSession operator(JsonNode request) {
        OperatorSession session = operators.get(request.path("operator").asText());
        if (session == null) {
            throw new IllegalArgumentException("nobody of that name has a seat: " + request);
        }
        return session;
    }

    private PatronSession patron(JsonNode request) {
        String key = request.path("patron").asText();
        return patrons.computeIfAbsent(
                key,
                name -> engine.connectPatron(new Principal.OfPatron(name), "", new Teller(name))
                        .orElseThrow());
    }

    /** Every operator with a seat here claims every chat; it is recorded in the file named. */
    private void contest(JsonNode request) {
        List<ChatId> chats = new ArrayList<>();
        request.path("chats").forEach(chat -> chats.add(ChatId.of(chat.asText())));
        try (ClaimRecorder recorder =
                ClaimRecorder.to(Path.of(request.path("claims").asText()))) {
            List<OperatorSession> everybody = List.copyOf(operators.values());
            contest.hold(everybody, chats, request.path("seed").asLong(), recorder);
        }
        write(JSON.createObjectNode().put("id", request.path("id").asLong()).put("chat", "-"));
    }

    private void write(ObjectNode line) {
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        synchronized (out) {
            try {
                out.write(bytes);
            } catch (IOException gone) {
                // Nobody listens any more.
                Runtime.getRuntime().halt(1);
            }
        }
    }

    /** Passes on what somebody hears of what was said. */
    private final class Teller implements Peer {

        private final String name;

        Teller(String name) {
            this.name = name;
        }

        @Override
        public void deliver(Notice notice) {
            if (notice instanceof Notice.Entry entry && entry.entry().content() instanceof Content.Text text) {
                write(JSON.createObjectNode()
                        .put("heard", name)
                        .put("chat", entry.chat().value())
                        .put("text", text.text()));
            } else if (notice instanceof Notice.Listed listed) {
                write(JSON.createObjectNode()
                        .put("listed", name)
                        .put("chat", listed.chat().chat().value()));
            }
        }
    }
}
