package org.libcoop.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocketRoute;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Chats survive reloads, other pages, other tabs and broken connections (C7, M3, M4, P4). */
@InChromium
class ConnectionTest {

    private static final Pattern SOCKET = Pattern.compile("ws://.*/coop");
    private static final int SERVER_STOPS = 4503;

    private final RunningServer server = RunningServer.with("stories.yaml");
    private Cast cast;

    @BeforeEach
    void open(Browser browser) {
        cast = new Cast(browser, server);
    }

    @AfterEach
    void close() {
        cast.close();
        server.close();
    }

    @Test
    void aPatronFindsTheChatAgainAfterAReloadOnAnotherPageAndInAnotherTab() {
        LibrarianPage ana = cast.librarian("ana").monitor("Reference Desk");
        PatronPage patron = cast.patron("databases").openChat().ask("Stewart", "Is the study room free?");
        ana.claim("Stewart");
        assertThat(patron.head()).hasText("Ana Alvarez");
        ana.say("It is, until four.");
        assertThat(patron.messages()).hasCount(3);

        patron.page().reload();
        assertThat(patron.messages()).hasCount(3);
        patron.page().navigate(server.page("/library/desk-only"));
        assertThat(patron.messages().last()).hasText("It is, until four.");
        patron.say("Thank you!");
        assertThat(ana.messages().last()).hasText("Thank you!");

        Page tab = patron.page().context().newPage();
        tab.navigate(server.page("/library/databases"));
        PatronPage second = new PatronPage(tab);
        assertThat(second.launcher()).containsText("Ana Alvarez is here");
        second.openChat();
        assertThat(second.messages()).hasCount(4);

        patron.endChat();
        assertThat(second.window()).containsText("You ended the chat.");
        cast.assertCalm();
    }

    @Test
    void aSecondChatBeginsWithAnEmptyLog() {
        LibrarianPage ana = cast.librarian("ana").monitor("Reference Desk");
        PatronPage patron = cast.patron("desk-only").openChat().ask("Rosa", "How do I cite a podcast?");
        ana.claim("Rosa");
        assertThat(patron.messages()).hasCount(2);
        patron.endChat();
        patron.button("Start a new chat").click();
        ana.putAway();

        patron.ask("Rosa", "And a film?");

        ana.claim("Rosa");
        assertThat(patron.messages())
                .hasText(new String[] {"And a film?", "Hello, this is Ana Alvarez. How can I help?"});
        assertThat(ana.messages().first()).hasText("And a film?");
        cast.assertCalm();
    }

    @Test
    void aMessageWhoseAnswerWasLostIsSentAgainAndAppearsOnce() {
        LibrarianPage ana = cast.librarian("ana").monitor("Reference Desk");
        AtomicBoolean lost = new AtomicBoolean();
        List<String> said = new ArrayList<>();
        PatronPage patron = patronOver(client -> {
            WebSocketRoute onward = client.connectToServer();
            client.onMessage(frame -> {
                if (frame.text().contains("\"do\":\"say\"")) {
                    said.add(frame.text());
                }
                onward.send(frame.text());
            });
            onward.onMessage(frame -> {
                boolean answer = frame.text().contains("\"type\":\"result\"") && said.size() == 1;
                if (answer && lost.compareAndSet(false, true)) {
                    client.close(new WebSocketRoute.CloseOptions().setCode(SERVER_STOPS));
                } else {
                    client.send(frame.text());
                }
            });
        });
        patron.openChat().ask("Stewart", "Is the study room free?");
        ana.claim("Stewart");
        assertThat(patron.head()).hasText("Ana Alvarez");

        patron.say("Hello?");

        assertThat(ana.messages().last()).hasText("Hello?");
        assertThat(patron.log().locator(".under-way")).hasCount(0);
        patron.say("Still here.");
        assertThat(ana.messages().last()).hasText("Still here.");
        assertThat(lost).isTrue();
        assertThat(said).hasSize(3);
        assertThat(said.get(0)).isEqualTo(said.get(1));
        assertThat(ana.messages()).hasText(new String[] {
            "Is the study room free?", "Hello, this is Ana Alvarez. How can I help?", "Hello?", "Still here."
        });
        assertThat(patron.messages()).hasCount(4);
    }

    @Test
    void aLibrarianWhoseConnectionBreaksIsToldAndComesBackToTheSameDesk() {
        Page page = cast.newPage("ana", new Browser.NewContextOptions());
        List<WebSocketRoute> sockets = new ArrayList<>();
        page.routeWebSocket(SOCKET, client -> {
            client.connectToServer();
            sockets.add(client);
        });
        page.navigate(server.page("/dashboard?as=ana"));
        LibrarianPage ana = new LibrarianPage(page).monitor("Reference Desk");
        cast.patron("desk-only").openChat().ask("Rosa", "How do I cite a podcast?");
        ana.claim("Rosa");
        assertThat(ana.chats()).containsText("How do I cite a podcast?");
        cast.patron("desk-only").openChat().ask("Tom", "Is the study room free?");
        assertThat(ana.waiting("Tom")).isVisible();

        sockets.get(0).close(new WebSocketRoute.CloseOptions().setCode(SERVER_STOPS));

        assertThat(ana.connection()).containsText("Reconnecting in");
        assertThat(ana.connection()).hasText("Connected");
        assertThat(sockets).hasSize(2);
        assertThat(ana.waiting()).hasCount(1);
        assertThat(ana.chats()).hasCount(1);
        ana.say("Like this, with the host as author.");
        assertThat(ana.messages()).hasCount(3);
        assertThat(ana.chats().locator(".under-way")).hasCount(0);
    }

    @Test
    void whoLeavesTheDeskWithOpenChatsIsWarnedFirst() {
        LibrarianPage ana = cast.librarian("ana").monitor("Reference Desk");
        LibrarianPage ben = cast.librarian("ben").monitor("Reference Desk");
        PatronPage patron = cast.patron("desk-only").openChat().ask("Rosa", "How do I cite a podcast?");
        ana.claim("Rosa");
        assertThat(patron.head()).hasText("Ana Alvarez");

        ana.button("Sign out").click();
        assertThat(ana.page().getByText("You have 1 open chat")).isVisible();
        ana.button("Cancel").click();
        assertThat(patron.head()).hasText("Ana Alvarez");
        ana.button("Sign out").click();
        ana.button("Sign out now").click();

        assertThat(ana.chats()).containsText("You lost this chat.");
        assertThat(patron.window()).containsText("Ana Alvarez has left. We are asking the librarians again.");
        assertThat(ben.waiting("Rosa")).containsText("returned");
        ben.claim("Rosa");
        assertThat(patron.head()).hasText("Ben Brandt");
        cast.assertCalm();
    }

    private PatronPage patronOver(Consumer<WebSocketRoute> between) {
        Page page = cast.newPage("patron", new Browser.NewContextOptions());
        page.routeWebSocket(SOCKET, between);
        page.navigate(server.page("/library/desk-only"));
        return new PatronPage(page);
    }
}
