package org.libcoop.report;

import static java.time.DayOfWeek.MONDAY;
import static java.time.DayOfWeek.SUNDAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When chats began, in zones that turn their clocks and zones of half hours (S1). */
class TimetableTest {

    private static Timetable of(String zone, String... starts) {
        Timetable.Sum sum = new Timetable.Sum(ZoneId.of(zone));
        for (String start : starts) {
            sum.add(Facts.missed(start.replace(':', '-'), Instant.parse(start)));
        }
        return sum.timetable();
    }

    @ParameterizedTest
    @CsvSource({
        "UTC, 2026-02-28T23:59:59.999Z, 2026-02, SATURDAY, 23",
        "UTC, 2026-03-01T00:00:00Z, 2026-03, SUNDAY, 0",
        "America/New_York, 2026-03-01T04:59:59.999Z, 2026-02, SATURDAY, 23",
        "America/New_York, 2026-03-08T06:59:59Z, 2026-03, SUNDAY, 1",
        "America/New_York, 2026-03-08T07:00:00Z, 2026-03, SUNDAY, 3",
        "America/New_York, 2026-11-01T05:30:00Z, 2026-11, SUNDAY, 1",
        "America/New_York, 2026-11-01T06:30:00Z, 2026-11, SUNDAY, 1",
        "America/New_York, 2026-11-01T07:00:00Z, 2026-11, SUNDAY, 2",
        "Asia/Kolkata, 2026-01-31T18:29:59Z, 2026-01, SATURDAY, 23",
        "Asia/Kolkata, 2026-01-31T18:30:00Z, 2026-02, SUNDAY, 0",
        "Australia/Lord_Howe, 2026-04-04T14:59:00Z, 2026-04, SUNDAY, 1",
        "Australia/Lord_Howe, 2026-04-04T15:29:00Z, 2026-04, SUNDAY, 1",
        "Australia/Lord_Howe, 2026-04-04T15:30:00Z, 2026-04, SUNDAY, 2",
        "Asia/Kathmandu, 2026-06-30T18:15:00Z, 2026-07, WEDNESDAY, 0",
    })
    void aChatCountsAtItsStartInTheReportsZone(
            String zone, String start, YearMonth month, java.time.DayOfWeek day, int hour) {
        Timetable timetable = of(zone, start);

        assertThat(timetable.zone()).isEqualTo(ZoneId.of(zone));
        assertThat(timetable.months()).containsOnlyKeys(month);
        assertThat(timetable.at(day, hour).counts().missed()).isEqualTo(1);
        assertThat(timetable.on(day)).isEqualTo(timetable.total());
        assertThat(timetable.in(hour)).isEqualTo(timetable.total());
    }

    @Test
    void monthsWithoutAChatAreThereBetweenOthers() {
        Timetable timetable = of("UTC", "2025-12-31T23:00:00Z", "2026-03-01T00:00:00Z");

        assertThat(timetable.months().keySet())
                .containsExactly(
                        YearMonth.of(2025, 12), YearMonth.of(2026, 1), YearMonth.of(2026, 2), YearMonth.of(2026, 3));
        assertThat(timetable.months().get(YearMonth.of(2026, 1))).isEqualTo(Tally.NONE);
    }

    @Test
    void anEmptyOneHasNoMonthAndEveryHour() {
        Timetable timetable = of("UTC");

        assertThat(timetable.months()).isEmpty();
        assertThat(timetable.at(MONDAY, 0)).isEqualTo(Tally.NONE);
        assertThat(timetable.at(SUNDAY, 23)).isEqualTo(Tally.NONE);
        assertThat(timetable.total()).isEqualTo(Tally.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTC", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Asia/Kathmandu"})
    void quartersOfAnHourAddUpToTheSame(String zone) {
        Random random = new Random(3);
        Timetable.Sum one = new Timetable.Sum(ZoneId.of(zone));
        Timetable.Sum quarters = new Timetable.Sum(ZoneId.of(zone));
        Timetable.Sum parts = new Timetable.Sum(ZoneId.of(zone));
        long from = Instant.parse("2025-10-01T00:00:00Z").toEpochMilli();
        for (int i = 0; i < 2_000; i++) {
            Instant start = Instant.ofEpochMilli(from + (long) (random.nextDouble() * 220 * 86_400_000L));
            ChatFact fact = Facts.missed("c" + i, start);
            one.add(fact);
            quarters.add(
                    Instant.ofEpochMilli(Math.floorDiv(start.toEpochMilli(), 900_000L) * 900_000L), Tally.of(fact));
            Timetable.Sum part = new Timetable.Sum(ZoneId.of(zone));
            part.add(fact);
            parts.add(part.timetable());
        }

        assertThat(quarters.timetable()).isEqualTo(one.timetable()).hasSameHashCodeAs(one.timetable());
        assertThat(parts.timetable()).isEqualTo(one.timetable());
        assertThat(one.timetable().toString()).startsWith("2000 chats in ").endsWith(" of " + zone);
    }

    @Test
    void timesOfTwoZonesAreNotAdded() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Timetable.Sum(ZoneId.of("UTC")).add(of("Asia/Kolkata")));
    }
}
