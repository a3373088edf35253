package org.libcoop.example;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The server as a whole: from a ticket to an answered question. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class DemoChatTest {

    private static final String KEY = "a-key-that-a-patron-drew-at-random-0123456789";

    private ExampleServer server;

    @BeforeEach
    void start() throws IOException {
        server = ExampleServer.start(ExampleServer.directory(null), 0);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aWidgetIsOnlineWhileSomebodyMonitors() throws Exception {
        boolean before = isOnline("databases");
        try (SocketClient olga = SocketClient.operator(server.address(), "olga")) {
            olga.command("sign-in", Map.of());
            boolean signedIn = isOnline("databases");
            olga.command("monitor", Map.of("option", Map.of("kind", "coop", "id", "academic"), "on", true));
            boolean monitoring = isOnline("databases");
            olga.command("status", Map.of("is", "internal"));
            boolean internal = isOnline("databases");

            assertThat(before).isFalse();
            assertThat(signedIn).isFalse();
            assertThat(monitoring).isTrue();
            assertThat(internal).isFalse();
        }
    }

    @Test
    void aTicketServesOnce() throws Exception {
        String ticket = SocketClient.ticket(server.address(), "olga");

        try (SocketClient first = SocketClient.presenting(server.address(), "operator", ticket)) {
            assertThat(first.frame("welcome").path("operator").path("id").asText())
                    .isEqualTo("olga");
            try (SocketClient second = SocketClient.presenting(server.address(), "operator", ticket)) {
                assertThat(second.frame("denied")).isNotNull();
                assertThat(second.closeCode.get(20, TimeUnit.SECONDS)).isEqualTo(4401);
            }
        }
    }

    @Test
    void aPatronIsAnsweredByTheCoopAfterTheDeskIsGone() throws Exception {
        try (SocketClient ana = SocketClient.operator(server.address(), "ana");
                SocketClient olga = SocketClient.operator(server.address(), "olga");
                SocketClient patron = SocketClient.presenting(server.address(), "patron", KEY)) {
            patron.frame("welcome");
            ana.command("sign-in", Map.of());
            ana.command("monitor", Map.of("option", Map.of("kind", "department", "id", "reference"), "on", true));
            olga.command("sign-in", Map.of());
            olga.command("monitor", Map.of("option", Map.of("kind", "coop", "id", "academic"), "on", true));

            patron.command("start", Map.of("widget", "databases", "question", "I can't download the article"));
            ana.frame("listed");
            ana.command("sign-out", Map.of());
            String chat = olga.frame("listed").path("waiting").path("chat").asText();
            JsonNode claimed = olga.command("claim", Map.of("chat", chat));
            olga.command("say", Map.of("chat", chat, "text", "Let me look."));
            JsonNode heard = patron.frame("entry");
            while (!heard.path("entry").path("text").asText().equals("Let me look.")) {
                heard = patron.frame("entry");
            }

            assertThat(claimed.path("ok").asBoolean()).isTrue();
            assertThat(heard.path("entry").path("institution").asText()).isEqualTo("Hill College");
        }
    }

    @Test
    void stoppingTellsEveryClient() throws Exception {
        try (SocketClient olga = SocketClient.operator(server.address(), "olga")) {
            server.close();

            assertThat(olga.closeCode.get(20, TimeUnit.SECONDS)).isEqualTo(4503);
        }
    }

    private boolean isOnline(String widget) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(server.address().resolve("/coop-web/widgets/" + widget))
                .build();
        String body = HttpClient.newHttpClient()
                .send(request, BodyHandlers.ofString())
                .body();
        return JsonMapper.builder().build().readTree(body).path("online").asBoolean();
    }
}
