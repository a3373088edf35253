package org.libcoop.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.Stage;

/** Who was there, as the monitoring intervals tell (P7, E2). */
class PastAvailabilityTest {

    private static final InstitutionId HOME = InstitutionId.of("springy");
    private static final Stage DESK = Stage.of(Option.department("reference"));
    private static final Stage BACKUP = Stage.backup(CoopId.of("academic"));
    private static final OperatorId ANA = OperatorId.of("ana");
    private static final OperatorId BEN = OperatorId.of("ben");

    private static Instant at(long second) {
        return Instant.ofEpochSecond(1_000_000 + second);
    }

    private static MonitoringInterval interval(OperatorId who, Stage stage, long from, long to) {
        return new MonitoringInterval(who, stage, at(from), at(to), MonitoringInterval.Ended.SWITCHED_OFF, null);
    }

    @Test
    void anIntervalHoldsFromItsBeginToJustBeforeItsEnd() {
        Availability past = Availability.past(List.of(interval(ANA, DESK, 10, 20)));

        assertThat(past.served(HOME, DESK, at(10).minusMillis(1))).isFalse();
        assertThat(past.served(HOME, DESK, at(10))).isTrue();
        assertThat(past.served(HOME, DESK, at(20).minusMillis(1))).isTrue();
        assertThat(past.served(HOME, DESK, at(20))).isFalse();
        assertThat(past.served(HOME, BACKUP, at(15))).isFalse();
        assertThat(past.available(HOME, DESK, at(15))).containsExactly(ANA);
        assertThat(past.available(HOME, DESK, BEN, at(15))).isFalse();
    }

    @Test
    void whoFellSilentWasThereToTheEndOfTheLease() {
        Availability past = Availability.past(List.of(
                new MonitoringInterval(ANA, DESK, at(10), at(15), MonitoringInterval.Ended.LEASE_ENDED, at(45))));

        assertThat(past.served(HOME, DESK, at(44))).isTrue();
        assertThat(past.firstLapse(HOME, List.of(DESK), at(10), at(100))).contains(at(45));
    }

    @Test
    void whatGoesOnInAnotherIntervalDoesNotLapse() {
        Availability past = Availability.past(
                List.of(interval(ANA, DESK, 10, 20), interval(BEN, DESK, 20, 30), interval(ANA, DESK, 15, 18)));

        assertThat(past.firstLapse(HOME, List.of(DESK), at(10), at(29))).isEmpty();
        assertThat(past.firstLapse(HOME, List.of(DESK), at(10), at(30))).contains(at(30));
        assertThat(past.firstLapse(HOME, List.of(DESK), at(30), at(40))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void itAnswersAsTheIntervalsSayOneByOne(long seed) {
        Random random = new Random(seed);
        List<MonitoringInterval> intervals = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            long from = random.nextInt(40);
            intervals.add(interval(
                    random.nextBoolean() ? ANA : BEN,
                    random.nextInt(3) == 0 ? BACKUP : DESK,
                    from,
                    from + random.nextInt(8)));
        }
        Availability past = Availability.past(intervals);

        for (long second = 0; second < 50; second++) {
            Instant at = at(second);
            for (Stage stage : List.of(DESK, BACKUP)) {
                Set<OperatorId> there = there(intervals, stage, at);
                assertThat(past.available(HOME, stage, at)).isEqualTo(there);
                assertThat(past.served(HOME, stage, at)).isEqualTo(!there.isEmpty());
                for (OperatorId who : List.of(ANA, BEN)) {
                    assertThat(past.available(HOME, stage, who, at)).isEqualTo(there.contains(who));
                    assertThat(past.reached(HOME, stage, who, at, at.plusSeconds(3)))
                            .isEqualTo(reached(intervals, stage, who, second, second + 3));
                }
            }
            assertThat(past.firstLapse(HOME, List.of(DESK, BACKUP), at, at.plusSeconds(10)))
                    .isEqualTo(lapse(intervals, second, second + 10));
        }
    }

    private static Set<OperatorId> there(List<MonitoringInterval> intervals, Stage stage, Instant at) {
        Set<OperatorId> there = new HashSet<>();
        for (MonitoringInterval interval : intervals) {
            if (interval.stage().equals(stage) && !at.isBefore(interval.from()) && at.isBefore(interval.to())) {
                there.add(interval.operator());
            }
        }
        return there;
    }

    private static boolean reached(
            List<MonitoringInterval> intervals, Stage stage, OperatorId who, long from, long to) {
        for (long second = from; second <= to; second++) {
            if (there(intervals, stage, at(second)).contains(who)) {
                return true;
            }
        }
        return false;
    }

    private static Optional<Instant> lapse(List<MonitoringInterval> intervals, long after, long upTo) {
        for (long second = after + 1; second <= upTo; second++) {
            for (Stage stage : List.of(DESK, BACKUP)) {
                if (there(intervals, stage, at(second)).isEmpty()
                        && !there(intervals, stage, at(second).minusMillis(1)).isEmpty()) {
                    return Optional.of(at(second));
                }
            }
        }
        return Optional.empty();
    }
}
