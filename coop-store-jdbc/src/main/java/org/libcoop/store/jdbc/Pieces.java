package org.libcoop.store.jdbc;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A time cut into what sums are kept of and what is left at its ends: for parts whole months and years of UTC, for timetables whole
 * quarters of an hour. {@code ones} is what has to be counted one by one; {@code sums} are ranges of {@linkplain #quarter names} of
 * buckets, from the first, included, to the last, excluded. Immutable.
 */
record Pieces(List<Span> ones, List<Buckets> sums) {

    private static final long QUARTER_MILLIS = 900_000;

    /** A time in milliseconds; null leaves a side open. */
    record Span(@Nullable Long from, @Nullable Long to) {}

    /** Buckets of one kind. */
    record Buckets(String from, String to) {}

    /** The name of the quarter of an hour in which something was; later ones have names that compare greater. */
    static String quarter(Instant at) {
        return quarter(Math.floorDiv(at.toEpochMilli(), QUARTER_MILLIS));
    }

    private static String quarter(long number) {
        return String.format(Locale.ROOT, "q%09d", number);
    }

    /** When the quarter of an hour of this name began. */
    static Instant ofQuarter(String name) {
        return Instant.ofEpochMilli(Long.parseLong(name.substring(1)) * QUARTER_MILLIS);
    }

    /** The name of the month of UTC in which something was. */
    static String month(Instant at) {
        return "m" + YearMonth.from(at.atOffset(ZoneOffset.UTC));
    }

    /** The name of the year of UTC in which something was. */
    static String year(Instant at) {
        return year(at.atOffset(ZoneOffset.UTC).getYear());
    }

    private static String year(int number) {
        return String.format(Locale.ROOT, "y%04d", number);
    }

    /** A time as quarters of an hour. */
    static Pieces quarters(Span time) {
        Long from = time.from() == null ? null : -Math.floorDiv(-time.from(), QUARTER_MILLIS);
        Long to = time.to() == null ? null : Math.floorDiv(time.to(), QUARTER_MILLIS);
        if (from != null && to != null && from >= to) {
            return new Pieces(List.of(time), List.of());
        }
        List<Span> ones = new ArrayList<>();
        edge(ones, time.from(), from == null ? null : from * QUARTER_MILLIS);
        edge(ones, to == null ? null : to * QUARTER_MILLIS, time.to());
        Buckets buckets = new Buckets(from == null ? "q" : quarter(from), to == null ? "r" : quarter(to));
        return new Pieces(ones, List.of(buckets));
    }

    /** A time as months and years. */
    static Pieces months(Span time) {
        YearMonth from = time.from() == null ? null : monthFrom(time.from());
        YearMonth to = time.to() == null ? null : monthOf(time.to());
        if (from != null && to != null && !from.isBefore(to)) {
            return new Pieces(List.of(time), List.of());
        }
        List<Span> ones = new ArrayList<>();
        edge(ones, time.from(), from == null ? null : begin(from));
        edge(ones, to == null ? null : begin(to), time.to());
        return new Pieces(ones, monthsAndYears(from, to));
    }

    private static List<Buckets> monthsAndYears(@Nullable YearMonth from, @Nullable YearMonth to) {
        Integer firstYear = from == null ? null : from.plusMonths(11).getYear();
        Integer lastYear = to == null ? null : to.getYear();
        if (from != null && to != null && firstYear != null && lastYear != null && firstYear >= lastYear) {
            return List.of(new Buckets("m" + from, "m" + to));
        }
        List<Buckets> sums = new ArrayList<>();
        if (from != null && firstYear != null && from.isBefore(YearMonth.of(firstYear, 1))) {
            sums.add(new Buckets("m" + from, "m" + YearMonth.of(firstYear, 1)));
        }
        sums.add(new Buckets(firstYear == null ? "y" : year(firstYear), lastYear == null ? "z" : year(lastYear)));
        if (to != null && lastYear != null && YearMonth.of(lastYear, 1).isBefore(to)) {
            sums.add(new Buckets("m" + YearMonth.of(lastYear, 1), "m" + to));
        }
        return sums;
    }

    private static void edge(List<Span> ones, @Nullable Long from, @Nullable Long to) {
        if (from != null && to != null && from < to) {
            ones.add(new Span(from, to));
        }
    }

    /** The month that has begun by then. */
    private static YearMonth monthOf(long millis) {
        return YearMonth.from(Instant.ofEpochMilli(millis).atOffset(ZoneOffset.UTC));
    }

    /** The first month that begins no earlier. */
    private static YearMonth monthFrom(long millis) {
        YearMonth month = monthOf(millis);
        return begin(month) == millis ? month : month.plusMonths(1);
    }

    private static long begin(YearMonth month) {
        return LocalDate.of(month.getYear(), month.getMonth(), 1)
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant()
                .toEpochMilli();
    }
}
