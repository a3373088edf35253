package org.libcoop.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** D6 corner by corner; every boundary as a triple of just before, at, just after. */
class CoverageTest {

    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final ZoneId LORD_HOWE = ZoneId.of("Australia/Lord_Howe");
    private static final ZoneId KOLKATA = ZoneId.of("Asia/Kolkata");
    private static final ZoneId APIA = ZoneId.of("Pacific/Apia");
    private static final ZoneId ST_JOHNS = ZoneId.of("America/St_Johns");

    @Test
    void alwaysIsEveryHourAndNoneIsNone() {
        for (Instant at : List.of(Instant.EPOCH, Instant.parse("2026-03-08T07:00:00Z"))) {
            assertThat(Coverage.always().covers(at, NEW_YORK)).isTrue();
            assertThat(Coverage.none().covers(at, NEW_YORK)).isFalse();
        }
    }

    @Test
    void aRangeIncludesItsStartAndExcludesItsEnd() {
        Coverage office = hours("MON-FRI 09:00-17:00");

        assertStartsAt(office, NEW_YORK, "2026-03-02T09:00:00-05:00");
        assertEndsAt(office, NEW_YORK, "2026-03-02T17:00:00-05:00");
        assertThat(covers(office, NEW_YORK, "2026-03-01T12:00:00-05:00")).isFalse();
    }

    @Test
    void aRangeOverMidnightBelongsToTheDayItStartsOn() {
        Coverage night = hours("MON-FRI 18:00-08:00");

        assertStartsAt(night, NEW_YORK, "2026-03-02T18:00:00-05:00");
        assertThat(covers(night, NEW_YORK, "2026-03-02T07:59:00-05:00")).isFalse();
        assertThat(covers(night, NEW_YORK, "2026-03-03T00:00:00-05:00")).isTrue();
        assertEndsAt(night, NEW_YORK, "2026-03-07T08:00:00-05:00");
        assertThat(covers(night, NEW_YORK, "2026-03-07T18:00:00-05:00")).isFalse();
    }

    @Test
    void midnightMayBeWrittenAsEndOfOneDayOrStartOfTheNext() {
        for (String range : List.of("SUN 20:00-24:00", "SUN 20:00-00:00")) {
            assertStartsAt(hours(range), NEW_YORK, "2026-03-01T20:00:00-05:00");
            assertEndsAt(hours(range), NEW_YORK, "2026-03-02T00:00:00-05:00");
        }
        assertStartsAt(hours("SAT 00:00-24:00"), NEW_YORK, "2026-03-07T00:00:00-05:00");
        assertEndsAt(hours("SAT 00:00-24:00"), NEW_YORK, "2026-03-08T00:00:00-05:00");
    }

    @Test
    void wholeDaysInARowLeaveNoGapBetweenThem() {
        Coverage weekend = hours("SAT-SUN 00:00-24:00");

        assertStartsAt(weekend, NEW_YORK, "2026-03-14T00:00:00-04:00");
        assertThat(covers(weekend, NEW_YORK, "2026-03-14T23:59:59.999-04:00")).isTrue();
        assertThat(covers(weekend, NEW_YORK, "2026-03-15T00:00:00-04:00")).isTrue();
        assertEndsAt(weekend, NEW_YORK, "2026-03-16T00:00:00-04:00");
    }

    @Test
    void theLastNightOfTheWeekRunsIntoTheNextWeek() {
        assertStartsAt(hours("SUN 22:00-02:00"), NEW_YORK, "2026-03-01T22:00:00-05:00");
        assertEndsAt(hours("SUN 22:00-02:00"), NEW_YORK, "2026-03-02T02:00:00-05:00");
    }

    @Test
    void aRunOfDaysOverTheEndOfTheWeekCoversBothSides() {
        Coverage longWeekend = hours("FRI-MON 09:00-17:00");

        for (String day : List.of("06", "07", "09")) {
            assertThat(covers(
                            longWeekend,
                            NEW_YORK,
                            "2026-03-" + day + "T12:00:00" + (day.equals("09") ? "-04:00" : "-05:00")))
                    .isTrue();
        }
        assertThat(covers(longWeekend, NEW_YORK, "2026-03-05T12:00:00-05:00")).isFalse();
        assertThat(covers(longWeekend, NEW_YORK, "2026-03-10T12:00:00-04:00")).isFalse();
    }

