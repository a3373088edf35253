package org.libcoop.report;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.libcoop.annotation.Beta;
import org.libcoop.presence.Times;

/**
 * How long something was so, in one zone: all together, by week, and by weekday and hour (S5). A week begins on Monday at midnight. Of an
 * hour that a zone has twice, when its clocks are turned back, both count; the one that is left out has nothing. <em>Immutable.</em>
 */
@Beta
public final class Hours {

    private static final int DAYS = DayOfWeek.values().length;
    private static final long HOUR_MILLIS = Duration.ofHours(1).toMillis();

    /** None at all. */
    public static final Hours NONE = Hours.of(new Times(), ZoneOffset.UTC);

    private final SortedMap<LocalDate, Duration> weeks;
    private final long[] cells;

    private Hours(SortedMap<LocalDate, Duration> weeks, long[] cells) {
        this.weeks = weeks;
        this.cells = cells;
    }

    /** How long {@code times} are, in {@code zone}. */
    public static Hours of(Times times, ZoneId zone) {
        Counting counting = new Counting(zone);
        times.each(counting::add);
        return counting.hours();
    }

    /** All of it. */
    public Duration total() {
        return Duration.ofMillis(Arrays.stream(cells).sum());
    }

    /** By week, each called by its Monday; weeks without any are not there. */
    public Map<LocalDate, Duration> weeks() {
        return Collections.unmodifiableSortedMap(weeks);
    }

    /** In one hour of one weekday, over all weeks: 0 is from midnight to one. */
    public Duration at(DayOfWeek day, int hour) {
        return Duration.ofMillis(cells[cell(day.getValue() - 1, Objects.checkIndex(hour, Timetable.HOURS))]);
    }

    private static int cell(int day, int hour) {
        return day * Timetable.HOURS + hour;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Hours hours && weeks.equals(hours.weeks) && Arrays.equals(cells, hours.cells);
    }

    @Override
    public int hashCode() {
        return 31 * weeks.hashCode() + Arrays.hashCode(cells);
    }

    /** Returns something like "PT37H30M in 2 weeks". */
    @Override
    public String toString() {
        return total() + " in " + weeks.size() + " weeks";
    }

    /** Cuts times where an hour of the zone begins. */
    private static final class Counting {
        private final ZoneId zone;
        private final SortedMap<LocalDate, Duration> weeks = new TreeMap<>();
        private final long[] cells = new long[DAYS * Timetable.HOURS];

        Counting(ZoneId zone) {
            this.zone = zone;
        }

        void add(Instant from, Instant to) {
            long end = to.toEpochMilli();
            long at = from.toEpochMilli();
            while (at < end) {
                // No clock is turned within an hour that it shows, but at one's begin or end.
                long local =
                        at + zone.getRules().getOffset(Instant.ofEpochMilli(at)).getTotalSeconds() * 1_000L;
                long hour = Math.floorDiv(local, HOUR_MILLIS);
                long next = Math.min(end, at + (hour + 1) * HOUR_MILLIS - local);
                add(hour, next - at);
                at = next;
            }
        }

        private void add(long hour, long millis) {
            LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(hour, Timetable.HOURS));
            int day = date.getDayOfWeek().getValue() - 1;
            cells[cell(day, Math.floorMod(hour, Timetable.HOURS))] += millis;
            weeks.merge(
                    date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)),
                    Duration.ofMillis(millis),
                    Duration::plus);
        }

        Hours hours() {
            return new Hours(weeks, cells);
        }
    }
}
