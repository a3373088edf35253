package org.libcoop.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Compares coverage hours with a model that knows nothing of zone rules: it walks through sixteen days minute by
 * minute, writes down what the wall clock shows, and looks starts and ends up in that list.
 */
class CoverageModelTest {

    private static final int MINUTES = 16 * 24 * 60;
    private static final int SCHEDULES = 15;

    /** Each window begins about a week before a change of the clock, where the zone has one. */
    @ParameterizedTest
    @CsvSource({
        "America/New_York, 2026-03-01T00:00:00Z",
        "America/New_York, 2026-10-25T00:00:00Z",
        "Europe/London, 2026-03-22T00:00:00Z",
        "Australia/Lord_Howe, 2026-03-28T00:00:00Z",
        "Australia/Lord_Howe, 2026-09-27T00:00:00Z",
        "Asia/Kolkata, 2026-03-01T00:00:00Z",
        "America/St_Johns, 2006-10-21T00:00:00Z",
        "America/Havana, 2026-10-25T00:00:00Z",
        "America/Havana, 2026-03-01T00:00:00Z",
        "Pacific/Apia, 2011-12-22T00:00:00Z",
        "Pacific/Kwajalein, 1993-08-13T00:00:00Z"
    })
    void hoursAgreeWithAMinuteByMinuteModel(ZoneId zone, Instant begin) {
        WallClock wall = new WallClock(zone, begin);
        for (int seed = 0; seed < SCHEDULES; seed++) {
            Schedule schedule = Schedule.drawn(new Random(seed), wall);
            Coverage coverage = schedule.coverage();
            BitSet expected = wall.covered(schedule);

            assertThat(wall.disagreements(expected, at -> coverage.covers(at, zone)))
                    .as("seed %d: %s", seed, schedule)
                    .isEmpty();
        }
    }

    @Test
    void theModelFindsOneWhoComparesWallClockTimesOnly() {
        ZoneId zone = ZoneId.of("America/New_York");
        WallClock wall = new WallClock(zone, Instant.parse("2026-10-25T00:00:00Z"));
        Schedule schedule = new Schedule(
                List.of(new Daily(DayOfWeek.SUNDAY, LocalTime.MIDNIGHT, LocalTime.of(1, 30), false)), Set.of());

        List<Instant> wrong = wall.disagreements(wall.covered(schedule), at -> {
            LocalDateTime local = LocalDateTime.ofInstant(at, zone);
            return local.getDayOfWeek() == DayOfWeek.SUNDAY
                    && local.toLocalTime().isBefore(LocalTime.of(1, 30));
        });

        assertThat(wrong)
                .hasSize(30)
                .startsWith(Instant.parse("2026-11-01T05:30:00Z"))
                .endsWith(Instant.parse("2026-11-01T05:59:00Z"));
    }

    @Test
    void theModelFindsOneWhoIncludesTheEnd() {
        ZoneId zone = ZoneId.of("Asia/Kolkata");
        WallClock wall = new WallClock(zone, Instant.parse("2026-03-02T00:00:00Z"));
        Schedule schedule = new Schedule(
                List.of(new Daily(DayOfWeek.SATURDAY, LocalTime.of(9, 0), LocalTime.of(17, 0), false)), Set.of());
        Coverage coverage = schedule.coverage();

        List<Instant> wrong = wall.disagreements(
                wall.covered(schedule),
                at -> coverage.covers(at, zone) || coverage.covers(at.minus(1, ChronoUnit.MINUTES), zone));

        assertThat(wrong).containsExactly(Instant.parse("2026-03-07T11:30:00Z"), Instant.parse("2026-03-14T11:30:00Z"));
    }

    /** One weekday's hours; {@code untilMidnight} is the end 24:00, which a local time cannot say. */
    private record Daily(DayOfWeek day, LocalTime start, LocalTime end, boolean untilMidnight) {

        String written() {
            return day.name().substring(0, 3) + " " + start + "-" + (untilMidnight ? "24:00" : end);
        }

