package org.libcoop.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.SelectOption;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What stands around a chat, as people have it in their pages: staff chat, FAQ, files, tickets, QA feedback (I1, F1, F2, U1, K1, X4). */
@InChromium
class AroundAChatTest {

    private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");

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

    private static void picture(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target", "screenshots", name + ".png")));
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
    }

    @Test
    void librariansOfACoopTalkInItsRoom() {
        LibrarianPage olga = cast.librarian("olga").monitor("Academic Co-Op");
        LibrarianPage maya = cast.librarian("maya").monitor("Academic Co-Op");

        button(maya.page(), "Staff chat").click();
        Locator talks = maya.page().locator(".talks");
        room(maya, "Academic Co-Op").click();
        assertThat(talks.locator("h2")).hasText("Academic Co-Op");
        assertThat(room(maya, "Olga Olsen (Hill College)")).isVisible();
        talks.getByLabel("Write to the room").fill("Is anybody on until ten?");
        talks.getByLabel("Write to the room").press("Enter");
        assertThat(talks.locator(".talk")).containsText("Is anybody on until ten?");

        assertThat(olga.page().locator(".talk-open .count")).hasText("1");
        olga.page().locator(".talk-open").click();
        room(olga, "Academic Co-Op").click();
        Locator said = olga.page().locator(".talk li");
        assertThat(said).containsText(new String[] {"Is anybody on until ten?"});
        assertThat(said).containsText(new String[] {"24/7"});
        assertThat(olga.page().locator(".talk-open .count")).isHidden();
        picture(olga.page(), "staff-chat");
        cast.assertCalm();
    }

    private static Locator room(LibrarianPage librarian, String name) {
        return librarian.page().locator(".rooms button").filter(new Locator.FilterOptions().setHasText(name));
    }

    @Test
    void theOwnerLooksUpThePatronsLibraryAndWhatIsForStaffStaysThere() {
        LibrarianPage olga = cast.librarian("olga").monitor("Academic Co-Op");
        PatronPage stewart = cast.patron("databases").openChat().ask("Stewart", "Until when are you open?");
        olga.claim("Stewart");

        Page page = olga.page();
        page.getByText("Library card and FAQ").click();
        page.getByLabel("Search the FAQ").fill("open");
        button(page, "Search").click();
        Locator entry = page.locator(".faq-row[data-entry='hours']");
        assertThat(entry).containsText("When is the library open?");
        entry.getByText("Send to the patron").click();
        assertThat(stewart.log()).containsText("https://library.springy.example/hours");

        page.getByLabel("Search the FAQ").fill("password for the databases");
        button(page, "Search").click();
        Locator secret = page.locator(".faq-row[data-entry='db-login']");
        assertThat(secret).containsText("For staff only, do not send");
        assertThat(secret.getByText("Send to the patron")).hasCount(0);
        picture(page, "faq-beside-a-chat");

        olga.say("Use coop-guest-417, it is quicker.");
        Locator warning = page.getByRole(AriaRole.DIALOG);
        assertThat(warning).isVisible();
        picture(page, "staffing-secret");
        warning.getByRole(AriaRole.BUTTON).last().click();
        assertThat(stewart.log()).not().containsText("coop-guest-417");
        cast.assertCalm();
    }

    @Test
    void filesGoBothWays() throws IOException {
        LibrarianPage olga = cast.librarian("olga").monitor("Academic Co-Op");
        PatronPage stewart = cast.patron("databases").openChat().ask("Stewart", "I see this message.");
        olga.claim("Stewart");
        byte[] text = "Error 42: no such article".getBytes(StandardCharsets.UTF_8);

        stewart.page().locator("input[type=file]").setInputFiles(new FilePayload("what I see.txt", "text/plain", text));
        Locator sent = olga.page().locator(".bubble.file");
        assertThat(sent).containsText("what I see.txt");
        Download saved = olga.page().waitForDownload(() -> sent.locator(".save").click());
        Assertions.assertThat(Files.readAllBytes(saved.path())).isEqualTo(text);
        Assertions.assertThat(saved.suggestedFilename()).isEqualTo("what I see.txt");

        olga.page()
                .locator(".pane.chat input[type=file]")
                .setInputFiles(new FilePayload(
                        "run me.html", "text/plain", "<!doctype html><p>".getBytes(StandardCharsets.UTF_8)));
        assertThat(olga.page().locator(".pane.chat")).containsText("cannot be sent");
        olga.page()
                .locator(".pane.chat input[type=file]")
                .setInputFiles(
                        new FilePayload("answer.txt", "text/plain", "Here it is.".getBytes(StandardCharsets.UTF_8)));
        assertThat(stewart.log()).containsText("answer.txt");
        picture(olga.page(), "files");
    }

