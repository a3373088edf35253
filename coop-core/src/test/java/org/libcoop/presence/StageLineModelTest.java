package org.libcoop.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.libcoop.presence.World.T0;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.libcoop.directory.OperatorId;

/**
 * Compares the line of a stage with a model that knows no spans: for every operator a row of minutes, each of which says
 * whether the operator is there. News comes in any order of time, some of it with an end known in advance.
 */
class StageLineModelTest {

    private static final int SEEDS = 300;
    private static final int STEPS = 60;
    private static final int MINUTES = 90;
    private static final List<OperatorId> PEOPLE = Set.of("ana", "ben", "carl", "olga").stream()
            .map(OperatorId::of)
            .sorted()
            .toList();

    private final StageLine line = new StageLine();
    private final boolean[][] there = new boolean[PEOPLE.size()][MINUTES + 1];

    static IntStream seeds() {
        return IntStream.range(0, SEEDS);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theLineSaysWhatTheMinutesSay(int seed) {
        Random random = new Random(seed);
        int latest = 0;
        int horizon = 0;

        for (int step = 0; step < STEPS; step++) {
            // Mostly in order, as news comes; now and then of something that happened a while ago.
            latest = Math.min(MINUTES - 1, latest + random.nextInt(4));
            int at = random.nextInt(4) == 0 ? horizon + random.nextInt(MINUTES - horizon) : latest;
            set(random, Math.max(at, horizon));
            if (random.nextInt(15) == 0) {
                horizon = Math.max(horizon, random.nextInt(latest + 1));
                line.forgetBefore(minute(horizon));
            }
            compare(random, horizon);
        }
    }

    private void set(Random random, int at) {
        int who = random.nextInt(PEOPLE.size());
        boolean available = random.nextInt(3) > 0;
        Integer until = random.nextInt(3) == 0 ? at + random.nextInt(MINUTES - at) : null;
        boolean[] before = there[who].clone();
        for (int m = at; m <= MINUTES; m++) {
            there[who][m] = available && (until == null || m < until);
        }

        boolean news = line.set(PEOPLE.get(who), minute(at), available, until == null ? null : minute(until));

        assertThat(news).isEqualTo(!Arrays.equals(before, there[who]));
    }

    private void compare(Random random, int horizon) {
        for (int m = horizon; m <= MINUTES; m++) {
            Set<OperatorId> expected = new HashSet<>();
            for (int who = 0; who < PEOPLE.size(); who++) {
                if (there[who][m]) {
                    expected.add(PEOPLE.get(who));
                }
                assertThat(line.available(PEOPLE.get(who), minute(m))).isEqualTo(there[who][m]);
            }
            assertThat(line.available(minute(m))).isEqualTo(expected);
            assertThat(line.served(minute(m))).as("minute %s", m).isEqualTo(!expected.isEmpty());
        }
        for (int i = 0; i < 10; i++) {
            int from = horizon + random.nextInt(MINUTES - horizon);
            int to = from + random.nextInt(MINUTES - from + 1);
            assertThat(line.firstLapse(minute(from), minute(to))).isEqualTo(lapse(from, to));
            int who = random.nextInt(PEOPLE.size());
            assertThat(line.reached(PEOPLE.get(who), minute(from), minute(to)))
                    .isEqualTo(IntStream.rangeClosed(from, to).anyMatch(m -> there[who][m]));
        }
    }

    private Instant lapse(int after, int upTo) {
        for (int m = after + 1; m <= upTo; m++) {
            if (served(m - 1) && !served(m)) {
                return minute(m);
            }
        }
        return null;
    }

    private boolean served(int m) {
        return IntStream.range(0, PEOPLE.size()).anyMatch(who -> there[who][m]);
    }

    private static Instant minute(int m) {
        return T0.plus(Duration.ofMinutes(m));
    }
}