        LocalDateTime endFrom(LocalDate date) {
            boolean nextDay = untilMidnight || !end.isAfter(start);
            return (nextDay ? date.plusDays(1) : date).atTime(untilMidnight ? LocalTime.MIDNIGHT : end);
        }
    }

    private record Schedule(List<Daily> hours, Set<LocalDate> except) {

        static Schedule drawn(Random random, WallClock wall) {
            List<Daily> hours = new ArrayList<>();
            for (int i = 1 + random.nextInt(4); i > 0; i--) {
                LocalTime start = time(random);
                LocalTime end = time(random);
                if (!end.equals(start)) {
                    hours.add(new Daily(DayOfWeek.of(1 + random.nextInt(7)), start, end, random.nextInt(8) == 0));
                }
            }
            // The change of the clock falls on the weekend in most zones: one range always lies there.
            hours.add(new Daily(
                    random.nextBoolean() ? DayOfWeek.SATURDAY : DayOfWeek.SUNDAY,
                    time(random),
                    LocalTime.of(7, 7),
                    false));
            Set<LocalDate> except = new TreeSet<>();
            for (int i = random.nextInt(3); i > 0; i--) {
                except.add(wall.shown.get(random.nextInt(MINUTES)).toLocalDate());
            }
            return new Schedule(hours, except);
        }

        // Half of the times lie in the small hours, where clocks are changed.
        private static LocalTime time(Random random) {
            int minute = random.nextBoolean() ? random.nextInt(24 * 12) * 5 : random.nextInt(4 * 6) * 10;
            return LocalTime.ofSecondOfDay(minute * 60L);
        }

        Coverage coverage() {
            return Coverage.hours(hours.stream().map(Daily::written).toList(), except);
        }
    }

    /** What a clock on the wall shows, minute by minute. */
    private static final class WallClock {

        final Instant begin;
        final List<LocalDateTime> shown = new ArrayList<>();
        final Map<LocalDateTime, Integer> first = new HashMap<>();
        final Map<LocalDateTime, Integer> last = new HashMap<>();

        WallClock(ZoneId zone, Instant begin) {
            this.begin = begin;
            for (int minute = 0; minute < MINUTES; minute++) {
                LocalDateTime local = LocalDateTime.ofInstant(begin.plusSeconds(60L * minute), zone);
                shown.add(local);
                first.putIfAbsent(local, minute);
                last.put(local, minute);
            }
        }

        BitSet covered(Schedule schedule) {
            BitSet covered = new BitSet(MINUTES);
            LocalDate end = shown.get(MINUTES - 1).toLocalDate();
            for (LocalDate date = shown.get(0).toLocalDate().plusDays(1);
                    date.isBefore(end.minusDays(1));
                    date = date.plusDays(1)) {
                for (Daily daily : schedule.hours()) {
                    if (daily.day() == date.getDayOfWeek() && !schedule.except().contains(date)) {
                        int from = minuteOf(first, date.atTime(daily.start()));
                        int to = minuteOf(last, daily.endFrom(date));
                        if (from < to) {
                            covered.set(from, to);
                        }
                    }
                }
            }
            return covered;
        }

        /** The first and last three days are left out: what runs into or out of the window is not in the model. */
        List<Instant> disagreements(BitSet expected, Predicate<Instant> covers) {
            List<Instant> found = new ArrayList<>();
            for (int minute = 3 * 24 * 60; minute < MINUTES - 3 * 24 * 60; minute++) {
                Instant at = begin.plusSeconds(60L * minute);
                if (covers.test(at) != expected.get(minute)) {
                    found.add(at);
                }
            }
            return found;
        }

        /** The minute at which the clock shows this, or, if it never does, the first at which it shows more. */
        private int minuteOf(Map<LocalDateTime, Integer> minutes, LocalDateTime local) {
            Integer minute = minutes.get(local);
            int after = 0;
            while (minute == null && shown.get(after).isBefore(local)) {
                after++;
            }
            return minute == null ? after : minute;
        }
    }
}
