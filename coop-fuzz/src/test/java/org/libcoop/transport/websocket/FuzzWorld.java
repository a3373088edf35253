package org.libcoop.transport.websocket;

import static org.libcoop.fuzz.Laws.require;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.util.concurrent.MoreExecutors;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.libcoop.CoopEngine;
import org.libcoop.chat.Chat;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Logged;
import org.libcoop.directory.Directory;
import org.libcoop.directory.OperatorId;
import org.libcoop.fuzz.Libraries;
import org.libcoop.memory.InMemoryArchive;
import org.libcoop.memory.InMemoryStore;
import org.libcoop.presence.OperatorPresence;
import org.libcoop.spi.Principal;
import org.libcoop.testkit.CountingIds;
import org.libcoop.testkit.SimulatedClock;

/**
 * Some libraries in the middle of their work: one chat waits, one is being answered, one is over, and everybody is connected.
 * The clock stands still, everything runs on the calling thread: the same input meets the same world.
 */
final class FuzzWorld implements AutoCloseable {

    static final String TICKET = "ticket-of-";
    static final int FRAME_LIMIT = 16 * 1024;

    /** Through whose connection an input comes. */
    enum Who {
        /** Nobody yet: the input is the first frame. */
        STRANGER("", ""),
        WAITING_PATRON("patron", "w".repeat(32)),
        SERVED_PATRON("patron", "s".repeat(32)),
        FORMER_PATRON("patron", "f".repeat(32)),
        NEW_PATRON("patron", "n".repeat(32)),
        /** Owns a chat, and has reached the limit. */
        OWNER("operator", TICKET + "ana"),
        /** Works for a partner library, and may claim the chat that waits. */
        PARTNER("operator", TICKET + "olga"),
        /** Not signed in. */
        AWAY("operator", TICKET + "ben");

        final String role;
        final String token;

        Who(String role, String token) {
            this.role = role;
            this.token = token;
        }

        String auth() {
            return Json.write(
                    Json.object().put("type", "auth").put("role", role).put("token", token));
        }
    }

    /** All that is kept, and all that is answered from it. */
    record Look(
            String cursor,
            List<Chat> chats,
            List<List<Logged>> logs,
            List<Set<OperatorId>> notified,
            List<List<OperatorPresence>> presence,
            Directory directory) {}

    private static final Directory DIRECTORY = Libraries.directory()
            .policy("frameLimit", "16 KiB")
            .policy("operatorLimit", "1")
            .build();

    private final SimulatedClock clock = new SimulatedClock();
    private final InMemoryStore store = new InMemoryStore(clock);
    private final WebSocketTransport transport;
    private final CoopEngine engine;
    /** Everybody's other page, so that the end of a connection is nobody's end. */
    private final Map<Who, FuzzPeer> bystanders = new EnumMap<>(Who.class);

    private final Map<Who, FuzzPeer> peers = new EnumMap<>(Who.class);
    private final List<ChatId> chats = new ArrayList<>();
    private int uses;

    FuzzWorld() {
        transport = WebSocketTransport.builder(credentials -> principal(credentials.role(), credentials.token()))
                .peerAddress((request, properties) -> "192.0.2.1")
                .executor(MoreExecutors.newDirectExecutorService())
                .build();
        engine = CoopEngine.builder()
                .clock(clock)
                .store(store)
                .archive(new InMemoryArchive())
                .ids(new CountingIds())
                .executor(clock.executor())
                .sweepEvery(Duration.ofSeconds(10))
                .directory(DIRECTORY)
                .transport(transport)
                .build();
        for (Who who : Who.values()) {
            if (who != Who.STRANGER) {
                bystanders.put(who, connect(who));
            }
        }
        for (Who who : List.of(Who.OWNER, Who.PARTNER)) {
            done(who, Json.object().put("do", "sign-in"));
        }
        done(Who.OWNER, monitor("department", "reference"));
        done(Who.PARTNER, monitor("coop", "academic"));
        start(Who.FORMER_PATRON);
        done(Who.OWNER, Json.object().put("do", "claim").put("chat", chat(0)));
        done(Who.OWNER, Json.object().put("do", "end").put("chat", chat(0)).put("disposition", "answered"));
        start(Who.SERVED_PATRON);
        done(Who.OWNER, Json.object().put("do", "claim").put("chat", chat(1)));
        start(Who.WAITING_PATRON);
        clock.advance(Duration.ofSeconds(20)); // the co-op is open, its backup staff are next
        bystanders.values().forEach(FuzzPeer::take);
    }

