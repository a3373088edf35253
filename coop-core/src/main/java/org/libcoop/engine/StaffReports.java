package org.libcoop.engine;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.libcoop.access.Access;
import org.libcoop.access.Operation;
import org.libcoop.access.TranscriptPath;
import org.libcoop.directory.Coop;
import org.libcoop.directory.CoopAccount;
import org.libcoop.directory.CoopAccount.Level;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.Directory;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.Operator;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.Stage;
import org.libcoop.directory.WidgetId;
import org.libcoop.presence.MonitoringInterval;
import org.libcoop.presence.Presence;
import org.libcoop.presence.Times;
import org.libcoop.refusal.Outcome;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.report.Activity;
import org.libcoop.report.FactQuery;
import org.libcoop.report.Hours;
import org.libcoop.report.OwnActivity;
import org.libcoop.report.Part;
import org.libcoop.report.PartTallies;
import org.libcoop.report.StaffedHours;
import org.libcoop.report.StaffedQuery;
import org.libcoop.report.Summary;
import org.libcoop.report.WidgetSpan;
import org.libcoop.spi.Archive;
import org.libcoop.spi.Facts;
import org.libcoop.spi.IntervalQuery;

/**
 * Who was there (S4, S5): institutions as the facts have it, oneself and one's widgets as the archive has it. Scoped as the reports of
 * {@link Statistics}. Safe for use by several threads.
 */
public final class StaffReports {

    private final EngineTime time;
    private final Presence presence;
    private final Archive archive;
    private final Facts facts;
    private final Statistics statistics;
    private final Planning planning;

    StaffReports(Ground ground, NodeOptions options, Statistics statistics, Planning planning) {
        this.time = ground.time();
        this.presence = ground.presence();
        this.archive = options.archive();
        this.facts = options.facts();
        this.statistics = statistics;
        this.planning = planning;
    }

    // ---- Institutions

    /** S5: when institutions monitored what a path is about, and what they answered. */
    public Outcome<Activity> activity(OperatorId by, TranscriptPath path, Instant from, Instant to, ZoneId zone) {
        if (!StaffedQuery.fits(from, to)) {
            return tooLong();
        }
        return statistics.within(by, path, scope -> {
            if (scope.operator() != null) {
                return Outcome.refused(Access.denied(
                        path instanceof TranscriptPath.OfCoop ? Operation.READ_OF_COOP : Operation.READ_AT_HOME));
            }
            InstitutionId institution = scope.home() == null ? scope.answeredBy() : scope.home();
            FactQuery chats = FactQuery.ALL.started(from, to);
            return Outcome.done(new Activity(
                    staffed(path, institution, from, to, zone),
                    statistics.parts(scope.narrow(chats), Part.ANSWERED_BY, PartTallies.MOST)));
        });
    }

    private StaffedHours staffed(
            TranscriptPath path, @Nullable InstitutionId institution, Instant from, Instant to, ZoneId zone) {
        Set<Stage> stages = path instanceof TranscriptPath.OfCoop of
                ? Set.of(Stage.of(Option.coop(of.coop())), Stage.backup(of.coop()))
                : presence.directory().departments().stream()
                        .filter(department -> department.institution().equals(institution))
                        .map(department -> Stage.of(Option.department(department.id())))
                        .collect(Collectors.toSet());
        if (stages.isEmpty()) {
            return StaffedHours.none(zone);
        }
        StaffedQuery query = StaffedQuery.of(stages, from, to);
        return facts.staffed(institution == null ? query : query.institution(institution), zone);
    }

    // ---- Oneself

    /** S5: what somebody monitored and answered. */
    public Outcome<OwnActivity> own(OperatorId by, Instant from, Instant to, ZoneId zone) {
        return StaffedQuery.fits(from, to)
                ? statistics.within(
                        by,
                        TranscriptPath.home(),
                        home -> Outcome.done(owned(by, from, to, zone, monitored(by, from, to))))
                : tooLong();
    }

