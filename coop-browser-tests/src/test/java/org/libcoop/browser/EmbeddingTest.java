package org.libcoop.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.libcoop.directory.Option;
import org.libcoop.directory.Widget;
import org.libcoop.directory.WidgetId;

/**
 * The widget on a page of another origin, with one script tag, under a content security policy that allows nothing but the chat
 * server (W1, W4, G20).
 */
@InChromium
class EmbeddingTest {

    private final RunningServer server = RunningServer.with("stories.yaml");
    private HttpServer library;
    private Cast cast;

    @BeforeEach
    void open(Browser browser) throws IOException {
        cast = new Cast(browser, server);
        library = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        library.createContext("/", exchange -> {
            byte[] page =
                    ("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>A library</title></head><body>"
                                    + "<h1>Another library's page</h1><script type=\"module\" src=\""
                                    + server.page("/coop-web/coop-chat.js")
                                    + "\" data-widget=\"databases\"></script></body></html>")
                            .getBytes(StandardCharsets.UTF_8);
            String chat = server.page("");
            exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
            exchange.getResponseHeaders()
                    .set(
                            "Content-Security-Policy",
                            "default-src 'none'; base-uri 'none'; form-action 'none'; script-src " + chat
                                    + "; style-src " + chat + "; connect-src " + chat + ' '
                                    + chat.replace("http:", "ws:"));
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        library.start();
    }

    @AfterEach
    void close() {
        cast.close();
        library.stop(0);
        server.close();
    }

    private String origin() {
        return "http://127.0.0.1:" + library.getAddress().getPort();
    }

    /** What the library's administrator does before the page can work. */
    private void nameOrigins(String... origins) throws Exception {
        Widget widget =
                server.engine().directory().widget(WidgetId.of("databases")).orElseThrow();
        server.engine()
                .admin()
                .save(Widget.builder(widget.id(), widget.institution())
                        .name(widget.name())
                        .route(widget.route().toArray(Option[]::new))
                        .nameField(widget.nameField())
                        .questionField(widget.questionField())
                        .origins(origins)
                        .build())
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS)
                .orElseThrow();
    }

    private Page visit() {
        Page page = cast.newPage("patron", new Browser.NewContextOptions());
        page.navigate(origin() + "/databases");
        return page;
    }

    @Test
    void aPatronOfAnotherOriginsPageIsAnswered() throws Exception {
        nameOrigins(origin());
        LibrarianPage ana = cast.librarian("ana").monitor("Reference Desk");
        PatronPage patron = new PatronPage(visit());

        patron.openChat().ask("Stewart", "Can I read this at home?");
        ana.claim("Stewart");
        ana.say("Yes, with your library card.");

        assertThat(patron.head()).hasText("Ana Alvarez");
        assertThat(patron.messages().last()).hasText("Yes, with your library card.");
        patron.page().reload();
        assertThat(patron.messages().last()).hasText("Yes, with your library card.");
        patron.say("Thank you!");
        assertThat(ana.messages().last()).hasText("Thank you!");
        cast.assertCalm();
    }

    @Test
    void aPageThatTheWidgetDoesNotNameShowsNoChat() throws Exception {
        nameOrigins("https://elsewhere.example");

        Page page = visit();

        assertThat(page.locator("coop-chat")).hasCount(1);
        assertThat(page.locator("coop-chat .launcher")).isHidden();
        List<String> answers = List.of(page.evaluate(
                        "async url => { try { return (await fetch(url)).status } catch (refused) { return refused.name } }",
                        server.page("/coop-web/widgets/databases"))
                .toString());
        assertThat(answers).containsExactly("TypeError");
    }
}