    private static Optional<Principal> principal(String role, String token) {
        if (role.equals("patron")) {
            return Principal.OfPatron.fits(token) ? Optional.of(new Principal.OfPatron(token)) : Optional.empty();
        }
        return token.startsWith(TICKET) && token.length() > TICKET.length()
                ? Libraries.STAFF.stream()
                        .filter(token.substring(TICKET.length())::equals)
                        .findFirst()
                        .map(id -> new Principal.OfOperator(OperatorId.of(id)))
                : Optional.empty();
    }

    private static ObjectNode monitor(String kind, String id) {
        ObjectNode monitor = Json.object().put("do", "monitor").put("on", true);
        monitor.putObject("option").put("kind", kind).put("id", id);
        return monitor;
    }

    private void start(Who who) {
        JsonNode result = done(
                who,
                Json.object()
                        .put("do", "start")
                        .put("widget", "databases")
                        .put("name", "Stewart")
                        .put("question", "?"));
        chats.add(ChatId.of(result.path("chat").textValue()));
    }

    private JsonNode done(Who who, ObjectNode command) {
        FuzzPeer peer = bystanders.get(who);
        peer.take();
        command.put("type", "command").put("id", "before-" + uses++);
        peer.send(Json.write(command));
        JsonNode result = peer.take().stream()
                .map(FuzzPeer::json)
                .filter(frame -> frame.path("type").asText().equals("result"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no result of " + command));
        require(result.path("ok").booleanValue(), "%s: %s", command, result);
        return result;
    }

    private FuzzPeer connect(Who who) {
        FuzzPeer peer = new FuzzPeer(transport);
        require(
                peer.take().toString().startsWith("[{\"type\":\"hello\""),
                "no hello for %s: %d",
                who,
                peer.closeCode());
        if (who != Who.STRANGER) {
            peer.send(who.auth());
            require(peer.take().toString().startsWith("[{\"type\":\"welcome\""), "%s is not welcome", who);
        }
        return peer;
    }

    /** The connection that is used up: it has said hello, and welcome unless a stranger's. */
    FuzzPeer peer(Who who) {
        uses++;
        FuzzPeer known = peers.get(who);
        if (known == null || known.closeCode() != 0) {
            known = connect(who);
            peers.put(who, known);
            overheard(); // another page of somebody is told what waits, and the first one again
        }
        return known;
    }

    /** So many connections there should be. */
    int connections() {
        return bystanders.size()
                + (int) peers.values().stream()
                        .filter(peer -> peer.closeCode() == 0)
                        .count();
    }

    WebSocketTransport transport() {
        return transport;
    }

    /** What the others were sent since the last call. */
    List<String> overheard() {
        List<String> all = new ArrayList<>();
        bystanders.values().forEach(peer -> {
            require(peer.closeCode() == 0, "another's connection was ended with %d", peer.closeCode());
            all.addAll(peer.take());
        });
        return all;
    }

    /** How often the connections were used: there is a limit on messages, which is not what is tried here. */
    int uses() {
        return uses;
    }

    /** The chats: one that is over, one that is claimed, one that waits. */
    String chat(int number) {
        return chats.get(number).value();
    }

    InMemoryStore store() {
        return store;
    }

    Look look() {
        List<Chat> heads = new ArrayList<>();
        List<List<Logged>> logs = new ArrayList<>();
        List<Set<OperatorId>> notified = new ArrayList<>();
        for (ChatId id : chats) {
            heads.add(store.chat(id).orElse(null));
            logs.add(store.log(id, 0, 1_000));
            notified.add(engine.inspect(id).orElseThrow().notified());
        }
        for (Chat live : store.live(null)) {
            if (!chats.contains(live.id())) {
                heads.add(live);
            }
        }
        return new Look(
                store.cursor(),
                heads,
                logs,
                notified,
                Libraries.STAFF.stream()
                        .map(id -> store.presence(OperatorId.of(id), 0))
                        .toList(),
                engine.directory());
    }

    /** Every chat there is. */
    List<ChatId> everyChat() {
        List<ChatId> all = new ArrayList<>(chats);
        store.live(null).stream()
                .map(Chat::id)
                .filter(id -> !chats.contains(id))
                .forEach(all::add);
        return all;
    }

    @Override
    public void close() {
        bystanders.values().forEach(FuzzPeer::hangUp);
        peers.values().forEach(FuzzPeer::hangUp);
        engine.close();
        store.close();
    }
}
