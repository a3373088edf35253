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
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.libcoop.CoopEngine;
import org.libcoop.directory.Directory;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.faq.FaqEntry;
import org.libcoop.faq.FaqGroup;
import org.libcoop.faq.FaqHit;
import org.libcoop.faq.FaqPage;
import org.libcoop.faq.FaqQuery;
import org.libcoop.faq.FaqVisibility;
import org.libcoop.faq.Highlighted;
import org.libcoop.spi.FaqSource;

/** W5, F1: what patrons find in the FAQ over HTTP. */
class FaqDoorTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final InstitutionId SPRINGY = InstitutionId.of("springy");

    /** A FAQ of one public entry and a secret one. */
    private static final class Shelf implements FaqSource {
        @Override
        public List<FaqGroup> groups(InstitutionId institution) {
            return List.of(
                    new FaqGroup("open", SPRINGY, "Open", FaqVisibility.PUBLIC),
                    new FaqGroup("desk", SPRINGY, "Desk", FaqVisibility.STAFFING));
        }

        @Override
        public Set<String> readableBy(OperatorId operator) {
            return Set.of();
        }

        @Override
        public FaqPage search(FaqQuery query, @Nullable String cursor, int limit) {
            Highlighted title = new Highlighted("Is it open?", List.of(new Highlighted.Mark(6, 10)));
            FaqHit open = new FaqHit("e1", "open", title, Highlighted.plain("Until ten."), null, "en", null);
            FaqHit secret = new FaqHit("e2", "desk", Highlighted.plain("Password"), title, null, "en", null);
            boolean asked = query.words().contains("open");
            return new FaqPage(asked ? List.of(query.groups().contains("desk") ? secret : open) : List.of(), null);
        }

        @Override
        public Optional<FaqEntry> entry(InstitutionId institution, String id) {
            return Optional.empty();
        }

        @Override
        public List<FaqEntry> staffing(InstitutionId institution) {
            return List.of();
        }
    }

    private static Directory directory() {
        return Directory.builder()
                .institution("springy", "Springy University")
                .operators("springy", "ana")
                .department("reference", "springy", "Reference", "ana")
                .widget(
                        "databases",
                        "springy",
                        widget -> widget.route(Option.department("reference")).origins("https://library.springy.edu"))
                .build();
    }

    private static HttpResponse<String> asked(CoopEngine engine, String path, String... headers) throws Exception {
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler("/");
        context.addServlet(new ServletHolder(new CoopWeb(engine, "/coop")), "/coop-web/*");
        server.setHandler(context);
        server.start();
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(
                    URI.create("http://127.0.0.1:" + connector.getLocalPort() + "/coop-web/" + path));
            if (headers.length > 0) {
                request.headers(headers);
            }
            return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
        } finally {
            server.stop();
        }
    }

    @Test
    void patronsFindWhatIsPublicAndNothingElse() throws Exception {
        try (CoopEngine engine =
                CoopEngine.builder().directory(directory()).faqs(new Shelf()).build()) {
            HttpResponse<String> found = asked(engine, "widgets/databases/faq?q=open");
            HttpResponse<String> foreign =
                    asked(engine, "widgets/databases/faq?q=open", "Origin", "https://evil.example");

            JsonNode hits = JSON.readTree(found.body()).path("hits");
            assertThat(hits).hasSize(1);
            assertThat(hits.get(0).path("title").path("text").asText()).isEqualTo("Is it open?");
            assertThat(hits.get(0).path("title").path("marks").toString()).isEqualTo("[[6,10]]");
            assertThat(found.body()).doesNotContain("Password");
            assertThat(found.headers().firstValue("Cache-Control")).contains("max-age=60");
            assertThat(foreign.statusCode()).isEqualTo(403);
            assertThat(JSON.readTree(asked(engine, "widgets/databases/faq").body())
                            .path("hits"))
                    .isEmpty();
            assertThat(asked(engine, "widgets/databases/faq?q=" + "o".repeat(201))
                            .statusCode())
                    .isEqualTo(400);
            assertThat(asked(engine, "widgets/nothing/faq?q=open").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void withoutAFaqNothingIsSearched() throws Exception {
        try (CoopEngine engine = CoopEngine.builder().directory(directory()).build()) {
            HttpResponse<String> refused = asked(engine, "widgets/databases/faq?q=open");

            assertThat(refused.body()).contains("\"code\":\"unsupported\"");
        }
    }
}
