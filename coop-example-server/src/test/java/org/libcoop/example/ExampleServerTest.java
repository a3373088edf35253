package org.libcoop.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The server over HTTP: pages, JSON, and what it does not answer. */
class ExampleServerTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static ExampleServer server;

    @BeforeAll
    static void start() throws IOException {
        server = ExampleServer.start(ExampleServer.directory(null), 0);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/,                   text/html",
        "/dashboard,          text/html",
        "/transcripts,        text/html",
        "/accounts,           text/html",
        "/library/databases,  text/html",
        "/assets/icon.svg,    image/svg+xml",
        "/assets/index.js,    text/javascript",
        "/assets/index.css,   text/css",
        "/api/demo,           application/json",
    })
    void pagesAndTheirPartsCarryTheSecurityHeaders(String path, String type) throws Exception {
        HttpResponse<String> answer = get(path);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith(type);
        String policy = answer.headers().firstValue("Content-Security-Policy").orElseThrow();
        assertThat(policy)
                .startsWith("default-src 'self';")
                .contains("frame-ancestors 'none'", "object-src 'none'")
                .doesNotContain("unsafe", "*");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(answer.headers().firstValue("Referrer-Policy")).contains("same-origin");
        assertThat(answer.headers().firstValue("Server")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nothing",
                "/assets/",
                "/assets/nothing.js",
                "/assets/chat",
                "/assets/../demo.yaml",
                "/assets/../../demo.yaml",
                "/assets/..%2fdemo.yaml",
                "/assets/%2e%2e/demo.yaml",
                "/assets/..;/demo.yaml",
                "/assets//demo.yaml",
                "/assets/%5c..%5cdemo.yaml",
                "/assets/.hidden",
                "/demo.yaml",
                "/web/index.html",
                "/META-INF/MANIFEST.MF",
                "/api/",
                "/coop-web/widgets/",
                "/coop-web/widgets/nothing",
                "/coop-web/widgets/%20",
                "/library/nothing"
            })
    void nothingElseIsThere(String path) throws Exception {
        String answer = raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertThat(answer).matches("(?s)HTTP/1\\.1 40[04] .*");
        assertThat(answer).doesNotContain("institutions:", "Exception", "Jetty");
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "localhost.evil.example", "localhost:80:80", "127.0.0.2", ""})
    void onlyRequestsForThisMachineByItsOwnNamesAreAnswered(String host) throws Exception {
        String answer = raw("GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");

        assertThat(answer).matches("(?s)HTTP/1\\.1 4(21|00) .*").doesNotContain("<html");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "TRACE"})
    void pagesAreReadOnly(String method) throws Exception {
        String answer =
                raw(method + " / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 405 ");
    }

    @Test
    void theDemoListsEveryWidgetAndEveryLibrarian() throws Exception {
        JsonNode demo = JSON.readTree(get("/api/demo").body());

        assertThat(demo.path("widgets").findValuesAsText("id"))
                .containsExactly("databases", "website", "homework", "ask-ana", "archives-chat");
        assertThat(demo.path("widgets").findValuesAsText("page")).contains("/library/databases");
        JsonNode olga = find(demo.path("operators"), "olga");
        assertThat(olga.path("institution").asText()).isEqualTo("Hill College");
        assertThat(olga.path("desks").path(0).asText()).isEqualTo("Hill Reference");
        assertThat(olga.path("coops").path(0).asText()).isEqualTo("Academic Co-Op");
        assertThat(olga.path("backup").asBoolean()).isFalse();
        assertThat(find(demo.path("operators"), "maya").path("backup").asBoolean())
                .isTrue();
    }

    @Test
    void aWidgetSaysWhatItsPageShows() throws Exception {
        JsonNode widget = JSON.readTree(get("/coop-web/widgets/homework").body());

        assertThat(widget.path("name").asText()).isEqualTo("Homework Help");
        assertThat(widget.path("institution").asText()).isEqualTo("River County Library");
        assertThat(widget.path("online").asBoolean()).isFalse();
        assertThat(widget.path("texts").path("waiting").asText()).isNotEmpty();
        assertThat(widget.path("fields").path("name").asText()).isEqualTo("off");
        assertThat(widget.path("fields").path("question").asText()).isEqualTo("required");
        assertThat(widget.has("privacyNotice")).isFalse();
        assertThat(JSON.readTree(get("/coop-web/widgets/website").body())
                        .path("privacyNotice")
                        .asText())
                .isNotEmpty();
    }

    @Test
    void aTicketIsGivenToTheServersOwnPages() throws Exception {
        String own = server.address().toString();

        HttpResponse<String> page = ticket("{\"operator\":\"olga\"}", "Origin", own, "Sec-Fetch-Site", "same-origin");
        HttpResponse<String> tool = ticket("{\"operator\":\"olga\"}");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(JSON.readTree(page.body()).path("ticket").asText()).hasSize(43);
        assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(JSON.readTree(tool.body()).path("ticket"))
                .isNotEqualTo(JSON.readTree(page.body()).path("ticket"));
    }

    @Test
    void aTicketIsNotGivenToOtherPagesNorForUnknownPeople() throws Exception {
        String olga = "{\"operator\":\"olga\"}";

        assertThat(ticket(olga, "Origin", "http://evil.example").statusCode()).isEqualTo(403);
        assertThat(ticket(olga, "Origin", "null").statusCode()).isEqualTo(403);
        assertThat(ticket(olga, "Sec-Fetch-Site", "cross-site").statusCode()).isEqualTo(403);
        assertThat(ticket(olga, "Sec-Fetch-Site", "same-site").statusCode()).isEqualTo(403);
        assertThat(ticket(olga, "Content-Type", "text/plain").statusCode()).isEqualTo(415);
        for (String body :
                new String[] {"{\"operator\":\"nobody\"}", "{}", "", "[", "{\"operator\":\" \"}", "x".repeat(5_000)}) {
            assertThat(ticket(body).statusCode()).as(body).isEqualTo(404);
        }
    }

    @Test
    void theServerListensOnTheLoopbackInterfaceAndAPortOnce() {
        assertThat(server.address().getHost()).isEqualTo("127.0.0.1");
        assertThatThrownBy(() -> ExampleServer.start(
                        ExampleServer.directory(null), server.address().getPort()))
                .isInstanceOf(IOException.class);
    }

    private static JsonNode find(JsonNode list, String id) {
        for (JsonNode node : list) {
            if (node.path("id").asText().equals(id)) {
                return node;
            }
        }
        throw new AssertionError("no " + id + " in " + list);
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return HTTP.send(HttpRequest.newBuilder(server.address().resolve(path)).build(), BodyHandlers.ofString());
    }

    private static HttpResponse<String> ticket(String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.address().resolve("/api/ticket"))
                .setHeader("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    /** Sends a request as it stands, which no client would. */
    private static String raw(String request) throws IOException {
        URI address = server.address();
        try (Socket socket = new Socket(address.getHost(), address.getPort());
                InputStream in = socket.getInputStream()) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
