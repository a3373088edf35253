package org.libcoop.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocket;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.libcoop.wire.WireWatch;

/**
 * The people of a test, each with a context of their own. What goes wrong in any of their pages (an uncaught error, a message on
 * the console, which is also where a violated content security policy shows, an unexpected dialog) is kept; {@link #assertCalm}
 * asks for it. Every frame between a page and the server is held against the description of the wire protocol.
 */
final class Cast implements AutoCloseable {

    private static final double PATIENCE_MILLIS = 10_000;

    private final Browser browser;
    private final RunningServer server;
    private final List<BrowserContext> contexts = new ArrayList<>();
    private final List<String> troubles = new ArrayList<>();
    private final List<WireWatch> watches = new ArrayList<>();

    Cast(Browser browser, RunningServer server) {
        this.browser = browser;
        this.server = server;
    }

    /** A patron on the library page of a widget. */
    PatronPage patron(String widget) {
        return patron(widget, new Browser.NewContextOptions());
    }

    PatronPage patron(String widget, Browser.NewContextOptions options) {
        Page page = newPage("patron", options);
        page.navigate(server.page("/library/" + widget));
        return new PatronPage(page);
    }

    /** A librarian, signed in at the dashboard. */
    LibrarianPage librarian(String operator) {
        return librarian(operator, new Browser.NewContextOptions());
    }

    LibrarianPage librarian(String operator, Browser.NewContextOptions options) {
        Page page = newPage(operator, options);
        page.addInitScript(resource("sightings.js"));
        page.navigate(server.page("/dashboard?as=" + operator));
        return new LibrarianPage(page);
    }

    /** Somebody on any page. */
    Page visitor(String path, Browser.NewContextOptions options) {
        Page page = newPage("visitor", options);
        page.navigate(server.page(path));
        return page;
    }

    /** A page whose address is not opened yet. */
    Page newPage(String who, Browser.NewContextOptions options) {
        BrowserContext context = browser.newContext(options);
        contexts.add(context);
        Page page = context.newPage();
        watch(who, page);
        return page;
    }

    /** Keeps what goes wrong in a page, also in one that another opened. */
    void watch(String who, Page page) {
        page.setDefaultTimeout(PATIENCE_MILLIS);
        page.onWebSocket(this::watch);
        page.onPageError(error -> troubles.add(who + ": " + error));
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                troubles.add(who + ": " + message.text());
            }
        });
        page.onDialog(dialog -> {
            if (!dialog.type().equals("beforeunload")) {
                troubles.add(who + ": a dialog says " + dialog.message());
            }
            dialog.accept();
        });
    }

    private void watch(WebSocket socket) {
        WireWatch watch = new WireWatch();
        watches.add(watch);
        socket.onFrameSent(frame -> watch.sent(frame.text()));
        socket.onFrameReceived(frame -> watch.received(frame.text()));
    }

    /** How many connections of pages were watched. */
    int connections() {
        return watches.size();
    }

    /** Nothing went wrong in any page so far. */
    void assertCalm() {
        assertThat(troubles).isEmpty();
        watches.forEach(WireWatch::assertRight);
    }

    /** Forgets what went wrong, for it was the test that did it. */
    void forgive() {
        troubles.clear();
    }

    @Override
    public void close() {
        contexts.forEach(BrowserContext::close);
        watches.forEach(WireWatch::assertRight);
    }

    private static String resource(String name) {
        try (InputStream script = Cast.class.getResourceAsStream("/" + name)) {
            return new String(Objects.requireNonNull(script, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
