package org.libcoop.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.libcoop.chat.ChatEvent;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Logged;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.Option;
import org.libcoop.directory.Stage;

/**
 * The two stories with the server stopped and started again in the middle, once while the patron waits and once while a librarian
 * answers. Nobody reloads a page: all of them come back by themselves and go on (T3, R14, M3, M4).
 */
@InChromium
class RestartStoriesTest {

    private static final Duration FALLBACK = Duration.ofSeconds(10);
    private static final Duration ACADEMIC_BACKUP = Duration.ofSeconds(40);
    private static final Duration PUBLIC_BACKUP = Duration.ofSeconds(10);
    private static final Stage ACADEMIC = Stage.of(Option.coop(CoopId.of("academic")));
    /** What a busy machine may add until a page shows what it was told. */
    private static final Duration PATIENCE = Duration.ofSeconds(4);
    /** A page that failed for a while pauses up to half a minute before it tries again. */
    private static final Duration COMING_BACK = Duration.ofSeconds(40);

    private RunningServer server;
    private Cast cast;

    @BeforeEach
    void open(Browser browser, @TempDir Path folder) {
        server = RunningServer.keeping(folder, "restarts.yaml");
        cast = new Cast(browser, server);
    }

    @AfterEach
    void close() {
        cast.close();
        server.close();
    }

    @Test
    void aBusyDeskIsJoinedByTheCoopThatWasDueWhileTheServerWasDown() {
        LibrarianPage ana = cast.librarian("ana").monitor("Reference Desk");
        LibrarianPage olga = cast.librarian("olga").monitor("Academic Co-Op");
        LibrarianPage maya = cast.librarian("maya").monitor("Academic Co-Op");
        PatronPage stewart = cast.patron("databases").openChat().ask("Stewart", "I can't download the article");
        assertThat(ana.waiting("Stewart")).isVisible();
        ChatId chat = ChatId.of(ana.waiting("Stewart").getAttribute("data-chat"));
        Instant started = log(chat).get(0).at();

        server.stop();
        Instant stopped = Instant.now();
        assertThat(ana.connection()).containsText("Reconnecting in");
        assertThat(stewart.window()).containsText("The connection is interrupted.");
        assertThat(ana.waiting("Stewart")).isVisible();
        await(ana, started.plus(FALLBACK).plusSeconds(1));
        assertThat(olga.waiting()).hasCount(0);
        server.startAgain();
        everybodyIsBack(stewart, ana, olga, maya);

        assertThat(stopped).isBefore(started.plus(FALLBACK));
        assertThat(olga.waiting("Stewart")).isVisible();
        assertThat(ana.waiting("Stewart")).isVisible();
        assertThat(maya.waiting()).hasCount(0);
        assertThat(opened(chat, ACADEMIC)).isEqualTo(started.plus(FALLBACK));
        Instant backup = started.plus(FALLBACK).plus(ACADEMIC_BACKUP);
        assertCountsDownTo(backup, ana.waiting("Stewart"));
        assertCountsDownTo(backup, olga.waiting("Stewart"));
        assertWaitsSince(started, ana.waiting("Stewart").locator(".clock"));
        assertWaitsSince(started, olga.waiting("Stewart").locator(".clock"));
        assertWaitsSince(started, stewart.window().locator(".wait-clock"));
        assertThat(stewart.window()).containsText("A librarian of a partner library can answer now.");

        assertThat(maya.waiting("Stewart")).isVisible(within(ACADEMIC_BACKUP.plus(PATIENCE)));
        assertThat(maya.sighting("Stewart").orElseThrow()).isBetween(backup, backup.plus(PATIENCE));
        cast.forgive();

        olga.claim("Stewart");
        assertThat(stewart.head()).hasText("Olga Olsen");
        assertThat(ana.gone()).containsText("claimed by Olga Olsen of Hill College");
        olga.say("Which article is it?");
        assertThat(stewart.messages().last()).hasText("Which article is it?");
        cast.assertCalm();

        theServerIsStartedAgainWhile(() -> {
            stewart.say("The one on working memory.");
            olga.say("I am looking.");
        });
        everybodyIsBack(stewart, ana, olga, maya);

        assertThat(stewart.head()).hasText("Olga Olsen");
        assertThat(stewart.subhead()).hasText("Hill College");
        assertThat(stewart.messages()).hasCount(5);
        assertThat(olga.messages()).hasCount(5);
        stewart.say("Thank you!");
        assertThat(olga.messages().last()).hasText("Thank you!");
        olga.say("Here it is.");
        assertThat(stewart.messages().last()).hasText("Here it is.");
        assertThat(olga.messages()).hasText(stewart.messages().allTextContents().toArray(String[]::new));
        assertThat(stewart.messages().allTextContents())
                .startsWith("I can't download the article")
                .containsSubsequence("Which article is it?", "The one on working memory.", "Thank you!", "Here it is.")
                .containsSubsequence("Which article is it?", "I am looking.", "Thank you!")
                .hasSize(7)
                .doesNotHaveDuplicates();
        assertThat(List.of(
                        ana.waiting().count(),
                        olga.waiting().count(),
                        maya.waiting().count()))
                .containsOnly(0);

        olga.end("Follow-up");
        assertThat(stewart.window()).containsText("The librarian ended the chat.");
        assertThat(log(chat)).extracting(Logged::seq).doesNotHaveDuplicates().isSorted();
    }

