package org.libcoop.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.libcoop.CoopEngine;
import org.libcoop.directory.Directory;
import org.libcoop.directory.FormField;
import org.libcoop.directory.Option;
import org.libcoop.memory.InMemoryTicketOutbox;
import org.libcoop.spi.StoredTicket;
import org.libcoop.spi.TicketContent;
import org.libcoop.spi.TicketDesk;
import org.libcoop.spi.TicketId;
import org.libcoop.spi.TicketOrder;
import org.libcoop.spi.TicketOutbox;
import org.libcoop.spi.TicketQuery;

/** W5: the question that is left where nobody is there, over HTTP; and what a page asks of a widget before it (W4). */
class QuestionDoorTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String LIBRARY = "https://library.springy.edu";
    private static final String GOOD =
            "{\"id\":\"q1\",\"question\":\"Where is the atlas?\",\"name\":\"Stewart\",\"email\":\"s@example.edu\",\"consent\":true}";

    /** A ticket system that keeps what it is asked for. */
    private static final class Desk implements TicketDesk {
        final Map<TicketId, TicketOrder> tickets = new ConcurrentHashMap<>();

        @Override
        public String create(TicketOrder order) {
            tickets.put(order.id(), order);
            return "T-" + order.id();
        }

        @Override
        public void forget(TicketId ticket) {
            tickets.remove(ticket);
        }
    }

    private final HttpClient client = HttpClient.newHttpClient();
    private final TicketOutbox outbox = new InMemoryTicketOutbox();
    private final CoopEngine engine = CoopEngine.builder()
            .directory(Directory.builder()
                    .institution("springy", "Springy University")
                    .operators("springy", "ana")
                    .department("reference", "springy", "Reference", "ana")
                    .widget(
                            "databases",
                            "springy",
                            widget ->
                                    widget.route(Option.department("reference")).origins(LIBRARY))
                    .widget(
                            "strict",
                            "springy",
                            widget -> widget.route(Option.department("reference"))
                                    .nameField(FormField.REQUIRED)
                                    .privacyNotice("We keep it.")
                                    .consentRequired(true))
                    .policy("addressChatStarts", "3")
                    .build())
            .ticketOutbox(outbox)
            .ticketDesk(new Desk())
            .build();
    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);

    @BeforeEach
    void start() throws Exception {
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler("/");
        context.addServlet(new ServletHolder(new CoopWeb(engine, "/coop")), "/coop-web/*");
        server.setHandler(context);
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
        engine.close();
    }

    private HttpResponse<String> send(String method, String path, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + connector.getLocalPort() + "/coop-web/" + path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String body, String... headers) throws Exception {
        String[] all = Stream.concat(Stream.of("Content-Type", "application/json"), Stream.of(headers))
                .toArray(String[]::new);
        return send("POST", path, body, all);
    }

    private List<StoredTicket> kept() {
        return outbox.find(TicketQuery.ALL, null, TicketOutbox.PAGE).rows();
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    @Test
    void aQuestionThatIsLeftIsATicketOnceHoweverOftenItIsSent() throws Exception {
        HttpResponse<String> first = post("widgets/databases/questions", GOOD, "Origin", LIBRARY);
        HttpResponse<String> again = post("widgets/databases/questions", GOOD, "Origin", LIBRARY);

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(header(first, "Access-Control-Allow-Origin")).isEqualTo(LIBRARY);
        assertThat(header(first, "Cache-Control")).isEqualTo("no-store");
        String ticket = JSON.readTree(first.body()).path("ticket").asText();
        assertThat(JSON.readTree(again.body()).path("ticket").asText()).isEqualTo(ticket);
        assertThat(kept()).singleElement().satisfies(row -> {
            assertThat(row.id().value()).isEqualTo(ticket);
            assertThat(row.origin().chat()).isNull();
        });
    }

    static Stream<Arguments> bad() {
        String at = "widgets/databases/questions";
        return Stream.of(
                Arguments.of(at, "", 400, "invalid"),
                Arguments.of(at, "no json", 400, "invalid"),
                Arguments.of(at, "[]", 400, "invalid"),
                Arguments.of(at, "null", 400, "invalid"),
                Arguments.of(at, "{}", 400, "invalid"),
                Arguments.of(at, GOOD + "{}", 400, "invalid"),
                Arguments.of(at, GOOD.substring(0, GOOD.length() - 1), 400, "invalid"),
                Arguments.of(at, GOOD.replace("\"q1\"", "7"), 400, "invalid"),
                Arguments.of(at, GOOD.replace("\"q1\"", "\"\""), 400, "invalid"),
                Arguments.of(at, GOOD.replace("\"q1\"", "\"" + "q".repeat(101) + '"'), 400, "invalid"),
                Arguments.of(at, GOOD.replace("\"Stewart\"", "null"), 400, "invalid"),
                Arguments.of(at, GOOD.replace("\"Stewart\"", "{\"a\":1}"), 400, "invalid"),
                Arguments.of(at, GOOD.replace("Stewart", "S".repeat(101)), 400, "invalid"),
                Arguments.of(at, GOOD.replace("true", "\"yes\""), 400, "invalid"),
                Arguments.of(at, GOOD.replace("s@example.edu", "s@example.edu@x"), 400, "invalid"),
                Arguments.of(at, GOOD.replace("s@example.edu", "nobody"), 400, "invalid"),
                Arguments.of(at, GOOD.replace("Where is the atlas?", "  "), 400, "invalid"),
                Arguments.of(at, GOOD.replace("Where is the atlas?", "w".repeat(10_001)), 400, "invalid"),
                Arguments.of(at, "{\"a\":" + "[".repeat(100) + "]".repeat(100) + '}', 400, "invalid"),
                Arguments.of(at, GOOD.replace("Where", "w".repeat(Question.MOST_BYTES)), 413, "too-large"),
                Arguments.of("widgets/nothing/questions", GOOD, 404, "not-found"),
                Arguments.of("widgets/%20/questions", GOOD, 404, "not-found"),
                Arguments.of("widgets/databases", GOOD, 404, "not-found"),
                Arguments.of("widgets/databases/questions/more", GOOD, 404, "not-found"),
                Arguments.of("coop-chat.js", GOOD, 404, "not-found"),
                Arguments.of("widgets/strict/questions", GOOD.replace("Stewart", ""), 400, "invalid"),
                Arguments.of("widgets/strict/questions", GOOD.replace("true", "false"), 400, "invalid"));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void whatIsWrongIsRefusedAndNothingIsKept(String path, String body, int status, String code) throws Exception {
        HttpResponse<String> refused = post(path, body);

        assertThat(refused.statusCode()).isEqualTo(status);
        assertThat(JSON.readTree(refused.body()).path("code").asText()).isEqualTo(code);
        assertThat(JSON.readTree(refused.body()).path("message").asText()).isNotEmpty();
        assertThat(refused.body()).doesNotContain("Exception", "atlas");
        assertThat(header(refused, "Cache-Control")).isEqualTo("no-store");
        assertThat(kept()).isEmpty();
    }

    @Test
    void aPageThatTheWidgetDoesNotNameLeavesNothing() throws Exception {
        for (String origin : List.of("https://evil.example", "null", LIBRARY + ".evil.example")) {
            HttpResponse<String> refused = post("widgets/databases/questions", GOOD, "Origin", origin);

            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(refused.body()).contains("\"code\":\"not-allowed\"");
            assertThat(header(refused, "Access-Control-Allow-Origin")).isEmpty();
        }
        assertThat(post("widgets/strict/questions", GOOD, "Origin", LIBRARY).statusCode())
                .isEqualTo(403);
        assertThat(kept()).isEmpty();
    }

    @Test
    void whatIsNoJsonOrComesByAnotherMethodIsRefused() throws Exception {
        assertThat(send("POST", "widgets/databases/questions", GOOD, "Content-Type", "text/plain")
                        .statusCode())
                .isEqualTo(400);
        assertThat(send("POST", "widgets/databases/questions", GOOD).statusCode())
                .isEqualTo(400);
        for (String method : List.of("PUT", "DELETE", "PATCH")) {
            assertThat(send(method, "widgets/databases/questions", GOOD).statusCode())
                    .as(method)
                    .isBetween(400, 501);
        }
        assertThat(send("GET", "widgets/databases/questions", "").statusCode()).isEqualTo(404);
        assertThat(kept()).isEmpty();
    }

    @Test
    void anAddressLeavesAsManyQuestionsAsItMayStartChats() throws Exception {
        for (int i = 0; i < 3; i++) {
            assertThat(post("widgets/databases/questions", GOOD.replace("q1", "q" + i))
                            .statusCode())
                    .isEqualTo(200);
        }

        HttpResponse<String> refused = post("widgets/databases/questions", GOOD.replace("q1", "q9"));

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.body()).contains("\"code\":\"rate-limited\"");
        assertThat(kept()).hasSize(3);
    }

    @Test
    void anIdThatWasUsedForAnotherQuestionIsAConflict() throws Exception {
        post("widgets/databases/questions", GOOD);

        HttpResponse<String> other = post("widgets/databases/questions", GOOD.replace("atlas", "globe"));

        assertThat(other.statusCode()).isEqualTo(409);
        assertThat(other.body()).contains("\"code\":\"command-id-reused\"");
    }

    @Test
    void aBrowserIsToldThatItMayPost() throws Exception {
        HttpResponse<String> named = send(
                "OPTIONS",
                "widgets/databases/questions",
                "",
                "Origin",
                LIBRARY,
                "Access-Control-Request-Method",
                "POST");
        HttpResponse<String> foreign =
                send("OPTIONS", "widgets/databases/questions", "", "Origin", "https://evil.example");

        assertThat(named.statusCode()).isEqualTo(204);
        assertThat(header(named, "Access-Control-Allow-Origin")).isEqualTo(LIBRARY);
        assertThat(header(named, "Access-Control-Allow-Methods")).contains("POST");
        assertThat(header(named, "Access-Control-Allow-Headers")).isEqualTo("content-type");
        assertThat(header(named, "Vary")).isEqualTo("Origin");
        assertThat(foreign.statusCode()).isEqualTo(403);
        assertThat(header(foreign, "Access-Control-Allow-Origin")).isEmpty();
    }

    /** W4. */
    @Test
    void theStatusAloneIsAskedForAndWhatABrowserHasIsNotSentAgain() throws Exception {
        HttpResponse<String> status = send("GET", "widgets/databases/status", "");
        HttpResponse<String> widget = send("GET", "widgets/databases", "");

        HttpResponse<String> again = send("GET", "widgets/databases", "", "If-None-Match", header(widget, "ETag"));

        assertThat(status.body()).isEqualTo("{\"online\":false}");
        assertThat(header(status, "Cache-Control")).isEqualTo("max-age=5");
        assertThat(JSON.readTree(widget.body()).path("questions").asBoolean()).isTrue();
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(send("GET", "widgets/nothing/status", "").statusCode()).isEqualTo(404);
    }

    @Test
    void aQuestionThatIsLoggedSaysNothingOfWhatWasWritten() {
        Question read = new Question("q1", new TicketContent("Where is the atlas?", "Stewart", "s@example.edu", true));

        assertThat(read.toString()).doesNotContain("atlas", "Stewart", "example.edu");
    }
}
