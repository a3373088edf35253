package edu.example.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.libcoop.refusal.Outcome.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.Test;
import org.libcoop.CoopEngine;
import org.libcoop.directory.Directory;
import org.libcoop.directory.Option;
import org.libcoop.directory.Widget;
import org.libcoop.transport.websocket.WebSocketTransport;

class SitesTest {

    private final Directory directory = Directory.builder()
            .institution("springy", "Springy University", "America/New_York")
            .operators("springy", "ana")
            .department("reference", "springy", "Reference", "ana")
            .widget("databases", "springy", widget -> widget.route(Option.department("reference")))
            .build();
    private final HttpClient browser = HttpClient.newHttpClient();

    @Test
    void aPageOfAnotherSiteShowsTheWidgetsThatNameIt() throws Exception {
        WebSocketTransport transport = Sites.transport();
        try (CoopEngine engine =
                CoopEngine.builder().directory(directory).transport(transport).build()) {
            Server chat = Sites.chat(engine, transport);
            Server library = Sites.library(Sites.origin(chat), "databases");
            String site = Sites.origin(library);
            String widget = Sites.origin(chat) + "/coop-web/widgets/databases";

            assertThat(get(widget, site).statusCode()).isEqualTo(403);
            await(engine.admin()
                            .save(Widget.builder("databases", "springy")
                                    .route(Option.department("reference"))
                                    .origins(site)
                                    .build()))
                    .orElseThrow();

            assertThat(get(site, site).body()).contains("data-widget=\"databases\"");
            assertThat(get(Sites.origin(chat) + "/coop-web/coop-chat.js", site).body()).contains("customElements");
            HttpResponse<String> answer = get(widget, site);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).contains(site);
            assertThat(answer.body()).contains("\"online\":false", "\"socket\":\"/coop\"");
            library.stop();
            chat.stop();
        }
    }

    private HttpResponse<String> get(String address, String origin) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address))
                .header("Origin", origin)
                .build();
        return browser.send(request, BodyHandlers.ofString());
    }
}
