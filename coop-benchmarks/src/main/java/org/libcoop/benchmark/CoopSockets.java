package org.libcoop.benchmark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.libcoop.CoopEngine;
import org.libcoop.PatronSession;
import org.libcoop.chat.Content;
import org.libcoop.chat.Receipt;
import org.libcoop.container.Container;
import org.libcoop.directory.Directory;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.WidgetId;
import org.libcoop.memory.InMemoryStore;
import org.libcoop.refusal.Outcome;
import org.libcoop.spi.Authenticator;
import org.libcoop.spi.Clock;
import org.libcoop.spi.Principal;
import org.libcoop.spi.Store;
import org.libcoop.transport.websocket.WebSocketTransport;

/**
 * The whole of it: an engine, its transport, a container. A message to everybody is a chat that opens to the co-op in which all
 * those connected are on duty, or the next time its end; so each is decided, committed to the store in memory and told by the rules.
 */
final class CoopSockets implements Served {

    /** No client is taken for dead or stuck before the measuring is over. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final int LONG_QUESTION = 10_000;

    private final Container container;
    private final WebSocketTransport transport;
    private final CoopEngine engine;
    private final List<PatronSession> open = new ArrayList<>();

    CoopSockets(Container.Kind kind, int operators) {
        this(kind, Libraries.crowd(operators), new InMemoryStore(Clock.system()));
    }

    CoopSockets(Container.Kind kind, Directory directory, Store store) {
        container = kind.create();
        transport = transport();
        engine = CoopEngine.builder()
                .directory(directory)
                .store(store)
                .transport(transport)
                .build();
    }

    /** Takes everybody for who they say they are. */
    static WebSocketTransport transport() {
        return WebSocketTransport.builder(credentials -> Optional.of(principal(credentials)))
                .heartbeat(PATIENCE)
                .sendTimeout(PATIENCE)
                .build();
    }

    private static Principal principal(Authenticator.Credentials credentials) {
        return credentials.role().equals("patron")
                ? new Principal.OfPatron(credentials.token())
                : new Principal.OfOperator(OperatorId.of(credentials.token()));
    }

    @Override
    public int start() throws Exception {
        return container.start(transport.endpointConfig("/coop"), 0);
    }

    @Override
    public String answer(String question, int number) {
        switch (question) {
            case "fan" -> fan(number);
            case "pile" -> all(begin(Libraries.PILE, "x".repeat(LONG_QUESTION), number));
            case "connections" -> {
                return Integer.toString(transport.connections());
            }
            default -> throw new IllegalArgumentException("not for coop: " + question);
        }
        return "done";
    }

    /** So many chats at once, or the end of those there are. */
    private void fan(int chats) {
        if (open.isEmpty()) {
            all(begin(Libraries.ASK, "Do you have this?", chats));
        } else {
            all(open.stream().map(PatronSession::leave).toList());
            open.forEach(PatronSession::disconnect);
            open.clear();
        }
    }

    private List<CompletionStage<Outcome<Receipt>>> begin(WidgetId widget, String question, int chats) {
        List<CompletionStage<Outcome<Receipt>>> begun = new ArrayList<>();
        Content.PatronDetails stewart = new Content.PatronDetails("Stewart", null, null, null, false);
        for (int i = 0; i < chats; i++) {
            PatronSession patron = patron(engine);
            begun.add(patron.startChat(widget, stewart, question));
            if (widget.equals(Libraries.ASK)) {
                open.add(patron);
            }
        }
        return begun;
    }

    /** A patron nobody knows yet. */
    static PatronSession patron(CoopEngine engine) {
        Principal.OfPatron stranger = new Principal.OfPatron("key-of-" + UUID.randomUUID());
        return engine.connectPatron(stranger, "", notice -> {}).orElseThrow();
    }

    private static void all(List<CompletionStage<Outcome<Receipt>>> stages) {
        stages.forEach(stage -> stage.toCompletableFuture().join().orElseThrow());
    }
}
