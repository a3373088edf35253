package org.libcoop.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.time.Duration;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * G18: three patrons and four librarians do anything in any order, the same again and something else under the same id, while
 * time passes, often to exactly the instant at which something is due. After each step the rules hold that can be seen from
 * outside; a refused command has changed nothing; once everybody has gone no chat is left over.
 */
class CommandsFuzzTest {

    private static final int MOST_STEPS = 30;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final ErrorLog LOG = ErrorLog.install();
    private static final Inputs INPUTS = new Inputs("commands");

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "10m")
    void theRulesHoldAfterEveryStep(byte[] input) {
        INPUTS.run(PATIENCE, () -> play(input));
    }

    @AfterAll
    static void report() {
        INPUTS.report();
    }

    private static void play(byte[] input) {
        Draw draw = new Draw(input);
        boolean toTheEnd = draw.below(8) == 0;
        try (Troupe troupe = new Troupe()) {
            for (int step = 0; step < MOST_STEPS && !draw.isUsedUp(); step++) {
                troupe.step(draw);
            }
            if (toTheEnd) {
                troupe.everybodyGoes();
            }
        }
        LOG.assertEmpty();
    }

    /** A desk and a co-op at work, then anything: most of what is drawn without that finds nobody there. */
    static Stream<byte[]> seeds() {
        return Stream.iterate(1L, seed -> seed <= 20, seed -> seed + 1).map(CommandsFuzzTest::seed);
    }

    private static byte[] seed(long number) {
        Random random = new Random(number);
        byte[] atWork = {0, 6, 0, 9, 0, 0, 1, 6, 2, 9, 2, 1, 1, 0, 0, 1, 1, 1, 0, 0};
        byte[] seed = new byte[atWork.length + 100];
        random.nextBytes(seed);
        System.arraycopy(atWork, 0, seed, 0, atWork.length);
        seed[0] = (byte) number;
        return seed;
    }
}
