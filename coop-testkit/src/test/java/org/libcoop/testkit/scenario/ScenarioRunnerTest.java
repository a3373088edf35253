package org.libcoop.testkit.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.libcoop.memory.InMemoryStore;
import org.libcoop.testkit.scenario.TimelineEntry.Kind;

/** A scenario that holds passes; one that does not says where, what was expected, what was seen, and why. */
final class ScenarioRunnerTest {

    private final ScenarioRunner runner = new ScenarioRunner();

    private ScenarioResult run(String... steps) {
        return runner.run(Scenarios.with(steps));
    }

    private ScenarioFailure onlyFailure(String... steps) {
        ScenarioResult result = run(steps);
        assertThat(result.failures()).hasSize(1);
        return result.failures().get(0);
    }

    @Test
    void theExampleOfTheFormatHolds() {
        ScenarioResult result = run(
                "at: 60s, expect: {widget: databases, online: true}",
                "at: 60s, expect: {chat: c1, state: waiting, open: [reference], notified: [ana]}",
                "at: 74s, expect: {chat: c1, notified: [ana]}",
                "at: 75s, expect: {chat: c1, open: [reference, academic], notified: [olga, ana]}",
                "at: 115s, expect: {chat: c1, notified: [ana, olga, maya], owner: none, offeredTo: []}",
                "at: 120s, do: claim, chat: c1, by: olga",
                "at: 120s, expect: {chat: c1, state: claimed, owner: olga, notified: [], answeredThrough: academic}",
                "at: 121s, do: claim, chat: c1, by: ana, refused: already-claimed",
                "at: 125s, do: say, chat: c1, by: olga, text: Hello!",
                "at: 130s, do: say, chat: c1, by: patron, text: Hi",
                "at: 130s, do: note, chat: c1, by: olga, text: not for the patron",
                "at: 130s, expect: {chat: c1, messages: 3}",
                "at: 400s, do: end, chat: c1, by: olga, disposition: answered",
                "at: 400s, expect: {chat: c1, state: ended, owner: olga, messages: 3}");

        assertThat(result.failures()).isEmpty();
        assertThat(result.passed()).isTrue();
        assertThat(result.steps()).isEqualTo(18);
    }

