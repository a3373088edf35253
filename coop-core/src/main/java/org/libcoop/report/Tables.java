package org.libcoop.report;

import java.time.DayOfWeek;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.libcoop.annotation.Beta;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.Option;

/**
 * Reports as tables (S8). Every table of tallies has the same columns behind those that say what a row is of: how many chats there were
 * and what they came to, shares from 0 to 1, waits and durations in seconds, ratings and QA ratings apart. Pure.
 */
@Beta
public final class Tables {

    private static final List<String> TALLY = List.of(
            "requested",
            "answered",
            "missed",
            "dismissed",
            "open",
            "answered_share",
            "by_own_library",
            "through_coop",
            "wait_mean",
            "wait_median",
            "wait_p90",
            "duration_mean",
            "duration_median",
            "duration_p90",
            "ratings",
            "rating_mean",
            "qa_ratings",
            "qa_rating_mean");

    private Tables() {}

    /** All together, in one row. */
    public static Table total(Tally tally) {
        return new Table(columns(), List.of(row(tally)));
    }

    /** By month, in order (S1). */
    public static Table months(Timetable timetable) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        timetable.months().forEach((month, tally) -> rows.add(row(tally, month.toString())));
        return new Table(columns("month"), rows);
    }

    /** By weekday, from Monday (S1). */
    public static Table weekdays(Timetable timetable) {
        return new Table(
                columns("weekday"),
                Arrays.stream(DayOfWeek.values())
                        .map(day -> row(timetable.on(day), word(day)))
                        .toList());
    }

    /** By hour of the day, with the share answered within {@code within} and the share missed (S1, S6). */
    public static Table hours(Timetable timetable, Duration within) {
        List<String> columns = new ArrayList<>(columns("hour"));
        columns.add("answered_within_share");
        columns.add("missed_share");
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (long hour = 0; hour < Timetable.HOURS; hour++) {
            Tally tally = timetable.in((int) hour);
            List<@Nullable Object> row = row(tally, hour);
            row.add(tally.answeredWithin(within));
            row.add(tally.counts().missedShare());
            rows.add(row);
        }
        return new Table(columns, rows);
    }

    /** By weekday and hour (S1). */
    public static Table week(Timetable timetable) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (DayOfWeek day : DayOfWeek.values()) {
            for (long hour = 0; hour < Timetable.HOURS; hour++) {
                rows.add(row(timetable.at(day, (int) hour), word(day), hour));
            }
        }
        return new Table(columns("weekday", "hour"), rows);
    }

    /** How long patrons waited (S6). */
    public static Table waits(Tally tally) {
        return bands(Band.waits(tally.waits()));
    }

    /** How long chats took (S6). */
    public static Table durations(Tally tally) {
        return bands(Band.durations(tally.durations()));
    }

    /**
     * By part, as {@code tallies} has them, then the rest if there is any, which has neither id nor name, and is called so (S2, S3).
     *
     * @param names what people call a value; null if that is not known
     */
    public static Table parts(PartTallies tallies, Function<String, @Nullable String> names) {
        String column = tallies.part().word().replace('-', '_');
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (PartTallies.Row row : tallies.rows()) {
            String value = row.value();
            rows.add(row(row.tally(), value, value == null ? null : names.apply(value), "value"));
        }
        if (!tallies.others().isEmpty()) {
            rows.add(row(tallies.others(), null, null, "others"));
        }
        return new Table(columns(column, "name", "row"), rows);
    }

    /**
     * What libraries did for each other (S7).
     *
     * @param names what people call an institution; null if that is not known
     */
    public static Table balance(Balance balance, Function<String, @Nullable String> names) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (Balance.Row row : balance.rows()) {
            String id = row.institution().value();
            rows.add(cells(
                    id,
                    names.apply(id),
                    row.asked().requested(),
                    row.asked().answered(),
                    row.asked().answeredShare(),
                    row.own(),
                    row.received(),
                    row.given(),
                    row.surplus(),
                    row.carried()));
        }
        return new Table(
                List.of(
                        "institution",
                        "name",
                        "requested",
                        "answered",
                        "answered_share",
                        "by_own_library",
                        "received",
                        "given",
                        "surplus",
                        "carried_share"),
                rows);
    }

    /**
     * Who was there and what they answered (S5): a row for each institution, and one that is called so for any of them; hours with
     * fractions.
     *
     * @param names what people call an institution; null if that is not known
     */
    public static Table activity(Activity activity, Function<String, @Nullable String> names) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (InstitutionId institution : activity.institutions()) {
            String id = institution.value();
            rows.add(row(
                    activity.answered(institution),
                    id,
                    names.apply(id),
                    "institution",
                    hours(activity.hours(institution).total())));
        }
        rows.add(row(
                activity.chats().total(),
                null,
                null,
                "anybody",
                hours(activity.staffed().anybody().total())));
        return new Table(columns("institution", "name", "row", "staffed_hours"), rows);
    }

    /** How long institutions were there in each week, called by its Monday, and any of them (S5). */
    public static Table staffedWeeks(StaffedHours staffed, Function<String, @Nullable String> names) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        staffed.institutions()
                .forEach((institution, hours) -> hours.weeks()
                        .forEach((week, time) -> rows.add(cells(
                                institution.value(),
                                names.apply(institution.value()),
                                "institution",
                                week.toString(),
                                hours(time)))));
        staffed.anybody()
                .weeks()
                .forEach((week, time) -> rows.add(cells(null, null, "anybody", week.toString(), hours(time))));
        return new Table(List.of("institution", "name", "row", "week", "staffed_hours"), rows);
    }

    /** How long something was so in each hour of each weekday (S5). */
    public static Table week(Hours hours) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (DayOfWeek day : DayOfWeek.values()) {
            for (int hour = 0; hour < Timetable.HOURS; hour++) {
                rows.add(cells(word(day), (long) hour, hours(hours.at(day, hour))));
            }
        }
        return new Table(List.of("weekday", "hour", "hours"), rows);
    }

    /** What one operator monitored and answered (S4, S5): a row for each option, and one for all of them together. */
    public static Table own(OwnActivity own) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        own.monitored().forEach((option, hours) -> {
            Tally answered = option.kind() == Option.Kind.COOP ? own.answered(CoopId.of(option.id())) : null;
            rows.add(cells(
                    option.kind().name().toLowerCase(Locale.ROOT),
                    option.id(),
                    hours(hours.total()),
                    answered == null ? null : answered.counts().answered()));
        });
        rows.add(cells(
                "any",
                null,
                hours(own.total().total()),
                own.chats().total().counts().answered()));
        return new Table(List.of("kind", "id", "monitored_hours", "answered"), rows);
    }

    /** When somebody would answer for a widget (S5, E2). */
    public static Table spans(List<WidgetSpan> spans) {
        return new Table(
                List.of("from", "to", "length", "staffing"),
                spans.stream()
                        .map(span -> cells(
                                span.from().toString(),
                                span.to().toString(),
                                span.length(),
                                span.staffing().name().toLowerCase(Locale.ROOT).replace('_', '-')))
                        .toList());
    }

    private static double hours(Duration time) {
        return time.toMillis() / 3_600_000.0;
    }

    private static Table bands(List<Band> bands) {
        long all = bands.stream().mapToLong(Band::count).sum();
        return new Table(
                List.of("over", "up_to", "chats", "share"),
                bands.stream()
                        .map(band -> cells(band.over(), band.upTo(), band.count(), Counts.share(band.count(), all)))
                        .toList());
    }

    private static List<String> columns(String... first) {
        List<String> columns = new ArrayList<>(List.of(first));
        columns.addAll(TALLY);
        return columns;
    }

    private static List<@Nullable Object> row(Tally tally, @Nullable Object... first) {
        List<@Nullable Object> row = cells(first);
        Counts counts = tally.counts();
        row.addAll(cells(
                counts.requested(),
                counts.answered(),
                counts.missed(),
                counts.dismissed(),
                counts.open(),
                counts.answeredShare(),
                counts.own(),
                counts.throughCoop()));
        row.addAll(times(tally.waits()));
        row.addAll(times(tally.durations()));
        row.addAll(cells(tally.ratings().count(), tally.ratings().mean()));
        row.addAll(cells(tally.qaRatings().count(), tally.qaRatings().mean()));
        return row;
    }

    private static List<@Nullable Object> times(Spread spread) {
        return cells(spread.mean(), spread.percentile(50), spread.percentile(90));
    }

    private static List<@Nullable Object> cells(@Nullable Object... cells) {
        return new ArrayList<>(Arrays.asList(cells));
    }

    private static String word(DayOfWeek day) {
        return day.name().toLowerCase(Locale.ROOT);
    }
}
