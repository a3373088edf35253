package org.libcoop.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever people write is shown as they wrote it, on both sides, and nothing of it is ever taken for markup or script (M2). */
@InChromium
class HostileTextTest {

    private static final int NAME_LIMIT = 100;
    private static final String TOUCHED = "window.touched !== undefined";

    private final RunningServer server = RunningServer.with("stories.yaml");
    private Cast cast;
    private LibrarianPage ana;
    private PatronPage patron;

    @BeforeEach
    void open(Browser browser) {
        cast = new Cast(browser, server);
        ana = cast.librarian("ana").monitor("Reference Desk");
        patron = cast.patron("desk-only").openChat();
    }

    @AfterEach
    void close() {
        cast.close();
        server.close();
    }

    static Stream<String> texts() {
        return Stream.of(
                "<script>window.touched = 1</script>",
                "<img src=x onerror=\"window.touched = 1\">",
                "<svg onload=window.touched=1><a href=javascript:window.touched=1>x</a></svg>",
                "\"><iframe srcdoc='<script>parent.touched=1</script>'></iframe>",
                "'; window.touched = 1; //",
                "${window.touched = 1} {{constructor.constructor('window.touched=1')()}}",
                "javascript:window.touched=1 and data:text/html,<script>window.touched=1</script>",
                "https://example.org/\"onmouseover=\"window.touched=1\" <b>x</b>",
                "</textarea></template><style>*{display:none}</style>",
                "<!-- --!> <![CDATA[ ]]> <?php ?>",
                "&lt;b&gt; &amp;amp; &#60; &nbsp;",
                "\u202Etxt.exe\u202D \u2066isolated\u2069 \u200F\u05D0\u05D1 abc",
                "\u0645\u0631\u062D\u0628\u0627 \u0643\u064A\u0641 \u0623\u062D\u0645\u0644 \u0627\u0644\u0645\u0642\u0627\u0644\u061F",
                "\uD83D\uDC69\u200D\uD83D\uDC69\u200D\uD83D\uDC67\u200D\uD83D\uDC66 \uD83C\uDFF3\uFE0F\u200D\uD83C\uDF08 \uD83D\uDE00",
                "Z\u0351\u0352\u0357\u0346a\u0315\u0321\u0322\u0327l\u0334\u0335\u0336g\u034F\u0360\u0361o\u0489\u0488",
                "\u200B\u200C\uFEFFzero\u00ADwidth\u2060",
                "null",
                "undefined",
                "0",
                "{\"type\":\"command\",\"do\":\"end\"}",
                "../../etc/passwd %00 %0d%0aSet-Cookie: a=b",
                "' OR '1'='1'; DROP TABLE chat; --",
                "x".repeat(9_999) + "\u00E9");
    }

    @ParameterizedTest
    @MethodSource("texts")
    void isShownAsTextOnBothSides(String text) {
        String name = text.length() <= NAME_LIMIT ? text : text.substring(0, NAME_LIMIT);

        patron.ask(name, text);
        assertThat(ana.waiting()).hasCount(1);
        assertThat(ana.waiting().locator(".open")).hasText(shown(name));
        ana.waiting().locator(".claim").click();
        assertThat(ana.messages()).hasCount(2);
        assertThat(patron.messages()).hasCount(2);
        assertShown(ana.messages().first().evaluate("it => it.textContent"), text);
        assertShown(patron.messages().first().evaluate("it => it.textContent"), text);
        assertThat(ana.chats().locator("h2")).hasText(shown(name));
        assertThat(patron.subhead()).hasText("Springy University");

        patron.say(text);
        assertThat(ana.messages()).hasCount(3);
        assertShown(ana.messages().last().evaluate("it => it.textContent"), text);
        ana.say(text);
        assertThat(patron.messages()).hasCount(4);
        assertShown(patron.messages().last().evaluate("it => it.textContent"), text);

        assertThat(touched(ana.page())).isFalse();
        assertThat(touched(patron.page())).isFalse();
        assertThat(ana.chats()
                        .locator("script, img, iframe, object, style, b, [onload], [onerror], a:not([href^='http'])"))
                .hasCount(0);
        assertThat(patron.log()
                        .locator("script, img, iframe, object, style, b, [onload], [onerror], a:not([href^='http'])"))
                .hasCount(0);
        ana.end("Practice");
        assertThat(patron.button("Start a new chat")).isVisible();
        isShownAsTextInTheTranscript(name, text);
        cast.assertCalm();
    }

    private void isShownAsTextInTheTranscript(String name, String text) {
        Page transcripts = cast.visitor("/transcripts?as=ana", new Browser.NewContextOptions());
        transcripts.locator("tbody tr .opens").click();
        assertThat(transcripts.locator("#chat .bubble")).hasCount(4);
        for (int said : new int[] {0, 2, 3}) {
            assertShown(transcripts.locator("#chat .bubble").nth(said).evaluate("it => it.textContent"), text);
        }
        assertThat(transcripts.locator("#chat h2 bdi").first()).hasText(shown(name));
        assertThat(transcripts
                        .locator("#chat")
                        .locator("script, img, iframe, object, style, [onload], [onerror], a:not([href^='http'])"))
                .hasCount(0);
        assertThat(touched(transcripts)).isFalse();
    }

    @Test
    void aNameOfBlanksStandsForNoName() {
        patron.ask("   ", "Is anybody there?");

        assertThat(ana.waiting().locator(".open")).hasText("A patron");
        patron.endChat();
        assertThat(ana.gone()).containsText("A patron");
        cast.assertCalm();
    }

    private static void assertShown(Object seen, String text) {
        assertThat(seen).isEqualTo(text);
    }

    /** Assertions on locators take white space, visible or not, as one blank. */
    private static String shown(String text) {
        return text.strip();
    }

    private static boolean touched(Page page) {
        return (boolean) page.evaluate(TOUCHED);
    }
}
