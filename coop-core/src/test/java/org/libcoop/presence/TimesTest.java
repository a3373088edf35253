package org.libcoop.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Times against a set of milliseconds. */
class TimesTest {

    private static Instant at(long milli) {
        return Instant.ofEpochMilli(milli);
    }

    private static List<String> stretches(Times times) {
        List<String> stretches = new ArrayList<>();
        times.each((from, to) -> stretches.add(from.toEpochMilli() + "-" + to.toEpochMilli()));
        return stretches;
    }

    @Test
    void whatOverlapsOrTouchesIsOneStretch() {
        Times times = new Times();
        times.add(at(10), at(20));
        times.add(at(30), at(40));
        times.add(at(50), at(60));

        times.add(at(20), at(30));
        times.add(at(55), at(58));
        times.add(at(61), at(62));

        assertThat(stretches(times)).containsExactly("10-40", "50-60", "61-62");
    }

    @Test
    void whatDoesNotEndLaterThanItBeginsIsNothing() {
        Times times = new Times();

        times.add(at(10), at(10));
        times.add(at(10), at(5));

        assertThat(times.isEmpty()).isTrue();
        assertThat(times.hold(at(10))).isFalse();
        assertThat(times.endAfter(at(0))).isEmpty();
    }

    @Test
    void itIsTheSetOfAllMomentsThatWereAdded() {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            Times times = new Times();
            BitSet moments = new BitSet();
            for (int i = 0; i < 30; i++) {
                int from = random.nextInt(200);
                int to = from + random.nextInt(12);
                times.add(at(from), at(to));
                moments.set(from, to);
            }

            List<String> wanted = new ArrayList<>();
            for (int from = moments.nextSetBit(0); from >= 0; from = moments.nextSetBit(moments.nextClearBit(from))) {
                wanted.add(from + "-" + moments.nextClearBit(from));
            }
            assertThat(stretches(times)).as("seed %s", seed).isEqualTo(wanted);
            for (int moment = 0; moment < 220; moment++) {
                assertThat(times.hold(at(moment))).as("seed %s", seed).isEqualTo(moments.get(moment));
                int on = moments.get(moment) ? moment : moments.nextSetBit(moment);
                assertThat(times.endAfter(at(moment)).map(Instant::toEpochMilli).orElse(-1L))
                        .as("seed %s, after %s", seed, moment)
                        .isEqualTo(on < 0 ? -1 : moments.nextClearBit(on));
            }
        }
    }
}
