package org.libcoop.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.libcoop.OperatorSession;
import org.libcoop.PatronSession;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Content;
import org.libcoop.chat.Disposition;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.WidgetId;
import org.libcoop.spi.Health;
import org.libcoop.spi.Principal;
import org.libcoop.spi.TicketBacklog;

/** {@code /health} and {@code /metrics}: what they say, and that the reference page says the same. */
class WatchTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Path PAGE = Path.of("../docs/reference/example-server.md");
    private ExampleServer server;

    @BeforeEach
    void start() throws IOException {
        server = ExampleServer.start(ExampleServer.directory(null), 0);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/health/live"})
    void aServerThatIsUpSaysSo(String path) throws Exception {
        HttpResponse<String> answer = get(path);
        JsonNode health = JSON.readTree(answer.body());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(health.path("state").asText()).isEqualTo("up");
        assertThat(health.path("ready").asBoolean()).isTrue();
        assertThat(health.path("storeAwaySince").isNull()).isTrue();
    }

    @Test
    void anEngineThatWasClosedIsNeitherReadyNorAlive() throws Exception {
        server.engine().close();

        HttpResponse<String> ready = get("/health");
        HttpResponse<String> live = get("/health/live");

        assertThat(ready.statusCode()).isEqualTo(503);
        assertThat(JSON.readTree(ready.body()).path("state").asText()).isEqualTo("closed");
        assertThat(live.statusCode()).isEqualTo(503);
    }

    @ParameterizedTest
    @CsvSource({
        "UP,     0, true,  true",
        "LATE,   0, true,  true",
        "FENCED, 0, false, true",
        "CLOSED, 0, false, false",
        "UP, 59999, true,  true",
        "UP, 60000, false, false",
    })
    void aNodeIsReadyWhileItDecidesAndAliveWhileItsDispatcherGoesRound(
            Health.State state, long silentMillis, boolean ready, boolean alive) {
        Health health = new Health(
                state,
                Duration.ZERO,
                Duration.ZERO,
                Instant.EPOCH,
                Duration.ofMillis(silentMillis),
                0,
                0,
                null,
                null,
                0,
                Duration.ZERO,
                null,
                TicketBacklog.NONE);

        assertThat(health.ready()).isEqualTo(ready);
        assertThat(health.alive()).isEqualTo(alive);
    }

    @Test
    void aChatShowsInTheFigures() throws Exception {
        OperatorSession ana = server.engine()
                .connectOperator(OperatorId.of("ana"), notice -> {})
                .orElseThrow();
        ana.signIn().toCompletableFuture().join().orElseThrow();
        for (Option desk : server.engine()
                .widget(WidgetId.of("databases"))
                .orElseThrow()
                .widget()
                .route()) {
            ana.monitor(desk, true).toCompletableFuture().join();
        }
        PatronSession patron = server.engine()
                .connectPatron(
                        new Principal.OfPatron("a-key-that-is-long-enough-to-be-one-of-a-patron"), "", notice -> {})
                .orElseThrow();
        ChatId chat = patron.startChat(WidgetId.of("databases"), Content.PatronDetails.NONE, null, "start")
                .toCompletableFuture()
                .join()
                .orElseThrow()
                .chat();
        String waiting = get("/metrics").body();

        ana.claim(chat).toCompletableFuture().join().orElseThrow();
        ana.end(chat, Disposition.ANSWERED).toCompletableFuture().join().orElseThrow();
        ana.claim(chat).toCompletableFuture().join();

        assertThat(waiting).contains("coop_chats_waiting 1.0", "coop_ready 1.0");
        await().untilAsserted(() -> assertThat(get("/metrics").body())
                .contains(
                        "coop_chats_waiting 0.0",
                        "coop_chats_over_total{outcome=\"answered\"} 1.0",
                        "coop_chat_wait_seconds_count 1",
                        "coop_chat_wait_seconds_bucket{le=\"30.0\"} 1",
                        "coop_stage_lateness_seconds_bucket{le=\"0.05\"}",
                        "coop_commands_refused_total{code=\"chat-over\"} 1.0",
                        "coop_happenings_total{kind=\"chat-started\"} 1.0")
                .doesNotContain(chat.value(), "ana"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health/", "/health/nothing", "/metrics/nothing"})
    void nothingElseIsThere(String path) throws Exception {
        assertThat(get(path).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/metrics"})
    void foreignNamesOfThisMachineAreNotAnswered(String path) throws Exception {
        URI address = server.address().resolve(path);
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);

            assertThat(answer).startsWith("HTTP/1.1 421");
        }
    }

    @Test
    void theReferenceNamesEveryFieldOfHealthAndEveryFigure() throws Exception {
        String page = Files.readString(PAGE);
        TreeSet<String> names = new TreeSet<>();
        JSON.readTree(get("/health").body()).fieldNames().forEachRemaining(names::add);
        List<String> source = Pattern.compile("\"(coop\\.[a-z.]+)\"")
                .matcher(Files.readString(Path.of("src/main/java/org/libcoop/example/Metrics.java")))
                .results()
                .map(found -> found.group(1).replace('.', '_'))
                .toList();

        assertThat(source).hasSizeGreaterThan(15);
        names.addAll(source);
        assertThat(names).allSatisfy(name -> assertThat(page).contains("`" + name));
    }

    private HttpResponse<String> get(String path) throws Exception {
        return HTTP.send(HttpRequest.newBuilder(server.address().resolve(path)).build(), BodyHandlers.ofString());
    }
}
