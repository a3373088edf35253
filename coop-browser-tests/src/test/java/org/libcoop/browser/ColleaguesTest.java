package org.libcoop.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Colleagues on the dashboard, and an admin who ends the session of one (P5). Ana and Ben are of Springy University, Ana its admin. */
@InChromium
class ColleaguesTest {

    private final RunningServer server = RunningServer.demo();
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
    void anAdminEndsAColleaguesSessionAndIsToldHowManyChatsLoseTheirOwner() {
        LibrarianPage ben = cast.librarian("ben").monitor("Reference Desk");
        PatronPage stewart = cast.patron("databases").openChat().ask("Stewart", "Where is the map room?");
        ben.claim("Stewart");
        assertThat(stewart.head()).hasText("Ben Brandt");
        LibrarianPage ana = cast.librarian("ana").monitor("Reference Desk");
        Locator line = ana.page().locator(".house li").filter(new Locator.FilterOptions().setHasText("Ben Brandt"));
        assertThat(line).containsText("1 chat");

        ana.button("End the session of Ben Brandt").click();
        Locator question = ana.page().getByRole(AriaRole.DIALOG);
        assertThat(question).containsText("1 open chat loses its owner");
        ana.button("Cancel").click();
        assertThat(ben.chats()).hasCount(1);
        ana.button("End the session of Ben Brandt").click();
        ana.button("End session").click();

        assertThat(ben.page().getByText("Ana Alvarez ended your session.")).isVisible();
        assertThat(ana.waiting("Stewart")).isVisible();
        assertThat(line).hasCount(0);
        ana.claim("Stewart");
        assertThat(stewart.head()).hasText("Ana Alvarez");
        cast.assertCalm();
    }

    @Test
    void whoIsNoAdminSeesColleaguesAndIsOfferedNothing() {
        cast.librarian("ana").monitor("Reference Desk");
        LibrarianPage ben = cast.librarian("ben").monitor("Reference Desk");

        assertThat(ben.page().locator(".house li")).containsText(new String[] {"Ana Alvarez"});
        assertThat(ben.page().locator(".house button")).hasCount(0);
        cast.assertCalm();
    }
}
