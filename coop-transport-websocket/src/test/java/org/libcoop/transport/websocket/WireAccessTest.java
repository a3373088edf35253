package org.libcoop.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.glassfish.tyrus.client.ClientManager;
import org.glassfish.tyrus.client.ClientProperties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.libcoop.CoopEngine;
import org.libcoop.access.Operation;
import org.libcoop.chat.ChatId;
import org.libcoop.container.Container;
import org.libcoop.directory.CoopAccount;
import org.libcoop.directory.CoopAccount.Level;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.DepartmentId;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.Stage;
import org.libcoop.refusal.Refusal;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.spi.Principal;
import org.libcoop.spi.Transport;
import org.libcoop.talk.Room;
import org.libcoop.testkit.junit.AccessActor;
import org.libcoop.testkit.junit.AccessContract;
import org.libcoop.testkit.junit.AccessDoor;

/** The WebSocket keeps the access table: every frame that asks for something is tried by everybody, of both roles. */
class WireAccessTest extends AccessContract {

    /** What is about nothing but oneself: one's own newest chat, and the start of it, which is open to everybody (W5). */
    private static final Set<String> OF_NOBODY_ELSE = Set.of("start", "chat");

    private static final ClientManager CLIENTS = ClientManager.createClient();

    @BeforeAll
    static void share() {
        CLIENTS.getProperties().put(ClientProperties.SHARED_CONTAINER, true);
    }

    @AfterAll
    static void end() {
        CLIENTS.shutdown();
    }

    @Override
    protected AccessDoor open() {
        return new Door();
    }

