package org.libcoop.store.jdbc;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import org.libcoop.report.Counts;
import org.libcoop.report.Spread;
import org.libcoop.report.Stars;
import org.libcoop.report.Tally;

/**
 * A tally as bytes: its numbers in a fixed order, each in groups of seven bits, the lowest first, of which all but the last have the
 * highest bit set; of a spread the sum in milliseconds, how many steps follow, and of each the distance from the one before and its count.
 */
final class TallyCodec {

    private TallyCodec() {}

    static byte[] write(Tally tally) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(64);
        Counts counts = tally.counts();
        put(out, counts.answered());
        put(out, counts.missed());
        put(out, counts.dismissed());
        put(out, counts.open());
        put(out, counts.own());
        put(out, counts.throughCoop());
        put(out, tally.waits());
        put(out, tally.durations());
        put(out, tally.ratings());
        put(out, tally.qaRatings());
        return out.toByteArray();
    }

    private static void put(ByteArrayOutputStream out, Stars stars) {
        for (int rating = 1; rating <= Stars.BEST; rating++) {
            put(out, stars.of(rating));
        }
    }

    private static void put(ByteArrayOutputStream out, Spread spread) {
        put(out, spread.sum().toMillis());
        long[] counts = spread.counts();
        int some = 0;
        for (long count : counts) {
            some += count == 0 ? 0 : 1;
        }
        put(out, some);
        int last = 0;
        for (int step = 0; step < counts.length; step++) {
            if (counts[step] != 0) {
                put(out, step - last);
                put(out, counts[step]);
                last = step;
            }
        }
    }

    private static void put(ByteArrayOutputStream out, long number) {
        long left = number;
        while (left > 0x7f) {
            out.write((int) ((left & 0x7f) | 0x80));
            left >>>= 7;
        }
        out.write((int) left);
    }

    /**
     * Reads a tally.
     *
     * @throws UnreadableException if the bytes are none
     */
    static Tally read(String what, byte[] bytes) {
        try {
            return new Numbers(bytes).tally();
        } catch (IllegalArgumentException | IndexOutOfBoundsException garbled) {
            throw new UnreadableException(what, "its numbers are none");
        }
    }

    /** Numbers one after the other. */
    private static final class Numbers {
        private final byte[] bytes;
        private int at;

        Numbers(byte[] bytes) {
            this.bytes = bytes;
        }

        Tally tally() {
            Counts counts = new Counts(next(), next(), next(), next(), next(), next());
            Tally tally = new Tally(counts, spread(), spread(), stars(), stars());
            if (at != bytes.length) {
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
            long number = 0;
            for (int shift = 0; shift < Long.SIZE - 1; shift += 7) {
                byte group = bytes[at];
                at++;
                number |= (long) (group & 0x7f) << shift;
                if (group >= 0) {
                    return number;
                }
            }
            throw new IllegalArgumentException("a number is too long");
        }
    }
}
