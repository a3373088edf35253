package org.libcoop.directory;

import static java.util.Objects.requireNonNull;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A time of day that comes back every week, on each day of a run of weekdays (P5). The minute is counted from midnight, 0
 * to 1439. In a zone it is read as the start of a {@link WeeklyRange}: a local time in a gap counts as the first instant
 * after it, a doubled one as its first occurrence (D6). Immutable.
 */
public record WeeklyTime(DayOfWeek firstDay, DayOfWeek lastDay, int minute) {

    private static final Pattern WRITTEN =
            Pattern.compile(WeeklyRange.DAY + "(?:-" + WeeklyRange.DAY + ")? +" + WeeklyRange.TIME);

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException if the minute is outside the day
     */
    public WeeklyTime {
        requireNonNull(firstDay, "firstDay");
        requireNonNull(lastDay, "lastDay");
        if (minute < 0 || minute >= WeeklyRange.DAY_MINUTES) {
            throw new IllegalArgumentException(
                    "minute " + minute + " is out of bounds, expected 0 to " + (WeeklyRange.DAY_MINUTES - 1));
        }
    }

    /**
     * Reads a time such as {@code MON-FRI 18:00}, {@code SUN 22:30} or {@code FRI-MON 00:00}: one weekday or a run of them,
     * which may go over the end of the week, and a time of day.
     *
     * @throws IllegalArgumentException naming the text and what was expected
     */
    public static WeeklyTime parse(String text) {
        Matcher matcher = WRITTEN.matcher(text.strip().toUpperCase(Locale.ROOT));
        boolean written = matcher.matches();
        int minute = written ? WeeklyRange.minute(matcher.group(3), matcher.group(4)) : -1;
        if (!written || minute >= WeeklyRange.DAY_MINUTES) {
            throw new IllegalArgumentException("weekly time \"" + text
                    + "\": expected days and a time such as \"MON-FRI 18:00\" or \"SUN 22:30\"");
        }
        DayOfWeek first = WeeklyRange.day(matcher.group(1));
        return new WeeklyTime(first, matcher.group(2) == null ? first : WeeklyRange.day(matcher.group(2)), minute);
    }

    /** Returns the first such instant after {@code after}. */
    public Instant firstAfter(Instant after, ZoneId zone) {
        LocalDate date = after.atZone(zone).toLocalDate();
        // Where the zone's clock was set by up to a day, the time of a day before can be still to come.
        for (LocalDate day = date.minusDays(1); ; day = day.plusDays(1)) {
            if (WeeklyRange.runs(firstDay, lastDay, day.getDayOfWeek())) {
                Instant instant = WeeklyRange.instant(day.atStartOfDay().plusMinutes(minute), zone, true);
                if (instant.isAfter(after)) {
                    return instant;
                }
            }
        }
    }

    /** Returns the time as {@link #parse} reads it. */
    @Override
    public String toString() {
        return WeeklyRange.days(firstDay, lastDay) + " " + WeeklyRange.time(minute);
    }
}
