package edu.example.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.libcoop.directory.Directory;

class PlatformTest {

    private final Directory directory = Directory.builder()
            .institution("city", "City Library", "Europe/Madrid")
            .operators("city", "ines")
            .department("information", "city", "Information", "ines")
            .widget("ask", "city", widget -> widget.route(
                    org.libcoop.directory.Option.department("information")))
            .build();
    private final HttpClient browser =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

    @Test
    void whoIsLoggedInGetsIntoTheChatOnce() throws Exception {
        try (Platform platform = new Platform(directory, Map.of("ines", "a good one"))) {
            assertThat(post(platform, "/log-in/ticket", "").statusCode()).isEqualTo(401);
            assertThat(post(platform, "/log-in/in", "user=ines&password=wrong").statusCode()).isEqualTo(401);
            assertThat(post(platform, "/log-in/in", "user=ines&password=a+good+one").statusCode()).isEqualTo(200);

            String ticket = post(platform, "/log-in/ticket", "").body();

            assertThat(firstAnswer(platform, ticket)).contains("\"type\":\"welcome\"", "\"id\":\"ines\"");
            assertThat(firstAnswer(platform, ticket)).contains("denied");
        }
    }

    private HttpResponse<String> post(Platform platform, String path, String form) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + platform.port() + path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build();
        return browser.send(request, BodyHandlers.ofString());
    }

    /** What the server says to a connection that presents this ticket after its hello. */
    private String firstAnswer(Platform platform, String ticket) throws Exception {
        CompletableFuture<String> answer = new CompletableFuture<>();
        browser.newWebSocketBuilder()
                .subprotocols("coop.v1")
                .buildAsync(URI.create("ws://127.0.0.1:" + platform.port() + "/coop"), new WebSocket.Listener() {
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
