package org.libcoop.example;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Widgets over HTTP (A10, W1–W8, E2): of Springy University, whose admin is Ana, whose librarian is Ben. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class WidgetApiTest {

    private static final Map<String, String> NOTHING = Map.of();
    private static final Map<String, String> REFERENCE = Map.of("kind", "department", "id", "reference");
    private static final Map<String, String> ACADEMIC = Map.of("kind", "coop", "id", "academic");

    private ExampleServer server;

    @BeforeEach
    void start() throws Exception {
        server = ExampleServer.start(ExampleServer.directory(null), 0);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private StaffClient as(String who) throws Exception {
        return StaffClient.signedIn(server.address(), who);
    }

    private static Map<String, Object> widget(String id, Object... more) {
        Map<String, Object> widget = new HashMap<>(Map.of(
                "widget",
                id,
                "institution",
                "springy-university",
                "name",
                "Databases",
                "route",
                List.of(REFERENCE, ACADEMIC)));
        for (int i = 0; i < more.length; i += 2) {
            widget.put((String) more[i], more[i + 1]);
        }
        return widget;
    }

    private JsonNode databases(String who) throws Exception {
        for (JsonNode one :
                StaffClient.json(as(who).get("/api/widgets", NOTHING)).path("widgets")) {
            if (one.path("id").asText().equals("databases")) {
                return one;
            }
        }
        throw new AssertionError("no such widget");
    }

    @Test
    void theLibrarysPeopleSeeItsWidgets() throws Exception {
        JsonNode seen = databases("ben");

        assertThat(seen.path("name").asText()).isEqualTo("Databases");
        assertThat(seen.path("route").findValuesAsText("name")).containsExactly("Reference Desk", "Academic Co-Op");
        assertThat(seen.path("timedFallback").asInt()).isEqualTo(15);
        assertThat(seen.path("online").asBoolean()).isFalse();
        assertThat(StaffClient.json(as("pam").get("/api/widgets", NOTHING))
                        .path("widgets")
                        .findValuesAsText("institution"))
                .isNotEmpty()
                .allMatch("springy-public"::equals);
    }

    @Test
    void theEditorKnowsWhatARouteCanGoThrough() throws Exception {
        JsonNode admin = StaffClient.json(as("ana").get("/api/widgets/choices", NOTHING));
        JsonNode other = StaffClient.json(as("ben").get("/api/widgets/choices", NOTHING));

        assertThat(admin.path("may").asBoolean()).isTrue();
        assertThat(other.path("may").asBoolean()).isFalse();
        assertThat(admin.path("options").findValuesAsText("id"))
                .containsExactlyInAnyOrder("reference", "archives", "academic", "ana", "ben");
    }

    @Test
    void anAdminSavesAWidgetAndWhatIsNotSaidStays() throws Exception {
        HttpResponse<String> answer = as("ana")
                .post(
                        "/api/widgets/save",
                        widget(
                                "databases",
                                "name",
                                "Ask us",
                                "timedFallback",
                                45,
                                "consentRequired",
                                true,
                                "privacyNotice",
                                "Kept."));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonNode seen = databases("ana");
        assertThat(seen.path("name").asText()).isEqualTo("Ask us");
        assertThat(seen.path("timedFallback").asInt()).isEqualTo(45);
        assertThat(seen.path("privacyNotice").asText()).isEqualTo("Kept.");
        assertThat(seen.path("texts").path("waiting").asText()).startsWith("Thank you. A librarian");
    }

    @Test
    void aNewWidgetIsThereAtOnce() throws Exception {
        assertThat(as("ana").post("/api/widgets/save", widget("new-one")).statusCode())
                .isEqualTo(200);

        assertThat(as("ana").get("/coop-web/widgets/new-one", NOTHING).statusCode())
                .isEqualTo(200);
    }

    @Test
    void whatIsProbablyNotMeantIsSaidBeforeAndAfter() throws Exception {
        Map<String, Object> slow = widget("databases", "timedFallback", 120);

        JsonNode checked = StaffClient.json(as("ana").post("/api/widgets/check", slow));
        JsonNode saved = StaffClient.json(as("ana").post("/api/widgets/save", slow));

        assertThat(checked.path("warnings")).hasSize(1).isEqualTo(saved.path("warnings"));
        assertThat(databases("ana").path("warnings")).isEqualTo(saved.path("warnings"));
    }

    @Test
    void whatWouldHappenIsToldForAnyMomentAndWhoeverIsThere() throws Exception {
        assertThat(StaffClient.json(as("ana").post("/api/widgets/check", widget("databases")))
                        .path("openings"))
                .isEmpty();
        try (SocketClient olga = SocketClient.operator(server.address(), "olga");
                SocketClient maya = SocketClient.operator(server.address(), "maya")) {
            for (SocketClient one : List.of(olga, maya)) {
                one.command("sign-in", Map.of());
                one.command("monitor", Map.of("option", ACADEMIC, "on", true));
            }

            JsonNode evening = StaffClient.json(
                    as("ana").post("/api/widgets/check", widget("databases", "day", "sunday", "time", "19:05")));
            JsonNode alone = StaffClient.json(
                    as("ana").post("/api/widgets/check", widget("databases", "unstaffed", List.of(ACADEMIC))));

            assertThat(evening.path("openings").findValuesAsText("after")).containsExactly("0", "0", "40");
            assertThat(evening.path("openings").findValuesAsText("there")).containsExactly("0", "1", "1");
            assertThat(evening.path("openings")
                            .path(0)
                            .path("stage")
                            .path("name")
                            .asText())
                    .isEqualTo("Reference Desk");
            assertThat(evening.path("openings")
                            .path(2)
                            .path("stage")
                            .path("backup")
                            .asBoolean())
                    .isTrue();
            assertThat(evening.path("zone").asText()).isEqualTo("America/New_York");
            assertThat(alone.path("openings").findValuesAsText("there")).containsExactly("0", "0", "1");
        }
    }

    static Stream<Arguments> impossible() {
        return Stream.of(
                Arguments.of("name", " ", "name"),
                Arguments.of("route", List.of(), "route"),
                Arguments.of("route", List.of(Map.of("kind", "department", "id", "nowhere")), "nowhere"),
                Arguments.of("route", List.of(REFERENCE, REFERENCE), "reference"),
                Arguments.of("timedFallback", -1, "timedFallback"),
                Arguments.of("timedFallback", 3601, "timedFallback"),
                Arguments.of("timedFallback", 1.5, "whole seconds"),
                Arguments.of("origins", List.of("no origin"), "origin"),
                Arguments.of("consentRequired", true, "privacyNotice"),
                Arguments.of("widget", "", ""));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("impossible")
    void whatIsNotPossibleIsRefusedInWordsThatSayWhy(String field, Object value, String why) throws Exception {
        JsonNode before = databases("ana");
        Map<String, Object> wrong = widget("databases", field, value);

        for (String path : List.of("/api/widgets/check", "/api/widgets/save")) {
            HttpResponse<String> answer = as("ana").post(path, wrong);
            assertThat(StaffClient.refusal(answer)).as(path).isEqualTo("400 invalid");
            assertThat(StaffClient.json(answer).path("message").asText()).contains(why);
        }
        assertThat(databases("ana")).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({"ben, springy-university", "pam, springy-university", "ana, springy-public", "ana, nowhere"})
    void onlyTheLibrarysAdminsMay(String who, String institution) throws Exception {
        for (String path : List.of("/api/widgets/check", "/api/widgets/save")) {
            assertThat(StaffClient.refusal(as(who).post(path, widget("another", "institution", institution))))
                    .as(path)
                    .isEqualTo("403 not-allowed");
        }
    }
}
