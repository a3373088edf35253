package org.libcoop.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.libcoop.report.Counts;
import org.libcoop.report.Spread;
import org.libcoop.report.Stars;
import org.libcoop.report.Tally;

/** The stored form of sums. */
class TallyCodecTest {

    private static Tally drawn(Random random) {
        long answered = random.nextInt(1_000);
        return new Tally(
                new Counts(
                        answered,
                        random.nextInt(200),
                        random.nextInt(3),
                        random.nextInt(3),
                        (long) (answered * random.nextDouble()),
                        (long) (answered * random.nextDouble())),
                spread(random),
                spread(random),
                new Stars(random.nextInt(5), 0, random.nextInt(300), 0, Integer.MAX_VALUE),
                new Stars(0, random.nextInt(2), 0, 0, 1L << 40));
    }

    private static Spread spread(Random random) {
        long[] counts = new long[Spread.STEPS];
        for (int i = random.nextInt(40); i > 0; i--) {
            counts[random.nextInt(Spread.STEPS)] = 1L << random.nextInt(35);
        }
        return Spread.of(counts, Duration.ofMillis(random.nextLong() >>> 2));
    }

    @Test
    void aTallyIsReadAsItWasWritten() {
        Random random = new Random(1);
        for (int i = 0; i < 1_000; i++) {
            Tally tally = drawn(random);

            assertThat(TallyCodec.read("sum", TallyCodec.write(tally))).isEqualTo(tally);
        }
        assertThat(TallyCodec.read("sum", TallyCodec.write(Tally.NONE))).isEqualTo(Tally.NONE);
    }

    /** Rows written by one version are read by the next. */
    @Test
    void theFormStaysAsItIs() {
        long[] counts = new long[Spread.STEPS];
        counts[30] = 2;
        counts[200] = 300;
        Tally tally = new Tally(
                new Counts(302, 4, 0, 1, 100, 202),
                Spread.of(counts, Duration.ofMillis(200_001)),
                Spread.NONE,
                new Stars(0, 0, 0, 1, 128),
                Stars.NONE);

        assertThat(TallyCodec.write(tally))
                .containsExactly(
                        0xae, 2, 4, 0, 1, 100, 0xca, 1, // counts
                        0xc1, 0x9a, 12, 2, 30, 2, 0xaa, 1, 0xac, 2, // waits
                        0, 0, // durations
                        0, 0, 0, 1, 0x80, 1, // ratings
                        0, 0, 0, 0, 0); // QA ratings
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5, 10, 17})
    void whatIsCutOffIsNoTally(int length) {
        byte[] whole = TallyCodec.write(drawn(new Random(2)));

        assertThatThrownBy(() -> TallyCodec.read("sum of chats", Arrays.copyOf(whole, length)))
                .isInstanceOf(UnreadableException.class)
                .hasMessage("stored sum of chats cannot be read: its numbers are none");
    }

    @Test
    void whatGoesOnIsNoTallyAndNeitherIsNoise() {
        byte[] whole = TallyCodec.write(Tally.NONE);
        byte[] noise = new byte[40];
        Arrays.fill(noise, (byte) 0xff);

        assertThatThrownBy(() -> TallyCodec.read("sum", Arrays.copyOf(whole, whole.length + 1)))
                .isInstanceOf(UnreadableException.class);
        assertThatThrownBy(() -> TallyCodec.read("sum", noise)).isInstanceOf(UnreadableException.class);
    }
}
