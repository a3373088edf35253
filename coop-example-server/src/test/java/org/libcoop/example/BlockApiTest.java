package org.libcoop.example;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.libcoop.CoopEngine;
import org.libcoop.OperatorSession;
import org.libcoop.PatronSession;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Content;
import org.libcoop.chat.Receipt;
import org.libcoop.directory.WidgetId;
import org.libcoop.refusal.Outcome;
import org.libcoop.refusal.Refusal;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.spi.Principal;

/** Blocks over HTTP (C15). Ana is Springy's local admin, Ben its librarian, Ian the Academic Co-Op's admin. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class BlockApiTest {

    private static final Map<String, String> SPRINGY = Map.of("scope", "institution", "of", "springy-university");
    private static final Map<String, String> ACADEMIC = Map.of("scope", "coop", "of", "academic");

    private ExampleServer server;
    private OperatorSession ben;
    private PatronSession patron;
    private ChatId chat;

    @BeforeEach
    void start() throws Exception {
        server = ExampleServer.start(ExampleServer.directory(null), 0);
        CoopEngine engine = server.engine();
        ben = Desks.atWork(engine, "ben");
        patron = engine.connectPatron(
                        new Principal.OfPatron("a key of one browser's page, 32 long"), "192.0.2.7", n -> {})
                .orElseThrow();
        chat = done(starts(patron)).chat();
        done(ben.claim(chat));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void theOwnerBlocksTheSamePersonWithANewKeyAndTheChatGoesOn() throws Exception {
        JsonNode made = StaffClient.json(as("ben").post("/api/blocks/block", order(7)));

        assertThat(made.path("ended").asBoolean()).isFalse();
        assertThat(made.path("byKey").asBoolean()).isTrue();
        assertThat(made.path("byAddress").asBoolean()).isTrue();
        assertThat(made.toString()).doesNotContain("192.0.2.7");
        assertThat(ben.owned()).hasSize(1);
        assertThat(code(starts(another("192.0.2.7")))).isEqualTo(RefusalCode.WIDGET_OFFLINE);
        assertThat(starts(another("192.0.2.8")).value()).isPresent();
    }

    @Test
    void askedForItEndsTheChat() throws Exception {
        Map<String, Object> order = new java.util.HashMap<>(order(7));
        order.put("end", "lost");

        JsonNode made = StaffClient.json(as("ben").post("/api/blocks/block", order));

        assertThat(made.path("ended").asBoolean()).isTrue();
        assertThat(made.has("notEnded")).isFalse();
        assertThat(ben.owned()).isEmpty();
        assertThat(code(starts(patron))).isEqualTo(RefusalCode.WIDGET_OFFLINE);
    }

    @Test
    void onlyAdminsSeeAndLiftIt() throws Exception {
        String block = StaffClient.json(as("ben").post("/api/blocks/block", order(7)))
                .path("block")
                .asText();
        Map<String, String> lift = Map.of("scope", "institution", "of", "springy-university", "block", block);

        assertThat(StaffClient.refusal(as("ben").get("/api/blocks", SPRINGY))).isEqualTo("403 not-allowed");
        assertThat(StaffClient.refusal(as("ben").post("/api/blocks/lift", lift)))
                .isEqualTo("403 not-allowed");
        assertThat(StaffClient.refusal(as("ian").post("/api/blocks/lift", lift)))
                .isEqualTo("403 not-allowed");
        assertThat(scopes("ben")).isEmpty();
        assertThat(scopes("ana")).containsExactly("springy-university");
        assertThat(scopes("ian")).contains("academic").doesNotContain("springy-university");
        JsonNode seen = StaffClient.json(as("ana").get("/api/blocks", SPRINGY)).path("blocks");
        assertThat(seen.findValuesAsText("block")).containsExactly(block);
        assertThat(seen.get(0).path("by").path("id").asText()).isEqualTo("ben");
        assertThat(StaffClient.json(as("ana").post("/api/blocks/lift", lift))
                        .path("over")
                        .asBoolean())
                .isTrue();
        assertThat(starts(another("192.0.2.7")).value()).isPresent();
    }

    @Test
    void refusalsSayWhy() throws Exception {
        StaffClient stranger = new StaffClient(server.address(), "made-up");

        assertThat(StaffClient.refusal(stranger.get("/api/blocks", SPRINGY))).isEqualTo("401 not-allowed");
        assertThat(StaffClient.refusal(stranger.post("/api/blocks/block", order(7))))
                .isEqualTo("401 not-allowed");
        assertThat(StaffClient.refusal(as("ben").post("/api/blocks/block", order(0))))
                .isEqualTo("400 invalid");
        assertThat(StaffClient.refusal(as("ben").post("/api/blocks/block", order(367))))
                .isEqualTo("400 invalid");
        assertThat(StaffClient.refusal(as("ben").post("/api/blocks/block", Map.of("chat", chat.value()))))
                .isEqualTo("400 invalid");
        assertThat(StaffClient.refusal(as("ian").get("/api/blocks", SPRINGY))).isEqualTo("403 not-allowed");
        assertThat(StaffClient.refusal(as("ian").get("/api/blocks", Map.of("scope", "planet", "of", "earth"))))
                .isEqualTo("400 invalid");
        assertThat(as("ian").get("/api/blocks", ACADEMIC).statusCode()).isEqualTo(200);
        assertThat(StaffClient.refusal(as("ian").post("/api/blocks/nothing", order(7))))
                .isEqualTo("404 not-found");
    }

    private Map<String, Object> order(int days) {
        return Map.of("chat", chat.value(), "reason", "insults", "days", days);
    }

    private java.util.List<String> scopes(String who) throws Exception {
        return StaffClient.json(as(who).get("/api/blocks/scopes", Map.of()))
                .path("scopes")
                .findValuesAsText("of");
    }

    private StaffClient as(String operator) throws Exception {
        return StaffClient.signedIn(server.address(), operator);
    }

    private PatronSession another(String address) {
        return server.engine()
                .connectPatron(new Principal.OfPatron("another key, of another page: " + address), address, n -> {})
                .orElseThrow();
    }

    private static Outcome<Receipt> starts(PatronSession session) {
        return session.startChat(WidgetId.of("databases"), Content.PatronDetails.NONE, null)
                .toCompletableFuture()
                .join();
    }

    private static RefusalCode code(Outcome<?> outcome) {
        return outcome.refusal().map(Refusal::code).orElseThrow();
    }

    private static <T> T done(Outcome<T> outcome) {
        return outcome.orElseThrow();
    }

    private static <T> T done(java.util.concurrent.CompletionStage<Outcome<T>> stage) {
        return stage.toCompletableFuture().join().orElseThrow();
    }
}
