package org.libcoop.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SimulatedClockTest {

    private static final Instant START = Instant.parse("2026-03-02T22:00:00Z");

    private final SimulatedClock clock = new SimulatedClock(START);
    private final List<String> seen = new ArrayList<>();

    private Runnable noting(String what) {
        return () -> seen.add(what + "@" + Duration.between(START, clock.now()).toMillis());
    }

    @Test
    void standsStillUntilMovedAndCutsOffWhatIsFinerThanAMillisecond() {
        SimulatedClock fine = new SimulatedClock(START.plusNanos(1_999_999));

        assertThat(fine.now()).isEqualTo(START.plusMillis(1));
        assertThat(new SimulatedClock().now()).isEqualTo(SimulatedClock.DEFAULT_START);
    }

    @Test
    void runsEveryWakeUpAtItsOwnInstantInTheOrderOfTheInstants() {
        clock.wakeAt(START.plusMillis(30), noting("c"));
        clock.wakeAt(START.plusMillis(10), noting("a"));
        clock.wakeAt(START.plusMillis(10), noting("b"));

        clock.advance(Duration.ofMillis(50));

        assertThat(seen).containsExactly("a@10", "b@10", "c@30");
        assertThat(clock.now()).isEqualTo(START.plusMillis(50));
    }

    @Test
    void aWakeUpIsDueAtExactlyItsInstant() {
        clock.wakeAt(START.plusMillis(10), noting("a"));

        clock.advance(Duration.ofMillis(9));
        assertThat(seen).isEmpty();
        clock.advance(Duration.ofMillis(1));
        assertThat(seen).containsExactly("a@10");
        clock.advance(Duration.ofMillis(1));

        assertThat(seen).containsExactly("a@10");
    }

    @Test
    void wakeUpsThatWakeUpsAskForRunOnTheWay() {
        clock.wakeAt(START.plusMillis(10), () -> clock.wakeAt(START.plusMillis(15), noting("second")));
        clock.wakeAt(START.plusMillis(20), noting("last"));

        clock.advanceTo(START.plusMillis(20));

        assertThat(seen).containsExactly("second@15", "last@20");
    }

    @Test
    void aWakeUpNeverRunsInsideTheCallThatAsksForIt() {
        clock.wakeAt(START, noting("due"));
        assertThat(seen).isEmpty();

        clock.executor().execute(() -> {
            clock.wakeAt(START.minusSeconds(1), noting("overdue"));
            seen.add("task");
        });

        assertThat(seen).containsExactly("task", "overdue@0", "due@0");
    }

    @Test
    void instantsBetweenTwoMillisecondsAreRoundedUp() {
        clock.wakeAt(START.plusNanos(10_000_001), noting("a"));

        clock.advance(Duration.ofMillis(10));
        assertThat(seen).isEmpty();
        clock.advance(Duration.ofMillis(1));

        assertThat(seen).containsExactly("a@11");
    }

    @Test
    void tellsWhenTheNextWakeUpIs() {
        assertThat(clock.nextWake()).isEmpty();

        clock.wakeAt(START.plusMillis(30), noting("a"));
        clock.wakeAt(START.plusMillis(20), noting("b"));

        assertThat(clock.nextWake()).contains(START.plusMillis(20));
    }

    @Test
    void aTaskHandedInByATaskRunsAfterIt() {
        clock.executor().execute(() -> {
            clock.executor().execute(() -> seen.add("inner"));
            seen.add("outer");
        });

        assertThat(seen).containsExactly("outer", "inner");
    }

    @Test
    void aTaskThatFailsDoesNotHoldUpLaterOnes() {
        assertThatThrownBy(() -> clock.executor().execute(() -> {
                    clock.executor().execute(() -> seen.add("left behind"));
                    throw new IllegalArgumentException("broken");
                }))
                .hasMessage("broken");

        clock.executor().execute(() -> seen.add("later"));

        assertThat(seen).containsExactly("left behind", "later");
    }

    @Test
    void neverRunsBackwards() {
        clock.advance(Duration.ofMillis(5));

        assertThatIllegalArgumentException().isThrownBy(() -> clock.advanceTo(START.plusMillis(4)));
        assertThatIllegalArgumentException().isThrownBy(() -> clock.advance(Duration.ofMillis(-1)));
        clock.advance(Duration.ZERO);

        assertThat(clock.now()).isEqualTo(START.plusMillis(5));
    }

    @Test
    void isNotMovedByWhatRunsOnIt() {
        clock.wakeAt(START.plusMillis(1), () -> clock.advance(Duration.ofMillis(1)));

        assertThatIllegalStateException().isThrownBy(() -> clock.advance(Duration.ofMillis(2)));
        assertThatIllegalStateException()
                .isThrownBy(() -> clock.executor().execute(() -> clock.advance(Duration.ofMillis(1))));
        clock.advance(Duration.ofMillis(2));

        assertThat(clock.now()).isEqualTo(START.plusMillis(3));
    }

    @Test
    void wakeUpsThatNeverLetTimePassAreRefused() {
        Runnable[] again = new Runnable[1];
        again[0] = () -> clock.wakeAt(clock.now(), again[0]);
        clock.wakeAt(START, again[0]);

        assertThatIllegalStateException()
                .isThrownBy(() -> clock.advance(Duration.ofMillis(1)))
                .withMessageContaining("ever more wake-ups");
    }
}
