package org.libcoop.directory;

import static java.util.Objects.requireNonNull;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Hours that come back every week: a time of day, started on each day of a run of weekdays (D6).
 *
 * <p>The range includes its start and excludes its end. One whose end is earlier than its start runs over midnight and
 * belongs to the day it starts on. Minutes are counted from midnight: the start from 0 to 1439, the end from 0 to 1440,
 * where 1440 is written {@code 24:00}. Start and end differ: whether {@code 09:00-09:00} means nothing or a day could
 * only be guessed; a whole day is {@code 00:00-24:00}. Immutable.
 */
public record WeeklyRange(DayOfWeek firstDay, DayOfWeek lastDay, int startMinute, int endMinute) {

    static final int DAY_MINUTES = 24 * 60;
    private static final List<String> DAYS = List.of("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN");
    static final String DAY = "(MON|TUE|WED|THU|FRI|SAT|SUN)";
    static final String TIME = "([01]\\d|2[0-4]):([0-5]\\d)";
    private static final Pattern WRITTEN = Pattern.compile(DAY + "(?:-" + DAY + ")? +" + TIME + "-" + TIME);

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException if a minute is outside the day, or start and end are equal
     */
    public WeeklyRange {
        requireNonNull(firstDay, "firstDay");
        requireNonNull(lastDay, "lastDay");
        if (startMinute < 0 || startMinute >= DAY_MINUTES) {
            throw new IllegalArgumentException(
                    "startMinute " + startMinute + " is out of bounds, expected 0 to " + (DAY_MINUTES - 1));
        }
        if (endMinute < 0 || endMinute > DAY_MINUTES) {
            throw new IllegalArgumentException(
                    "endMinute " + endMinute + " is out of bounds, expected 0 to " + DAY_MINUTES);
        }
        if (startMinute == endMinute) {
            throw new IllegalArgumentException("start and end are both " + time(startMinute)
                    + ", expected them to differ; a whole day is 00:00-24:00");
        }
    }

    /**
     * Reads a range such as {@code MON-FRI 18:00-08:00}, {@code SUN 22:00-02:00}, {@code SAT-SUN 00:00-24:00} or {@code
     * FRI-MON 09:00-17:00}: one weekday or a run of them, which may go over the end of the week, and two times of day.
     *
     * @throws IllegalArgumentException naming the text and what was expected
     */
    public static WeeklyRange parse(String text) {
        Matcher matcher = WRITTEN.matcher(text.strip().toUpperCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw malformed(text, "it is not written so", null);
        }
        DayOfWeek first = day(matcher.group(1));
        DayOfWeek last = matcher.group(2) == null ? first : day(matcher.group(2));
        try {
            return new WeeklyRange(
                    first,
                    last,
                    minute(matcher.group(3), matcher.group(4)),
                    minute(matcher.group(5), matcher.group(6)));
        } catch (IllegalArgumentException e) {
            throw malformed(text, String.valueOf(e.getMessage()), e);
        }
    }

    /** Returns whether a range starts on this weekday. */
    public boolean startsOn(DayOfWeek day) {
        return runs(firstDay, lastDay, day);
    }

    /** Returns whether a run of weekdays, which may go over the end of the week, has this one. */
    static boolean runs(DayOfWeek first, DayOfWeek last, DayOfWeek day) {
        return Math.floorMod(day.getValue() - first.getValue(), 7)
                <= Math.floorMod(last.getValue() - first.getValue(), 7);
    }

    /**
     * Returns when the range of this date starts: in a gap the first instant after it, of a doubled time the first
     * occurrence.
     */
    Instant startOn(LocalDate date, ZoneId zone) {
        return instant(date.atStartOfDay().plusMinutes(startMinute), zone, true);
    }

    /**
     * Returns when the range that starts on this date ends: in a gap the first instant after it, of a doubled time the
     * second.
     */
    Instant endFrom(LocalDate date, ZoneId zone) {
        int minutes = endMinute > startMinute ? endMinute : endMinute + DAY_MINUTES;
        return instant(date.atStartOfDay().plusMinutes(minutes), zone, false);
    }

    /** Returns the range as {@link #parse} reads it. */
    @Override
    public String toString() {
        return days(firstDay, lastDay) + " " + time(startMinute) + "-" + time(endMinute);
    }

    static String days(DayOfWeek first, DayOfWeek last) {
        return first == last ? name(first) : name(first) + "-" + name(last);
    }

    static Instant instant(LocalDateTime local, ZoneId zone, boolean first) {
        ZoneOffsetTransition transition = zone.getRules().getTransition(local);
        if (transition == null) {
            return local.toInstant(zone.getRules().getOffset(local));
        }
        if (transition.isGap()) {
            return transition.getInstant();
        }
        return local.toInstant(first ? transition.getOffsetBefore() : transition.getOffsetAfter());
    }

    static DayOfWeek day(String name) {
        return DayOfWeek.of(DAYS.indexOf(name) + 1);
    }

    private static String name(DayOfWeek day) {
        return DAYS.get(day.getValue() - 1);
    }

    static int minute(String hours, String minutes) {
        return Integer.parseInt(hours) * 60 + Integer.parseInt(minutes);
    }

    static String time(int minute) {
        return String.format(Locale.ROOT, "%02d:%02d", minute / 60, minute % 60);
    }

    private static IllegalArgumentException malformed(String text, String why, @Nullable Throwable cause) {
        return new IllegalArgumentException(
                "coverage \"" + text + "\": " + why
                        + "; expected days and times such as \"MON-FRI 18:00-08:00\" or \"SUN 00:00-24:00\"",
                cause);
    }
}
