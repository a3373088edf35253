package org.libcoop.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The two stories the product comes from, over real sockets and in real time: who sees the chat, and when (R1, R3, R6, R9, C1–C4).
 * The clocks are short: 3 s to the co-op, 4 s more to its backup.
 */
@InChromium
class StoriesTest {

    private static final Duration FALLBACK = Duration.ofSeconds(3);
    private static final Duration BACKUP = FALLBACK.plusSeconds(4);
    /** What a busy machine may add until a page shows what it was told. */
    private static final Duration PATIENCE = Duration.ofSeconds(4);

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
    void aBusyDeskIsJoinedByTheCoopAndThenByItsBackup() {
        LibrarianPage ana = cast.librarian("ana").monitor("Reference Desk");
        LibrarianPage olga = cast.librarian("olga").monitor("Academic Co-Op");
        LibrarianPage maya = cast.librarian("maya").monitor("Academic Co-Op");
        PatronPage stewart = cast.patron("databases");
        assertThat(stewart.launcher()).containsText("Online now");

        stewart.openChat();
        Instant before = Instant.now();
        stewart.ask("Stewart", "I can't download the article");

        assertThat(ana.waiting("Stewart")).isVisible();
        Instant after = Instant.now();
        assertThat(olga.waiting()).hasCount(0);
        assertThat(maya.waiting()).hasCount(0);
        assertThat(ana.waiting("Stewart").locator(".icon-home")).isVisible();
        assertThat(ana.waiting("Stewart")).containsText(Pattern.compile("Academic Co-Op in [123] s"));
        assertThat(stewart.window()).containsText("A librarian will be with you in a moment.");
        assertThat(stewart.window()).containsText(Pattern.compile("Waiting for 0:0\\d"));
        assertThat(stewart.window()).not().containsText("partner library");

        assertThat(olga.waiting("Stewart")).isVisible(within(FALLBACK.plus(PATIENCE)));
        assertThat(olga.waiting("Stewart").locator(".icon-globe")).isVisible();
        assertThat(olga.waiting("Stewart")).containsText(Pattern.compile("Academic Co-Op backup in [1234] s"));
        assertThat(stewart.window()).containsText("A librarian of a partner library can answer now.");
        assertThat(ana.waiting("Stewart")).isVisible();

        assertThat(maya.waiting("Stewart")).isVisible(within(BACKUP.plus(PATIENCE)));
        assertThat(ana.waiting("Stewart")).isVisible();
        assertThat(olga.waiting("Stewart")).isVisible();

        // Between `before` and `after` the chat started; the pages share the clock of this machine.
        assertThat(ana.sighting("Stewart").orElseThrow()).isBetween(before, before.plus(PATIENCE));
        assertThat(olga.sighting("Stewart").orElseThrow())
                .isBetween(before.plus(FALLBACK), after.plus(FALLBACK).plus(PATIENCE));
        assertThat(maya.sighting("Stewart").orElseThrow())
                .isBetween(before.plus(BACKUP), after.plus(BACKUP).plus(PATIENCE));
        assertThat(cast.connections()).isGreaterThanOrEqualTo(4);
        cast.assertCalm();
    }

    @Test
    void thePatronRatesTheChatAndTheLibrarianSeesIt() {
        LibrarianPage ana = cast.librarian("ana").monitor("Reference Desk");
        PatronPage stewart = cast.patron("databases").openChat().ask("Stewart", "Where is it?");
        ana.claim("Stewart");
        assertThat(stewart.head()).hasText("Ana Alvarez");
        stewart.endChat();

        stewart.page()
                .getByLabel("4", new Page.GetByLabelOptions().setExact(true))
                .check();
        stewart.page().getByLabel("Your comment, if you like").fill("<b>Quick</b> and kind");
        stewart.button("Send rating").click();

        assertThat(stewart.window()).containsText("Thank you for your rating.");
        assertThat(stewart.window()).containsText("You rated the chat 4 of 5.");
        assertThat(ana.page().locator("body")).containsText("The patron rated the chat 4 of 5: <b>Quick</b> and kind");
        cast.assertCalm();
    }