    @Test
    void thePatronsLibraryGivesFeedbackAndWhoAnsweredReplies() {
        LibrarianPage olga = cast.librarian("olga").monitor("Academic Co-Op");
        PatronPage stewart = cast.patron("databases").openChat().ask("Stewart", "Where is it?");
        olga.claim("Stewart");
        olga.say("On the second floor.");
        olga.end("Answered");
        assertThat(stewart.button("Start a new chat")).isVisible();

        Page ana = transcriptsOf(cast.librarian("ana"));
        ana.locator("tbody tr .opens").first().click();
        Locator feedback = ana.locator(".feedback");
        feedback.getByLabel("Rating").selectOption("4");
        feedback.getByLabel("Give feedback").fill("Friendly, and right.");
        button(ana, "Give feedback").click();
        assertThat(feedback).containsText("Friendly, and right.");
        assertThat(feedback).containsText("4 of 5");
        picture(ana, "qa-feedback");

        assertThat(olga.page().locator(".toast")).containsText("QA feedback");
        Page olgas = transcriptsOf(olga);
        olgas.getByLabel("Path").selectOption(new SelectOption().setLabel("Answered through Academic Co-Op"));
        olgas.locator("tbody tr .opens").first().click();
        olgas.locator(".feedback").getByLabel("Reply").fill("Thank you!");
        button(olgas, "Reply").click();
        assertThat(olgas.locator(".feedback")).containsText("Thank you!");
        cast.assertCalm();
    }

    private Page transcriptsOf(LibrarianPage librarian) {
        Page page = librarian
                .page()
                .waitForPopup(() -> librarian.page().getByText("Transcripts").click());
        cast.watch("transcripts", page);
        return page;
    }

    @Test
    void aQuestionThatNobodyIsThereForBecomesATicket() {
        PatronPage paula = cast.patron("databases").openChat();
        Page page = paula.page();
        page.locator(".ticket textarea").first().fill("May I bring my dog?");
        page.locator(".ticket input[type=email]").first().fill("paula@example.org");
        picture(page, "offline-question");
        page.locator(".ticket button[type=submit]").first().click();
        assertThat(page.locator(".left").first()).isVisible();

        LibrarianPage ana = cast.librarian("ana");
        Page tickets = ana.page()
                .waitForPopup(() -> ana.page()
                        .getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Tickets"))
                        .click());
        cast.watch("tickets", tickets);
        assertThat(tickets.locator("body")).containsText("May I bring my dog?");
        picture(tickets, "tickets");
        cast.assertCalm();
    }

    @Test
    void aQuestionThatGotLostIsSentAgainAsItWasAndARefusedOneIsAnother() {
        Page page = cast.patron("databases").openChat().page();
        List<String> ids = new ArrayList<>();
        page.route("**/questions", route -> {
            Matcher id = ID.matcher(route.request().postData());
            Assertions.assertThat(id.find()).isTrue();
            ids.add(id.group(1));
            if (ids.size() == 1) {
                route.abort();
            } else {
                route.fulfill(new Route.FulfillOptions()
                        .setStatus(422)
                        .setBody("{\"code\":\"x\",\"message\":\"it is no question\"}"));
            }
        });
        page.locator(".ticket textarea").first().fill("May I bring my dog?");
        page.locator(".ticket input[type=email]").first().fill("paula@example.org");
        Locator send = page.locator(".ticket button[type=submit]").first();
        Locator error = page.locator(".ticket .error").first();

        send.click();
        assertThat(error).hasText("The library cannot be reached. Please try again.");
        send.click();
        assertThat(error).hasText("It is no question.");
        page.waitForResponse("**/questions", send::click);

        Assertions.assertThat(ids.get(1)).isEqualTo(ids.get(0));
        Assertions.assertThat(ids.get(2)).isNotEqualTo(ids.get(1));
    }
}
