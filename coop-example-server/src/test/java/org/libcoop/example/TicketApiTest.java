package org.libcoop.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.libcoop.directory.WidgetId;
import org.libcoop.spi.TicketContent;

/** K1, W5: a question that is left stands in the queue of the library, and of no other. */
class TicketApiTest {

    private static final Map<String, String> NOTHING = Map.of();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private ExampleServer server;

    @BeforeEach
    void start() throws Exception {
        server = ExampleServer.start(ExampleServer.directory(null), 0);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private StaffClient as(String operator) throws Exception {
        return StaffClient.signedIn(server.address(), operator);
    }

    private JsonNode tickets(String operator) throws Exception {
        return StaffClient.json(as(operator).get("/api/tickets", NOTHING)).path("tickets");
    }

    @Test
    void aQuestionIsReadAndAnsweredByTheLibrarysStaffAndNobodyElse() throws Exception {
        server.engine()
                .leaveQuestion(
                        WidgetId.of("databases"),
                        new TicketContent("Where is the atlas?", "Stewart", "s@example.edu", false),
                        "",
                        "q1")
                .orElseThrow();
        await().atMost(PATIENCE).until(() -> tickets("ana").size() == 1);
        String ticket = tickets("ana").get(0).path("ticket").asText();

        JsonNode read = StaffClient.json(as("ana").get("/api/tickets/ticket", Map.of("ticket", ticket)));
        JsonNode answered = StaffClient.json(as("ana").post("/api/tickets/answered", Map.of("ticket", ticket)));

        assertThat(read.path("question").asText()).isEqualTo("Where is the atlas?");
        assertThat(read.path("email").asText()).isEqualTo("s@example.edu");
        assertThat(read.path("reference").asText()).isEqualTo("T-1");
        assertThat(answered.path("answeredBy").path("name").asText()).isNotEmpty();
        assertThat(tickets("olga")).isEmpty();
        assertThat(StaffClient.refusal(as("olga").get("/api/tickets/ticket", Map.of("ticket", ticket))))
                .isEqualTo("404 not-found");
        assertThat(StaffClient.refusal(as("olga").post("/api/tickets/answered", Map.of("ticket", ticket))))
                .isEqualTo("404 not-found");
    }
}