    /** S4. */
    public Outcome<Summary> summary(OperatorId by, ZoneId zone) {
        return statistics.within(by, TranscriptPath.home(), home -> {
            Instant now = time.now();
            LocalDate today = LocalDate.ofInstant(now, zone);
            LocalDate monday = today.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            YearMonth month = YearMonth.from(today);
            Instant end = now.plusMillis(1);
            LocalDate first = month.minusMonths(11).atDay(1);
            // Of the twelve months, in which the week and the month are.
            List<MonitoringInterval> monitored =
                    monitored(by, first.atStartOfDay(zone).toInstant(), end);
            BiFunction<LocalDate, Instant, OwnActivity> since =
                    (day, until) -> owned(by, day.atStartOfDay(zone).toInstant(), until, zone, monitored);
            return Outcome.done(new Summary(
                    since.apply(monday.minusWeeks(1), monday.atStartOfDay(zone).toInstant()),
                    since.apply(month.atDay(1), end),
                    since.apply(first, end),
                    coops(by)));
        });
    }

    private List<MonitoringInterval> monitored(OperatorId by, Instant from, Instant to) {
        List<MonitoringInterval> monitored = new ArrayList<>();
        Intervals.each(archive, IntervalQuery.of(by, from, to), monitored::addAll);
        return monitored;
    }

    /** Of intervals, as far as they are between two instants. */
    private OwnActivity owned(
            OperatorId by, Instant from, Instant to, ZoneId zone, List<MonitoringInterval> monitored) {
        Map<Option, Times> options = new HashMap<>();
        Times any = new Times();
        IntervalQuery asked = IntervalQuery.of(by, from, to);
        for (MonitoringInterval interval : monitored) {
            if (asked.asksFor(interval)) {
                Instant first = interval.from().isBefore(from) ? from : interval.from();
                Instant last = interval.to().isAfter(to) ? to : interval.to();
                options.computeIfAbsent(interval.stage().option(), unknown -> new Times())
                        .add(first, last);
                any.add(first, last);
            }
        }
        Map<Option, Hours> hours = new HashMap<>();
        options.forEach((option, times) -> hours.put(option, Hours.of(times, zone)));
        return new OwnActivity(from, to, zone, hours, Hours.of(any, zone), answered(by, from, to));
    }

    /** Own chats as they are seen along the two paths: at home, and through co-ops in which one has a place. */
    private PartTallies answered(OperatorId by, Instant from, Instant to) {
        FactQuery own = FactQuery.ALL.operator(by).started(from, to);
        PartTallies all = statistics.parts(Optional.of(own), Part.COOP, PartTallies.MOST);
        PartTallies.Sum seen = new PartTallies.Sum(Part.COOP);
        for (PartTallies.Row row : all.rows()) {
            String coop = row.value();
            if (coop == null || presence.directory().hasPlaceIn(by, CoopId.of(coop))) {
                seen.add(coop, row.tally());
            }
        }
        return seen.tallies(PartTallies.MOST);
    }

    private List<Summary.OwnCoop> coops(OperatorId by) {
        Directory directory = presence.directory();
        List<Summary.OwnCoop> coops = new ArrayList<>();
        for (Coop coop : directory.coops()) {
            if (directory.hasPlaceIn(by, coop.id())) {
                List<Operator> admins = directory.accounts(coop.id()).stream()
                        .filter(account -> account.level() == Level.COOP_ADMIN)
                        .flatMap(account -> directory.operator(account.operator()).stream())
                        .sorted(Comparator.comparing(Operator::id))
                        .toList();
                Level level =
                        directory.account(coop.id(), by).map(CoopAccount::level).orElse(null);
                coops.add(new Summary.OwnCoop(coop, level, admins));
            }
        }
        coops.sort(Comparator.comparing(own -> own.coop().id()));
        return coops;
    }

    // ---- Widgets

    /** S5: when a widget of the own library was staffed, for those who see all of its chats. */
    public Outcome<List<WidgetSpan>> coverage(OperatorId by, WidgetId widget, Instant from, Instant to) {
        return statistics.within(by, TranscriptPath.home(), scope -> {
            boolean own = presence.directory()
                    .widget(widget)
                    .filter(known -> Objects.equals(known.institution(), scope.home()))
                    .isPresent();
            return own && scope.operator() == null
                    ? planning.coverage(widget, from, to)
                    : Outcome.refused(Access.denied(Operation.READ_AT_HOME));
        });
    }

    private static <T> Outcome<T> tooLong() {
        return Outcome.refused(RefusalCode.INVALID, "a time has a begin, an end, and at most 53 weeks");
    }
}