    @Test
    void atNightTheChatOfThePublicCoopGoesOnAndItsBackupIsBroughtInOnTime() {
        LibrarianPage pam = cast.librarian("pam").monitor("Information Desk");
        pam.button("Sign out").click();
        assertThat(pam.page().getByText("You are signed out. No chat reaches you."))
                .isVisible();
        LibrarianPage rosa = cast.librarian("rosa").monitor("Public Co-Op");
        LibrarianPage maya = cast.librarian("maya").monitor("Public Co-Op");
        PatronPage penny = cast.patron("website").openChat().ask("Penny", "Where is the form for an Employer ID?");
        assertThat(rosa.waiting("Penny")).isVisible();
        ChatId chat = ChatId.of(rosa.waiting("Penny").getAttribute("data-chat"));
        Instant started = log(chat).get(0).at();

        server.stop();
        Instant stopped = Instant.now();
        await(rosa, started.plus(PUBLIC_BACKUP).plusSeconds(1));
        server.startAgain();
        everybodyIsBack(penny, pam, rosa, maya);

        assertThat(stopped).isBefore(started.plus(PUBLIC_BACKUP));
        assertThat(maya.waiting("Penny")).isVisible();
        assertThat(rosa.waiting("Penny")).isVisible();
        assertThat(opened(chat, Stage.backup(CoopId.of("public")))).isEqualTo(started.plus(PUBLIC_BACKUP));
        assertWaitsSince(started, rosa.waiting("Penny").locator(".clock"));
        assertWaitsSince(started, maya.waiting("Penny").locator(".clock"));
        assertThat(pam.page().getByText("You are signed out. No chat reaches you."))
                .isVisible();
        assertThat(pam.waiting()).hasCount(0);

        rosa.claim("Penny");
        assertThat(penny.subhead()).hasText("River County Library");
        assertThat(maya.gone()).containsText("claimed by Rosa Rossi of River County Library");
        theServerIsStartedAgainWhile(
                () -> rosa.say("I have made a recording: https://files.river.example.org/ein.webm"));
        everybodyIsBack(penny, pam, rosa, maya);
        assertThat(penny.messages().last().locator("a"))
                .hasAttribute("href", "https://files.river.example.org/ein.webm");
        cast.forgive();

        penny.say("That was all I needed.");
        assertThat(rosa.messages().last()).hasText("That was all I needed.");
        assertThat(rosa.messages()).hasText(penny.messages().allTextContents().toArray(String[]::new));
        assertThat(penny.messages()).hasCount(4);
        penny.endChat();

        assertThat(rosa.chats()).containsText("The patron ended the chat");
        assertThat(pam.sighting("Penny")).isEmpty();
        cast.assertCalm();
    }

    /** Stops the server, has people do things meanwhile, which are under way until it is there again, and starts it. */
    private void theServerIsStartedAgainWhile(Runnable things) {
        server.stop();
        things.run();
        server.startAgain();
    }

    private static void everybodyIsBack(PatronPage patron, LibrarianPage... librarians) {
        var patient = new LocatorAssertions.HasTextOptions().setTimeout((double) COMING_BACK.toMillis());
        for (LibrarianPage librarian : librarians) {
            assertThat(librarian.connection()).hasText("Connected", patient);
        }
        assertThat(patron.window())
                .not()
                .containsText(
                        "The connection is interrupted.",
                        new LocatorAssertions.ContainsTextOptions().setTimeout((double) COMING_BACK.toMillis()));
    }

    private static void await(LibrarianPage page, Instant instant) {
        Duration left = Duration.between(Instant.now(), instant).plus(PATIENCE);
        page.page()
                .waitForFunction(
                        "at => Date.now() >= at",
                        (double) instant.toEpochMilli(),
                        new Page.WaitForFunctionOptions()
                                .setTimeout((double) Math.max(PATIENCE.toMillis(), left.toMillis())));
    }

    private List<Logged> log(ChatId chat) {
        return server.engine().inspect(chat).orElseThrow().log();
    }

    /** The instant at which a stage opened, as the record has it. */
    private Instant opened(ChatId chat, Stage stage) {
        return log(chat).stream()
                .filter(entry -> entry.event() instanceof ChatEvent.StageOpened opening
                        && opening.stage().equals(stage))
                .map(Logged::at)
                .findFirst()
                .orElseThrow();
    }

    /** The list's countdown, read now: it rounds up. */
    private static void assertCountsDownTo(Instant due, Locator item) {
        Instant before = Instant.now();
        String shown = item.locator(".next").textContent();
        Instant after = Instant.now();

        Matcher countdown = Pattern.compile("Academic Co-Op backup in (\\d+) s").matcher(shown);
        assertThat(countdown.matches()).as(shown).isTrue();
        Duration left = Duration.ofSeconds(Long.parseLong(countdown.group(1)));
        assertThat(left)
                .isBetween(
                        Duration.between(after, due).minusSeconds(1),
                        Duration.between(before, due).plusSeconds(2));
    }

    /** A clock of how long somebody waits, read now: it rounds down. */
    private static void assertWaitsSince(Instant started, Locator clock) {
        Instant before = Instant.now();
        String[] shown = clock.textContent().split(":", -1);
        Instant after = Instant.now();

        Duration waited = Duration.ofMinutes(Long.parseLong(shown[0])).plusSeconds(Long.parseLong(shown[1]));
        assertThat(waited)
                .isBetween(
                        Duration.between(started, before).minusSeconds(2),
                        Duration.between(started, after).plusSeconds(1));
    }

    private static LocatorAssertions.IsVisibleOptions within(Duration time) {
        return new LocatorAssertions.IsVisibleOptions().setTimeout((double) time.toMillis());
    }
}
