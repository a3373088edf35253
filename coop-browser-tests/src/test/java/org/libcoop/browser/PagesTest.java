package org.libcoop.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every page, in light and dark, on a desk and on a phone: a picture below {@code target/screenshots}, and no barrier found. */
@InChromium
class PagesTest {

    private static final Path PICTURES = Path.of("target", "screenshots");
    private static final List<String> WCAG = List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa");

    enum Look {
        DESKTOP_LIGHT(1440, 900, ColorScheme.LIGHT),
        DESKTOP_DARK(1440, 900, ColorScheme.DARK),
        PHONE_LIGHT(390, 844, ColorScheme.LIGHT),
        PHONE_DARK(390, 844, ColorScheme.DARK);

        private final int width;
        private final int height;
        private final ColorScheme scheme;

        Look(int width, int height, ColorScheme scheme) {
            this.width = width;
            this.height = height;
            this.scheme = scheme;
        }

        Browser.NewContextOptions options() {
            return new Browser.NewContextOptions()
                    .setViewportSize(width, height)
                    .setColorScheme(scheme)
                    .setReducedMotion(ReducedMotion.REDUCE)
                    .setIsMobile(phone())
                    .setHasTouch(phone());
        }

        boolean phone() {
            return width < 600;
        }
    }

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

    @ParameterizedTest
    @EnumSource
    void thePublicPages(Look look) {
        Page index = cast.visitor("/", look.options());
        assertThat(index.getByText("Ana Alvarez").first()).isVisible();
        inspect(index, look, "index");

        Page choose = cast.visitor("/dashboard", look.options());
        assertThat(choose.getByText("Olga Olsen")).isVisible();
        inspect(choose, look, "dashboard-choose");

        PatronPage offline = cast.patron("archives-chat", look.options());
        assertThat(offline.launcher()).containsText("Offline at the moment");
        offline.openChat();
        assertThat(offline.subhead()).hasText("Offline at the moment");
        inspect(offline.page(), look, "library-offline");

        Page unknown = cast.visitor("/library/nowhere", look.options());
        assertThat(unknown.getByText("There is no such library page")).isVisible();
        cast.forgive(); // the browser reports the status 404 that belongs to this page
        inspect(unknown, look, "library-unknown");
    }

    @ParameterizedTest
    @EnumSource
    void thePatronsChat(Look look) {
        LibrarianPage olga = cast.librarian("olga").monitor("Academic Co-Op");
        PatronPage patron = cast.patron("databases", look.options());
        assertThat(patron.launcher()).containsText("Online now");
        assertThat(patron.page().getByText("Librarians are online now.")).isVisible();
        inspect(patron.page(), look, "library-university");

        patron.openChat();
        assertThat(patron.button("Start chat")).isVisible();
        inspect(patron.page(), look, "chat-form");

        patron.ask("Stewart", "I can't download the article on working memory from PsycDatabase.");
        assertThat(patron.window()).containsText("A librarian of a partner library can answer now.");
        inspect(patron.page(), look, "chat-waiting");

        olga.claim("Stewart");
        olga.say("Could you try it from the A–Z page once more? https://library.springy.example.edu/az");
        assertThat(patron.messages()).hasCount(3);
        patron.say("Same thing, the PDF button does nothing.");
        assertThat(patron.log().locator(".under-way")).hasCount(0);
        inspect(patron.page(), look, "chat-conversation");

        olga.end("Answered");
        assertThat(patron.button("Start a new chat")).isVisible();
        inspect(patron.page(), look, "chat-ended");
    }

    @ParameterizedTest
    @EnumSource
    void theTownLibrary(Look look) {
        LibrarianPage rosa = cast.librarian("rosa").monitor("Public 24/7 Co-Op");
        PatronPage patron = cast.patron("website", look.options());
        assertThat(patron.launcher()).containsText("Online now");
        assertThat(patron.page().getByText("Librarians are online now.")).isVisible();
        inspect(patron.page(), look, "library-town");

        assertThat(rosa.waiting()).hasCount(0);
    }

