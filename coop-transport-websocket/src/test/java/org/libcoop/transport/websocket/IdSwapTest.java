package org.libcoop.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.libcoop.chat.ChatId;

/**
 * Every request of a chat's life is recorded, and sent again by everybody else with the ids that it names: who has nothing to do with
 * the chat hears the very same as of a chat that does not exist, and nothing of the chat changes (A9).
 */
@Timeout(120)
class IdSwapTest {

    private static final String MISSING = "no-such-chat";

    /** A request as it was sent: a command or a query, by a patron or an operator. */
    private record Request(boolean patron, boolean command, String what, Map<String, Object> fields) {

        Request about(String chat) {
            Map<String, Object> other = new LinkedHashMap<>(fields);
            other.put("chat", chat);
            return new Request(patron, command, what, other);
        }
    }

    /** Somebody whose requests are kept. */
    private record Recorded(TestClient client, boolean patron, List<Request> requests) {

        JsonNode does(String what, Map<String, Object> fields) {
            requests.add(new Request(patron, true, what, fields));
            return client.done(what, fields);
        }

        void asks(String what, Map<String, Object> fields) {
            requests.add(new Request(patron, false, what, fields));
            assertThat(client.ask(what, fields).path("ok").asBoolean()).as(what).isTrue();
        }
    }

    private final List<Request> requests = new ArrayList<>();
    private Rig rig;

    @BeforeEach
    void start() throws Exception {
        rig = Rig.start();
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    /** A chat from its start to its rating, through every request there is about one. */
    private String life() {
        Recorded stewart = new Recorded(rig.patron(), true, requests);
        Recorded ana = new Recorded(rig.onDuty("ana", "department", "reference"), false, requests);
        Recorded ben = new Recorded(rig.operator("ben"), false, requests);
        ben.client().done("sign-in", Map.of());
        String dismissed = new Recorded(rig.patron(), true, new ArrayList<>())
                .does("start", Map.of("widget", "databases"))
                .path("chat")
                .asText();
        ana.does("dismiss", Map.of("chat", dismissed, "reason", "spam"));
        String chat = stewart.does("start", Map.of("widget", "databases"))
                .path("chat")
                .asText();
        Map<String, Object> about = Map.of("chat", chat);
        ana.asks("preview", about);
        ana.does("hurry", Map.of("chat", chat, "seen", Map.of("kind", "coop", "id", "academic")));
        ana.does("claim", about);
        ana.does("say", Map.of("chat", chat, "text", "Hello"));
        stewart.does("say", Map.of("chat", chat, "text", "Hello!"));
        ana.does("note", Map.of("chat", chat, "text", "a regular"));
        ana.asks("conversation", about);
        ana.asks("targets", about);
        Map<String, Object> toBen = Map.of("chat", chat, "to", Map.of("kind", "operator", "id", "ben"));
        ana.does("transfer", toBen);
        ana.does("withdraw", about);
        ana.does("transfer", toBen);
        ben.does("decline", about);
        ana.does("transfer", toBen);
        ben.does("accept", about);
        ben.does("end", Map.of("chat", chat, "disposition", "answered"));
        stewart.does("rate", Map.of("chat", chat, "rating", 5));
        requests.add(new Request(true, true, "leave", about));
        requests.add(new Request(
                true, true, "ticket", Map.of("chat", chat, "question", "Where?", "email", "s@example.edu")));
        return chat;
    }

    @Test
    void aStrangerHearsOfARealChatWhatHeHearsOfNone() {
        String chat = life();
        long before = seq(chat);
        TestClient sven = rig.operator("sven");
        sven.done("sign-in", Map.of());
        TestClient zoe = rig.patron();
        zoe.done("start", Map.of("widget", "databases"));
        Set<String> tried = new TreeSet<>();

        for (Request request : requests) {
            if (request.fields().containsKey("chat")) {
                TestClient stranger = request.patron() ? zoe : sven;
                JsonNode answer = send(stranger, request);

                assertThat(answer.path("code").asText()).as("%s", request).isEqualTo("not-found");
                assertThat(said(answer)).as("%s", request).isEqualTo(said(send(stranger, request.about(MISSING))));
                tried.add(request.what());
            }
        }

        assertThat(tried)
                .contains("preview", "claim", "say", "note", "conversation", "targets", "transfer", "accept", "decline")
                .contains("withdraw", "hurry", "dismiss", "end", "rate", "leave", "ticket");
        assertThat(seq(chat)).as("nothing has changed").isEqualTo(before);
    }

    private long seq(String chat) {
        return rig.engine.inspect(ChatId.of(chat)).orElseThrow().chat().seq();
    }

    @Test
    void theOtherRoleIsToldThatItIsNotForIt() {
        String chat = life();
        TestClient sven = rig.operator("sven");
        TestClient zoe = rig.patron();

        for (Request request : requests) {
            if (request.fields().containsKey("chat")
                    && !request.what().equals("say")
                    && !request.what().equals("conversation")) {
                JsonNode answer = send(request.patron() ? sven : zoe, request);

                assertThat(answer.path("code").asText()).as("%s", request).isEqualTo("not-allowed");
                assertThat(answer.toString()).doesNotContain(chat);
            }
        }
    }

    private static JsonNode send(TestClient client, Request request) {
        return request.command()
                ? client.result(client.wrongly().command(request.what(), request.fields()))
                : client.wrongly().ask(request.what(), request.fields());
    }

    /** An answer without the request's own id. */
    private static String said(JsonNode answer) {
        return answer.path("ok") + " " + answer.path("code") + " " + answer.path("message") + " "
                + answer.path("repeat");
    }
}
