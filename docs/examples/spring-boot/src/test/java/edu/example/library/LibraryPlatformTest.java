package edu.example.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.libcoop.CoopEngine;
import org.libcoop.OperatorSession;
import org.libcoop.PatronSession;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Content.PatronDetails;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.WidgetId;
import org.libcoop.refusal.Outcome;
import org.libcoop.spi.Principal;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class LibraryPlatformTest {

    private final HttpClient browser = HttpClient.newHttpClient();

    @Autowired
    private CoopEngine engine;

    @Autowired
    private Staff staff;

    @Autowired
    private JdbcClient database;

    @LocalServerPort
    private int port;

    @Test
    void anUnclaimedChatReachesTheCoop() {
        monitors("ana", Option.department("reference"));
        OperatorSession olga = monitors("olga", Option.coop("academic"));
        PatronSession patron = engine.connectPatron(
                        Principal.OfPatron.withNewKey(), "127.0.0.1", notice -> {})
                .orElseThrow();

        ChatId chat = Outcome.await(patron.startChat(WidgetId.of("databases"), PatronDetails.NONE, "Is it open?"))
                .orElseThrow()
                .chat();

        await().until(() -> !olga.waiting().isEmpty());
        Outcome.await(olga.claim(chat)).orElseThrow();
    }

    @Test
    void whoIsHiredIsKnownAtTheNextRefresh() {
        database.sql("insert into staff values ('ben', '{noop}b', 'Ben', 'springy', 'reference')")
                .update();

        staff.refresh();

        await().until(() -> engine.directory().operator(OperatorId.of("ben")).isPresent());
    }

    @Test
    void theWidgetIsForEverybodyAndTheTicketForWhoLogsIn() throws Exception {
        assertThat(get("/coop-web/widgets/databases", null).body()).contains("\"socket\":\"/coop\"");
        assertThat(get("/chat-ticket", "ana:wrong").statusCode()).isEqualTo(401);

        String ticket = get("/chat-ticket", "ana:a").body();

        assertThat(firstAnswer(ticket)).contains("\"type\":\"welcome\"", "\"id\":\"ana\"");
        assertThat(firstAnswer(ticket)).contains("denied");
    }

    private OperatorSession monitors(String operator, Option option) {
        OperatorSession session =
                engine.connectOperator(OperatorId.of(operator), notice -> {}).orElseThrow();
        session.signIn();
        Outcome.await(session.monitor(option, true)).orElseThrow();
        return session;
    }

    private HttpResponse<String> get(String path, String credentials) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
        if (credentials != null) {
            byte[] bytes = credentials.getBytes(StandardCharsets.UTF_8);
            request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(bytes));
        }
        return browser.send(request.build(), BodyHandlers.ofString());
    }

    /** What the server says to a connection that presents this ticket after its hello. */
    private String firstAnswer(String ticket) throws Exception {
        CompletableFuture<String> answer = new CompletableFuture<>();
        browser.newWebSocketBuilder()
                .subprotocols("coop.v1")
                .buildAsync(URI.create("ws://localhost:" + port + "/coop"), new WebSocket.Listener() {
                    private final StringBuilder text = new StringBuilder();

                    @Override
                    public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
                        text.append(part);
                        if (last && text.indexOf("hello") > 0) {
                            socket.sendText(
                                    "{\"type\":\"auth\",\"role\":\"operator\",\"token\":\"" + ticket + "\"}", true);
                        } else if (last) {
                            answer.complete(text.toString());
                        }
                        if (last) {
                            text.setLength(0);
                        }
                        socket.request(1);
                        return null;
                    }
                });
        return answer.get(10, TimeUnit.SECONDS);
    }
}
