package org.libcoop.report;

import java.time.Duration;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The limits to which durations are rounded up when they are counted: whole seconds to a minute, then limits that people use, each at
 * most a tenth above the one before; the last, two days, takes all that is longer.
 */
final class Steps {

    /** From which second on (excluded), up to which (included), by how much. */
    private static final int[][] SCALE = {
        {-1, 60, 1},
        {60, 120, 5},
        {120, 300, 10},
        {300, 600, 15},
        {600, 1_200, 30},
        {1_200, 3_600, 60},
        {3_600, 14_400, 300},
        {14_400, 172_800, 3_600},
    };

    private static final int[] SECONDS = Arrays.stream(SCALE)
            .flatMapToInt(part -> IntStream.iterate(part[0] + part[2], s -> s <= part[1], s -> s + part[2]))
            .toArray();

    /** How many there are. */
    static final int COUNT = SECONDS.length;

    private Steps() {}

    /** The first step not below {@code duration}. */
    static int of(Duration duration) {
        long seconds = Math.min(duration.plusMillis(999).toSeconds(), SECONDS[COUNT - 1]);
        int found = Arrays.binarySearch(SECONDS, (int) seconds);
        return found < 0 ? -found - 1 : found;
    }

    /** The limit of a step. */
    static Duration limit(int step) {
        return Duration.ofSeconds(SECONDS[step]);
    }

    /** The step that has exactly this limit; -1 if none has. */
    static int at(Duration limit) {
        int step = limit.isNegative() ? 0 : of(limit);
        return limit(step).equals(limit) ? step : -1;
    }
}
