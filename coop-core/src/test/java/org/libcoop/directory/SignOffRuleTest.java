package org.libcoop.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sign-off rules: when they are due, what is refused, what becomes inert (P5, D10, W8). */
class SignOffRuleTest {

    private static final DepartmentId DESK = DepartmentId.of("reference");

    @ParameterizedTest
    @ValueSource(strings = {"MON-FRI 18:00", "SUN 22:30", "FRI-MON 00:00", "SAT 23:59"})
    void aTimeIsReadAsItIsWritten(String text) {
        assertThat(WeeklyTime.parse(" " + text.toLowerCase(Locale.ROOT) + " ")).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "18:00", "MON", "MON 24:00", "MON 24:01", "MON 18:60", "MON 8:00", "MON-FRI-SUN 18:00"})
    void aMalformedTimeIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WeeklyTime.parse(text))
                .withMessageContaining(text)
                .withMessageContaining("MON-FRI 18:00");
    }

    @Test
    void minutesOutsideTheDayAreRefused() {
        assertThat(new WeeklyTime(DayOfWeek.MONDAY, DayOfWeek.MONDAY, 1439).minute())
                .isEqualTo(1439);
        for (int minute : new int[] {-1, 1440}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new WeeklyTime(DayOfWeek.MONDAY, DayOfWeek.MONDAY, minute))
                    .withMessageContaining("1439");
        }
    }

    @Test
    void tooManyTimesAreRefused() {
        WeeklyTime time = WeeklyTime.parse("MON 18:00");

        assertThat(new SignOffRule(DESK, Collections.nCopies(100, time), Instant.EPOCH).times())
                .hasSize(100);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SignOffRule(DESK, Collections.nCopies(101, time), Instant.EPOCH))
                .withMessageContaining("100");
    }

    /** Berlin: 02:30 does not exist on 2026-03-29 and is there twice on 2026-10-25; both are Sundays. */
    @ParameterizedTest
    @CsvSource({
        "2026-03-28T12:00:00Z, SUN 02:30, 2026-03-29T01:00:00Z",
        "2026-03-29T01:00:00Z, SUN 02:30, 2026-04-05T00:30:00Z",
        "2026-10-24T12:00:00Z, SUN 02:30, 2026-10-25T00:30:00Z",
        "2026-10-25T00:30:00Z, SUN 02:30, 2026-11-01T01:30:00Z",
        "2026-10-25T00:29:59.999Z, SUN 02:30, 2026-10-25T00:30:00Z",
        "2026-03-27T17:00:00Z, MON-FRI 18:00, 2026-03-30T16:00:00Z",
        "2026-03-27T16:59:59.999Z, MON-FRI 18:00, 2026-03-27T17:00:00Z",
        "2026-01-05T00:00:00Z, FRI-MON 00:00, 2026-01-08T23:00:00Z",
    })
    void theNextTimeIsFoundInTheZone(Instant after, String time, Instant expected) {
        assertThat(WeeklyTime.parse(time).firstAfter(after, ZoneId.of("Europe/Berlin")))
                .isEqualTo(expected);
    }

    /** The date 2011-12-30 was left out in Apia. */
    @Test
    void aDateThatWasLeftOutHasItsTimeAtTheFirstInstantAfterIt() {
        assertThat(WeeklyTime.parse("FRI 18:00")
                        .firstAfter(Instant.parse("2011-12-29T12:00:00Z"), ZoneId.of("Pacific/Apia")))
                .isEqualTo(Instant.parse("2011-12-30T10:00:00Z"));
    }

    /** Minute by minute: an instant is a time if the clock on the wall shows it, and for the first time on that day. */
    @ParameterizedTest
    @ValueSource(strings = {"Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC"})
    void theNextTimeIsTheFirstThatTheWallShows(String zoneName) {
        ZoneId zone = ZoneId.of(zoneName);
        Random random = new Random(7);
        for (int i = 0; i < 40; i++) {
            int minute = random.nextInt(24) * 60 + 30;
            WeeklyTime time =
                    new WeeklyTime(DayOfWeek.of(1 + random.nextInt(7)), DayOfWeek.of(1 + random.nextInt(7)), minute);
            Instant after = Instant.parse("2026-01-01T00:00:00Z").plus(Duration.ofMinutes(random.nextInt(525_600)));

            Instant found = time.firstAfter(after, zone);

            assertThat(walked(time, after, zone)).as("%s after %s", time, after).isEqualTo(found);
        }
    }

    private static Instant walked(WeeklyTime time, Instant after, ZoneId zone) {
        Instant at = after;
        while (true) {
            at = at.plus(Duration.ofMinutes(1));
            ZonedDateTime wall = at.atZone(zone);
            ZonedDateTime before = at.minusSeconds(60).atZone(zone);
            boolean onDay = WeeklyRange.runs(time.firstDay(), time.lastDay(), wall.getDayOfWeek());
            int shows = wall.getHour() * 60 + wall.getMinute();
            int showed = before.getDayOfWeek() == wall.getDayOfWeek() ? before.getHour() * 60 + before.getMinute() : -1;
            boolean jumpedOver = showed < time.minute() && shows > time.minute() && shows - showed > 1 && showed >= 0;
            boolean again = wall.getOffset().getTotalSeconds()
                    < wall.withEarlierOffsetAtOverlap().getOffset().getTotalSeconds();
            if (onDay && !again && (shows == time.minute() || jumpedOver)) {
                return at;
            }
        }
    }

    @Test
    void theEarliestOfSeveralTimesCountsAndNoneBeforeTheRuleWas() {
        Instant since = Instant.parse("2026-01-05T18:00:00Z");
        SignOffRule rule =
                SignOffRule.of(DESK, "MON-FRI 22:00", "MON-SUN 18:00").withSince(since);

        assertThat(rule.firstAfter(since.minusMillis(1), ZoneOffset.UTC))
                .contains(Instant.parse("2026-01-05T22:00:00Z"));
        assertThat(rule.withSince(since.minusMillis(1)).firstAfter(Instant.EPOCH, ZoneOffset.UTC))
                .contains(since);
        assertThat(SignOffRule.of(DESK).firstAfter(since, ZoneOffset.UTC)).isEmpty();
    }

    @Test
    void aRuleIsOfADepartmentThatExists() {
        DirectoryBuilder builder = Directory.builder()
                .institution("springy", "Springy")
                .operators("springy", "ana", "ben")
                .department("reference", "springy", "Reference", "ana");
        SignOffRule rule = SignOffRule.of(DESK, "MON 18:00");
        Directory directory = builder.add(rule).build();

        assertThat(directory.signOffRules(OperatorId.of("ana"))).containsExactly(rule);
        assertThat(directory.signOffRules(OperatorId.of("ben"))).isEmpty();
        assertThat(directory.inert()).isEmpty();
        assertThatExceptionOfType(InvalidDirectoryException.class)
                .isThrownBy(() -> directory.withRecord(SignOffRule.of(DepartmentId.of("nowhere"), "MON 18:00")))
                .withMessageContaining("sign-off rule of nowhere")
                .withMessageContaining("unknown department nowhere");
    }

    @Test
    void aRuleOfADepartmentThatTheHostGaveUpIsInertAndReported() {
        Directory directory = Directory.builder()
                .institution("springy", "Springy")
                .operators("springy", "ana")
                .department("reference", "springy", "Reference", "ana")
                .add(SignOffRule.of(DESK, "MON 18:00"))
                .build();
        Directory without = directory.withHost(HostDirectory.of(
                directory.host().institutions().values(),
                directory.host().operators().values(),
                List.of()));

        assertThat(without.signOffRules(OperatorId.of("ana"))).isEmpty();
        assertThat(without.inert())
                .containsExactly(new Problem("sign-off rule of reference", "is of the unknown department reference"));
        assertThat(without.withHost(directory.host()).signOffRules(OperatorId.of("ana")))
                .hasSize(1);
    }
}
