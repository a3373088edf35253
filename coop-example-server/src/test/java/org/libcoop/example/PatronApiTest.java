package org.libcoop.example;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A patron's data and retention over HTTP (X6, A10): Ana is Springy's admin, Ben its librarian, Olga of a partner that answered. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class PatronApiTest {

    private static final String KEY = "a-key-that-a-patron-drew-at-random-0123456789";

    private ExampleServer server;
    private String chat;

    @BeforeEach
    void aChatIsOver() throws Exception {
        server = ExampleServer.start(ExampleServer.directory(null), 0);
        try (SocketClient olga = SocketClient.operator(server.address(), "olga");
                SocketClient patron = SocketClient.presenting(server.address(), "patron", KEY)) {
            patron.frame("welcome");
            olga.command("sign-in", Map.of());
            olga.command("monitor", Map.of("option", Map.of("kind", "coop", "id", "academic"), "on", true));
            patron.command(
                    "start",
                    Map.of(
                            "widget", "databases",
                            "name", "Stewart",
                            "email", "Stewart@Example.org",
                            "question", "Is it open?"));
            chat = olga.frame("listed").path("waiting").path("chat").asText();
            olga.command("claim", Map.of("chat", chat));
            olga.command("note", Map.of("chat", chat, "text", "asks every week"));
            olga.command("end", Map.of("chat", chat, "disposition", "answered"));
        }
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private StaffClient as(String who) throws Exception {
        return StaffClient.signedIn(server.address(), who);
    }

    private JsonNode settings(String who) throws Exception {
        return StaffClient.json(as(who).get("/api/patrons", Map.of()));
    }

    private static Map<String, Object> kept(@Nullable Object anonymise, @Nullable Object delete) {
        Map<String, Object> body = new HashMap<>();
        body.put("anonymise", anonymise);
        body.put("delete", delete);
        return body;
    }

    @Test
    void whatThereIsOfAPatronIsGivenOut() throws Exception {
        JsonNode found =
                StaffClient.json(as("ana").post("/api/patrons/export", Map.of("email", "stewart@example.ORG")));
        JsonNode byChat = StaffClient.json(as("ana").post("/api/patrons/export", Map.of("chat", chat)));
        JsonNode none = StaffClient.json(as("ana").post("/api/patrons/export", Map.of("email", "else@example.org")));

        assertThat(found.path("chats").asLong()).isEqualTo(1);
        assertThat(found.path("lines").asText())
                .contains(chat, "Stewart@Example.org", "Is it open?")
                .doesNotContain("every week")
                .endsWith("\n");
        assertThat(byChat).isEqualTo(found);
        assertThat(none.path("chats").asLong()).isZero();
        assertThat(none.path("lines").asText()).isEmpty();
    }

    @Test
    void whatThereIsOfAPatronIsErased() throws Exception {
        JsonNode erased =
                StaffClient.json(as("ana").post("/api/patrons/erase", Map.of("email", "stewart@example.org")));

        assertThat(erased.path("erased").asInt()).isEqualTo(1);
        assertThat(erased.path("running")).isEmpty();
        JsonNode row = StaffClient.json(as("ana").get("/api/transcripts", Map.of("chat", chat)))
                .path("rows")
                .path(0);
        assertThat(row.path("contentDeleted").asBoolean()).isTrue();
        assertThat(row.path("anonymised").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/export", "/erase", "/retention"})
    void nobodyElseDoesAnyOfIt(String path) throws Exception {
        Map<String, Object> body = kept(1, 1);
        body.put("email", "stewart@example.org");

        assertThat(StaffClient.refusal(new StaffClient(server.address(), "").post("/api/patrons" + path, body)))
                .isEqualTo("401 not-allowed");
        assertThat(StaffClient.refusal(as("ana").post("/api/patrons" + path, body, "Origin", "http://evil.example")))
                .isEqualTo("403 not-allowed");
        for (String who : List.of("ben", "olga")) {
            assertThat(StaffClient.refusal(as(who).post("/api/patrons" + path, body)))
                    .as(who)
                    .isEqualTo("403 not-allowed");
        }
        assertThat(settings("ana").path("anonymise").asInt()).isEqualTo(90);
        assertThat(StaffClient.json(as("ana").get("/api/transcripts", Map.of("text", "open")))
                        .path("rows"))
                .hasSize(1);
    }

    @Test
    void aLocalAdminSetsHowLongTheLibraryKeepsWhat() throws Exception {
        JsonNode before = settings("ana");

        JsonNode after = StaffClient.json(as("ana").post("/api/patrons/retention", kept(30, 365)));
        JsonNode never = StaffClient.json(as("ana").post("/api/patrons/retention", kept(null, null)));

        assertThat(before).hasToString("{\"may\":true,\"anonymise\":90,\"delete\":null}");
        assertThat(after).hasToString("{\"may\":true,\"anonymise\":30,\"delete\":365}");
        assertThat(never).hasToString("{\"may\":true,\"anonymise\":null,\"delete\":null}");
        assertThat(settings("ben").path("may").asBoolean()).isFalse();
        assertThat(settings("ben").path("anonymise").isNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"0", "36501", "-1", "1.5", "soon"})
    void aTimeOutOfBoundsIsRefused(String days) throws Exception {
        Object value = days.matches("-?\\d+") ? Integer.valueOf(days) : days;

        assertThat(StaffClient.refusal(as("ana").post("/api/patrons/retention", kept(value, null))))
                .isEqualTo("400 invalid");
        assertThat(settings("ana").path("anonymise").asInt()).isEqualTo(90);
    }

    @Test
    void whatIsNoQuestionIsRefused() throws Exception {
        assertThat(StaffClient.refusal(as("ana").post("/api/patrons/export", Map.of("email", " "))))
                .isEqualTo("400 invalid");
        assertThat(StaffClient.refusal(as("ana").post("/api/patrons/erase", Map.of())))
                .isEqualTo("400 invalid");
        assertThat(StaffClient.refusal(as("ana").post("/api/patrons/erase", Map.of("chat", "no-such-chat"))))
                .isEqualTo("404 not-found");
        assertThat(StaffClient.refusal(as("ana").post("/api/patrons/nothing", Map.of())))
                .startsWith("404");
    }
}