    @Test
    void anExceptionDateDropsTheRangesThatStartOnItAndNoOther() {
        Coverage night = Coverage.hours(List.of("MON-SUN 18:00-08:00"), List.of(LocalDate.of(2026, 12, 25)));

        assertThat(covers(night, NEW_YORK, "2026-12-24T18:00:00-05:00")).isTrue();
        assertEndsAt(night, NEW_YORK, "2026-12-25T08:00:00-05:00");
        assertThat(covers(night, NEW_YORK, "2026-12-25T18:00:00-05:00")).isFalse();
        assertThat(covers(night, NEW_YORK, "2026-12-26T07:59:59-05:00")).isFalse();
        assertStartsAt(night, NEW_YORK, "2026-12-26T18:00:00-05:00");
    }

    @Test
    void overlappingRangesCoverWhatAnyOfThemCovers() {
        Coverage both = hours("MON 09:00-13:00", "MON 12:00-17:00");

        assertStartsAt(both, NEW_YORK, "2026-03-02T09:00:00-05:00");
        assertThat(covers(both, NEW_YORK, "2026-03-02T13:00:00-05:00")).isTrue();
        assertEndsAt(both, NEW_YORK, "2026-03-02T17:00:00-05:00");
    }

    @Test
    void aStartOrEndInTheGapIsTheFirstInstantAfterIt() {
        // On 8 March 2026 clocks in New York go from 02:00 to 03:00.
        assertStartsAt(hours("SUN 02:30-05:00"), NEW_YORK, "2026-03-08T03:00:00-04:00");
        assertEndsAt(hours("SUN 01:00-02:30"), NEW_YORK, "2026-03-08T03:00:00-04:00");
        assertStartsAt(hours("SUN 02:00-05:00"), NEW_YORK, "2026-03-08T03:00:00-04:00");
        assertEndsAt(hours("SUN 01:00-02:00"), NEW_YORK, "2026-03-08T03:00:00-04:00");
    }

    @Test
    void aRangeWithinTheGapIsEmpty() {
        Coverage gap = hours("SUN 02:10-02:50");

        for (String at :
                List.of("2026-03-08T01:59:59.999-05:00", "2026-03-08T03:00:00-04:00", "2026-03-08T03:10:00-04:00")) {
            assertThat(covers(gap, NEW_YORK, at)).isFalse();
        }
        assertStartsAt(gap, NEW_YORK, "2026-03-15T02:10:00-04:00");
    }

    @Test
    void aDoubledStartIsItsFirstAndADoubledEndItsSecondOccurrence() {
        // On 1 November 2026 clocks in New York go from 02:00 back to 01:00.
        assertStartsAt(hours("SUN 01:30-05:00"), NEW_YORK, "2026-11-01T01:30:00-04:00");
        assertThat(covers(hours("SUN 01:30-05:00"), NEW_YORK, "2026-11-01T01:00:00-05:00"))
                .as("the second pass of 01:00 lies after the first of 01:30")
                .isTrue();
        assertEndsAt(hours("SUN 00:00-01:30"), NEW_YORK, "2026-11-01T01:30:00-05:00");
        assertThat(covers(hours("SUN 00:00-01:30"), NEW_YORK, "2026-11-01T01:45:00-04:00"))
                .as("the first pass of 01:45 lies before the second of 01:30")
                .isTrue();
        assertStartsAt(hours("SUN 01:10-01:50"), NEW_YORK, "2026-11-01T01:10:00-04:00");
        assertEndsAt(hours("SUN 01:10-01:50"), NEW_YORK, "2026-11-01T01:50:00-05:00");
    }

    @Test
    void theEdgesOfTheDoubledHourAreDoubledAtItsStartOnly() {
        assertEndsAt(hours("SUN 00:00-01:00"), NEW_YORK, "2026-11-01T01:00:00-05:00");
        assertEndsAt(hours("SUN 00:00-02:00"), NEW_YORK, "2026-11-01T02:00:00-05:00");
        assertStartsAt(hours("SUN 01:00-05:00"), NEW_YORK, "2026-11-01T01:00:00-04:00");
        assertStartsAt(hours("SUN 02:00-05:00"), NEW_YORK, "2026-11-01T02:00:00-05:00");
    }

    @Test
    void aNightOverAChangeOfTheClockIsAnHourShorterOrLonger() {
        Coverage night = hours("SAT 18:00-08:00");

        assertStartsAt(night, NEW_YORK, "2026-03-07T18:00:00-05:00");
        assertEndsAt(night, NEW_YORK, "2026-03-08T08:00:00-04:00");
        assertStartsAt(night, NEW_YORK, "2026-10-31T18:00:00-04:00");
        assertEndsAt(night, NEW_YORK, "2026-11-01T08:00:00-05:00");
    }