    @Test
    void everyCommandAndQueryOfTheWireIsTried() {
        Set<String> tried = new TreeSet<>(OF_NOBODY_ELSE);
        Pattern words = Pattern.compile("(?:command|ask(?:ed)?|listed)\\(\\s*\"([a-z-]+)\"");
        words.matcher(text(Path.of("src/test/java/org/libcoop/transport/websocket/WireAccessTest.java")))
                .results()
                .forEach(word -> tried.add(word.group(1)));
        Set<String> known = new TreeSet<>();
        for (String party : List.of("OperatorParty", "PatronParty")) {
            String source = text(Path.of("src/main/java/org/libcoop/transport/websocket/" + party + ".java"));
            Pattern.compile("case \"([a-z-]+)\" ->")
                    .matcher(source)
                    .results()
                    .forEach(word -> known.add(word.group(1)));
        }

        assertThat(known).hasSizeGreaterThan(20);
        assertThat(tried).isEqualTo(known);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    /** An endpoint in a container of its own, for one engine. */
    private static final class Door implements AccessDoor {

        private final WebSocketTransport transport;
        private final Container container = Container.Kind.JETTY.create();
        private final List<TestClient> clients = new ArrayList<>();
        private final int port;

        Door() {
            transport = WebSocketTransport.builder(credentials -> Optional.of(
                            credentials.role().equals("patron")
                                    ? new Principal.OfPatron(credentials.token())
                                    : new Principal.OfOperator(OperatorId.of(credentials.token()))))
                    .build();
            try {
                port = container.start(transport.endpointConfig("/coop"), 0);
            } catch (Exception failed) {
                throw new IllegalStateException("the container did not start", failed);
            }
        }

        @Override
        public Optional<Transport<CoopEngine>> transport() {
            return Optional.of(transport);
        }

        /** They are the Java sessions' only. */
        @Override
        public Set<Operation> lacks() {
            return EnumSet.of(
                    Operation.SET_COVERAGE,
                    Operation.SAVE_WIDGET,
                    Operation.BLOCK,
                    Operation.BLOCK_IN_COOP,
                    Operation.EXPEL,
                    Operation.SEE_BLOCKS,
                    Operation.LIFT_BLOCK,
                    Operation.EXPORT_PATRON_DATA,
                    Operation.ERASE_PATRON_DATA,
                    Operation.SET_RETENTION,
                    Operation.READ_AT_HOME,
                    Operation.READ_OF_COOP,
                    Operation.REDACT,
                    Operation.DELETE_CONTENT,
                    Operation.READ_AUDIT,
                    Operation.GIVE_FEEDBACK,
                    Operation.DISCUSS_FEEDBACK,
                    Operation.EMAIL_TRANSCRIPT,
                    Operation.SHARE_FILE,
                    Operation.READ_FILE,
                    Operation.OPEN_TICKET,
                    Operation.SEE_TICKETS,
                    Operation.SEARCH_FAQ,
                    Operation.SEARCH_FAQ_OF_CHAT,
                    Operation.READ_STAFFING_FAQ,
                    Operation.SEND_FAQ,
                    Operation.SEE_CARD,
                    Operation.SAVE_CARD,
                    Operation.SEE_CANNED,
                    Operation.SAVE_CANNED);
        }

        @Override
        public AccessActor actor(CoopEngine engine, Principal who) {
            TestClient client = Rig.connect(CLIENTS, port, null);
            clients.add(client);
            if (who instanceof Principal.OfPatron patron) {
                client.auth("patron", patron.key());
            } else {
                client.auth("operator", ((Principal.OfOperator) who).operator().value());
            }
            client.frame("welcome");
            return new Peer(
                    client,
                    who instanceof Principal.OfPatron,
                    who instanceof Principal.OfOperator staff ? staff.operator().value() : "");
        }

        @Override
        public void close() {
            clients.forEach(TestClient::close);
            try {
                container.stop();
            } catch (Exception failed) {
                throw new IllegalStateException("the container did not stop", failed);
            }
            clients.forEach(TestClient::assertRight);
        }
    }

    /** Sends everything, whether or not it is for its role. */
    private record Peer(TestClient client, boolean ofPatron, String name) implements AccessActor {

        private static Map<String, Object> of(ChatId chat) {
            return new LinkedHashMap<>(Map.of("chat", chat.value()));
        }

        private static Map<String, Object> with(ChatId chat, String name, Object value) {
            Map<String, Object> fields = of(chat);
            fields.put(name, value);
            return fields;
        }

        private static Map<String, Object> named(Option option) {
            return Map.of("kind", Json.kebab(option.kind()), "id", option.id());
        }

        private static Map<String, Object> named(Stage stage) {
            Map<String, Object> named = new LinkedHashMap<>(named(stage.option()));
            named.put("backup", stage.backup());
            return named;
        }

        private static Map<String, Object> account(OperatorId who, CoopId coop) {
            return new LinkedHashMap<>(Map.of("who", who.value(), "in", coop.value()));
        }

        private Answer command(String what, Map<String, ?> fields) {
            return answer(client.result(sender().command(what, fields)));
        }

        private Answer asked(String what, Map<String, ?> fields) {
            return answer(sender().ask(what, fields));
        }

        private Set<ChatId> listed(String what) {
            Set<ChatId> chats = new HashSet<>();
            client.ask(what, Map.of()).path("value").findValuesAsText("chat").forEach(id -> chats.add(ChatId.of(id)));
            return chats;
        }

        /** What the other role sends is not in the description of this one's frames. */
        private TestClient sender() {
            return ofPatron ? client.wrongly() : client;
        }

        private static Answer answer(JsonNode result) {
            return result.path("ok").asBoolean()
                    ? Answer.done()
                    : Answer.refused(Refusal.of(
                            RefusalCode.of(result.path("code").asText()).orElseThrow(),
                            result.path("message").asText()));
        }

        /** A patron's own newest chat is the only one it can ask about. */
        private Answer ofPatron(ChatId chat, Answer answer) {
            JsonNode mine = client.ask("chat", Map.of());
            return mine.path("value").path("state").path("chat").asText().equals(chat.value()) ? answer : Answer.none();
        }

        @Override
        public Answer chat(ChatId chat) {
            return ofPatron ? ofPatron(chat, Answer.done()) : conversation(chat);
        }

        @Override
        public Answer conversation(ChatId chat) {
            return ofPatron
                    ? ofPatron(chat, answer(client.ask("conversation", Map.of())))
                    : asked("conversation", of(chat));
        }

        @Override
        public Answer preview(ChatId chat) {
            return asked("preview", of(chat));
        }

        @Override
        public Answer claim(ChatId chat) {
            return command("claim", of(chat));
        }

        @Override
        public Answer dismiss(ChatId chat, String reason) {
            return command("dismiss", with(chat, "reason", reason));
        }

        @Override
        public Answer hurry(ChatId chat, Stage seen) {
            return command("hurry", with(chat, "seen", named(seen)));
        }

        @Override
        public Answer say(ChatId chat, String text) {
            return command("say", with(chat, "text", text));
        }

        @Override
        public Answer release(ChatId chat, String text) {
            if (ofPatron) {
                return Answer.none(); // what it would say, it says
            }
            Map<String, Object> said = with(chat, "text", text);
            said.put("release", true);
            return command("say", said);
        }

        @Override
        public Answer note(ChatId chat, String text) {
            return command("note", with(chat, "text", text));
        }

        @Override
        public Answer typing(ChatId chat) {
            client.send(Map.of("type", "typing", "chat", chat.value(), "on", true));
            return Answer.done();
        }

        @Override
        public Answer seen(ChatId chat, long seq) {
            client.send(Map.of("type", "seen", "chat", chat.value(), "seq", seq));
            return Answer.done();
        }

        @Override
        public Answer end(ChatId chat) {
            return command("end", with(chat, "disposition", "answered"));
        }

        @Override
        public Answer transfer(ChatId chat, Option to) {
            return command("transfer", with(chat, "to", named(to)));
        }

        @Override
        public Answer withdraw(ChatId chat) {
            return command("withdraw", of(chat));
        }

        @Override
        public Answer transferTargets(ChatId chat) {
            return asked("targets", of(chat));
        }

        @Override
        public Answer accept(ChatId chat) {
            return command("accept", of(chat));
        }

        @Override
        public Answer decline(ChatId chat) {
            return command("decline", of(chat));
        }

        @Override
        public Answer rate(ChatId chat) {
            return answer(client.result(client.wrongly().command("rate", with(chat, "rating", 4))));
        }

        private Map<String, Object> in(Room room) {
            String id = switch (room.kind()) {
                case COOP -> ((Room.OfCoop) room).coop().value();
                case DEPARTMENT -> ((Room.OfDepartment) room).department().value();
                case INSTITUTION -> ((Room.OfInstitution) room).institution().value();
                case PAIR -> ((Room.Pair) room).besides(OperatorId.of(name)).value();
            };
            return new LinkedHashMap<>(Map.of("room", Map.of("kind", Json.kebab(room.kind()), "id", id)));
        }

        /** A room of two is named by the other one: nobody can name one of two others. */
        private boolean canName(Room room) {
            return !(room instanceof Room.Pair pair) || (!ofPatron && pair.has(OperatorId.of(name)));
        }

        @Override
        public Answer posts(Room room) {
            return canName(room) ? asked("posts", in(room)) : Answer.none();
        }

        @Override
        public Answer post(Room room) {
            if (!canName(room)) {
                return Answer.none();
            }
            Map<String, Object> fields = in(room);
            fields.put("text", "hello");
            return command("post", fields);
        }

        @Override
        public Answer seenRoom(Room room) {
            if (!canName(room)) {
                return Answer.none();
            }
            Map<String, Object> fields = in(room);
            fields.put("seq", 1);
            return command("seen-room", fields);
        }

        @Override
        public Set<Room> rooms() {
            Set<Room> rooms = new HashSet<>();
            for (JsonNode open : client.ask("rooms", Map.of()).path("value")) {
                String id = open.path("room").path("id").asText();
                rooms.add(
                        switch (open.path("room").path("kind").asText()) {
                            case "coop" -> Room.coop(CoopId.of(id));
                            case "department" -> Room.department(DepartmentId.of(id));
                            case "institution" -> Room.institution(InstitutionId.of(id));
                            default -> Room.pair(OperatorId.of(name), OperatorId.of(id));
                        });
            }
            return rooms;
        }

        @Override
        public Answer askByTicket(ChatId chat) {
            Map<String, Object> fields = Map.of("chat", chat.value(), "question", "Where?", "email", "a@example.edu");
            return answer(client.result(client.wrongly().command("ticket", fields)));
        }

        @Override
        public Answer active() {
            return command("active", Map.of());
        }

        @Override
        public Answer remaining() {
            return asked("remaining", Map.of());
        }

        @Override
        public Answer endSession(OperatorId colleague) {
            return command("end-session", Map.of("operator", colleague.value()));
        }

        @Override
        public Answer leave(ChatId chat) {
            return answer(client.result(client.wrongly().command("leave", of(chat))));
        }

        @Override
        public Set<ChatId> waiting() {
            return listed("waiting");
        }

        @Override
        public Set<ChatId> owned() {
            return listed("owned");
        }

        @Override
        public Answer signIn() {
            return command("sign-in", Map.of());
        }

        @Override
        public Answer signOut() {
            return command("sign-out", Map.of());
        }

        @Override
        public Answer status() {
            return command("status", Map.of("is", "away"));
        }

        @Override
        public Answer monitor(Option option, boolean on) {
            return command("monitor", Map.of("option", named(option), "on", on));
        }

        @Override
        public Answer online(Stage stage) {
            return asked("online", Map.of("stage", named(stage)));
        }

        @Override
        public Answer accounts(CoopId coop) {
            return asked("accounts", Map.of("in", coop.value()));
        }

        @Override
        public Answer grant(OperatorId who, CoopId coop, Level level) {
            Map<String, Object> fields = account(who, coop);
            fields.put("level", Json.kebab(level));
            return command("grant", fields);
        }

        @Override
        public Answer revoke(CoopAccount account) {
            return command("revoke", account(account.operator(), account.coop()));
        }
    }
}
