package org.libcoop.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Accounts over the wire (A2, A3, S4). */
@Timeout(120)
class WireAccountsTest {

    private Rig rig;

    @BeforeEach
    void start() throws Exception {
        rig = Rig.start();
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    private static List<String> accounts(TestClient client) {
        JsonNode answer = client.ask("accounts", Map.of("in", "academic"));
        assertThat(answer.path("ok").asBoolean()).as("%s", answer).isTrue();
        return answer.path("value").findValuesAsText("id");
    }

    @Test
    void anAccountIsGivenShownAndTakenAway() {
        TestClient cora = rig.operator("cora");

        JsonNode given = cora.done("grant", Map.of("who", "ben", "in", "academic", "level", "institution-admin"));
        JsonNode listed = cora.ask("accounts", Map.of("in", "academic"));
        JsonNode taken = cora.done("revoke", Map.of("who", "ben", "in", "academic"));

        assertThat(given.path("account").toString())
                .isEqualTo(
                        "{\"operator\":{\"id\":\"ben\",\"name\":\"Ben Brandt\",\"institution\":\"Springy University\"},"
                                + "\"level\":\"institution-admin\",\"mine\":false}");
        assertThat(listed.path("value")).contains(given.path("account")).hasSize(4);
        assertThat(taken.path("account")).isEqualTo(given.path("account"));
        assertThat(accounts(cora)).containsExactlyInAnyOrder("olga", "ana", "cora");
    }

    @Test
    void onesOwnAccountIsMarked() {
        JsonNode listed = rig.operator("cora").ask("accounts", Map.of("in", "academic"));

        for (JsonNode account : listed.path("value")) {
            assertThat(account.path("mine").asBoolean())
                    .isEqualTo(account.path("operator").path("id").asText().equals("cora"));
        }
    }

    @Test
    void monitoringThroughAnAccountThatIsTakenAwayEnds() {
        TestClient olga = rig.onDuty("olga", "coop", "academic");
        JsonNode before = olga.frame("self", self -> !self.findValues("on").isEmpty());
        assertThat(before.toString()).contains("academic");

        rig.operator("cora").done("revoke", Map.of("who", "olga", "in", "academic"));

        assertThat(olga.refused("monitor", Map.of("option", Map.of("kind", "coop", "id", "academic"), "on", true)))
                .isEqualTo("not-allowed");
    }

    @Test
    void whatIsTakenAwayTwiceIsNotFound() {
        TestClient cora = rig.operator("cora");
        cora.done("revoke", Map.of("who", "olga", "in", "academic"));

        assertThat(cora.refused("revoke", Map.of("who", "olga", "in", "academic")))
                .isEqualTo("not-found");
    }

    @Test
    void whoManagesNobodyIsToldTheSameOfThoseThereAndOfOthers() {
        TestClient olga = rig.operator("olga");

        for (String who : List.of("ana", "cora", "ben", "nobody")) {
            assertThat(olga.refused("grant", Map.of("who", who, "in", "academic", "level", "regular")))
                    .isEqualTo("not-allowed");
            assertThat(olga.refused("revoke", Map.of("who", who, "in", "academic")))
                    .isEqualTo("not-allowed");
        }
        assertThat(accounts(olga)).containsExactlyInAnyOrder("olga", "cora");
        assertThat(rig.operator("ben")
                        .ask("accounts", Map.of("in", "academic"))
                        .path("code")
                        .asText())
                .isEqualTo("not-allowed");
    }

    @ParameterizedTest
    @CsvSource({"ben, academic, owner", "ben, academic, REGULAR", "ben, '', regular", "'', academic, regular"})
    void whatIsOutOfBoundsIsInvalid(String who, String in, String level) {
        TestClient cora = rig.operator("cora");

        assertThat(cora.wrongly().refused("grant", Map.of("who", who, "in", in, "level", level)))
                .isEqualTo("invalid");
    }
}
