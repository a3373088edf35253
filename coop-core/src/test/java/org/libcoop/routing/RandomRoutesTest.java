package org.libcoop.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.libcoop.routing.Desks.EVER;
import static org.libcoop.routing.Desks.at;
import static org.libcoop.routing.Desks.opened;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.Stage;

/**
 * Drawn routes with people who come and go, at whole seconds so close together that much falls on one instant. The routing
 * function is compared with a second writing of the rules, and with itself asked in other ways.
 */
class RandomRoutesTest {

    private static final int SEEDS = 2_000;
    private static final int FEWER = 300;
    private static final int SECONDS = 40;

    private RoutePlan plan;
    private Desks desks;
    private boolean steady;

    static IntStream seeds() {
        return IntStream.range(0, SEEDS);
    }

    static IntStream fewer() {
        return IntStream.range(0, FEWER);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theFunctionOpensWhatTheRulesReadSecondBySecondOpen(int seed) {
        draw(new Random(seed), false);

        Map<String, String> expected = new TreeMap<>();
        SecondBySecond.open(plan, desks, SECONDS)
                .forEach((stage, second) -> expected.put(Desks.name(stage), Desks.seconds(at(second))));

        assertThat(asMap(inOneGo())).as("%s", this).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("fewer")
    void howOftenAndHowLateItIsAskedChangesNothing(int seed) {
        Random random = new Random(seed);
        draw(random, false);
        Progress oneGo = inOneGo();

        Progress steps = Routing.begin(plan, at(0), desks);
        Instant judged = at(0);
        while (judged.isBefore(at(SECONDS))) {
            Instant next = judged.plusMillis(1 + random.nextInt(4_000));
            next = next.isAfter(at(SECONDS)) ? at(SECONDS) : next;
            Instant from = random.nextBoolean() ? judged : at(0);
            steps = Routing.advance(steps, from, next, desks);
            if (random.nextBoolean()) {
                assertThat(Routing.advance(steps, next, next, desks)).isEqualTo(steps);
                assertThat(Routing.advance(steps, from, next, desks)).isEqualTo(steps);
            }
            judged = next;
        }

        assertThat(steps).as("%s", this).isEqualTo(oneGo);
    }

    @ParameterizedTest
    @MethodSource("fewer")
    void nothingOpensBeforeItIsDueAndWhatIsOpenStaysOpen(int seed) {
        draw(new Random(seed), false);
        Progress before = Routing.begin(plan, at(0), desks);

        for (int now = 1; now <= SECONDS; now++) {
            Progress after = Routing.advance(before, at(now - 1), at(now), desks);
            assertThat(after.openings().subList(0, before.openings().size())).isEqualTo(before.openings());
            for (Opening opening : after.openings()) {
                assertThat(opening.at()).isBetween(at(0), at(now));
                assertMayOpen(after, opening);
            }
            before = after;
        }
    }

    @ParameterizedTest
    @MethodSource("fewer")
    void thePreviewIsWhatHappensWhileThoseWhoAreThereStay(int seed) {
        draw(new Random(seed), true);

        Progress happened = Routing.advance(Routing.begin(plan, at(0), desks), at(0), at(EVER / 2), desks);

        // E2: what is foretold is what happens.
        assertThat(Routing.preview(plan, at(0), desks)).as("%s", this).isEqualTo(happened.openings());
    }

    @ParameterizedTest
    @MethodSource("fewer")
    void theCountdownComesTrueUnlessSomebodyLeaves(int seed) {
        draw(new Random(seed), true);
        Progress progress = Routing.begin(plan, at(0), desks);
        Instant now = at(0);

        for (Pending next = Routing.next(progress).orElse(null); next != null; ) {
            Instant justBefore =
                    next.due().minusMillis(1).isBefore(now) ? now : next.due().minusMillis(1);
            if (justBefore.isBefore(next.due())) {
                assertThat(Routing.advance(progress, now, justBefore, desks)).isEqualTo(progress);
            }
            progress = Routing.advance(progress, now, next.due(), desks);
            assertThat(progress.opening(next.stage())).isEqualTo(Opening.of(next.stage(), next.due(), next.cause()));
            now = next.due();
            next = Routing.next(progress).orElse(null);
        }
    }

    @ParameterizedTest
    @MethodSource("fewer")
    void onlyThoseOnOpenStagesAreEligibleAndEachOfThemMayClaim(int seed) {
        draw(new Random(seed), false);
        Progress progress = inOneGo();

        for (int now = 0; now <= SECONDS; now += 5) {
            Map<OperatorId, Stage> stages = Routing.claimStages(progress, at(now), desks);
            assertThat(Routing.eligible(progress, at(now), desks)).isEqualTo(stages.keySet());
            for (OperatorId operator : people()) {
                assertThat(Routing.claimStage(progress, operator, at(now), desks))
                        .isEqualTo(Optional.ofNullable(stages.get(operator)));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("fewer")
    void aPauseMovesEverythingThatFollowsByItsLength(int seed) {
        Random random = new Random(seed);
        draw(random, true);
        int claimed = random.nextInt(SECONDS);
        int pause = random.nextInt(1000);
        Progress waited = Routing.advance(Routing.begin(plan, at(0), desks), at(0), at(claimed), desks);
        Progress uninterrupted = Routing.advance(waited, at(claimed), at(EVER / 2), desks);

        Progress returned = Routing.resume(waited, at(claimed), at(claimed + pause), desks);
        Progress later = Routing.advance(returned, at(claimed + pause), at(EVER / 2), desks);

        Map<String, String> expected = asMap(uninterrupted);
        uninterrupted.openings().stream()
                .filter(opening -> !waited.isOpen(opening.stage()))
                .forEach(opening -> expected.put(
                        Desks.name(opening.stage()), Desks.seconds(opening.at().plusSeconds(pause))));
        assertThat(asMap(later)).as("%s", this).isEqualTo(expected);
    }

    /** What the cause of an opening asks of it (R3, R5, R7, R9, R10). */
    private void assertMayOpen(Progress progress, Opening opening) {
        Stage stage = opening.stage();
        Instant start = at(0);
        switch (opening.cause()) {
            case INITIAL -> assertThat(opening.at()).isEqualTo(start);
            case TIME -> {
                assertThat(stage.option().kind()).isEqualTo(Option.Kind.COOP);
                assertThat(stage.backup()).isFalse();
                assertThat(plan.timedFallback()).isPositive();
                assertThat(opening.at()).isAfterOrEqualTo(start.plus(plan.timedFallback()));
            }
            case BACKUP -> {
                Opening coop = progress.opening(Stage.of(stage.option()));
                Duration delay = plan.legs().stream()
                        .filter(leg -> stage.equals(leg.backup()))
                        .findFirst()
                        .orElseThrow()
                        .backupDelay();
                boolean byCoop = coop != null && opening.at().equals(coop.at().plus(delay));
                boolean byStart = plan.timedFallback().isZero() && opening.at().equals(start.plus(delay));
                assertThat(byCoop || byStart).isTrue();
            }
            case ABSENCE ->
                assertThat(progress.openings().stream()
                                .filter(open -> open.at().isBefore(opening.at()))
                                .filter(open -> !open.stage().backup())
                                .noneMatch(open -> desks.served(Desks.HOME, open.stage(), opening.at())))
                        .isTrue();
            case ASKED -> throw new AssertionError("nobody asked");
        }
    }

    private Progress inOneGo() {
        return Routing.advance(Routing.begin(plan, at(0), desks), at(0), at(SECONDS), desks);
    }

    private static Map<String, String> asMap(Progress progress) {
        Map<String, String> open = new TreeMap<>();
        progress.openings().forEach(opening -> open.put(Desks.name(opening.stage()), Desks.seconds(opening.at())));
        return open;
    }

    // ---- What is drawn

    private void draw(Random random, boolean steadily) {
        steady = steadily;
        String[] options = new String[1 + random.nextInt(5)];
        for (int i = 0; i < options.length; i++) {
            options[i] = "DPLLGG".charAt(random.nextInt(6)) + Integer.toString(i);
        }
        // Small numbers, so that clocks meet.
        plan = Desks.plan(random.nextInt(4) == 0 ? 0 : 2 + random.nextInt(6), random.nextInt(10), options);
        desks = Desks.empty();
        for (String option : options) {
            staff(random, option);
            if (option.startsWith("G")) {
                staff(random, "B" + option.substring(1));
            }
        }
    }

    private void staff(Random random, String stage) {
        if (steady) {
            if (random.nextBoolean()) {
                desks.shift(stage, -EVER, EVER);
            }
            return;
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            int from = random.nextInt(SECONDS) - 10;
            desks.shift(stage, stage.toLowerCase(Locale.ROOT) + "-" + i, from, from + 1 + random.nextInt(15));
        }
    }

    private List<OperatorId> people() {
        List<OperatorId> people = new ArrayList<>();
        for (int now = -10; now <= SECONDS; now++) {
            for (RoutePlan.Leg leg : plan.legs()) {
                people.addAll(desks.available(Desks.HOME, leg.stage(), at(now)));
                if (leg.backup() != null) {
                    people.addAll(desks.available(Desks.HOME, leg.backup(), at(now)));
                }
            }
        }
        return people.stream().distinct().toList();
    }

    @Override
    public String toString() {
        return plan == null ? "" : plan + " with " + desks + ": " + opened(inOneGo());
    }
}
