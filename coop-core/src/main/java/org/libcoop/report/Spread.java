package org.libcoop.report;

import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.libcoop.annotation.Beta;

/**
 * How long things took: how many there were, their exact sum, and how many took up to each of a row of limits. Spreads can be added,
 * which medians cannot: so they are what is kept, and percentiles are read from them, rounded up to the next limit.
 *
 * <p>Limits are whole seconds to a minute and then at most a tenth apart: 5 s to two minutes, 10 s to five, 15 s to ten, 30 s to
 * twenty, a minute to an hour, 5 minutes to four hours, an hour to two days. What took longer counts as two days. <em>Immutable.</em>
 */
@Beta
public final class Spread {

    /** How many limits there are; adapters keep a count for each, which most often is 0. */
    public static final int STEPS = Steps.COUNT;

    /** Nothing. */
    public static final Spread NONE = new Spread(new long[0], 0);

    /** By step, without zeros at the end. */
    private final long[] counts;

    private final long sumMillis;

    private Spread(long[] counts, long sumMillis) {
        this.counts = counts;
        this.sumMillis = sumMillis;
    }

    /**
     * The spread of these counts by step, as an adapter kept them.
     *
     * @throws IllegalArgumentException if there are more than {@link #STEPS}, one is below 0, or {@code sum} is
     */
    public static Spread of(long[] counts, Duration sum) {
        int length = counts.length;
        while (length > 0 && counts[length - 1] == 0) {
            length--;
        }
        if (length > STEPS || sum.isNegative() || Arrays.stream(counts).anyMatch(count -> count < 0)) {
            throw new IllegalArgumentException(
                    "these are no counts of " + STEPS + " steps: " + Arrays.toString(counts));
        }
        return new Spread(Arrays.copyOf(counts, length), sum.toMillis());
    }

    /** How many there were. */
    public long count() {
        return Arrays.stream(counts).sum();
    }

    /** All of them together, exactly. */
    public Duration sum() {
        return Duration.ofMillis(sumMillis);
    }

    /** The mean, to the millisecond; null where there was none. */
    public @Nullable Duration mean() {
        long count = count();
        return count == 0 ? null : Duration.ofMillis(Math.round((double) sumMillis / count));
    }

    /**
     * What so many in a hundred did not take longer than: the shortest limit for which that is true; null where there was none.
     *
     * @param percent 1 to 100; 50 is the median
     * @throws IllegalArgumentException for another
     */
    public @Nullable Duration percentile(int percent) {
        if (percent < 1 || percent > 100) {
            throw new IllegalArgumentException("a percentile is of 1 to 100, not " + percent);
        }
        long wanted = (count() * percent + 99) / 100;
        long seen = 0;
        for (int step = 0; step < counts.length; step++) {
            seen += counts[step];
            if (seen >= wanted) {
                return Steps.limit(step);
            }
        }
        return null;
    }

    /**
     * How many took {@code limit} or less.
     *
     * @throws IllegalArgumentException if it is none of the limits: see {@link #isLimit}
     */
    public long within(Duration limit) {
        int last = Steps.at(limit);
        if (last < 0) {
            throw new IllegalArgumentException("what took up to " + limit + " is not counted apart");
        }
        return Arrays.stream(counts, 0, Math.min(last + 1, counts.length)).sum();
    }

    /** Whether it is known exactly how many took {@code limit} or less: so it is for each second to a minute. */
    public static boolean isLimit(Duration limit) {
        return Steps.at(limit) >= 0;
    }

    /** Both together. */
    public Spread plus(Spread other) {
        Sum sum = new Sum();
        sum.add(this);
        sum.add(other);
        return sum.spread();
    }

    /**
     * What is left without {@code part}.
     *
     * @throws IllegalArgumentException if that is not part of it
     */
    public Spread minus(Spread part) {
        long[] left = Arrays.copyOf(counts, Math.max(counts.length, part.counts.length));
        for (int step = 0; step < part.counts.length; step++) {
            left[step] -= part.counts[step];
        }
        return of(left, Duration.ofMillis(sumMillis - part.sumMillis));
    }

    /** How many are at each step, up to the last with any: for adapters, to be kept. */
    public long[] counts() {
        return counts.clone();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Spread spread && sumMillis == spread.sumMillis && Arrays.equals(counts, spread.counts);
    }

    @Override
    public int hashCode() {
        return Objects.hash(sumMillis, Arrays.hashCode(counts));
    }

    /** Returns something like "12 with median PT30S". */
    @Override
    public String toString() {
        return count() + " with median " + (counts.length == 0 ? null : percentile(50)) + ", sum " + sum();
    }

    /** Adds up. One thread at a time. */
    static final class Sum {
        private int[] counts = new int[0];
        private long sumMillis;

        void add(Duration duration) {
            int step = Steps.of(duration);
            room(step + 1);
            counts[step]++;
            sumMillis += duration.toMillis();
        }

        void add(Spread spread) {
            room(spread.counts.length);
            for (int step = 0; step < spread.counts.length; step++) {
                counts[step] = Math.toIntExact(counts[step] + spread.counts[step]);
            }
            sumMillis += spread.sumMillis;
        }

        private void room(int steps) {
            if (counts.length < steps) {
                counts = Arrays.copyOf(counts, Math.min(STEPS, Math.max(steps, counts.length * 2)));
            }
        }

        Spread spread() {
            return Spread.of(Arrays.stream(counts).asLongStream().toArray(), Duration.ofMillis(sumMillis));
        }
    }
}