    @Test
    void changesOfHalfAnHourAreRead() {
        // Lord Howe: back from 02:00+11:00 to 01:30+10:30 on 5 April 2026, ahead from 02:00 to 02:30 on 4 October 2026.
        assertStartsAt(hours("SUN 01:45-03:00"), LORD_HOWE, "2026-04-05T01:45:00+11:00");
        assertEndsAt(hours("SUN 00:00-01:45"), LORD_HOWE, "2026-04-05T01:45:00+10:30");
        assertStartsAt(hours("SUN 02:15-03:00"), LORD_HOWE, "2026-10-04T02:30:00+11:00");
        assertEndsAt(hours("SUN 01:00-02:15"), LORD_HOWE, "2026-10-04T02:30:00+11:00");
    }

    @Test
    void aZoneOfAHalfHourIsReadInItsOwnTime() {
        assertStartsAt(hours("MON 09:00-17:00"), KOLKATA, "2026-03-02T03:30:00Z");
        assertEndsAt(hours("MON 09:00-17:00"), KOLKATA, "2026-03-02T11:30:00Z");
    }

    @Test
    void aDayThatAZoneLeftOutHasNoHours() {
        // Samoa had no 30 December 2011, a Friday.
        assertThat(covers(hours("FRI 09:00-17:00"), APIA, "2011-12-31T00:00:00+14:00"))
                .isFalse();
        assertThat(covers(hours("FRI 09:00-17:00"), APIA, "2011-12-31T12:00:00+14:00"))
                .isFalse();
        assertStartsAt(hours("FRI 22:00-02:00"), APIA, "2011-12-31T00:00:00+14:00");
        assertEndsAt(hours("FRI 22:00-02:00"), APIA, "2011-12-31T02:00:00+14:00");
    }

    @Test
    void aRangeGoesOnWhenTheClockFallsBackIntoTheDayBefore() {
        // St. John's went from 00:01 on Sunday, 29 October 2006, back to 23:01 on Saturday.
        Coverage sunday = hours("SUN 00:00-24:00");

        assertStartsAt(sunday, ST_JOHNS, "2006-10-29T00:00:00-02:30");
        assertThat(covers(sunday, ST_JOHNS, "2006-10-28T23:30:00-03:30")).isTrue();
        assertEndsAt(sunday, ST_JOHNS, "2006-10-30T00:00:00-03:30");
    }

    @Test
    void aRangeGoesOnThroughADayThatAZoneHadTwice() {
        // Sitka changed sides of the date line on 19 October 1867: the clock went back by a day, half past three to
        // half past three.
        ZoneId sitka = ZoneId.of("America/Sitka");
        Coverage nearlyADay = hours("THU 18:00-17:00");

        assertStartsAt(nearlyADay, sitka, "1867-10-17T18:00:00+14:58:47");
        assertThat(covers(nearlyADay, sitka, "1867-10-19T12:00:00+14:58:47")).isTrue();
        assertEndsAt(nearlyADay, sitka, "1867-10-18T17:00:00-09:01:13");
    }

    private static Coverage hours(String... ranges) {
        return Coverage.hours(Arrays.asList(ranges), List.of());
    }

    private static boolean covers(Coverage coverage, ZoneId zone, String at) {
        return coverage.covers(OffsetDateTime.parse(at).toInstant(), zone);
    }

    private static void assertStartsAt(Coverage coverage, ZoneId zone, String at) {
        Instant start = OffsetDateTime.parse(at).toInstant();
        assertThat(coverage.covers(start.minusMillis(1), zone))
                .as("1 ms before " + at)
                .isFalse();
        assertThat(coverage.covers(start, zone)).as("at " + at).isTrue();
        assertThat(coverage.covers(start.plusMillis(1), zone))
                .as("1 ms after " + at)
                .isTrue();
    }

    private static void assertEndsAt(Coverage coverage, ZoneId zone, String at) {
        Instant end = OffsetDateTime.parse(at).toInstant();
        assertThat(coverage.covers(end.minusMillis(1), zone))
                .as("1 ms before " + at)
                .isTrue();
        assertThat(coverage.covers(end, zone)).as("at " + at).isFalse();
        assertThat(coverage.covers(end.plusMillis(1), zone))
                .as("1 ms after " + at)
                .isFalse();
    }
}
