package org.libcoop.store.jdbc;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import org.libcoop.report.Counts;
import org.libcoop.report.Spread;
import org.libcoop.report.Stars;
import org.libcoop.report.Tally;

/**
 * A tally as bytes: its {@link Numbers} in a fixed order; of a spread the sum in milliseconds, how many steps follow, and of each the
 * distance from the one before and its count.
 */
final class TallyCodec {

    private TallyCodec() {}

    static byte[] write(Tally tally) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(64);
        Counts counts = tally.counts();
        Numbers.put(out, counts.answered());
        Numbers.put(out, counts.missed());
        Numbers.put(out, counts.dismissed());
        Numbers.put(out, counts.open());
        Numbers.put(out, counts.own());
        Numbers.put(out, counts.throughCoop());
        put(out, tally.waits());
        put(out, tally.durations());
        put(out, tally.ratings());
        put(out, tally.qaRatings());
        return out.toByteArray();
    }

    private static void put(ByteArrayOutputStream out, Stars stars) {
        for (int rating = 1; rating <= Stars.BEST; rating++) {
            Numbers.put(out, stars.of(rating));
        }
    }

    private static void put(ByteArrayOutputStream out, Spread spread) {
        Numbers.put(out, spread.sum().toMillis());
        long[] counts = spread.counts();
        int some = 0;
        for (long count : counts) {
            some += count == 0 ? 0 : 1;
        }
        Numbers.put(out, some);
        int last = 0;
        for (int step = 0; step < counts.length; step++) {
            if (counts[step] != 0) {
                Numbers.put(out, step - last);
                Numbers.put(out, counts[step]);
                last = step;
            }
        }
    }

    /**
     * Reads a tally.
     *
     * @throws UnreadableException if the bytes are none
     */
    static Tally read(String what, byte[] bytes) {
        try {
            return new Reading(new Numbers(bytes)).tally();
        } catch (IllegalArgumentException | IndexOutOfBoundsException garbled) {
            throw new UnreadableException(what, "its numbers are none");
        }
    }

    /** The numbers of one. */
    private record Reading(Numbers numbers) {

        Tally tally() {
            Counts counts = new Counts(next(), next(), next(), next(), next(), next());
            Tally tally = new Tally(counts, spread(), spread(), stars(), stars());
            if (!numbers.atEnd()) {
                throw new IllegalArgumentException("more than a tally");
            }
            return tally;
        }

        private Stars stars() {
            return new Stars(next(), next(), next(), next(), next());
        }

        private Spread spread() {
            Duration sum = Duration.ofMillis(next());
            long some = next();
            long[] counts = new long[Spread.STEPS];
            int step = 0;
            for (long i = 0; i < some; i++) {
                step = Math.toIntExact(Math.addExact(step, next()));
                counts[step] = next();
            }
            return Spread.of(counts, sum);
        }

        private long next() {
            return numbers.next();
        }
    }
}
