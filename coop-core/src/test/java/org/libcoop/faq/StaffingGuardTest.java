package org.libcoop.faq;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.libcoop.directory.InstitutionId;

/** F2: what of the staffing FAQ is found in a reply, and what is not. */
class StaffingGuardTest {

    private static final StaffingGuard GUARD = StaffingGuard.of(List.of(
            entry(
                    "login",
                    "Log-in of the databases",
                    "User: library-guest7, password \"Heron!Tide\". Ask circulation.desk@springy.example for more."
                            + " Staff page: https://staff.springy.example/shift?id=4 and https://wiki.springy.example/",
                    null),
            entry("phone", "Whom to call", "Call the night guard at +1 (555) 010-9942 or 4471-82 on weekends.", null),
            entry(
                    "alert",
                    "The north lift is broken until the spring term begins",
                    "Do not send wheelchair users there before we told you so.",
                    null),
            entry(
                    "zh",
                    "\u7279\u6B8A\u60C5\u51B5",
                    "\u5317\u697C\u7684\u7535\u68AF\u574F\u4E86\u8BF7\u4E0D\u8981\u544A\u8BC9\u8BFB\u8005",
                    null)));

    private static FaqEntry entry(String id, String title, String text, @Nullable String link) {
        return new FaqEntry(id, InstitutionId.of("springy"), "staff", title, text, link, "en", null);
    }

    private static List<String> entries(String text) {
        return GUARD.entriesOf(GUARD.found(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "The user is library-guest7.",
                "(LIBRARY-GUEST7)",
                "user=library-guest7",
                "heron!tide",
                "It is Heron!Tide.",
                "Her\u200Bon!\u00ADTide",
                "\uFF28\uFF25\uFF32\uFF2F\uFF2E!Tide",
                "library\u2011guest7",
                "write to Circulation.Desk@springy.example",
                "mailto:circulation.desk@springy.example",
                "see staff.springy.example/shift?id=4",
                "see HTTPS://STAFF.springy.example/shift?id=4.",
                "on wiki.springy.example",
                "on www.wiki.springy.example/, yes"
            })
    void aDistinctiveWordOfAnEntryIsFound(String text) {
        assertThat(entries(text)).containsExactly("login");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+1 (555) 010-9942",
                "15550109942",
                "1-555-010-99-42",
                "555 010 9942",
                "call 0109 942 55501 09942",
                "50109942",
                "010-9942",
                "447182",
                "44 71 82",
                "\u0664\u0664\u0667\u0661\u0668\u0662"
            })
    void aNumberIsFoundByItsDigits(String text) {
        assertThat(entries(text)).containsExactly("phone");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "THE NORTH lift is broken until Monday",
                "well, north lift\nis   broken: until the \u2026",
                "do not send wheelchair users there"
            })
    void sixWordsInARowAreFound(String text) {
        assertThat(entries(text)).containsExactly("alert");
    }

    @Test
    void twelveCharactersInARowOfAScriptWithoutSpacesAreFound() {
        assertThat(entries("\u5317\u697C\u7684\u7535\u68AF\u574F\u4E86\u8BF7\u4E0D\u8981\u544A\u8BC9"))
                .containsExactly("zh");
        assertThat(entries("\u5317\u697C\u7684\u7535\u68AF\u574F\u4E86\u8BF7\u4E0D\u8981\u544A"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "Good morning!",
                "The password is the one on your card.",
                "the north lift is broken",
                "send wheelchair users there, do not",
                "Log-in of the databases",
                "library guest",
                "44718",
                "https://springy.example/shift",
                "help@wiki.springy.example.org",
                "https://wiki.springy.example/opening",
                "my.wiki.springy.example"
            })
    void whatIsNoneOfTheseIsNot(String text) {
        assertThat(GUARD.found(text)).isEmpty();
    }

    @Test
    void aWordOfFiveCharactersIsNoneAndOneOfSixIs() {
        StaffingGuard guard = StaffingGuard.of(List.of(entry("e", "Codes", "ab12c and ab123c", null)));

        assertThat(guard.found("ab12c")).isEmpty();
        assertThat(guard.found("ab123c")).hasSize(1);
    }

    @Test
    void fiveDigitsAreNoNumberAndSixAre() {
        StaffingGuard guard = StaffingGuard.of(List.of(entry("e", "Codes", "PIN 12345, door 123456", null)));

        assertThat(guard.found("12345")).isEmpty();
        assertThat(guard.found("123456")).hasSize(1);
    }

    @Test
    void twoNumbersInARowAreFoundOneByOne() {
        StaffingGuard guard = StaffingGuard.of(List.of(entry("e", "Numbers", "555-0100 / 555-0200", null)));

        assertThat(guard.found("call 555 0200")).hasSize(1);
        assertThat(guard.found("call 555 0100")).hasSize(1);
    }

    @Test
    void theTitleAndTheLinkCountToo() {
        StaffingGuard guard =
                StaffingGuard.of(List.of(entry("e", "Code kx82pq", "", "https://intra.example/secret-page")));

        assertThat(guard.entriesOf(guard.found("KX82PQ"))).containsExactly("e");
        assertThat(guard.entriesOf(guard.found("intra.example/secret-page"))).containsExactly("e");
    }

    @Test
    void whatStandsInAPublicTextIsTakenAway() {
        List<Secret> found = GUARD.found("Call 4471-82, user library-guest7, do not send wheelchair users there");

        List<Secret> left = StaffingGuard.notIn("Our number: 44 71 82. Do not send wheelchair users there!", found);

        assertThat(GUARD.entriesOf(found)).containsExactly("alert", "login", "phone");
        assertThat(GUARD.entriesOf(left)).containsExactly("login");
        assertThat(StaffingGuard.notIn("LIBRARY-GUEST7", left)).isEmpty();
        assertThat(StaffingGuard.notIn("nothing", left)).isEqualTo(left);
    }

    @Test
    void noTextTakesLong() {
        String many = "a1b2c3.".repeat(1_400);
        StaffingGuard guard = StaffingGuard.of(List.of(entry("e", "Long", "x".repeat(9_000) + "1 " + many, null)));

        assertThat(guard.found("a.".repeat(10_000))).isEmpty();
        assertThat(guard.found("7 ".repeat(5_000))).isEmpty();
        assertThat(guard.found("one two three four five six ".repeat(400))).isEmpty();
    }

    @Test
    void aThousandEntriesAreFoundInByOneTextEach() {
        StaffingGuard guard = StaffingGuard.of(IntStream.range(0, 1_000)
                .mapToObj(i -> entry("e" + i, "Entry " + i, "password Secret-" + i + "-word", null))
                .toList());

        assertThat(guard.entriesOf(guard.found("secret-777-word"))).containsExactly("e777");
    }

    @Test
    void aSecretSaysNothingOfItself() {
        assertThat(GUARD.found("library-guest7").toString()).doesNotContain("guest7");
        assertThat(entry("e", "Heron", "Tide", null).toString()).doesNotContain("Heron", "Tide");
    }
}
