package org.libcoop.example;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * FAQs, cards and canned messages over HTTP (F1–F4, M6, G17): beside a chat of Springy University that Olga of Hill College answers
 * through the Academic Co-Op. Ana is Springy's admin, Ben its librarian, Pam the admin of a library in another co-op.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class FaqApiTest {

    private static final String KEY = "a-key-that-a-patron-drew-at-random-0123456789";
    private static final Map<String, String> NOTHING = Map.of();

    /** Stands in the entry for staff that ana saves. */
    private static final String CANARY = "canary-5713-kx";

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private ExampleServer server;
    private SocketClient olga;
    private SocketClient patron;
    private String chat;

    @BeforeEach
    void olgaAnswers() throws Exception {
        log.start();
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).addAppender(log);
        server = ExampleServer.start(ExampleServer.directory(null), 0);
        assertThat(as("ana")
                        .post("/api/faq/save", entry("canary", "staffing", "Log-in of the day", "User " + CANARY))
                        .statusCode())
                .isEqualTo(200);
        olga = SocketClient.operator(server.address(), "olga");
        patron = SocketClient.presenting(server.address(), "patron", KEY);
        patron.frame("welcome");
        olga.command("sign-in", Map.of());
        olga.command("monitor", Map.of("option", Map.of("kind", "coop", "id", "academic"), "on", true));
        patron.command("start", Map.of("widget", "databases", "name", "Stewart"));
        chat = olga.frame("listed").path("waiting").path("chat").asText();
        olga.command("claim", Map.of("chat", chat));
    }

    @AfterEach
    void stop() {
        olga.close();
        patron.close();
        server.close();
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).detachAppender(log);
    }

    private StaffClient as(String operator) throws Exception {
        return StaffClient.signedIn(server.address(), operator);
    }

    private static Map<String, String> entry(String id, String group, String title, String text) {
        return Map.of(
                "entry", id, "group", group, "title", title, "text", text, "language", "en", "reviewed", "2026-01-05");
    }

    private JsonNode found(String operator, Map<String, String> asked) throws Exception {
        return StaffClient.json(as(operator).get("/api/faq", asked)).path("rows");
    }

    @Test
    void theOwnerFindsWhatThePatronsLibraryHasAndIsToldWhatIsForStaff() throws Exception {
        JsonNode rows = found("olga", Map.of("chat", chat, "words", "log-in day"));

        assertThat(rows.path(0).path("entry").asText()).isEqualTo("canary");
        assertThat(rows.path(0).path("group").path("visibility").asText()).isEqualTo("staffing");
        assertThat(rows.path(0).path("group").path("sendable").asBoolean()).isFalse();
        assertThat(rows.path(0).path("reviewed").asText()).isEqualTo("2026-01-05");
        assertThat(found("olga", Map.of("chat", chat, "words", "renew"))
                        .path(0)
                        .path("group")
                        .path("sendable")
                        .asBoolean())
                .isTrue();
        assertThat(StaffClient.json(as("olga").get("/api/faq/staffing", Map.of("chat", chat, "entry", "canary")))
                        .path("text")
                        .asText())
                .isEqualTo("User " + CANARY);
    }

    @Test
    void nobodyElseDoes() throws Exception {
        assertThat(StaffClient.refusal(as("ben").get("/api/faq", Map.of("chat", chat, "words", "log-in"))))
                .isEqualTo("403 not-owner");
        assertThat(StaffClient.refusal(as("pam").get("/api/faq/staffing", Map.of("chat", chat, "entry", "canary"))))
                .isEqualTo("404 not-found");
        assertThat(found("ana", Map.of("words", CANARY))).isEmpty();
        assertThat(found("olga", Map.of("words", CANARY))).isEmpty();
    }

    @Test
    void aPublicEntryIsSentAndOneForStaffIsNot() throws Exception {
        HttpResponse<String> sent =
                as("olga").post("/api/faq/send", Map.of("chat", chat, "entry", "renew", "id", "s1"));

        assertThat(sent.statusCode()).isEqualTo(200);
        assertThat(StaffClient.refusal(
                        as("olga").post("/api/faq/send", Map.of("chat", chat, "entry", "canary", "id", "s2"))))
                .isEqualTo("403 not-allowed");
    }

    @Test
    void aSecretIsHeldBackUntilItIsReleased() throws Exception {
        JsonNode refused = olga.command("say", Map.of("chat", chat, "text", "User " + CANARY));
        JsonNode released = olga.command("say", Map.of("chat", chat, "text", "User " + CANARY, "release", true));

        assertThat(refused.path("code").asText()).isEqualTo("staffing-secret");
        assertThat(refused.path("message").asText())
                .contains("canary of the staffing FAQ")
                .doesNotContain("5713");
        assertThat(released.path("ok").asBoolean()).isTrue();
    }

    @Test
    void entriesAreKeptByTheLibrarysAdmins() throws Exception {
        assertThat(StaffClient.json(as("ana").get("/api/faq/kept", NOTHING))
                        .path("entries")
                        .findValuesAsText("entry"))
                .contains("canary", "renew");
        assertThat(StaffClient.refusal(as("ben").get("/api/faq/kept", NOTHING))).isEqualTo("403 not-allowed");
        assertThat(StaffClient.refusal(as("ben").post("/api/faq/save", entry("x", "public", "T", "t"))))
                .isEqualTo("403 not-allowed");
        assertThat(StaffClient.refusal(as("ana").post("/api/faq/save", entry("x", "nothing", "T", "t"))))
                .isEqualTo("400 invalid");
        assertThat(as("ana").post("/api/faq/remove", Map.of("entry", "canary")).statusCode())
                .isEqualTo(200);
        assertThat(found("olga", Map.of("chat", chat, "words", CANARY))).isEmpty();
    }

    @Test
    void theCardIsSavedByTheAdminAndSeenBesideTheChat() throws Exception {
        Map<String, Object> card = Map.of(
                "hours",
                "9 to 5",
                "phone",
                "555",
                "alerts",
                "Lift",
                "links",
                List.of(Map.of("name", "Maps", "url", "https://maps.example")),
                "reviewed",
                "2026-01-05");
        assertThat(as("ana").post("/api/faq/card-save", card).statusCode()).isEqualTo(200);

        JsonNode seen = StaffClient.json(as("olga").get("/api/faq/card", Map.of("chat", chat)));

        assertThat(seen.path("hours").asText()).isEqualTo("9 to 5");
        assertThat(seen.path("links").path(0).path("url").asText()).isEqualTo("https://maps.example");
        assertThat(StaffClient.refusal(as("ben").get("/api/faq/card", Map.of("chat", chat))))
                .isEqualTo("403 not-eligible");
    }

    @Test
    void cannedMessagesAreListedForTheirPeople() throws Exception {
        List<Map<String, String>> messages = List.of(Map.of("title", "Hi", "text", "Hi {patron}"));
        assertThat(as("ana")
                        .post(
                                "/api/canned/save",
                                Map.of("scope", "institution", "of", "springy-university", "messages", messages))
                        .statusCode())
                .isEqualTo(200);

        JsonNode mine =
                StaffClient.json(as("ben").get("/api/canned/mine", NOTHING)).path("scopes");

        assertThat(mine.findValuesAsText("title")).containsExactly("Hi");
        assertThat(mine.findValuesAsText("may")).containsOnly("false");
        assertThat(StaffClient.refusal(
                        as("ben").post("/api/canned/save", Map.of("scope", "institution", "of", "springy-university"))))
                .isEqualTo("403 not-allowed");
    }

    @Test
    void whatIsKeptInADatabaseIsThereAfterARestart(@TempDir java.nio.file.Path folder) throws Exception {
        DatabaseSetting database = new DatabaseSetting.H2File(folder);
        try (ExampleServer first = ExampleServer.start(ExampleServer.directory(null), 0, database)) {
            StaffClient ana = StaffClient.signedIn(first.address(), "ana");
            assertThat(ana.post("/api/faq/save", entry("kept", "public", "Kept zebra", "Text"))
                            .statusCode())
                    .isEqualTo(200);
            assertThat(ana.post("/api/faq/save", entry("kept", "public", "Kept zebra", "Newer text"))
                            .statusCode())
                    .isEqualTo(200);
            assertThat(ana.post("/api/faq/remove", Map.of("entry", "renew")).statusCode())
                    .isEqualTo(200);
        }
        try (ExampleServer second = ExampleServer.start(ExampleServer.directory(null), 0, database)) {
            StaffClient ana = StaffClient.signedIn(second.address(), "ana");
            JsonNode entries =
                    StaffClient.json(ana.get("/api/faq/kept", NOTHING)).path("entries");

            assertThat(entries.findValuesAsText("entry"))
                    .contains("kept", "hours")
                    .doesNotContain("renew");
            assertThat(entries.findValuesAsText("text")).contains("Newer text");
            assertThat(StaffClient.json(ana.get("/api/faq", Map.of("words", "zebra")))
                            .path("rows"))
                    .hasSize(1);
        }
    }

    /** G17: not in a log, an export, the audit trail, the metrics, what the patron gets, or another library's answers. */
    @Test
    void theCanaryIsNowhereElse() throws Exception {
        List<String> elsewhere = new ArrayList<>();
        found("olga", Map.of("chat", chat, "words", CANARY));
        as("olga").get("/api/faq/staffing", Map.of("chat", chat, "entry", "canary"));
        elsewhere.add(olga.command("say", Map.of("chat", chat, "text", CANARY)).toString());
        elsewhere.add(as("olga")
                .get("/api/faq", Map.of("chat", chat, "words", CANARY, "cursor", "wrong"))
                .body());
        elsewhere.add(as("olga")
                .post("/api/faq/send", Map.of("chat", chat, "entry", "canary", "id", "s2"))
                .body());
        elsewhere.add(as("pam")
                .get("/api/faq/staffing", Map.of("chat", chat, "entry", "canary"))
                .body());
        elsewhere.add(as("ana").get("/api/faq", Map.of("words", CANARY)).body());
        olga.command("end", Map.of("chat", chat, "disposition", "answered"));
        try (SocketClient again = SocketClient.presenting(server.address(), "patron", KEY)) {
            elsewhere.add(again.frame("welcome").toString());
        }
        elsewhere.add(as("ana").get("/api/transcripts", NOTHING).body());
        HttpResponse<String> exported = as("ana").get("/api/transcripts/export", Map.of("format", "json-lines"));
        assertThat(exported.statusCode()).isEqualTo(200);
        elsewhere.add(exported.body());
        elsewhere.add(as("ana").get("/api/audit", NOTHING).body());
        elsewhere.add(as("ana").get("/metrics", NOTHING).body());
        List.copyOf(log.list)
                .forEach(line -> elsewhere.add(line.getFormattedMessage() + " " + line.getThrowableProxy()));

        assertThat(String.join("\n", elsewhere)).contains(chat).doesNotContain("5713");
    }
}
