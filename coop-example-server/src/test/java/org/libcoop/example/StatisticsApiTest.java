package org.libcoop.example;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Statistics over HTTP (S1–S8), and why a chat was offered to whom (E1): of one chat of Springy University that Olga of Hill College
 * answered through the Academic Co-Op, rated 4. Ana is Springy's admin, Ben its librarian, Ian the co-op's admin, Pam of another library.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class StatisticsApiTest {

    private static final String KEY = "a-key-that-a-patron-drew-at-random-0123456789";
    private static final Map<String, String> NOTHING = Map.of();

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
            patron.command("start", Map.of("widget", "databases", "name", "Stewart", "question", "Where?"));
            chat = olga.frame("listed").path("waiting").path("chat").asText();
            olga.command("claim", Map.of("chat", chat));
            olga.command("end", Map.of("chat", chat, "disposition", "answered"));
            patron.command("rate", Map.of("chat", chat, "rating", 4));
        }
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpResponse<String> get(String who, String path, Map<String, String> parameters) throws Exception {
        return StaffClient.signedIn(server.address(), who).get(path, parameters);
    }

    private HttpResponse<String> table(String who, String name, Map<String, String> parameters) throws Exception {
        Map<String, String> all = new HashMap<>(parameters);
        all.put("name", name);
        return get(who, "/api/statistics/table", all);
    }

    /** The first row of a table, by column. */
    private Map<String, JsonNode> row(String who, String name, Map<String, String> parameters) throws Exception {
        HttpResponse<String> answer = table(who, name, parameters);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonNode json = StaffClient.json(answer);
        List<JsonNode> cells = StreamSupport.stream(json.path("rows").path(0).spliterator(), false)
                .toList();
        Map<String, JsonNode> row = new HashMap<>();
        for (int i = 0; i < cells.size(); i++) {
            row.put(json.path("columns").path(i).asText(), cells.get(i));
        }
        return row;
    }

    private static Map<String, String> today() {
        return Map.of("from", "2020-01-01", "to", "2099-12-31");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/choices", "/table", "/summary"})
    void nobodyIsAnsweredWithoutHavingSignedIn(String path) throws Exception {
        HttpResponse<String> answer =
                new StaffClient(server.address(), "made-up").get("/api/statistics" + path, Map.of("name", "total"));

        assertThat(StaffClient.refusal(answer)).isEqualTo("401 not-allowed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "total",
                "months",
                "weekdays",
                "week",
                "hours",
                "waits",
                "durations",
                "balance",
                "operator",
                "answered-by",
                "coop",
                "home",
                "widget",
                "host",
                "page",
                "browser",
                "system"
            })
    void everyReportIsATableInJsonAndInCsv(String name) throws Exception {
        HttpResponse<String> json = table("ana", name, today());
        Map<String, String> csv = new HashMap<>(today());
        csv.put("format", "csv");
        HttpResponse<String> file = table("ana", name, csv);

        assertThat(json.statusCode()).as(json.body()).isEqualTo(200);
        JsonNode table = StaffClient.json(json);
        List<String> columns = StreamSupport.stream(table.path("columns").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
        assertThat(columns).isNotEmpty();
        assertThat(file.statusCode()).isEqualTo(200);
        assertThat(file.headers().firstValue("Content-Disposition"))
                .contains("attachment; filename=\"" + name + ".csv\"");
        assertThat(file.body().lines().findFirst()).contains(String.join(",", columns));
        assertThat(file.body().lines().count()).isEqualTo(table.path("rows").size() + 1L);
    }

    @ParameterizedTest
    @CsvSource({"activity, 1", "staffed-weeks, 0", "staffed-week, 168", "own, 1"})
    void soIsWhoWasThere(String name, int rows) throws Exception {
        Map<String, String> week = Map.of("from", "2026-03-02", "to", "2026-03-08", "coop", "academic");

        HttpResponse<String> answer = table("ian", name, week);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(StaffClient.json(answer).path("rows")).hasSize(rows);
    }

    @Test
    void eachSeesTheChatOnTheirPath() throws Exception {
        assertThat(row("ana", "total", NOTHING).get("through_coop").asInt()).isEqualTo(1);
        assertThat(row("ana", "total", NOTHING).get("rating_mean").asDouble()).isEqualTo(4);
        assertThat(row("ben", "total", NOTHING).get("requested").asInt()).isZero();
        assertThat(row("olga", "total", Map.of("coop", "academic"))
                        .get("answered")
                        .asInt())
                .isEqualTo(1);
        assertThat(row("ian", "operator", Map.of("coop", "academic"))
                        .get("name")
                        .asText())
                .isEqualTo("Olga Olsen");
        assertThat(row("ian", "balance", Map.of("coop", "academic")).get("name").asText())
                .isEqualTo("Hill College");
        assertThat(StaffClient.refusal(table("pam", "total", Map.of("coop", "academic"))))
                .isEqualTo("403 not-allowed");
    }

    @Test
    void filtersNarrowItDown() throws Exception {
        assertThat(row("ana", "total", Map.of("rating", "4", "institution", "hill", "operator", "olga"))
                        .get("requested")
                        .asInt())
                .isEqualTo(1);
        for (Map<String, String> other : List.of(
                Map.of("rating", "5"),
                Map.of("institution", "springy-university"),
                Map.of("widget", "ask-ana"),
                Map.of("outcome", "missed"),
                Map.of("to", "2020-01-01"))) {
            assertThat(row("ana", "total", other).get("requested").asInt())
                    .as("%s", other)
                    .isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "name, none",
        "zone, Nowhere",
        "from, yesterday",
        "to, 2026-02-30",
        "rating, 9",
        "rating, good",
        "outcome, lost",
        "within, x"
    })
    void whatIsMalformedIsRefused(String field, String value) throws Exception {
        Map<String, String> question = new HashMap<>(Map.of("name", "hours"));
        question.put(field, value);

        assertThat(StaffClient.refusal(get("ana", "/api/statistics/table", question)))
                .isEqualTo("400 invalid");
    }

    @Test
    void whoWasThereNeedsATimeAndTheLevelForIt() throws Exception {
        assertThat(StaffClient.refusal(table("ian", "activity", Map.of("coop", "academic"))))
                .isEqualTo("400 invalid");
        Map<String, String> week = Map.of("from", "2026-03-02", "to", "2026-03-08", "coop", "academic");
        assertThat(StaffClient.refusal(table("olga", "activity", week))).isEqualTo("403 not-allowed");
        Map<String, String> coverage = Map.of("from", "2026-03-02", "to", "2026-03-08", "widget", "databases");
        assertThat(row("ana", "coverage", coverage).get("staffing").asText()).isEqualTo("offline");
        assertThat(StaffClient.refusal(table("pam", "coverage", coverage))).isEqualTo("403 not-allowed");
    }

    @Test
    void somebodyFirstSeesTheirOwnSummary() throws Exception {
        JsonNode summary = StaffClient.json(get("olga", "/api/statistics/summary", NOTHING));

        assertThat(summary.path("thisMonth").path("answered").asInt()).isEqualTo(1);
        assertThat(summary.path("thisMonth").path("rating").asDouble()).isEqualTo(4);
        assertThat(summary.path("lastWeek").path("answered").asInt()).isZero();
        JsonNode academic = summary.path("coops").path(0);
        assertThat(academic.path("name").asText()).isEqualTo("Academic Co-Op");
        assertThat(academic.path("level").asText()).isEqualTo("regular");
        assertThat(academic.path("admins").path(0).path("name").asText()).isEqualTo("Ian Ito");
    }

    @Test
    void thePageKnowsWhatCanBeAskedFor() throws Exception {
        JsonNode choices = StaffClient.json(get("ana", "/api/statistics/choices", NOTHING));

        assertThat(choices.path("zone").asText()).isEqualTo("America/New_York");
        assertThat(choices.path("me").path("name").asText()).isEqualTo("Ana Alvarez");
        assertThat(choices.path("coops")).hasSize(1);
        assertThat(choices.path("widgets")).hasSize(3);
    }

    @Test
    void whoMayReadAChatIsToldWhoWasAskedWhen() throws Exception {
        JsonNode atHome = StaffClient.json(get("ana", "/api/transcripts/explain", Map.of("chat", chat)));
        JsonNode ofCoop =
                StaffClient.json(get("olga", "/api/transcripts/explain", Map.of("chat", chat, "coop", "academic")));

        JsonNode desk = atHome.path("asked").path(0);
        assertThat(desk.path("stage").path("name").asText()).isEqualTo("Reference Desk");
        assertThat(desk.path("people").path("leftOut").findValuesAsText("name"))
                .containsExactly("Ana Alvarez", "Ben Brandt");
        assertThat(desk.path("people").path("leftOut").path(0).path("why").asText())
                .isEqualTo("not signed in");
        JsonNode members = atHome.path("asked").path(1);
        assertThat(members.path("people").path("told").findValuesAsText("name")).containsExactly("Olga Olsen");
        assertThat(atHome.path("owners").path(0).path("name").asText()).isEqualTo("Olga Olsen");
        JsonNode others = ofCoop.path("asked").path(0).path("people");
        assertThat(others.path("leftOut")).isEmpty();
        assertThat(others.path("othersLeftOut").path(0).path("count").asInt()).isEqualTo(2);
        assertThat(StaffClient.refusal(get("pam", "/api/transcripts/explain", Map.of("chat", chat))))
                .isEqualTo("404 not-found");
    }
}