    @Test
    void whoIsNotReachedYetSeesNothingAndThePreviewTellsWhatIsKnown() {
        LibrarianPage ana = cast.librarian("ana").monitor("Reference Desk");
        LibrarianPage olga = cast.librarian("olga").monitor("Academic Co-Op");
        PatronPage stewart =
                cast.patron("databases?d=PsycDatabase").openChat().ask("Stewart", "I can't download the article");

        var preview = ana.preview("Stewart");

        assertThat(preview).containsText("I can't download the article");
        assertThat(preview).containsText("Springy University");
        assertThat(preview).containsText("Databases");
        assertThat(preview).containsText(Pattern.compile("Chrome \\d+ on "));
        var referrer = preview.locator("a");
        assertThat(referrer).hasAttribute("href", server.page("/library/databases?d=PsycDatabase"));
        assertThat(referrer).hasAttribute("rel", "noopener noreferrer");
        assertThat(ana.waiting("Stewart")).isVisible();
        assertThat(stewart.head()).hasText("Springy University");

        preview.getByText("Bring Academic Co-Op in now").click();

        assertThat(olga.waiting("Stewart")).isVisible();
        assertThat(preview).containsText("Academic Co-Op backup");
        cast.assertCalm();
    }

    @Test
    void exactlyOneOfTwoWhoClaimAtOnceWinsAndTheOthersAreToldByWhom() {
        LibrarianPage ana = cast.librarian("ana").monitor("Reference Desk");
        LibrarianPage olga = cast.librarian("olga").monitor("Academic Co-Op");
        LibrarianPage maya = cast.librarian("maya").monitor("Academic Co-Op");
        PatronPage stewart = cast.patron("databases").openChat().ask("Stewart", "I can't download the article");
        assertThat(maya.waiting("Stewart")).isVisible(within(BACKUP.plus(PATIENCE)));
        assertThat(olga.waiting("Stewart")).isVisible();

        long at = Instant.now().plusMillis(400).toEpochMilli();
        List.of(olga, maya)
                .forEach(racer -> racer.claimButton("Stewart")
                        .evaluate(
                                "(button, at) => void setTimeout(() => button.click(), at - Date.now())", (double) at));

        assertThat(stewart.subhead()).hasText(Pattern.compile("Hill College|24/7 Librarians"));
        boolean olgaWon = stewart.subhead().textContent().equals("Hill College");
        LibrarianPage winner = olgaWon ? olga : maya;
        LibrarianPage loser = olgaWon ? maya : olga;
        String told = olgaWon ? "claimed by Olga Olsen of Hill College" : "claimed by Maya Mbeki of 24/7 Librarians";
        assertThat(winner.chats()).hasCount(1);
        assertThat(winner.gone()).hasCount(0);
        assertThat(loser.gone()).containsText(told);
        assertThat(loser.chats()).hasCount(0);
        assertThat(ana.gone()).containsText(told);
        assertThat(List.of(
                        ana.waiting().count(),
                        olga.waiting().count(),
                        maya.waiting().count()))
                .containsOnly(0);
        cast.assertCalm();
    }

    @Test
    void aLibrarianOfAnotherCollegeAnswersAndThePatronKnowsFromWhere() {
        LibrarianPage ana = cast.librarian("ana").monitor("Reference Desk");
        LibrarianPage olga = cast.librarian("olga").monitor("Academic Co-Op");
        PatronPage stewart = cast.patron("databases").openChat().ask("Stewart", "I can't download the article");
        assertThat(olga.waiting("Stewart")).isVisible(within(FALLBACK.plus(PATIENCE)));

        olga.claim("Stewart");

        assertThat(stewart.head()).hasText("Olga Olsen");
        assertThat(stewart.subhead()).hasText("Hill College");
        assertThat(stewart.messages())
                .containsText(
                        new String[] {"I can't download", "Olga Olsen of Hill College, answering for your library"});
        assertThat(ana.gone()).containsText("claimed by Olga Olsen of Hill College");

        olga.say("Which article is it?");
        assertThat(stewart.messages().last()).hasText("Which article is it?");
        stewart.say("The one on working memory.");
        assertThat(olga.messages().last()).hasText("The one on working memory.");
        olga.note("The log-in of the database works for me.");
        olga.say("It works for me, so I have got it for you.");
        assertThat(stewart.messages().last()).hasText("It works for me, so I have got it for you.");
        assertThat(stewart.log()).not().containsText("log-in");

        olga.end("Follow-up");

        assertThat(stewart.window()).containsText("The librarian ended the chat.");
        assertThat(stewart.button("Start a new chat")).isVisible();
        assertThat(olga.chats()).containsText("follow-up");
        cast.assertCalm();
    }

