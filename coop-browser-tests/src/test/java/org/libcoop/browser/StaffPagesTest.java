package org.libcoop.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Transcripts and accounts as admins and others meet them (A2–A4, A6, X2, X3, X5). */
@InChromium
class StaffPagesTest {

    private static final String SECRET = "My card number is 2300 4711.";

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

    /** A chat of Springy University that Olga of Hill College answered, and that ended a moment ago. */
    private void aChatThatOlgaAnswered() {
        LibrarianPage olga = cast.librarian("olga").monitor("Academic Co-Op");
        PatronPage stewart = cast.patron("databases").openChat().ask("Stewart", SECRET);
        olga.claim("Stewart");
        assertThat(stewart.head()).hasText("Olga Olsen");
        olga.say("Please do not send card numbers here.");
        olga.note("He sent his card number.");
        assertThat(stewart.messages()).hasCount(3);
        olga.end("Answered");
        assertThat(stewart.button("Start a new chat")).isVisible();
    }

    @Test
    void anAdminFindsAChatRedactsAMessageMailsItAndDeletesIt() {
        aChatThatOlgaAnswered();
        LibrarianPage ana = cast.librarian("ana");
        Page page = ana.page()
                .waitForPopup(() -> ana.page().getByText("Transcripts").click());
        cast.watch("ana", page);

        page.getByLabel("Text").fill("card NUMBER");
        button(page, "Search").click();
        assertThat(page.locator("tbody tr")).containsText(new String[] {"Olga Olsen"});
        assertThat(page.locator("tbody tr")).containsText(new String[] {"Academic Co-Op"});
        page.locator("tbody tr .opens").click();
        Locator chat = page.locator("#chat");
        assertThat(chat).containsText(SECRET);
        assertThat(chat).containsText("internal note, staff only");
        assertThat(chat).containsText("Olga Olsen of Hill College through Academic Co-Op");

        chat.locator(".message")
                .filter(new Locator.FilterOptions().setHasText(SECRET))
                .getByText("Redact…")
                .click();
        button(page, "Redact").click();
        assertThat(chat).not().containsText(SECRET);
        assertThat(chat).containsText("[redacted]");
        assertThat(chat).containsText("Ana Alvarez redacted a message");

        button(page, "Email…").click();
        page.getByLabel("Address").fill("stewart@example.org");
        button(page, "Send").click();
        button(page, "Sent mail").click();
        Locator mails = page.getByRole(AriaRole.DIALOG);
        assertThat(mails).containsText("stewart@example.org");
        assertThat(mails).containsText("Please do not send card numbers here.");
        assertThat(mails).not().containsText("4711");
        assertThat(mails).not().containsText("He sent his");
        button(page, "Close").click();

        button(page, "Delete content…").click();
        page.getByRole(AriaRole.DIALOG)
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Cancel"))
                .click();
        assertThat(chat).containsText("Please do not send");
        button(page, "Delete content…").click();
        button(page, "Delete content").click();
        assertThat(chat).containsText("All content of this chat was deleted.");
        assertThat(chat).not().containsText("Please do not send");
        assertThat(chat).not().containsText("Stewart");
        assertThat(button(page, "Delete content…")).hasCount(0);
        cast.assertCalm();
    }

    @Test
    void aTranscriptIsThereThoughItsTicketsOrItsFeedbackAreNot() {
        aChatThatOlgaAnswered();
        Page page = cast.visitor("/transcripts?as=ana", new Browser.NewContextOptions());
        page.route("**/api/tickets/of-chat*", Route::abort);
        page.route("**/api/feedback/chat*", Route::abort);

        page.locator("tbody tr .opens").click();
        assertThat(page.locator("#chat")).containsText(SECRET);
        assertThat(page.locator("#chat")).isFocused();
        assertThat(page.locator(".toast")).hasText(new String[] {
            "The server did not answer. Try again in a moment.", "The server did not answer. Try again in a moment."
        });
        assertThat(page.locator("#chat .feedback")).hasCount(0);
        cast.forgive(); // the browser reports the requests that were cut

        page.unrouteAll();
        page.locator("tbody tr .opens").click();
        assertThat(page.locator("#chat .feedback")).isVisible();
        cast.assertCalm();
    }

    @Test
    void whoReadsThroughTheCoopIsOfferedNoChangeAndTheExportIsAFile() throws IOException {
        aChatThatOlgaAnswered();
        Page page = cast.visitor("/transcripts?as=ian", new Browser.NewContextOptions());
        assertThat(page.getByText("No transcript fits.")).isVisible();

        page.getByLabel("Path").selectOption("academic");
        page.locator("tbody tr .opens").click();
        assertThat(page.locator("#chat")).containsText(SECRET);
        assertThat(page.locator("#chat .redact")).hasCount(0);
        assertThat(page.locator("#chat > .actions")).hasCount(0);

        button(page, "Export…").click();
        Download file = page.waitForDownload(() -> button(page, "JSON Lines").click());
        assertThat(file.suggestedFilename()).isEqualTo("transcripts.jsonl");
        assertThat(Files.readString(file.path())).contains(SECRET);
        cast.assertCalm();
    }