    @Test
    void aFailedExpectationSaysWhatWasExpectedWhatWasSeenAndWhy() {
        ScenarioFailure failure =
                onlyFailure("at: 75s, expect: {chat: c1, state: waiting, open: [reference], notified: [ana, ben]}");

        assertThat(failure.line()).isEqualTo(Scenarios.FIRST_LINE);
        assertThat(failure.at()).isEqualTo("75s");
        assertThat(failure.expected()).isEqualTo("open [reference]; notified [ana, ben]");
        assertThat(failure.seen()).isEqualTo("open [reference, academic]; notified [ana, olga]");
        assertThat(failure.explanation())
                .contains("chat c1 of springy on databases at 75s: waiting")
                .contains("academic opened (timed fallback): due 75s, handled 75s, 1 available")
                .contains("notified now: ana, olga")
                .contains("left out on reference: ben not signed in")
                .contains("left out on academic/backup (not open): maya available, but the stage is not open");
        assertThat(failure.toString())
                .startsWith("test.yaml:" + Scenarios.FIRST_LINE + ": at 75s, expects chat c1: state waiting");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "state: claimed             | state claimed             | state waiting",
                "open: [academic, reference] | open [academic, reference] | open [reference, academic]",
                "notified: []               | notified []               | notified [ana, olga]",
                "owner: ana                 | owner ana                 | owner none",
                "answeredThrough: reference | answeredThrough reference | answeredThrough none",
                "messages: 2                | messages 2                | messages 1"
            })
    void everyKindOfExpectationCanFail(String check, String expected, String seen) {
        ScenarioFailure failure = onlyFailure("at: 80s, expect: {chat: c1, " + check + "}");

        assertThat(failure.expected()).isEqualTo(expected);
        assertThat(failure.seen()).isEqualTo(seen);
    }

    @Test
    void aWidgetThatIsNotAsExpectedFails() {
        ScenarioFailure failure = onlyFailure("at: 80s, expect: {widget: databases, online: false}");

        assertThat(failure.expected()).isEqualTo("online false");
        assertThat(failure.seen()).isEqualTo("online true");
        assertThat(failure.explanation()).isEmpty();
    }

    @Test
    void answeredThroughTakesTheOptionOrTheStage() {
        String claim = "at: 115s, do: claim, chat: c1, by: maya";

        assertThat(run(claim, "at: 115s, expect: {chat: c1, answeredThrough: academic}")
                        .passed())
                .isTrue();
        assertThat(run(claim, "at: 115s, expect: {chat: c1, answeredThrough: academic/backup}")
                        .passed())
                .isTrue();
        assertThat(onlyFailure(claim, "at: 115s, expect: {chat: c1, answeredThrough: reference}")
                        .seen())
                .isEqualTo("answeredThrough academic/backup");
        assertThat(onlyFailure(
                                "at: 75s, do: claim, chat: c1, by: olga",
                                "at: 75s, expect: {chat: c1, answeredThrough: academic/backup}")
                        .seen())
                .isEqualTo("answeredThrough academic");
    }

    @Test
    void aRefusalThatNobodyExpectsFails() {
        ScenarioFailure failure = onlyFailure("at: 61s, do: claim, chat: c1, by: olga");

        assertThat(failure.expected()).isEqualTo("done");
        assertThat(failure.seen()).startsWith("refused not-eligible: ");
        assertThat(failure.step()).isEqualTo("olga claims c1");
        assertThat(failure.explanation()).contains("notified now: ana");
    }

    @Test
    void aRefusalThatDoesNotComeFails() {
        ScenarioFailure failure = onlyFailure("at: 61s, do: claim, chat: c1, by: ana, refused: already-claimed");

        assertThat(failure.expected()).isEqualTo("refused already-claimed");
        assertThat(failure.seen()).isEqualTo("done");
    }

    @Test
    void anotherRefusalThanTheExpectedOneFails() {
        ScenarioFailure failure = onlyFailure("at: 61s, do: claim, chat: c1, by: olga, refused: at-limit");

        assertThat(failure.expected()).isEqualTo("refused at-limit");
        assertThat(failure.seen()).startsWith("refused not-eligible");
    }

    @Test
    void eachOneWhoIsNamedMustBeRefused() {
        ScenarioResult result =
                run("at: 61s, do: monitor, who: [ben, olga], on: [reference, academic], refused: not-allowed");

        assertThat(result.failures())
                .extracting(ScenarioFailure::step)
                .containsExactly("ben monitors reference", "olga monitors academic");
    }

    @Test
    void theFileIsRunToItsEndWhateverFails() {
        ScenarioResult result = run(
                "at: 61s, do: claim, chat: c1, by: olga",
                "at: 62s, expect: {chat: c1, owner: olga}",
                "at: 62s, do: claim, chat: c1, by: ana",
                "at: 62s, expect: {chat: c1, owner: ana}",
                "at: 63s, expect: {chat: c1, state: waiting}");

        assertThat(result.failures())
                .extracting(ScenarioFailure::line)
                .containsExactly(Scenarios.FIRST_LINE, Scenarios.FIRST_LINE + 1, Scenarios.FIRST_LINE + 4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "do: grant, who: [ben], in: academic, level: regular, by: ana",
                "do: revoke, who: [olga], in: academic, by: ana",
                "do: save-widget, widget: databases, timedFallback: 30"
            })
    void whatIsNotSupportedYetFailsAndSaysSo(String step) {
        ScenarioFailure failure = onlyFailure("at: 61s, " + step);

        assertThat(failure.seen()).startsWith("unsupported: ").endsWith("is not supported yet");
    }

    @Test
    void transcriptsAreSeenByWhoMayReadThem() {
        ScenarioResult result = run(
                "at: 61s, expect: {transcripts: {as: ana, path: home}, sees: []}",
                "at: 61s, do: claim, chat: c1, by: ana",
                "at: 62s, do: end, chat: c1, by: ana, disposition: answered",
                "at: 62s, expect: {transcripts: {as: ana, path: home}, sees: [c1]}",
                "at: 62s, expect: {transcripts: {as: ben, path: home}, sees: []}",
                "at: 62s, expect: {transcripts: {as: ana, path: coop}, sees: [c1]}");

        assertThat(result.failures()).extracting(ScenarioFailure::seen).containsExactly("sees []");
    }

    @Test
    void aTransferIsOfferedAcceptedAndSeen() {
        ScenarioResult result = run(
                "at: 61s, do: claim, chat: c1, by: ana",
                "at: 62s, do: transfer, chat: c1, by: ana, to: nobody, refused: not-allowed",
                "at: 62s, do: transfer, chat: c1, by: ana, to: academic",
                "at: 62s, expect: {chat: c1, owner: ana, offeredTo: [olga]}",
                "at: 63s, do: withdraw, chat: c1, by: ana",
                "at: 63s, do: transfer, chat: c1, by: ana, to: academic",
                "at: 64s, do: accept, chat: c1, by: olga",
                "at: 64s, do: decline, chat: c1, by: olga, refused: not-eligible",
                "at: 64s, expect: {chat: c1, owner: olga, offeredTo: [], answeredThrough: academic}");
        ScenarioFailure failure = onlyFailure("at: 61s, expect: {chat: c1, state: waiting, offeredTo: [ana]}");

        assertThat(result.failures()).isEmpty();
        assertThat(failure.seen()).isEqualTo("offeredTo []");
    }

    @Test
    void aChatThatWasNotCreatedIsKnownToNobody() {
        ScenarioResult result = run(
                "at: 61s, do: sign-out, who: [ana, olga, maya]",
                "at: 61s, do: chat, chat: c2, widget: databases, refused: widget-offline",
                "at: 61s, do: claim, chat: c2, by: ana, refused: not-found",
                "at: 61s, do: leave, chat: c2, refused: not-found",
                "at: 61s, do: say, chat: c2, by: patron, text: Hello, refused: not-found");
        ScenarioFailure failure = onlyFailure(
                "at: 61s, do: sign-out, who: [ana, olga, maya]",
                "at: 61s, do: chat, chat: c2, widget: databases, refused: widget-offline",
                "at: 61s, expect: {chat: c2, state: missed}");

        assertThat(result.failures()).isEmpty();
        assertThat(failure.seen()).isEqualTo("no such chat: it was not created");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "invalid         | at: 61s, do: say, chat: c1, by: patron, text: ''",
                "invalid         | at: 61s, do: dismiss, chat: c1, by: ana, reason: ''",
                "not-eligible    | at: 61s, do: dismiss, chat: c1, by: olga, reason: spam",
                "not-owner       | at: 61s, do: end, chat: c1, by: ana",
                "not-eligible    | at: 61s, do: hurry, chat: c1, by: olga",
                "not-allowed     | at: 61s, do: monitor, who: [ben], on: [academic]",
                "not-allowed     | at: 61s, do: status, who: [ben], is: away"
            })
    void refusalsOfTheLibraryAreSeen(String code, String step) {
        assertThat(run(step + ", refused: " + code).failures()).isEmpty();
    }

    @Test
    void theNextStageIsTheOneAtThatInstant() {
        ScenarioResult result = run(
                "at: 61s, do: hurry, chat: c1, by: ana",
                "at: 61s, expect: {chat: c1, open: [reference, academic], notified: [ana, olga]}",
                "at: 62s, do: hurry, chat: c1, by: olga",
                "at: 62s, expect: {chat: c1, open: [reference, academic, academic/backup]}",
                "at: 63s, do: hurry, chat: c1, by: maya, refused: nothing-pending");

        assertThat(result.failures()).isEmpty();
    }

    @Test
    void whoeverWasDisconnectedSignsInOverANewConnection() {
        ScenarioResult result = run(
                "at: 61s, do: disconnect, who: [ana]",
                "at: 90999ms, expect: {chat: c1, notified: [ana, olga]}",
                "at: 91s, expect: {chat: c1, notified: [olga]}",
                "at: 92s, do: sign-in, who: [ana]",
                "at: 92s, expect: {chat: c1, notified: [ana, olga]}",
                "at: 93s, do: disconnect, who: [ana]",
                "at: 94s, do: reconnect, who: [ana]",
                "at: 200s, expect: {chat: c1, notified: [ana, olga, maya]}");

        assertThat(result.failures()).isEmpty();
    }

    @Test
    void theMembershipThatEndsIsOutOfTheWay() {
        ScenarioResult result = run(
                "at: 80s, do: membership-ends, institution: hill, in: academic",
                "at: 80s, expect: {chat: c1, notified: [ana]}",
                "at: 81s, do: membership-ends, institution: provider, in: academic, refused: not-found");

        assertThat(result.failures()).isEmpty();
    }

    @Test
    void aStoreOfOnesOwnIsUsedAndClosed() {
        List<String> made = new ArrayList<>();
        ScenarioRunner own = new ScenarioRunner(clock -> {
            made.add(clock.now().toString());
            return new InMemoryStore(clock);
        });

        assertThat(own.run(Scenarios.with("at: 61s, do: claim, chat: c1, by: ana"))
                        .passed())
                .isTrue();
        assertThat(made).containsExactly("2026-03-02T22:00:00Z");
    }

    @Test
    void theTimelineTellsWhatHappenedInOrder() {
        List<TimelineEntry> entries = new ArrayList<>();
        List<String> ends = new ArrayList<>();
        ScenarioListener listener = new ScenarioListener() {
            @Override
            public void happened(TimelineEntry entry) {
                entries.add(entry);
            }

            @Override
            public void ended(ScenarioResult result) {
                ends.add(result.toString());
            }
        };

        runner.run(
                Scenarios.with(
                        "at: 80s, do: claim, chat: c1, by: olga",
                        "at: 81s, do: claim, chat: c1, by: ana, refused: already-claimed",
                        "at: 82s, expect: {chat: c1, owner: olga}",
                        "at: 83s, expect: {chat: c1, owner: ana}"),
                listener);

        assertThat(entries)
                .extracting(entry -> entry.at().toSeconds() + " " + entry.kind() + " " + entry.words())
                .containsSubsequence(
                        "60 ACT Stewart starts c1 on databases: \"I can't download the article\"",
                        "60 EVENT c1: reference opened (initial): due 60s, handled 60s, 1 available",
                        "60 NOTICE ana is notified of c1 through reference",
                        "75 EVENT c1: academic opened (timed fallback): due 75s, handled 75s, 1 available",
                        "75 NOTICE olga is notified of c1 through academic",
                        "80 ACT olga claims c1",
                        "80 EVENT c1: claimed by olga of hill through academic",
                        "80 NOTICE c1 leaves the list of ana: claimed by olga of Hill College",
                        "82 HELD expects chat c1: owner olga",
                        "83 FAILED expects chat c1: owner ana");
        assertThat(entries)
                .filteredOn(entry -> entry.kind() == Kind.REFUSAL)
                .singleElement()
                .satisfies(entry -> assertThat(entry.words()).startsWith("ana claims c1: refused already-claimed"));
        assertThat(ends).hasSize(1);
    }
}
