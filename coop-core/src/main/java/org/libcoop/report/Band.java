package org.libcoop.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.libcoop.annotation.Beta;

/**
 * How many took longer than one limit and up to another (S6); {@code upTo} is null in the last band, which has all that took longer.
 * <em>Immutable.</em>
 */
@Beta
public record Band(Duration over, @Nullable Duration upTo, long count) {

    private static final List<Duration> WAITS = limits(5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 300, 600);
    private static final List<Duration> DURATIONS = limits(60, 120, 300, 600, 900, 1_200, 1_800, 3_600);

    public Band {
        Objects.requireNonNull(over, "over");
    }

    /** The bands of waits: up to 5, 10, 15, 20, 30, 45, 60, 90 seconds, 2, 3, 5, 10 minutes, and longer. */
    public static List<Band> waits(Spread waits) {
        return of(waits, WAITS);
    }

    /** The bands of durations: up to 1, 2, 5, 10, 15, 20, 30, 60 minutes, and longer. */
    public static List<Band> durations(Spread durations) {
        return of(durations, DURATIONS);
    }

    private static List<Band> of(Spread spread, List<Duration> limits) {
        List<Band> bands = new ArrayList<>();
        Duration over = Duration.ZERO;
        long below = 0;
        for (Duration limit : limits) {
            long upTo = spread.within(limit);
            bands.add(new Band(over, limit, upTo - below));
            over = limit;
            below = upTo;
        }
        bands.add(new Band(over, null, spread.count() - below));
        return bands;
    }

    private static List<Duration> limits(long... seconds) {
        List<Duration> limits = new ArrayList<>();
        for (long limit : seconds) {
            limits.add(Duration.ofSeconds(limit));
        }
        return List.copyOf(limits);
    }
}
