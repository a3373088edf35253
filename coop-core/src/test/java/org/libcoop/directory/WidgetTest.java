package org.libcoop.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WidgetTest {

    private static final Option DESK = Option.department("reference");
    private static final Option COOP = Option.coop("academic");

    @Test
    void aWidgetWithoutSettingsHasTheDefaults() {
        Widget widget = widget().route(DESK).build();

        assertThat(widget.id()).isEqualTo(WidgetId.of("databases"));
        assertThat(widget.institution()).isEqualTo(InstitutionId.of("springy"));
        assertThat(widget.name()).isEqualTo("databases");
        assertThat(widget.owner()).isEmpty();
        assertThat(widget.route()).containsExactly(DESK);
        assertThat(widget.explicitTimedFallback()).isEmpty();
        assertThat(widget.origins()).isEmpty();
        assertThat(List.of(widget.nameField(), widget.emailField(), widget.questionField()))
                .containsOnly(FormField.OPTIONAL);
        assertThat(widget.privacyNotice()).isEmpty();
        assertThat(widget.consentRequired()).isFalse();
        assertThat(widget.texts()).isEqualTo(Texts.defaults());
        assertThat(widget.key()).isEqualTo(RecordKey.of(WidgetId.of("databases")));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 15, 3599, 3600})
    void aTimedFallbackIsWholeSecondsUpToAnHour(int seconds) {
        Widget widget =
                widget().route(DESK).timedFallback(Duration.ofSeconds(seconds)).build();

        assertThat(widget.timedFallback()).isEqualTo(Duration.ofSeconds(seconds));
        assertThat(widget.explicitTimedFallback()).contains(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @CsvSource({
        "PT-1S, timedFallback PT-1S is out of bounds",
        "PT-0.001S, out of bounds",
        "PT3601S, 'timedFallback 3601s is out of bounds, expected 0s to 1h'",
        "PT1H0.001S, out of bounds",
        "PT0.5S, timedFallback 500ms is not in whole seconds",
        "PT29.999999999S, is not in whole seconds"
    })
    void anyOtherTimedFallbackIsRefused(Duration value, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> widget().timedFallback(value))
                .withMessageContaining(message);
    }

    @Test
    void theDefaultTimedFallbackIsThirtySecondsWhereACoopStandsAfterTheFirstOption() {
        assertThat(fallbackOf(DESK, COOP)).isEqualTo(Duration.ofSeconds(30));
        assertThat(fallbackOf(COOP, Option.coop("global"))).isEqualTo(Duration.ofSeconds(30));
        assertThat(fallbackOf(DESK, Option.department("law"), COOP)).isEqualTo(Duration.ofSeconds(30));
        assertThat(fallbackOf(DESK)).isZero();
        assertThat(fallbackOf(COOP)).isZero();
        assertThat(fallbackOf(COOP, DESK)).isZero();
        assertThat(fallbackOf(DESK, Option.operator("ana"))).isZero();
    }

    @Test
    void goingBackToTheDefaultTimedFallbackFollowsTheRoute() {
        Widget set = widget().route(DESK, COOP).timedFallback(Duration.ZERO).build();

        Widget unset = set.toBuilder().timedFallback(null).build();

        assertThat(set.timedFallback()).isZero();
        assertThat(unset.timedFallback()).isEqualTo(Duration.ofSeconds(30));
        assertThat(unset.toBuilder().route(DESK).build().timedFallback()).isZero();
    }

    @Test
    void aRouteHasOneToTwentyOptions() {
        assertThat(widget().route(Collections.nCopies(20, DESK)).build().route())
                .hasSize(20);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> widget().route(Collections.nCopies(21, DESK)))
                .withMessage("the route of widget databases has 21 options, expected 1 to 20");
        assertThatIllegalArgumentException().isThrownBy(() -> widget().route());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> widget().build())
                .withMessage("the route of widget databases has 0 options, expected 1 to 20");
    }

    @Test
    void theRouteIsACopy() {
        List<Option> options = new ArrayList<>(List.of(DESK));
        Widget widget = widget().route(options).build();

        options.add(COOP);

        assertThat(widget.route()).containsExactly(DESK);
    }

    @ParameterizedTest
    @CsvSource({
        "https://library.example.edu, https://library.example.edu",
        "HTTPS://Library.Example.EDU, https://library.example.edu",
        "https://library.example.edu:443, https://library.example.edu",
        "http://library.example.edu:80, http://library.example.edu",
        "http://library.example.edu:443, http://library.example.edu:443",
        "https://library.example.edu:8443, https://library.example.edu:8443",
        "http://localhost:8080, http://localhost:8080",
        "https://xn--bcher-kva.example, https://xn--bcher-kva.example",
        "http://127.0.0.1:65535, http://127.0.0.1:65535",
        "'http://[::1]:8080', 'http://[::1]:8080'"
    })
    void anOriginIsKeptAsBrowsersSendIt(String given, String kept) {
        assertThat(widget().route(DESK).origins(given).build().origins()).containsExactly(kept);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "null",
                "library.example.edu",
                "https://",
                "https://*.example.edu",
                "https://library.example.edu/",
                "https://library.example.edu/path",
                "https://library.example.edu?x",
                "https://user@library.example.edu",
                "https://library.example.edu:0",
                "https://library.example.edu:65536",
                "https://library.example.edu:",
                "https://library..edu",
                "https://library.example.edu.",
                "ftp://library.example.edu",
                "file://",
                "javascript:alert(1)",
                "https://bücher.example",
                "https://\u212Aiosk.example",
                " https://library.example.edu"
            })
    void whatIsNoOriginIsRefusedByName(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> widget().origins(text))
                .withMessageStartingWith("origin \"" + text + "\" is malformed, expected");
    }

    @Test
    void originsAreKeptOnceAndAtMostAHundred() {
        List<String> hundred = IntStream.range(0, 100)
                .mapToObj(i -> "https://l" + i + ".example")
                .toList();
        List<String> more = new ArrayList<>(hundred);
        more.add("https://one-more.example");

        assertThat(widget().route(DESK)
                        .origins("https://a.example", "https://A.example:443")
                        .build()
                        .origins())
                .containsExactly("https://a.example");
        assertThat(widget().route(DESK).origins(hundred).build().origins()).hasSize(100);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> widget().origins(more))
                .withMessage("widget databases has 101 origins, expected at most 100");
        assertThatIllegalArgumentException().isThrownBy(() -> widget().origins("https://" + "a".repeat(300)));
    }

    @Test
    void consentNeedsANoticeToConsentTo() {
        Widget widget = widget().route(DESK)
                .privacyNotice("We keep this for 90 days.")
                .consentRequired(true)
                .build();

        assertThat(widget.consentRequired()).isTrue();
        assertThat(widget.privacyNotice()).contains("We keep this for 90 days.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> widget.toBuilder().privacyNotice(null).build())
                .withMessage("widget databases has consentRequired true without a privacyNotice to consent to");
        assertThatIllegalArgumentException().isThrownBy(() -> widget().privacyNotice("x".repeat(10_001)));
        assertThat(widget().route(DESK)
                        .privacyNotice("x".repeat(10_000))
                        .build()
                        .privacyNotice())
                .isPresent();
    }

    static List<UnaryOperator<Widget.Builder>> changes() {
        return List.of(
                w -> w.institution(InstitutionId.of("elsewhere")),
                w -> w.name("Databases A to Z"),
                w -> w.owner("ana"),
                w -> w.route(COOP, DESK),
                w -> w.timedFallback(Duration.ofSeconds(30)),
                w -> w.origins("https://library.example.edu"),
                w -> w.nameField(FormField.REQUIRED),
                w -> w.emailField(FormField.REQUIRED),
                w -> w.questionField(FormField.REQUIRED),
                w -> w.privacyNotice("Notice"),
                w -> w.privacyNotice("Notice").consentRequired(true),
                w -> w.texts(Texts.defaults().withEnded("Bye")));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void everyPartCountsForEqualityAndSurvivesTheWayThroughTheBuilder(UnaryOperator<Widget.Builder> change) {
        Widget plain = widget().route(DESK, COOP).build();

        Widget changed = change.apply(plain.toBuilder()).build();

        assertThat(changed).isNotEqualTo(plain);
        assertThat(changed.toBuilder().build()).isEqualTo(changed).hasSameHashCodeAs(changed);
        assertThat(change.apply(widget().route(DESK, COOP)).build()).isEqualTo(changed);
    }

    @Test
    void aWidgetPrintsItsRoute() {
        assertThat(widget().route(DESK, COOP).build())
                .hasToString("Widget[databases of springy, route=[reference, academic], timedFallback=30s]");
    }

    private static Widget.Builder widget() {
        return Widget.builder("databases", "springy");
    }

    private static Duration fallbackOf(Option... route) {
        return widget().route(route).build().timedFallback();
    }
}
