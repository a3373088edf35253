package org.libcoop.example;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Transcripts over HTTP (A4, A9, X1–X3, X5): of one chat of Springy University that Olga of Hill College answered through the
 * Academic Co-Op. Ana is Springy's admin, Ben its librarian, Ian the co-op's admin, Pam of another library.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class TranscriptApiTest {

    private static final String KEY = "a-key-that-a-patron-drew-at-random-0123456789";
    private static final Map<String, String> NOTHING = Map.of();
    private static final String SECRET = "My card number is 4711";
    private static final String NOTE = "He wants <b>the article</b>, \"now\"";

    private ExampleServer server;
    private String chat;
    private long secretSeq;

    @BeforeEach
    void aChatIsOver() throws Exception {
        server = ExampleServer.start(ExampleServer.directory(null), 0);
        try (SocketClient olga = SocketClient.operator(server.address(), "olga");
                SocketClient patron = SocketClient.presenting(server.address(), "patron", KEY)) {
            patron.frame("welcome");
            olga.command("sign-in", Map.of());
            olga.command("monitor", Map.of("option", Map.of("kind", "coop", "id", "academic"), "on", true));
            patron.command("start", Map.of("widget", "databases", "name", "Stewart", "question", SECRET));
            chat = olga.frame("listed").path("waiting").path("chat").asText();
            olga.command("claim", Map.of("chat", chat));
            olga.command("say", Map.of("chat", chat, "text", "Let me look."));
            olga.command("note", Map.of("chat", chat, "text", NOTE));
            olga.command("end", Map.of("chat", chat, "disposition", "answered"));
            patron.command("rate", Map.of("chat", chat, "rating", 4, "text", "Quick Olga"));
        }
        for (JsonNode entry : read("ana", "").path("entries")) {
            if (entry.path("text").asText().equals(SECRET)) {
                secretSeq = entry.path("seq").asLong();
            }
        }
        assertThat(secretSeq).isPositive();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/chat", "/export", "/choices", "/outbox"})
    void nobodyIsAnsweredWithoutHavingSignedIn(String path) throws Exception {
        for (String token : List.of("", "made-up")) {
            HttpResponse<String> answer = new StaffClient(server.address(), token)
                    .get("/api/transcripts" + path, Map.of("chat", chat, "format", "csv"));

            assertThat(StaffClient.refusal(answer)).isEqualTo("401 not-allowed");
            assertThat(answer.body()).doesNotContain("4711");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/redact", "/delete", "/email"})
    void nothingIsChangedWithoutHavingSignedInNorFromAnotherPage(String path) throws Exception {
        Map<String, Object> body = Map.of("chat", chat, "seq", secretSeq, "address", "a@example.org");
        String change = "/api/transcripts" + path;

        assertThat(StaffClient.refusal(new StaffClient(server.address(), "").post(change, body)))
                .isEqualTo("401 not-allowed");
        assertThat(StaffClient.refusal(as("ana").post(change, body, "Origin", "http://evil.example")))
                .isEqualTo("403 not-allowed");
        assertThat(StaffClient.refusal(as("ana").post(change, body, "Sec-Fetch-Site", "cross-site")))
                .isEqualTo("403 not-allowed");
        assertThat(StaffClient.refusal(as("ana").post(change, body, "Content-Type", "text/plain")))
                .isEqualTo("415 invalid");
        assertThat(read("ana", "").toString()).contains("4711");
    }

    @Test
    void theHomeAdminFindsAndReadsAllOfIt() throws Exception {
        JsonNode found = StaffClient.json(as("ana").get("/api/transcripts", NOTHING));
        JsonNode transcript = read("ana", "");

        assertThat(found.path("rows").findValuesAsText("chat")).containsExactly(chat);
        assertThat(found.path("rows").path(0).path("answeredBy").path("name").asText())
                .isEqualTo("Olga Olsen");
        assertThat(found.path("rows").path(0).path("through").path("name").asText())
                .isEqualTo("Academic Co-Op");
        assertThat(texts(transcript)).contains(SECRET, "Let me look.", NOTE, "Quick Olga");
        assertThat(transcript.path("entries").findValuesAsText("note")).containsExactly("true");
        assertThat(transcript.path("entries").findValuesAsText("rating")).containsExactly("4");
        assertThat(may(transcript)).containsExactlyInAnyOrder("redact", "delete", "email");
    }

    @ParameterizedTest
    @CsvSource({
        "text,        4711,       1",
        "text,        nowhere,    0",
        "operator,    olga,       1",
        "operator,    ana,        0",
        "institution, hill,       1",
        "institution, river,      0",
        "outcome,     answered,   1",
        "outcome,     missed,     0",
        "widget,      databases,  1",
        "widget,      ask-ana,    0",
        "from,        2000-01-01T00:00:00Z, 1",
        "to,          2000-01-01T00:00:00Z, 0",
    })
    void filtersNarrow(String filter, String value, int found) throws Exception {
        JsonNode page = StaffClient.json(as("ana").get("/api/transcripts", Map.of(filter, value)));

        assertThat(page.path("rows")).hasSize(found);
    }

    @ParameterizedTest
    @CsvSource({
        "outcome, gone",
        "from, yesterday",
        "cursor, made-up",
        "coop, ' '",
    })
    void whatIsMalformedIsInvalid(String filter, String value) throws Exception {
        assertThat(StaffClient.refusal(as("ana").get("/api/transcripts", Map.of(filter, value))))
                .isEqualTo("400 invalid");
    }

    @Test
    void forAnotherLibrarysPeopleThereIsNoSuchChat() throws Exception {
        HttpResponse<String> foreign = as("pam").get("/api/transcripts/chat", Map.of("chat", chat));
        HttpResponse<String> none = as("pam").get("/api/transcripts/chat", Map.of("chat", "no-such-chat"));

        assertThat(StaffClient.refusal(foreign)).isEqualTo("404 not-found");
        assertThat(foreign.body()).isEqualTo(none.body());
        assertThat(StaffClient.json(as("pam").get("/api/transcripts", NOTHING)).path("rows"))
                .isEmpty();
        assertThat(StaffClient.refusal(as("pam").get("/api/transcripts", Map.of("coop", "academic"))))
                .isEqualTo("403 not-allowed");
        assertThat(StaffClient.refusal(as("pam").post("/api/transcripts/delete", Map.of("chat", chat))))
                .isEqualTo("404 not-found");
    }

    @Test
    void theCoopsPathReadsAndChangesNothing() throws Exception {
        Map<String, Object> body = Map.of("chat", chat, "seq", secretSeq, "address", "a@example.org");
        for (String who : List.of("olga", "ian")) {
            JsonNode transcript = read(who, "academic");

            assertThat(texts(transcript)).as(who).contains(SECRET, NOTE);
            assertThat(may(transcript)).as(who).isEmpty();
            for (String change : List.of("redact", "delete", "email")) {
                assertThat(StaffClient.refusal(as(who).post("/api/transcripts/" + change, body)))
                        .as("%s: %s", who, change)
                        .isEqualTo("403 not-allowed");
            }
        }
        assertThat(texts(read("ana", ""))).contains(SECRET);
    }

    @Test
    void aColleagueOfTheHomeLibraryWhoDidNotHaveItIsDenied() throws Exception {
        assertThat(StaffClient.refusal(as("ben").get("/api/transcripts/chat", Map.of("chat", chat))))
                .isEqualTo("403 not-allowed");
        assertThat(StaffClient.json(as("ben").get("/api/transcripts", NOTHING)).path("rows"))
                .isEmpty();
    }

    @Test
    void aRedactedMessageKeepsWhoAndWhen() throws Exception {
        HttpResponse<String> redacted =
                as("ana").post("/api/transcripts/redact", Map.of("chat", chat, "seq", secretSeq));

        assertThat(redacted.statusCode()).isEqualTo(200);
        JsonNode entry = read("ana", "").path("entries").path((int) secretSeq - 1);
        assertThat(entry.path("text").asText()).isEqualTo("[redacted]");
        assertThat(entry.path("author").asText()).isEqualTo("patron");
        assertThat(texts(read("olga", "academic"))).doesNotContain(SECRET).contains("Let me look.");
        assertThat(StaffClient.refusal(as("ana").post("/api/transcripts/redact", Map.of("chat", chat, "seq", 10_000))))
                .isEqualTo("404 not-found");
        assertThat(StaffClient.refusal(as("ana").post("/api/transcripts/redact", Map.of("chat", chat))))
                .isEqualTo("400 invalid");
    }

    @Test
    void whatTheHomeAdminDeletesIsNowhereAnyMore() throws Exception {
        assertThat(as("ana")
                        .post("/api/transcripts/delete", Map.of("chat", chat))
                        .statusCode())
                .isEqualTo(200);

        List<String> answers = new ArrayList<>();
        for (String who : List.of("ana", "olga", "ian")) {
            for (Map<String, String> path : List.of(NOTHING, Map.of("coop", "academic"))) {
                Map<String, String> one = new HashMap<>(path);
                one.put("chat", chat);
                answers.add(as(who).get("/api/transcripts/chat", one).body());
                for (String format : List.of("json-lines", "csv", "text")) {
                    one.put("format", format);
                    answers.add(as(who).get("/api/transcripts/export", one).body());
                }
            }
        }
        assertThat(answers)
                .noneMatch(body -> body.contains("4711")
                        || body.contains("Let me look")
                        || body.contains("article")
                        || body.contains("Stewart")
                        || body.contains("Quick"));
        JsonNode left = read("ana", "");
        assertThat(left.path("contentDeleted").asBoolean()).isTrue();
        assertThat(left.path("entries").size()).isGreaterThan(6);
        JsonNode row = StaffClient.json(as("ana").get("/api/transcripts", NOTHING))
                .path("rows")
                .path(0);
        assertThat(row.path("contentDeleted").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "json-lines, application/x-ndjson,      jsonl",
        "csv,        text/csv;charset=utf-8,    csv",
        "text,       text/plain;charset=utf-8,  txt",
    })
    void exportsAreFiles(String format, String type, String ending) throws Exception {
        HttpResponse<String> home = as("ana").get("/api/transcripts/export", Map.of("format", format));
        HttpResponse<String> none =
                as("ana").get("/api/transcripts/export", Map.of("format", format, "text", "nowhere"));

        assertThat(home.headers().firstValue("Content-Disposition"))
                .contains("attachment; filename=\"transcripts." + ending + "\"");
        assertThat(home.headers().firstValue("Content-Type").orElseThrow().replace(" ", ""))
                .isEqualToIgnoringCase(type);
        assertThat(home.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(home.body()).contains(chat, SECRET, "Olga Olsen");
        assertThat(none.statusCode()).isEqualTo(200);
        assertThat(none.body()).doesNotContain(chat);
    }

    @Test
    void anExportThatIsRefusedIsNoFile() throws Exception {
        HttpResponse<String> denied =
                as("pam").get("/api/transcripts/export", Map.of("format", "csv", "coop", "academic"));
        HttpResponse<String> unknown = as("ana").get("/api/transcripts/export", Map.of("format", "pdf"));

        assertThat(StaffClient.refusal(denied)).isEqualTo("403 not-allowed");
        assertThat(denied.headers().firstValue("Content-Disposition")).isEmpty();
        assertThat(StaffClient.refusal(unknown)).isEqualTo("400 invalid");
    }

    @Test
    void aMailedTranscriptIsInTheSendersOutboxWithoutNotes() throws Exception {
        HttpResponse<String> sent =
                as("ana").post("/api/transcripts/email", Map.of("chat", chat, "address", "stewart@example.org"));

        assertThat(sent.statusCode()).isEqualTo(200);
        JsonNode mail = StaffClient.json(as("ana").get("/api/transcripts/outbox", NOTHING))
                .path("mails")
                .path(0);
        assertThat(mail.path("to").asText()).isEqualTo("stewart@example.org");
        assertThat(mail.path("text").asText()).contains(SECRET, "Let me look.").doesNotContain("article");
        for (String other : List.of("ben", "ian", "pam")) {
            assertThat(StaffClient.json(as(other).get("/api/transcripts/outbox", NOTHING))
                            .path("mails"))
                    .as(other)
                    .isEmpty();
        }
        assertThat(StaffClient.refusal(
                        as("ana").post("/api/transcripts/email", Map.of("chat", chat, "address", "nobody"))))
                .isEqualTo("400 invalid");
    }

    @Test
    void everyRequestOfTheReferencePageIsThere() throws Exception {
        String page = Files.readString(Path.of("..", "docs", "reference", "example-server.md"));
        List<MatchResult> requests = Pattern.compile("\\| `(GET|POST) (/api/[a-z/-]+)` \\|")
                .matcher(page)
                .results()
                .toList();

        assertThat(requests).hasSize(56);
        for (MatchResult request : requests) {
            HttpResponse<String> answer = request.group(1).equals("GET")
                    ? as("ana").get(request.group(2), NOTHING)
                    : as("ana").post(request.group(2), NOTHING);
            assertThat(answer.body()).as(request.group()).doesNotContain("no such resource");
        }
        assertThat(as("ana").get("/api/transcripts/nothing", NOTHING).body()).contains("no such resource");
    }

    private StaffClient as(String operator) throws Exception {
        return StaffClient.signedIn(server.address(), operator);
    }

    private JsonNode read(String operator, String coop) throws Exception {
        HttpResponse<String> answer = as(operator).get("/api/transcripts/chat", Map.of("chat", chat, "coop", coop));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        return StaffClient.json(answer);
    }

    private static List<String> texts(JsonNode transcript) {
        return transcript.path("entries").findValuesAsText("text");
    }

    private static List<String> may(JsonNode transcript) {
        List<String> may = new ArrayList<>();
        transcript.path("may").forEach(one -> may.add(one.asText()));
        return may;
    }
}