    @Test
    void anAdminAddsChangesAndRemovesAnAccountAndIsToldWhatIsRefused() {
        Page ian = cast.visitor("/accounts?as=ian", new Browser.NewContextOptions());
        Page another = cast.visitor("/accounts?as=ian", new Browser.NewContextOptions());
        Locator ben = row(ian, "Ben Brandt");
        assertThat(row(another, "Ben Brandt")).isVisible();

        ian.getByLabel("Level of Ben Brandt").selectOption("institution-admin");
        assertThat(ian.getByText("Ben Brandt is Institution admin now.")).isVisible();
        ben.getByText("Remove…").click();
        button(ian, "Remove").click();
        assertThat(ben).hasCount(0);

        row(another, "Ben Brandt").getByText("Remove…").click();
        button(another, "Remove").click();
        assertThat(another.getByText("There is no such account.")).isVisible();
        cast.forgive(); // the browser reports the status of the refusal
        assertThat(row(another, "Ben Brandt")).hasCount(0);

        ian.getByLabel("Add an account for").selectOption("ben");
        button(ian, "Add").click();
        assertThat(ben).isVisible();
        assertThat(row(ian, "Ian Ito").getByText("Remove…")).hasCount(0);
        cast.assertCalm();
    }

    @Test
    void anAdminSetsRetentionAndGivesOutAndErasesWhatThereIsOfAPatron() throws IOException {
        LibrarianPage olga = cast.librarian("olga").monitor("Academic Co-Op");
        PatronPage stewart = cast.patron("databases").openChat();
        stewart.email("Stewart@example.org");
        stewart.ask("Stewart", SECRET);
        olga.claim("Stewart");
        olga.note("He sent his card number.");
        olga.end("Answered");
        Page page = cast.visitor("/transcripts?as=ana", new Browser.NewContextOptions());
        assertThat(page.locator("tbody tr")).hasCount(1);

        button(page, "Retention…").click();
        assertThat(page.getByLabel("Anonymise after days")).hasValue("90");
        page.getByLabel("Delete content after days").fill("365");
        button(page, "Save").click();
        assertThat(page.getByText("Retention was saved.")).isVisible();

        button(page, "A patron’s data…").click();
        page.getByLabel("Email address of the patron").fill("stewart@EXAMPLE.org");
        Download file = page.waitForDownload(() -> button(page, "Export").click());
        assertThat(file.suggestedFilename()).isEqualTo("patron.jsonl");
        assertThat(Files.readString(file.path())).contains(SECRET).doesNotContain("He sent his");

        button(page, "A patron’s data…").click();
        page.getByLabel("Email address of the patron").fill("stewart@example.org");
        button(page, "Erase…").click();
        button(page, "Erase").click();
        assertThat(page.getByText("1 chat erased.")).isVisible();
        assertThat(page.locator("tbody tr")).containsText(new String[] {"deleted"});
        cast.assertCalm();
    }

    @Test
    void whoIsNoAdminIsOfferedNothingOfIt() {
        Page page = cast.visitor("/transcripts?as=ben", new Browser.NewContextOptions());
        assertThat(page.getByText("No transcript fits.")).isVisible();

        assertThat(button(page, "Sent mail")).isVisible();
        assertThat(button(page, "Retention…")).hasCount(0);
        assertThat(button(page, "A patron’s data…")).hasCount(0);
        cast.assertCalm();
    }

    @Test
    void theOwnerBlocksAPatronAndAnAdminLiftsIt() {
        LibrarianPage ben = cast.librarian("ben").monitor("Reference Desk");
        PatronPage stewart = cast.patron("databases").openChat().ask("Stewart", SECRET);
        ben.claim("Stewart");

        ben.page().getByText("Patron information").click();
        ben.page().getByText("Block this patron…").click();
        ben.page().getByLabel("Reason, for the admins").fill("insults");
        ben.page().getByLabel("End this chat, too").check();
        button(ben.page(), "Block").click();
        assertThat(ben.page().getByText("The patron is blocked.")).isVisible();
        assertThat(stewart.button("Start a new chat")).isVisible();

        Page ana = cast.visitor("/accounts?as=ana", new Browser.NewContextOptions());
        assertThat(row(ana, "insults")).containsText("Ben Brandt");
        row(ana, "insults").getByText("Lift").click();
        assertThat(ana.getByText("The block is lifted.")).isVisible();
        assertThat(row(ana, "insults")).containsText("lifted by Ana");
        cast.assertCalm();
    }

    @Test
    void aLocalAdminSeesWhoDidWhatAndNarrowsItDown() {
        Page ian = cast.visitor("/accounts?as=ian", new Browser.NewContextOptions());
        ian.getByLabel("Level of Ben Brandt").selectOption("institution-admin");
        assertThat(ian.getByText("Ben Brandt is Institution admin now.")).isVisible();
        Page ben = cast.visitor("/accounts?as=ben", new Browser.NewContextOptions());
        ben.waitForResponse("**/api/audit/choices", ben::reload);
        assertThat(ben.locator("#audit")).hasCount(0);
        Page ana = cast.visitor("/accounts?as=ana", new Browser.NewContextOptions());
        Locator audit = ana.locator("#audit");

        Locator change = audit.locator("tbody tr").filter(new Locator.FilterOptions().setHasText("Manage account"));
        assertThat(change).containsText("Ian Ito");
        assertThat(change).containsText("account of Ben Brandt in Academic Co-Op");
        assertThat(change).containsText("Done");
        audit.getByLabel("Operation").selectOption("redact");
        audit.getByText("Show", new Locator.GetByTextOptions().setExact(true)).click();
        assertThat(audit).containsText("Nothing that fits.");
        audit.getByLabel("Operation").selectOption("read-audit");
        audit.getByLabel("Person").selectOption("ana");
        audit.getByText("Show", new Locator.GetByTextOptions().setExact(true)).click();
        assertThat(audit.locator("tbody tr").first()).containsText("Ana Alvarez");
        cast.assertCalm();
    }

    private static Locator row(Page page, String operator) {
        return page.locator("tbody tr").filter(new Locator.FilterOptions().setHasText(operator));
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }
}