    @Test
    void aChatIsHandedOverWhenSomebodyAcceptsAndNotBefore() {
        LibrarianPage ana = cast.librarian("ana").monitor("Reference Desk");
        LibrarianPage olga = cast.librarian("olga").monitor("Academic Co-Op");
        PatronPage stewart = cast.patron("databases").openChat().ask("Stewart", "I can't download the article");
        ana.claim("Stewart");
        ana.say("Let me see.");

        ana.handOver("Academic Co-Op");
        assertThat(olga.waiting("Stewart")).containsText("offered by Ana Alvarez");
        olga.waiting("Stewart").locator(".open").click();
        assertThat(olga.page().locator(".pane.preview"))
                .containsText("Ana Alvarez of Springy University would like to hand this chat over to Academic Co-Op.");
        olga.button("Decline").click();
        assertThat(ana.chats()).containsText("Nobody is left who could take over");
        assertThat(olga.waiting()).hasCount(0);

        ana.handOver("Academic Co-Op");
        assertThat(ana.chats()).containsText("Offered to Academic Co-Op. You keep the chat until somebody accepts.");
        ana.say("I am asking a colleague.");
        assertThat(stewart.messages().last()).hasText("I am asking a colleague.");
        assertThat(stewart.window()).not().containsText("Offered");
        olga.claim("Stewart");

        assertThat(stewart.head()).hasText("Olga Olsen");
        assertThat(stewart.window()).containsText("Olga Olsen of Hill College goes on with your chat.");
        assertThat(ana.chats()).containsText("This chat is not yours any more.");
        assertThat(olga.chats()).containsText("Let me see.");
        olga.say("I have it here.");
        assertThat(stewart.messages().last()).hasText("I have it here.");
        assertThat(ana.chats()).not().containsText("I have it here.");
        cast.assertCalm();
    }

    @Test
    void atNightTheChatGoesStraightToThePublicCoop() {
        LibrarianPage pam = cast.librarian("pam").monitor("Information Desk");
        pam.button("Sign out").click();
        assertThat(pam.page().getByText("You are signed out. No chat reaches you."))
                .isVisible();
        LibrarianPage rosa = cast.librarian("rosa").monitor("Public Co-Op");
        LibrarianPage maya = cast.librarian("maya").monitor("Public Co-Op");
        PatronPage penny = cast.patron("website");
        assertThat(penny.launcher()).containsText("Online now");

        penny.openChat();
        Instant before = Instant.now();
        penny.ask("Penny", "Where is the form for an Employer ID?");

        assertThat(rosa.waiting("Penny")).isVisible();
        assertThat(rosa.sighting("Penny").orElseThrow()).isBetween(before, before.plus(FALLBACK));
        assertThat(penny.window()).containsText("A librarian of a partner library can answer now.");
        assertThat(rosa.waiting("Penny")).containsText(Pattern.compile("Public Co-Op backup in [1234] s"));
        rosa.claim("Penny");
        assertThat(penny.subhead()).hasText("River County Library");
        rosa.say("I have made a recording: https://files.river.example.org/ein.webm");
        assertThat(penny.messages().last().locator("a"))
                .hasAttribute("href", "https://files.river.example.org/ein.webm");
        penny.say("That was all I needed.");
        assertThat(rosa.messages().last()).hasText("That was all I needed.");
        penny.endChat();

        assertThat(rosa.chats()).containsText("The patron ended the chat");
        assertThat(maya.sighting("Penny")).isEmpty();
        assertThat(pam.sighting("Penny")).isEmpty();
        cast.assertCalm();
    }

    private static LocatorAssertions.IsVisibleOptions within(Duration time) {
        return new LocatorAssertions.IsVisibleOptions().setTimeout((double) time.toMillis());
    }
}
