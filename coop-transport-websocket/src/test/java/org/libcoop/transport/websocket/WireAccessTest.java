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
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.Stage;
import org.libcoop.refusal.Refusal;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.spi.Principal;
import org.libcoop.spi.Transport;
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
        Pattern words = Pattern.compile("(?:command|asked|listed)\\(\\s*\"([a-z-]+)\"");
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
                    Operation.READ_AT_HOME,
                    Operation.READ_OF_COOP,
                    Operation.REDACT,
                    Operation.DELETE_CONTENT,
                    Operation.EMAIL_TRANSCRIPT);
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
            return new Peer(client, who instanceof Principal.OfPatron);
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
    private record Peer(TestClient client, boolean ofPatron) implements AccessActor {

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
