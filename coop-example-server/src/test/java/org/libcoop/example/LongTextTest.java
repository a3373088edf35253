package org.libcoop.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.libcoop.example.StaffServlet.done;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.libcoop.OperatorSession;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Content;
import org.libcoop.chat.Disposition;
import org.libcoop.directory.WidgetId;
import org.libcoop.spi.Principal;

/**
 * M2 at the doors of the staff: a text of {@code messageLimit} characters comes through whole, whatever it is written in. Olga of Hill
 * College answers a chat of Springy University, whose admin is Ana.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class LongTextTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** 10,000 UTF-16 units, three times as many bytes. */
    private static final String LONGEST = "\u20ac".repeat(9_998) + "\ud83d\udcda";

    private ExampleServer server;
    private OperatorSession olga;
    private ChatId chat;

    @BeforeEach
    void olgaAnswers() throws Exception {
        server = ExampleServer.start(ExampleServer.directory(null), 0);
        olga = Desks.atWork(server.engine(), "olga");
        chat = done(server.engine()
                        .connectPatron(
                                new Principal.OfPatron("a key of one browser's page, 32 long"), "192.0.2.7", n -> {})
                        .orElseThrow()
                        .startChat(WidgetId.of("databases"), Content.PatronDetails.NONE, null))
                .orElseThrow()
                .chat();
        done(olga.claim(chat)).orElseThrow();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private StaffClient as(String operator) throws Exception {
        return StaffClient.signedIn(server.address(), operator);
    }

    private Map<String, String> question(String text) {
        return Map.of("chat", chat.value(), "question", text, "email", "s@example.edu");
    }

    private HttpResponse<String> opens(String question) throws Exception {
        return as("olga").post("/api/tickets/open", question(question));
    }

    private HttpResponse<String> gives(String text) throws Exception {
        done(olga.end(chat, Disposition.ANSWERED));
        return as("ana").post("/api/feedback/give", Map.of("chat", chat.value(), "text", text, "id", "f1"));
    }

    private JsonNode tickets() throws Exception {
        return StaffClient.json(as("ana").get("/api/tickets", Map.of())).path("tickets");
    }

    @Test
    void aTicketHasTheLongestQuestion() throws Exception {
        HttpResponse<String> opened = opens(LONGEST);

        assertThat(opened.statusCode()).as(opened.body()).isEqualTo(200);
        await().atMost(PATIENCE).until(() -> tickets().size() == 1);
        assertThat(tickets().get(0).path("question").asText()).isEqualTo(LONGEST);
        assertThat(StaffClient.refusal(opens(LONGEST + "."))).isEqualTo("400 invalid");
    }

    @Test
    void aTicketHasItInEscapesToo() throws Exception {
        String escaped = StaffClient.JSON
                .writer()
                .with(JsonWriteFeature.ESCAPE_NON_ASCII)
                .writeValueAsString(question(LONGEST));
        assertThat(escaped).hasSizeGreaterThan(60_000);

        HttpResponse<String> opened = as("olga").postJson("/api/tickets/open", escaped);

        assertThat(opened.statusCode()).as(opened.body()).isEqualTo(200);
        await().atMost(PATIENCE).until(() -> tickets().size() == 1);
        assertThat(tickets().get(0).path("question").asText()).isEqualTo(LONGEST);
    }

    @Test
    void feedbackHasTheLongestText() throws Exception {
        HttpResponse<String> given = gives(LONGEST);

        assertThat(given.statusCode()).as(given.body()).isEqualTo(200);
        assertThat(StaffClient.json(given).path("text").asText()).isEqualTo(LONGEST);
        assertThat(StaffClient.refusal(gives(LONGEST + "."))).isEqualTo("413 too-large");
    }
}
