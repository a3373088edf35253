package org.libcoop.testkit.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.libcoop.directory.Texts;
import org.libcoop.directory.WidgetId;
import org.libcoop.memory.InMemoryStore;
import org.libcoop.testkit.SimulatedCoop;
import org.libcoop.testkit.scenario.TimelineEntry.Kind;

/** A scenario that holds passes; one that does not says where, what was expected, what was seen, and why (E3). */
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

    @Test
    void transcriptsAreSeenByWhoMayReadThem() {
        ScenarioResult result = run(
                "at: 61s, expect: {transcripts: {as: ana, path: home}, sees: []}",
                "at: 61s, do: claim, chat: c1, by: ana",
                "at: 62s, do: end, chat: c1, by: ana, disposition: answered",
                "at: 62s, expect: {transcripts: {as: ana, path: home}, sees: [c1]}",
                "at: 62s, expect: {transcript: c1, content: kept}",
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
    void anAccountIsGrantedAndTaken() {
        ScenarioResult result = run(
                "at: 61s, do: sign-in, who: [ben]",
                "at: 61s, do: monitor, who: [ben], on: [academic], refused: not-allowed",
                "at: 62s, do: grant, who: [ben], in: academic, level: regular, by: ana",
                "at: 62s, do: monitor, who: [ben], on: [academic]",
                "at: 75s, expect: {chat: c1, notified: [ana, ben, olga]}",
                "at: 76s, do: revoke, who: [ben], in: academic, by: ana",
                "at: 76s, expect: {chat: c1, notified: [ana, olga]}",
                "at: 77s, do: revoke, who: [ben], in: academic, by: ana, refused: not-found");
        List<ScenarioFailure> failures = run(
                        "at: 61s, do: grant, who: [ben, olga], in: academic, level: regular, by: ana",
                        "at: 62s, do: revoke, who: [ben, olga], in: academic, by: ana")
                .failures();

        assertThat(result.failures()).isEmpty();
        assertThat(failures)
                .extracting(ScenarioFailure::step)
                .containsExactly("ana makes olga REGULAR in academic", "ana takes from olga the account in academic");
        assertThat(failures).allSatisfy(failure -> assertThat(failure.seen()).startsWith("refused not-allowed"));
    }

    @Test
    void aWidgetIsSavedByTheHostAndByItsLocalAdminWithWhatIsNotSaidLeftAsItWas() {
        ScenarioResult result = run(
                "at: 61s, do: save-widget, widget: databases, timedFallback: 3",
                "at: 61s, do: chat, chat: c2, widget: databases",
                "at: 63999ms, expect: {chat: c2, open: [reference]}",
                "at: 64s, expect: {chat: c2, open: [reference, academic]}",
                "at: 65s, do: save-widget, widget: databases, route: [academic], by: ana",
                "at: 65s, do: chat, chat: c3, widget: databases",
                "at: 65s, expect: {chat: c3, open: [academic]}",
                "at: 66s, do: save-widget, widget: databases, name: Mine, by: olga, refused: not-allowed");

        assertThat(result.failures()).isEmpty();
    }

    @Test
    void aWidgetMayBeNewAndNamedBefore() {
        ScenarioResult result = run(
                "at: 61s, do: chat, chat: c2, widget: fresh, refused: not-found",
                "at: 62s, do: save-widget, widget: fresh, institution: hill, route: [academic], timedFallback: 5",
                "at: 62s, expect: {widget: fresh, online: true}",
                "at: 63s, do: save-widget, widget: fresh, route: [hilldesk]",
                "at: 63s, expect: {widget: fresh, online: false}");
        ScenarioFailure failure = onlyFailure(
                "at: 61s, expect: {widget: fresh, online: false}",
                "at: 62s, do: save-widget, widget: fresh, institution: hill, route: [academic]");
        ScenarioFailure refused = onlyFailure(
                "at: 62s, do: save-widget, widget: fresh, institution: hill, route: [reference], refused: invalid",
                "at: 63s, do: save-widget, widget: fresh, timedFallback: 5");

        assertThat(result.failures()).isEmpty();
        assertThat(failure.seen()).isEqualTo("no such widget: it was not saved");
        assertThat(refused.seen()).contains("there is no widget fresh");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "timedFallback: 4000",
                "timedFallback: 999999999999999",
                "timedFallback: 3601",
                "timedFallback: -1",
                "timedFallback: 1.5",
                "route: []",
                "route: [hilldesk]",
                "route: [olga]",
                "route: [reference, academic, reference]",
                "name: ''",
                "owner: olga",
                "origins: ['https://library.example.edu/az']",
                "privacyNotice: ''",
                "consentRequired: true",
                "texts: {waiting: '{operator}'}",
                "institution: hill"
            })
    void aWidgetOutOfTheRulesBoundsIsARefusalAndLeavesItAsItWas(String change) {
        String after = "at: 62s, expect: {widget: databases, online: true}";

        assertThat(run("at: 61s, do: save-widget, widget: databases, " + change + ", refused: invalid", after)
                        .failures())
                .isEmpty();
        assertThat(run(
                                "at: 61s, do: save-widget, widget: databases, " + change
                                        + ", by: olga, refused: not-allowed",
                                after)
                        .failures())
                .isEmpty();
    }

    @Test
    void textsThatAreNotSaidStay() {
        Texts texts;
        try (SimulatedCoop coop =
                SimulatedCoop.of(Scenarios.with("at: 60s, do: leave, chat: c1").directory())) {
            Scene scene = new Scene(coop);
            for (String text : List.of("offline: Closed", "waiting: Soon")) {
                ScenarioFile file = Scenarios.with(
                        "at: 60s, do: save-widget, widget: databases, consentRequired: false, texts: {" + text + "}");
                Step.Do save = (Step.Do) file.steps().get(file.steps().size() - 1);
                save.action().acts().forEach(act -> act.performance().on(scene));
            }
            texts = coop.engine()
                    .directory()
                    .widget(WidgetId.of("databases"))
                    .orElseThrow()
                    .texts();
        }

        assertThat(texts.offline()).isEqualTo("Closed");
        assertThat(texts.waiting()).isEqualTo("Soon");
        assertThat(texts.ended()).isEqualTo(Texts.defaults().ended());
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
