package org.libcoop.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.libcoop.CoopEngine;
import org.libcoop.OperatorSession;
import org.libcoop.directory.DepartmentId;
import org.libcoop.directory.Directory;
import org.libcoop.directory.FormField;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.Widget;
import org.libcoop.refusal.Outcome;

/** The servlet as a host mounts it, asked over HTTP. */
class CoopWebTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient client = HttpClient.newHttpClient();
    private final CoopEngine engine = CoopEngine.builder()
            .directory(Directory.builder()
                    .institution("springy", "Springy University")
                    .operator("ana", "springy", "Ana Alvarez")
                    .department("reference", "springy", "Reference", "ana")
                    .localCoop("academic", "Academic Co-Op")
                    .member("springy")
                    .widget(
                            "databases",
                            "springy",
                            widget -> widget.name("Databases")
                                    .route(Option.department("reference"))
                                    .questionField(FormField.REQUIRED)
                                    .privacyNotice("We keep chats for a year.")
                                    .origins("https://library.springy.edu"))
                    .widget("homepage", "springy", widget -> widget.route(Option.department("reference")))
                    .build())
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

    private HttpResponse<String> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + connector.getLocalPort() + "/coop-web/" + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    /** As the guide has it. */
    @Test
    void anOriginIsNamedByChangingTheWidget() throws Exception {
        CompletionStage<Outcome<Directory>> saved = engine.admin()
                .save(Widget.builder("databases", "springy")
                        .route(Option.department("reference"), Option.coop("academic"))
                        .origins("https://library.springy.edu")
                        .build());

        assertThat(saved.toCompletableFuture().join().value()).isPresent();
        assertThat(get("widgets/databases", "Origin", "https://library.springy.edu")
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"coop-chat.js", "coop-client.js", "chat/patron-chat.js", "ticker-worker.js", "coop-chat.css"})
    void aPartOfTheWidgetIsForPagesOfAnyOrigin(String path) throws Exception {
        HttpResponse<String> file = get(path, "Origin", "https://anywhere.example");

        assertThat(file.statusCode()).isEqualTo(200);
        assertThat(header(file, "Content-Type")).startsWith(path.endsWith("css") ? "text/css" : "text/javascript");
        assertThat(header(file, "Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(header(file, "Cross-Origin-Resource-Policy")).isEqualTo("cross-origin");
        assertThat(header(file, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(file.body()).isNotEmpty();
    }

    @Test
    void whatABrowserHasIsNotSentAgain() throws Exception {
        String etag = header(get("coop-chat.js"), "ETag");

        HttpResponse<String> again = get("coop-chat.js", "If-None-Match", etag);
        HttpResponse<String> other = get("coop-client.js", "If-None-Match", etag);

        assertThat(etag).matches("\"[A-Za-z0-9_-]{12}\"");
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(other.statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nothing.js",
                "chat",
                "static/coop-chat.js",
                "../CoopWeb.class",
                "..%2fCoopWeb.class",
                "%2e%2e/CoopWeb.class",
                "CoopWeb.class",
                ".hidden.js",
                "widgets/",
                "widgets/nothing",
                "widgets/%20",
                "widgets/databases/more"
            })
    void whatIsNotThereIsNotFoundAndNothingLeadsOut(String path) throws Exception {
        HttpResponse<String> missing = get(path);

        assertThat(missing.statusCode()).isBetween(400, 404);
        assertThat(missing.body()).doesNotContain("Exception", "org.libcoop");
    }

    /** W3, W4, W6, W7. */
    @Test
    void aWidgetIsToldWithItsTextsItsFieldsAndWhetherItIsOnline() throws Exception {
        HttpResponse<String> offline = get("widgets/databases");
        OperatorSession ana =
                engine.connectOperator(OperatorId.of("ana"), notice -> {}).orElseThrow();
        ana.signIn().toCompletableFuture().join().orElseThrow();
        ana.monitor(Option.department(DepartmentId.of("reference")), true)
                .toCompletableFuture()
                .join()
                .orElseThrow();
        JsonNode online = JSON.readTree(get("widgets/databases").body());

        assertThat(header(offline, "Content-Type")).startsWith("application/json");
        assertThat(header(offline, "Cache-Control")).isEqualTo("max-age=5");
        assertThat(JSON.readTree(offline.body()).path("online").asBoolean()).isFalse();
        assertThat(online.path("online").asBoolean()).isTrue();
        assertThat(online.path("institution").asText()).isEqualTo("Springy University");
        assertThat(online.path("name").asText()).isEqualTo("Databases");
        assertThat(online.path("socket").asText()).isEqualTo("/coop");
        assertThat(online.path("fields").path("question").asText()).isEqualTo("required");
        assertThat(online.path("fields").path("name").asText()).isNotEmpty();
        assertThat(online.path("privacyNotice").asText()).isEqualTo("We keep chats for a year.");
        online.path("texts").forEach(text -> assertThat(text.asText()).isNotEmpty());
        assertThat(online.path("texts")).hasSize(4);
    }

    /** W1: the origins a widget names, and the host's own. */
    @Test
    void aPageOfAnotherOriginIsToldOfTheWidgetsThatNameIt() throws Exception {
        String library = "https://library.springy.edu";

        HttpResponse<String> named = get("widgets/databases", "Origin", library);
        HttpResponse<String> unnamed = get("widgets/homepage", "Origin", library);
        HttpResponse<String> foreign = get("widgets/databases", "Origin", "https://library.springy.edu.example");
        HttpResponse<String> sandboxed = get("widgets/databases", "Origin", "null");
        HttpResponse<String> own = get("widgets/homepage", "Origin", "http://127.0.0.1:" + connector.getLocalPort());

        assertThat(named.statusCode()).isEqualTo(200);
        assertThat(header(named, "Access-Control-Allow-Origin")).isEqualTo(library);
        assertThat(header(named, "Vary")).isEqualTo("Origin");
        for (HttpResponse<String> refused : List.of(unnamed, foreign, sandboxed)) {
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(refused.body()).contains("\"code\":\"not-allowed\"");
            assertThat(header(refused, "Access-Control-Allow-Origin")).isEmpty();
        }
        assertThat(own.statusCode()).isEqualTo(200);
    }
}