    @ParameterizedTest
    @EnumSource
    void theDashboard(Look look) {
        LibrarianPage ana = cast.librarian("ana", look.options());
        part(ana, look, "You");
        ana.monitor("Reference Desk").monitor("Academic Co-Op");
        inspect(ana.page(), look, "dashboard-you");
        cast.patron("databases").openChat().ask("Tom", "Is the study room on the second floor free this afternoon?");
        part(ana, look, "Waiting");
        ana.claim("Tom");
        ana.say("It is, until four. Shall I book it for you?");
        ana.note("He is in the seminar on Tuesdays, same room.");
        assertThat(ana.chats()).containsText("same room");
        inspect(ana.page(), look, "dashboard-chat");

        cast.patron("databases?d=PsycDatabase")
                .openChat()
                .ask("Stewart", "I can't download the article on working memory. The PDF button does nothing.");
        cast.patron("databases").openChat().ask("Rosa", "How do I cite a podcast?");
        part(ana, look, "Waiting");
        assertThat(ana.waiting()).hasCount(2);
        inspect(ana.page(), look, "dashboard-waiting");

        assertThat(ana.preview("Stewart")).containsText("Bring Academic Co-Op");
        inspect(ana.page(), look, "dashboard-preview");

        cast.librarian("ben").monitor("Reference Desk").claim("Stewart");
        assertThat(ana.page().locator(".pane.preview"))
                .containsText("This chat was claimed by Ben Brandt of Springy University");
        inspect(ana.page(), look, "dashboard-claimed-by-another");

        ana.chats().getByText("End…").click();
        assertThat(ana.page().getByText("How did the chat end?")).isVisible();
        inspect(ana.page(), look, "dashboard-end");
    }

    @ParameterizedTest
    @EnumSource
    void theTranscriptsAndTheAccounts(Look look) {
        LibrarianPage olga = cast.librarian("olga").monitor("Academic Co-Op");
        PatronPage stewart = cast.patron("databases?d=PsycDatabase")
                .openChat()
                .ask("Stewart", "I can't download the article on working memory. My card number is 2300 4711.");
        olga.claim("Stewart");
        olga.say("It works for me, so I have got it for you. Please do not send card numbers here.");
        assertThat(stewart.messages()).hasCount(3);
        olga.note("The log-in of the database works from here.");
        stewart.say("Thank you, that is it!");
        assertThat(olga.chats()).containsText("that is it!");
        olga.end("Answered");
        assertThat(stewart.button("Start a new chat")).isVisible();
        PatronPage rosa = cast.patron("databases").openChat().ask("Rosa", "How do I cite a podcast?");
        assertThat(olga.waiting("Rosa")).isVisible();
        rosa.endChat();
        assertThat(olga.waiting()).hasCount(0);

        Page transcripts = cast.visitor("/transcripts?as=ana", look.options());
        assertThat(transcripts.locator("tbody tr")).hasCount(2);
        inspect(transcripts, look, "transcripts");
        transcripts.locator("tbody tr .opens").last().click();
        assertThat(transcripts.locator("#chat")).containsText("internal note, staff only");
        transcripts.getByText("Who was asked when, and why").click();
        assertThat(transcripts.locator(".routing")).containsText("Told: Olga Olsen.");
        inspect(transcripts, look, "transcripts-chat");
        transcripts.getByText("Delete content…").click();
        assertThat(transcripts.getByText("Delete all content?")).isVisible();
        inspect(transcripts, look, "transcripts-delete");

        Page coop = cast.visitor("/transcripts?as=ian", look.options());
        coop.getByLabel("Path").selectOption("academic");
        coop.locator("tbody tr .opens").click();
        assertThat(coop.locator("#chat")).containsText("My card number");
        assertThat(coop.getByText("Delete content…")).hasCount(0);
        inspect(coop, look, "transcripts-coop");

        Page accounts = cast.visitor("/accounts?as=ian", look.options());
        assertThat(accounts.getByText("Olga Olsen").first()).isVisible();
        inspect(accounts, look, "accounts");
        Page seen = cast.visitor("/accounts?as=tom", look.options());
        assertThat(seen.getByText("Rosa Rossi").first()).isVisible();
        inspect(seen, look, "accounts-regular");
    }

