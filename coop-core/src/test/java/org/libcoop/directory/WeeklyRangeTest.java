package org.libcoop.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WeeklyRangeTest {

    @Test
    void aRangeIsARunOfWeekdaysAndTwoTimes() {
        assertThat(WeeklyRange.parse("MON-FRI 18:00-08:00"))
                .isEqualTo(new WeeklyRange(DayOfWeek.MONDAY, DayOfWeek.FRIDAY, 18 * 60, 8 * 60));
        assertThat(WeeklyRange.parse("SAT-SUN 00:00-24:00"))
                .isEqualTo(new WeeklyRange(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY, 0, 24 * 60));
        assertThat(WeeklyRange.parse("SUN 22:00-02:00"))
                .isEqualTo(new WeeklyRange(DayOfWeek.SUNDAY, DayOfWeek.SUNDAY, 22 * 60, 2 * 60));
        assertThat(WeeklyRange.parse(" sun  22:00-02:00 ")).isEqualTo(WeeklyRange.parse("SUN 22:00-02:00"));
    }

    @ParameterizedTest
    @CsvSource({
        "MON-FRI, MONDAY TUESDAY WEDNESDAY THURSDAY FRIDAY",
        "FRI-MON, MONDAY FRIDAY SATURDAY SUNDAY",
        "SUN-MON, MONDAY SUNDAY",
        "MON-SUN, MONDAY TUESDAY WEDNESDAY THURSDAY FRIDAY SATURDAY SUNDAY",
        "WED-TUE, MONDAY TUESDAY WEDNESDAY THURSDAY FRIDAY SATURDAY SUNDAY",
        "THU-THU, THURSDAY",
        "SUN, SUNDAY"
    })
    void aRunOfWeekdaysMayGoOverTheEndOfTheWeek(String days, String expected) {
        WeeklyRange range = WeeklyRange.parse(days + " 09:00-17:00");

        assertThat(Arrays.stream(DayOfWeek.values()).filter(range::startsOn).map(DayOfWeek::name))
                .containsExactly(expected.split(" "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MON-FRI 18:00-08:00",
                "SUN 22:00-02:00",
                "SAT-SUN 00:00-24:00",
                "FRI-MON 09:05-17:59",
                "TUE 23:59-00:00",
                "WED 23:59-24:00",
                "THU 00:00-00:01"
            })
    void aRangePrintsAsItIsRead(String text) {
        assertThat(WeeklyRange.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "MON-FRI",
                "18:00-08:00",
                "MON 9:00-17:00",
                "MON 09:00",
                "MON 09:00-25:00",
                "MON 09:60-17:00",
                "MON 24:00-08:00",
                "MON 09:00-24:01",
                "MON 24:30-08:00",
                "MONDAY 09:00-17:00",
                "MO 09:00-17:00",
                "MON-FRI-SUN 09:00-17:00",
                "MON,WED 09:00-17:00",
                "MON 09:00 - 17:00",
                "MON09:00-17:00",
                "MON 09:00-17:00 x",
                "MON 09.00-17.00",
                "MON -1:00-17:00",
                "MON ٠٩:00-17:00"
            })
    void aMalformedRangeIsNamedWithWhatWasExpected(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Coverage.hours(List.of("SUN 01:00-02:00", text), List.of()))
                .withMessageStartingWith("coverage \"" + text + "\": ")
                .withMessageEndingWith(
                        "expected days and times such as \"MON-FRI 18:00-08:00\" or \"SUN 00:00-24:00\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"MON 09:00-09:00", "SAT-SUN 00:00-00:00"})
    void equalStartAndEndAreRefusedBecauseTheirMeaningCouldOnlyBeGuessed(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WeeklyRange.parse(text))
                .withMessageContaining("coverage \"" + text + "\"")
                .withMessageContaining("expected them to differ; a whole day is 00:00-24:00");
    }

    @Test
    void minutesLieWithinTheDay() {
        assertThat(new WeeklyRange(DayOfWeek.MONDAY, DayOfWeek.MONDAY, 1439, 1440))
                .hasToString("MON 23:59-24:00");
        assertThat(new WeeklyRange(DayOfWeek.MONDAY, DayOfWeek.MONDAY, 1439, 0)).hasToString("MON 23:59-00:00");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WeeklyRange(DayOfWeek.MONDAY, DayOfWeek.MONDAY, 1440, 60))
                .withMessage("startMinute 1440 is out of bounds, expected 0 to 1439");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WeeklyRange(DayOfWeek.MONDAY, DayOfWeek.MONDAY, -1, 60));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WeeklyRange(DayOfWeek.MONDAY, DayOfWeek.MONDAY, 0, 1441))
                .withMessage("endMinute 1441 is out of bounds, expected 0 to 1440");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WeeklyRange(DayOfWeek.MONDAY, DayOfWeek.MONDAY, 60, -1));
    }

    @Test
    void hoursHaveOneToAHundredRangesAndAtMostAThousandDates() {
        LocalDate day = LocalDate.of(2026, 1, 1);
        List<LocalDate> dates =
                Stream.iterate(day, d -> d.plusDays(1)).limit(1001).toList();

        assertThat(Coverage.hours(Collections.nCopies(100, "MON 09:00-17:00"), dates.subList(0, 1000)))
                .isInstanceOf(Coverage.Hours.class);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Coverage.hours(List.of(), List.of()))
                .withMessage("coverage hours have 0 ranges, expected 1 to 100");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Coverage.hours(Collections.nCopies(101, "MON 09:00-17:00"), List.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Coverage.hours(List.of("MON 09:00-17:00"), dates))
                .withMessage("coverage hours have 1001 exception dates, expected at most 1000");
    }

    @Test
    void coverageIsEqualByWhatItSays() {
        assertThat(Coverage.always()).isEqualTo(Coverage.always()).isNotEqualTo(Coverage.none());
        assertThat(Coverage.hours(
                        List.of("MON 09:00-17:00"), List.of(LocalDate.of(2026, 12, 25), LocalDate.of(2026, 12, 25))))
                .isEqualTo(Coverage.hours(List.of("mon 09:00-17:00"), List.of(LocalDate.of(2026, 12, 25))))
                .isNotEqualTo(Coverage.hours(List.of("MON 09:00-17:00"), List.of()));
    }
}
