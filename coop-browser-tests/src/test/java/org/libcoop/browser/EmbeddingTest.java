package org.libcoop.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
            // What the address says behind the question mark is of the page's element.
            String said = exchange.getRequestURI().getQuery();
            byte[] page = ("<!doctype html><html " + (said == null ? "lang=\"en\"" : said)
                            + "><head><meta charset=\"utf-8\"><title>A library</title></head><body>"
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
        return visit("");
    }

    private Page visit(String said) {
        Page page = cast.newPage("patron", new Browser.NewContextOptions());
        page.navigate(origin() + "/databases" + said);
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

    @ParameterizedTest
    @CsvSource({
        "?lang='es', Pregunte a un bibliotecario, Empezar el chat, 'Le responde Ana Alvarez, de Springy University.'",
        "?lang='de-AT', Fragen Sie die Bibliothek, Chat beginnen, Ana Alvarez von Springy University antwortet.",
        "?lang='fr' dir='rtl', Ask a librarian, Start chat, Ana Alvarez of Springy University is answering.",
    })
    void itSpeaksThePagesLanguage(String said, String title, String start, String claimed) throws Exception {
        nameOrigins(origin());
        LibrarianPage ana = cast.librarian("ana").monitor("Reference Desk");
        Page page = visit(said.replace(" ", "%20"));
        Locator chat = page.locator("coop-chat");

        assertThat(chat.locator(".launch-title")).hasText(title);
        chat.locator(".launcher").click();
        assertThat(chat.locator(".form .primary").first()).hasText(start);
        chat.locator("input[name=name]").fill("Stewart");
        chat.locator("textarea[name=question]").fill("Can I read this at home?");
        chat.locator(".form .primary").first().click();
        ana.claim("Stewart");

        assertThat(chat.locator(".log")).containsText(claimed);
        if (said.contains("rtl")) {
            Number left = (Number) chat.locator(".panel").evaluate("it => it.getBoundingClientRect().left");
            assertThat(left.doubleValue()).as("where the window begins").isLessThan(200);
        }
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
