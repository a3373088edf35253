package org.libcoop.report;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.libcoop.annotation.Beta;

/**
 * When chats began, in one zone, each at its start: by month, and by weekday and hour (S1, S6). Where a zone turns its clocks back the
 * doubled hour is one; where it turns them forward the missing one is empty. Months between the first and the last with a chat are all
 * there. <em>Immutable.</em>
 */
@Beta
public final class Timetable {

    /** The hours of a day. */
    public static final int HOURS = 24;

    private static final int CELLS = DayOfWeek.values().length * HOURS;

    private final ZoneId zone;
    private final SortedMap<YearMonth, Tally> months;
    private final List<Tally> cells;

    private Timetable(ZoneId zone, SortedMap<YearMonth, Tally> months, List<Tally> cells) {
        this.zone = zone;
        this.months = months;
        this.cells = cells;
    }

    /** The zone. */
    public ZoneId zone() {
        return zone;
    }

    /** By month, in order. */
    public Map<YearMonth, Tally> months() {
        return Collections.unmodifiableSortedMap(months);
    }

    /** What began in one hour of one weekday. */
    public Tally at(DayOfWeek day, int hour) {
        return cells.get(cell(day, hour));
    }

    /** What began on one weekday. */
    public Tally on(DayOfWeek day) {
        return sum(IntStream.range(0, HOURS).mapToObj(hour -> at(day, hour)));
    }

    /** What began in one hour of the day, on whichever day: 0 is from midnight to one. */
    public Tally in(int hour) {
        return sum(Stream.of(DayOfWeek.values()).map(day -> at(day, hour)));
    }

    /** All of it. */
    public Tally total() {
        return sum(cells.stream());
    }

    private static Tally sum(Stream<Tally> tallies) {
        Tally.Sum sum = new Tally.Sum();
        tallies.forEach(sum::add);
        return sum.tally();
    }

    private static int cell(DayOfWeek day, int hour) {
        return (day.getValue() - 1) * HOURS + Objects.checkIndex(hour, HOURS);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Timetable timetable
                && zone.equals(timetable.zone)
                && months.equals(timetable.months)
                && cells.equals(timetable.cells);
    }

    @Override
    public int hashCode() {
        return Objects.hash(zone, months, cells);
    }

    /** Returns something like "12 chats in 3 months of Europe/Paris". */
    @Override
    public String toString() {
        return total().counts().requested() + " chats in " + months.size() + " months of " + zone;
    }

    /** Adds up, for adapters. <em>One thread at a time.</em> */
    public static final class Sum {
        private final ZoneId zone;
        private final SortedMap<YearMonth, Tally.Sum> months = new TreeMap<>();
        private final List<Tally.Sum> cells =
                Stream.generate(Tally.Sum::new).limit(CELLS).toList();

        /** Nothing so far. */
        public Sum(ZoneId zone) {
            this.zone = Objects.requireNonNull(zone, "zone");
        }

        /** Adds a chat. */
        public void add(ChatFact fact) {
            add(fact.startedAt(), Tally.One.of(fact));
        }

        /** Adds a chat that began at {@code at}. */
        public void add(Instant at, Tally.One one) {
            ZonedDateTime start = at.atZone(zone);
            month(start).add(one);
            cells.get(cell(start.getDayOfWeek(), start.getHour())).add(one);
        }

        /**
         * Adds what began in the quarter of an hour from {@code quarter}, which is a whole one of UTC: no zone's clock of today strikes
         * an hour in between.
         */
        public void add(Instant quarter, Tally tally) {
            ZonedDateTime start = quarter.atZone(zone);
            month(start).add(tally);
            cells.get(cell(start.getDayOfWeek(), start.getHour())).add(tally);
        }

        /**
         * Adds what has been added up elsewhere.
         *
         * @throws IllegalArgumentException if that was in another zone
         */
        public void add(Timetable other) {
            if (!other.zone.equals(zone)) {
                throw new IllegalArgumentException(
                        "what is counted in " + other.zone + " cannot be counted in " + zone);
            }
            other.months.forEach((month, tally) ->
                    months.computeIfAbsent(month, first -> new Tally.Sum()).add(tally));
            for (int i = 0; i < cells.size(); i++) {
                cells.get(i).add(other.cells.get(i));
            }
        }

        private Tally.Sum month(ZonedDateTime start) {
            return months.computeIfAbsent(YearMonth.from(start), first -> new Tally.Sum());
        }

        /** What there is so far. */
        public Timetable timetable() {
            SortedMap<YearMonth, Tally> filled = new TreeMap<>();
            if (!months.isEmpty()) {
                for (YearMonth month = months.firstKey();
                        !month.isAfter(months.lastKey());
                        month = month.plusMonths(1)) {
                    Tally.Sum sum = months.get(month);
                    filled.put(month, sum == null ? Tally.NONE : sum.tally());
                }
            }
            return new Timetable(
                    zone, filled, cells.stream().map(Tally.Sum::tally).toList());
        }
    }
}