    @ParameterizedTest
    @EnumSource
    void theStatistics(Look look) {
        BusyMonth.count(server.facts());
        Page home = cast.visitor("/statistics?as=ana", look.options());
        assertThat(home.locator("[data-report=week] .heat")).isVisible();
        assertThat(home.getByText("Counting…")).hasCount(0);
        inspect(home, look, "statistics");
        whole(home, look, "statistics-whole");

        Page coop = cast.visitor("/statistics?as=ian&coop=academic", look.options());
        assertThat(coop.locator("[data-report=activity]")).containsText("24/7 Librarians");
        assertThat(coop.getByText("Counting…")).hasCount(0);
        whole(coop, look, "statistics-coop-whole");

        Page nothing = cast.visitor("/statistics?as=rosa", look.options());
        assertThat(nothing.getByText("Nothing in this time.").first()).isVisible();
        assertThat(nothing.getByText("Counting…")).hasCount(0);
        inspect(nothing, look, "statistics-nothing");
    }

    @ParameterizedTest
    @EnumSource
    void theWidgets(Look look) {
        cast.librarian("olga").monitor("Academic Co-Op");
        Page seen = cast.visitor("/widgets?as=ben", look.options());
        assertThat(seen.getByText("Databases")).isVisible();
        assertThat(seen.getByText("New widget")).hasCount(0);
        inspect(seen, look, "widgets");

        Page page = cast.visitor("/widgets?as=ana", look.options());
        page.locator("[data-widget=databases]").click();
        Locator editor = page.locator("#editor");
        assertThat(editor.locator(".preview-line")).containsText("Academic Co-Op (1 there)");
        inspect(page, look, "widgets-editor");
        editor.getByLabel("Seconds before a co-op").fill("120");
        editor.getByLabel("Day").first().selectOption("sunday");
        assertThat(editor.locator(".warnings li")).hasCount(1);
        editor.getByLabel("Move up Academic Co-Op").press("Enter");
        assertThat(editor.locator(".steps li").first()).containsText("Academic Co-Op");
        assertThat(editor.locator(".preview-line li").first()).containsText("Academic Co-Op");
        inspect(page, look, "widgets-editor-changed");
        editor.getByText("Save", new Locator.GetByTextOptions().setExact(true)).click();
        assertThat(page.getByText("The widget is saved.")).isVisible();
    }

    /** The whole page, which scrolls within its window. */
    private static void whole(Page page, Look look, String name) {
        int height = (int) page.locator(".found").evaluate("it => it.scrollHeight") + 80;
        page.setViewportSize(look.width, height);
        String file = name + "-" + look.name().toLowerCase(Locale.ROOT).replace('_', '-') + ".png";
        page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(file)));
        page.setViewportSize(look.width, look.height);
    }

    /** On a phone one part of the dashboard is shown at a time. */
    private static void part(LibrarianPage librarian, Look look, String name) {
        if (look.phone()) {
            librarian.page().locator(".views").getByText(name).click();
        }
    }

    private void inspect(Page page, Look look, String name) {
        String file = name + "-" + look.name().toLowerCase(Locale.ROOT).replace('_', '-') + ".png";
        page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(file)));
        cast.assertCalm();
        List<String> barriers = new AxeBuilder(page)
                .withTags(WCAG).analyze().getViolations().stream()
                        .map(PagesTest::describe)
                        .toList();
        assertThat(barriers).as(file).isEmpty();
        cast.forgive(); // the checker tries inline styles, which the policy of the pages refuses
    }

    private static String describe(Rule rule) {
        return rule.getId() + ": " + rule.getHelp()
                + rule.getNodes().stream().map(node -> "\n  " + node.getHtml()).toList();
    }
}
