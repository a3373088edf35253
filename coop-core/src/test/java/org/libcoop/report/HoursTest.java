package org.libcoop.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.IsoFields;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.libcoop.presence.Times;

/** Hours by the clocks of a zone. */
class HoursTest {

    private static Hours hours(String from, String to, String zone) {
        Times times = new Times();
        times.add(Instant.parse(from), Instant.parse(to));
        return Hours.of(times, ZoneId.of(zone));
    }

    @Test
    void aNightIsCutAtEachHourAndWeek() {
        Hours hours = hours("2026-03-01T22:15:00Z", "2026-03-02T01:30:00.250Z", "UTC");

        assertThat(hours.total()).isEqualTo(Duration.parse("PT3H15M0.25S"));
        assertThat(hours.at(DayOfWeek.SUNDAY, 22)).isEqualTo(Duration.ofMinutes(45));
        assertThat(hours.at(DayOfWeek.SUNDAY, 23)).isEqualTo(Duration.ofHours(1));
        assertThat(hours.at(DayOfWeek.MONDAY, 1)).isEqualTo(Duration.parse("PT30M0.25S"));
        assertThat(hours.weeks())
                .containsOnly(
                        Map.entry(LocalDate.of(2026, 2, 23), Duration.parse("PT1H45M")),
                        Map.entry(LocalDate.of(2026, 3, 2), Duration.parse("PT1H30M0.25S")));
    }

    @Test
    void theDoubledHourCountsTwiceAndTheMissingOneNotAtAll() {
        Hours back = hours("2025-11-02T05:00:00Z", "2025-11-02T08:00:00Z", "America/New_York");
        Hours forward = hours("2026-03-08T06:00:00Z", "2026-03-08T08:00:00Z", "America/New_York");

        assertThat(back.at(DayOfWeek.SUNDAY, 1)).isEqualTo(Duration.ofHours(2));
        assertThat(back.at(DayOfWeek.SUNDAY, 2)).isEqualTo(Duration.ofHours(1));
        assertThat(forward.at(DayOfWeek.SUNDAY, 1)).isEqualTo(Duration.ofHours(1));
        assertThat(forward.at(DayOfWeek.SUNDAY, 2)).isZero();
        assertThat(forward.at(DayOfWeek.SUNDAY, 3)).isEqualTo(Duration.ofHours(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTC", "America/New_York", "Asia/Kolkata", "Asia/Kathmandu", "Australia/Lord_Howe"})
    void itIsWhatCountingEachMinuteSays(String zoneName) {
        ZoneId zone = ZoneId.of(zoneName);
        Random random = new Random(zoneName.hashCode());
        Times times = new Times();
        for (int i = 0; i < 400; i++) {
            Instant from = Instant.parse("2025-09-20T00:00:00Z").plusSeconds(60L * random.nextInt(230 * 24 * 60));
            times.add(from, from.plusSeconds(60L * random.nextInt(12 * 60)));
        }
        Map<String, Integer> minutes = new HashMap<>();
        times.each((from, to) -> {
            for (Instant at = from; at.isBefore(to); at = at.plusSeconds(60)) {
                ZonedDateTime local = at.atZone(zone);
                minutes.merge(local.getDayOfWeek() + " " + local.getHour(), 1, Integer::sum);
                minutes.merge(
                        local.get(IsoFields.WEEK_BASED_YEAR) + " " + local.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR),
                        1,
                        Integer::sum);
            }
        });

        Hours hours = Hours.of(times, zone);

        Map<String, Integer> found = new HashMap<>();
        for (DayOfWeek day : DayOfWeek.values()) {
            for (int hour = 0; hour < 24; hour++) {
                found.put(day + " " + hour, Math.toIntExact(hours.at(day, hour).toMinutes()));
            }
        }
        hours.weeks()
                .forEach((monday, time) -> found.put(
                        monday.get(IsoFields.WEEK_BASED_YEAR) + " " + monday.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR),
                        Math.toIntExact(time.toMinutes())));
        found.values().removeIf(some -> some == 0);
        assertThat(found).isEqualTo(minutes);
    }

    @Test
    void thereAreTwentyFourHours() {
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> Hours.NONE.at(DayOfWeek.MONDAY, 24));
        assertThat(Hours.NONE.total()).isZero();
        assertThat(Hours.NONE.weeks()).isEmpty();
    }
}
