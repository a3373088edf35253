package org.libcoop.report;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
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

    /** The first day of 1970 was a Thursday: so many days after a Monday. */
    private static final long MONDAY = 3;

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
        private final ZoneRules rules;
        private final Map<Long, Long> weeks = new HashMap<>();
        private final long[] cells = new long[DAYS * Timetable.HOURS];

        /** By how much the zone's clocks are ahead, until they are turned. */
        private long offset;

        private long turned = Long.MIN_VALUE;

        Counting(ZoneId zone) {
            rules = zone.getRules();
        }

        void add(Instant from, Instant to) {
            long end = to.toEpochMilli();
            long at = from.toEpochMilli();
            while (at < end) {
                if (at >= turned) {
                    look(Instant.ofEpochMilli(at));
                }
                long hour = Math.floorDiv(at + offset, HOUR_MILLIS);
                long next = Math.min(Math.min(end, turned), (hour + 1) * HOUR_MILLIS - offset);
                add(hour, next - at);
                at = next;
            }
        }

        private void look(Instant at) {
            offset = rules.getOffset(at).getTotalSeconds() * 1_000L;
            ZoneOffsetTransition next = rules.nextTransition(at);
            turned = next == null ? Long.MAX_VALUE : next.getInstant().toEpochMilli();
        }

        private void add(long hour, long millis) {
            long day = Math.floorDiv(hour, Timetable.HOURS) + MONDAY;
            cells[cell(Math.floorMod(day, DAYS), Math.floorMod(hour, Timetable.HOURS))] += millis;
            weeks.merge(Math.floorDiv(day, DAYS), millis, Long::sum);
        }

        Hours hours() {
            SortedMap<LocalDate, Duration> byDate = new TreeMap<>();
            weeks.forEach((week, millis) ->
                    byDate.put(LocalDate.ofEpochDay(week * DAYS - MONDAY), Duration.ofMillis(millis)));
            return new Hours(byDate, cells);
        }
    }
}
