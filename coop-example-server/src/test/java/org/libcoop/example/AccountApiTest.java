package org.libcoop.example;

import static org.assertj.core.api.Assertions.assertThat;

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

/** Accounts over HTTP (A2, A3, A6). In the Academic Co-Op Ana and Ben are of Springy, Olga and the co-op's admin Ian of Hill. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class AccountApiTest {

    private static final Map<String, String> ACADEMIC = Map.of("coop", "academic");

    private ExampleServer server;

    @BeforeEach
    void start() throws Exception {
        server = ExampleServer.start(ExampleServer.directory(null), 0);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void nobodyIsAnsweredWithoutHavingSignedInNorOutsideTheCoop() throws Exception {
        StaffClient stranger = new StaffClient(server.address(), "made-up");
        Map<String, String> body = Map.of("coop", "academic", "operator", "ben", "level", "coop-admin");

        assertThat(StaffClient.refusal(stranger.get("/api/accounts", ACADEMIC))).isEqualTo("401 not-allowed");
        assertThat(StaffClient.refusal(stranger.get("/api/accounts/coops", Map.of())))
                .isEqualTo("401 not-allowed");
        assertThat(StaffClient.refusal(stranger.post("/api/accounts/grant", body)))
                .isEqualTo("401 not-allowed");
        assertThat(StaffClient.refusal(as("ian").post("/api/accounts/grant", body, "Origin", "http://evil.example")))
                .isEqualTo("403 not-allowed");
        assertThat(StaffClient.refusal(as("pam").get("/api/accounts", ACADEMIC)))
                .isEqualTo("403 not-allowed");
        assertThat(StaffClient.refusal(as("pam").get("/api/accounts", Map.of("coop", "nowhere"))))
                .isEqualTo("403 not-allowed");
    }

    @Test
    void everybodySeesByLevelAndIsOfferedWhatTheLevelAllows() throws Exception {
        JsonNode regular = accounts("ben");
        JsonNode admin = accounts("ana");
        JsonNode coopAdmin = accounts("ian");

        assertThat(people(regular)).containsExactlyInAnyOrder("ana", "ben", "ian");
        assertThat(regular.findValues("levels")).isEmpty();
        assertThat(regular.findValuesAsText("removable")).containsOnly("false");
        assertThat(people(admin)).containsExactlyInAnyOrder("ana", "ben", "ian");
        assertThat(levels(account(admin, "ben"))).containsExactly("regular", "institution-admin");
        assertThat(levels(account(admin, "ian"))).isEmpty();
        assertThat(levels(account(admin, "ana"))).containsExactly("institution-admin"); // the last one stays (A6)
        assertThat(people(coopAdmin)).containsExactlyInAnyOrder("ana", "ben", "ian", "olga");
        assertThat(levels(account(coopAdmin, "ana"))).containsExactly("regular", "institution-admin", "coop-admin");
    }

    @Test
    void anAdminGivesChangesAndTakesAnAccount() throws Exception {
        StaffClient ian = as("ian");

        assertThat(StaffClient.json(ian.post("/api/accounts/revoke", account("ben", null)))
                        .path("level")
                        .asText())
                .isEqualTo("regular");
        assertThat(people(accounts("ian"))).doesNotContain("ben");
        assertThat(accounts("ian").path("candidates").findValuesAsText("id")).contains("ben");
        assertThat(ian.post("/api/accounts/grant", account("ben", "institution-admin"))
                        .statusCode())
                .isEqualTo(200);
        assertThat(account(accounts("ian"), "ben").path("level").asText()).isEqualTo("institution-admin");
    }

    @Test
    void refusalsSayWhy() throws Exception {
        HttpResponse<String> last = as("ian").post("/api/accounts/revoke", account("ian", null));

        assertThat(StaffClient.refusal(last)).isEqualTo("403 not-allowed");
        assertThat(StaffClient.json(last).path("message").asText()).contains("the last one of this level");
        assertThat(StaffClient.refusal(as("ana").post("/api/accounts/grant", account("olga", "regular"))))
                .isEqualTo("403 not-allowed");
        assertThat(StaffClient.refusal(as("ana").post("/api/accounts/grant", account("ben", "coop-admin"))))
                .isEqualTo("403 not-allowed");
        assertThat(StaffClient.refusal(as("ian").post("/api/accounts/grant", account("ben", "king"))))
                .isEqualTo("400 invalid");
        assertThat(StaffClient.refusal(as("ian").post("/api/accounts/nothing", account("ben", "regular"))))
                .isEqualTo("404 not-found");
    }

    private static Map<String, String> account(String operator, String level) {
        return level == null
                ? Map.of("coop", "academic", "operator", operator)
                : Map.of("coop", "academic", "operator", operator, "level", level);
    }

    private JsonNode accounts(String by) throws Exception {
        return StaffClient.json(as(by).get("/api/accounts", ACADEMIC));
    }

    private StaffClient as(String operator) throws Exception {
        return StaffClient.signedIn(server.address(), operator);
    }

    private static List<String> people(JsonNode accounts) {
        return accounts.path("accounts").findValuesAsText("id");
    }

    private static JsonNode account(JsonNode accounts, String operator) {
        for (JsonNode account : accounts.path("accounts")) {
            if (account.path("operator").path("id").asText().equals(operator)) {
                return account;
            }
        }
        throw new AssertionError("no " + operator + " in " + accounts);
    }

    private static List<String> levels(JsonNode account) {
        List<String> levels = new ArrayList<>();
        account.path("levels").forEach(level -> levels.add(level.asText()));
        return levels;
    }
}
