package org.libcoop.testkit.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.libcoop.CoopEngine;
import org.libcoop.access.TranscriptPath;
import org.libcoop.chat.ChatOutcome;
import org.libcoop.directory.Directory;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.Operator;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.Stage;
import org.libcoop.directory.WidgetId;
import org.libcoop.memory.InMemoryArchive;
import org.libcoop.memory.InMemoryFacts;
import org.libcoop.presence.MonitoringInterval;
import org.libcoop.refusal.Outcome;
import org.libcoop.refusal.Refusal;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.report.Activity;
import org.libcoop.report.Balance;
import org.libcoop.report.ChatFact;
import org.libcoop.report.FactQuery;
import org.libcoop.report.Hours;
import org.libcoop.report.OwnActivity;
import org.libcoop.report.Part;
import org.libcoop.report.PartTallies;
import org.libcoop.report.Spread;
import org.libcoop.report.Stars;
import org.libcoop.report.Tally;
import org.libcoop.report.Timetable;
import org.libcoop.testkit.traffic.CoopTraffic;

/**
 * A year of a co-op of 70 libraries: every report, for every role, in three zones, against what a plain computation says that shares
 * nothing with the library's but the facts and shifts themselves (S1–S3, S5–S8, A1–A4, D8).
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GeneratedYearTest {

    private static final LocalDate FIRST = LocalDate.of(2025, 1, 1);
    private static final LocalDate END = LocalDate.of(2026, 1, 1);
    private static final List<String> ZONES = List.of("America/New_York", "Asia/Kolkata", "Australia/Lord_Howe");

    private final List<ChatFact> all = new ArrayList<>();
    private final List<MonitoringInterval> shifts = new ArrayList<>();
    private final Map<ZoneId, Clock> clocks = new HashMap<>();
    private final CoopEngine engine;

    GeneratedYearTest() {
        CoopTraffic traffic = new CoopTraffic(1, 70, 40_000, FIRST, 365);
        InMemoryFacts facts = new InMemoryFacts();
        traffic.forEachRemaining(all::add);
        facts.keep(all);
        InMemoryArchive archive = new InMemoryArchive();
        Directory directory = traffic.directory();
        directory.operators().forEach(this::work);
        archive.keepIntervals(shifts);
        engine = CoopEngine.builder()
                .directory(directory)
                .archive(archive)
                .facts(facts)
                .build();
        engine.rebuildFacts();
    }

    /** Somebody's year: on most days a shift or two, in whole minutes, at the desk and for the co-op, some of which overlap. */
    private void work(Operator operator) {
        String id = operator.id().value();
        boolean night = id.startsWith("night-");
        if (id.endsWith("-admin")) {
            return;
        }
        Random random = new Random(id.hashCode());
        for (LocalDate day = FIRST; day.isBefore(END); day = day.plusDays(1)) {
            for (int shift = random.nextInt(3); shift > 0; shift--) {
                Stage stage = night
                        ? Stage.backup(CoopTraffic.COOP)
                        : Stage.of(
                                random.nextInt(3) == 0
                                        ? Option.department(operator.institution() + "-desk")
                                        : Option.coop(CoopTraffic.COOP));
                Instant from = day.atStartOfDay(ZoneOffset.UTC)
                        .plusMinutes(shift * 480L + random.nextInt(360))
                        .toInstant();
                shifts.add(new MonitoringInterval(
                        operator.id(),
                        stage,
                        from,
                        from.plusSeconds(60L * (1 + random.nextInt(300))),
                        MonitoringInterval.Ended.SIGNED_OUT,
                        null));
            }
        }
    }

    @AfterAll
    void end() {
        engine.close();
    }

    /** Somebody, a path, and of which chats they see reports there: said in words of the facts. */
    private record Role(String who, TranscriptPath path, Predicate<ChatFact> sees) {
        @Override
        public String toString() {
            return who + (path instanceof TranscriptPath.OfCoop ? " through the co-op" : " at home");
        }
    }

    private static final List<Role> ROLES = List.of(
            new Role("lib3-admin", TranscriptPath.home(), fact -> home(fact).equals("lib3")),
            new Role("lib3-b", TranscriptPath.home(), fact -> home(fact).equals("lib3") && by(fact, "lib3-b")),
            new Role("lib3-b", TranscriptPath.coop("academic"), fact -> throughCoop(fact) && by(fact, "lib3-b")),
            new Role(
                    "lib3-a",
                    TranscriptPath.coop("academic"),
                    fact -> throughCoop(fact) && institution(fact).equals("lib3")),
            new Role("lib0-a", TranscriptPath.coop("academic"), GeneratedYearTest::throughCoop),
            new Role("night-4", TranscriptPath.coop("academic"), fact -> throughCoop(fact) && by(fact, "night-4")),
            new Role(
                    "night-admin",
                    TranscriptPath.coop("academic"),
                    fact -> throughCoop(fact) && institution(fact).equals("night")));

    private static String home(ChatFact fact) {
        return fact.home().value();
    }

    private static String institution(ChatFact fact) {
        return fact.answer() == null ? "" : fact.answer().institution().value();
    }

    private static boolean by(ChatFact fact, String operator) {
        return fact.answer() != null && fact.answer().operator().value().equals(operator);
    }

    private static boolean throughCoop(ChatFact fact) {
        return fact.answer() != null
                && List.of("academic", "academic/backup")
                        .contains(fact.answer().through().toString());
    }

    static Stream<Arguments> rolesAndZones() {
        return ROLES.stream().flatMap(role -> ZONES.stream().map(zone -> Arguments.of(role, zone)));
    }

    static Stream<Arguments> rolesAndParts() {
        return ROLES.stream().flatMap(role -> Stream.of(Part.values()).map(part -> Arguments.of(role, part)));
    }

    static Stream<Role> roles() {
        return ROLES.stream();
    }

    // ---- The plain computation

    private List<ChatFact> seen(Role role, Predicate<ChatFact> filtered) {
        return all.stream().filter(role.sees()).filter(filtered).toList();
    }

    /** A tally is that of these chats. */
    private static void same(Tally tally, List<ChatFact> chats, String what) {
        assertThat(tally.counts().requested()).as(what).isEqualTo(chats.size());
        assertThat(tally.counts().answered()).as(what).isEqualTo(count(chats, ChatOutcome.ANSWERED));
        assertThat(tally.counts().missed()).as(what).isEqualTo(count(chats, ChatOutcome.MISSED));
        assertThat(tally.counts().dismissed()).as(what).isEqualTo(count(chats, ChatOutcome.DISMISSED));
        assertThat(tally.counts().open()).as(what).isZero();
        assertThat(tally.counts().own())
                .as(what)
                .isEqualTo(count(chats, fact -> institution(fact).equals(home(fact))));
        assertThat(tally.counts().throughCoop()).as(what).isEqualTo(count(chats, GeneratedYearTest::throughCoop));
        same(tally.waits(), chats, answer -> answer.waited().toMillis(), what);
        same(
                tally.durations(),
                chats,
                answer -> Objects.requireNonNull(answer.lasted()).toMillis(),
                what);
        same(tally.ratings(), chats, ChatFact::rating, what);
        same(tally.qaRatings(), chats, ChatFact::qaRating, what);
    }

    private static long count(List<ChatFact> chats, ChatOutcome outcome) {
        return count(chats, fact -> fact.outcome() == outcome);
    }

    private static long count(List<ChatFact> chats, Predicate<ChatFact> which) {
        return chats.stream().filter(which).count();
    }

    private static void same(Spread spread, List<ChatFact> chats, ToLongFunction<ChatFact.Answer> millis, String what) {
        long[] sorted = chats.stream()
                .map(ChatFact::answer)
                .filter(Objects::nonNull)
                .mapToLong(millis)
                .sorted()
                .toArray();
        long sum = 0;
        long within30 = 0;
        for (long one : sorted) {
            sum += one;
            within30 += one <= 30_000 ? 1 : 0;
        }
        assertThat(spread.count()).as(what).isEqualTo(sorted.length);
        assertThat(spread.sum().toMillis()).as(what).isEqualTo(sum);
        assertThat(spread.within(Duration.ofSeconds(30))).as(what).isEqualTo(within30);
        for (int percent : new int[] {50, 90}) {
            Duration wanted =
                    sorted.length == 0 ? null : roundedUp(sorted[(int) Math.ceil(sorted.length * percent / 100.0) - 1]);
            assertThat(spread.percentile(percent)).as(what).isEqualTo(wanted);
        }
    }

    /** As the documentation has it: to a second up to a minute, then to 5, 10, 15, 30 seconds, a minute, five, an hour. */
    private static Duration roundedUp(long millis) {
        double seconds = millis / 1_000.0;
        int to = seconds <= 60
                ? 1
                : seconds <= 120
                        ? 5
                        : seconds <= 300
                                ? 10
                                : seconds <= 600
                                        ? 15
                                        : seconds <= 1_200
                                                ? 30
                                                : seconds <= 3_600 ? 60 : seconds <= 14_400 ? 300 : 3_600;
        return Duration.ofSeconds((long) Math.ceil(seconds / to) * to);
    }

    private static void same(
            Stars stars, List<ChatFact> chats, Function<ChatFact, @Nullable Integer> rating, String what) {
        double sum = 0;
        long count = 0;
        for (ChatFact fact : chats) {
            Integer given = rating.apply(fact);
            if (given != null) {
                sum += given;
                count++;
            }
        }
        assertThat(stars.count()).as(what).isEqualTo(count);
        if (count > 0) {
            assertThat(Objects.requireNonNull(stars.mean())).as(what).isCloseTo(sum / count, Offset.offset(1e-9));
        } else {
            assertThat(stars.mean()).as(what).isNull();
        }
    }

    // ---- The reports

    private FactQuery year(ZoneId zone) {
        return FactQuery.ALL.started(
                FIRST.atStartOfDay(zone).toInstant(), END.atStartOfDay(zone).toInstant());
    }

    private static Predicate<ChatFact> ofYear(ZoneId zone) {
        return fact -> fact.startedAt().atZone(zone).getYear() == 2025;
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("rolesAndZones")
    void byMonthWeekdayAndHour(Role role, String zoneName) {
        ZoneId zone = ZoneId.of(zoneName);
        List<ChatFact> chats = seen(role, ofYear(zone));
        Map<String, List<ChatFact>> months = new TreeMap<>();
        Map<String, List<ChatFact>> hours = new HashMap<>();
        for (ChatFact fact : chats) {
            LocalDateTime local = LocalDateTime.ofInstant(fact.startedAt(), zone);
            months.computeIfAbsent(local.format(DateTimeFormatter.ofPattern("yyyy-MM")), first -> new ArrayList<>())
                    .add(fact);
            for (String key : List.of(
                    local.getDayOfWeek() + " " + local.getHour(),
                    "* " + local.getHour(),
                    local.getDayOfWeek() + " *")) {
                hours.computeIfAbsent(key, first -> new ArrayList<>()).add(fact);
            }
        }

        Timetable timetable = engine.statistics(OperatorId.of(role.who()))
                .timetable(role.path(), year(zone), zone)
                .orElseThrow();

        assertThat(chats).isNotEmpty();
        same(timetable.total(), chats, "all");
        Set<String> reported = new TreeSet<>();
        timetable.months().forEach((month, tally) -> {
            same(tally, months.getOrDefault(month.toString(), List.of()), month.toString());
            reported.add(month.toString());
        });
        assertThat(reported).containsAll(months.keySet());
        for (int hour = 0; hour < 24; hour++) {
            same(timetable.in(hour), hours.getOrDefault("* " + hour, List.of()), "hour " + hour);
            for (DayOfWeek day : DayOfWeek.values()) {
                String key = day + " " + hour;
                same(timetable.at(day, hour), hours.getOrDefault(key, List.of()), key);
            }
        }
        for (DayOfWeek day : DayOfWeek.values()) {
            same(timetable.on(day), hours.getOrDefault(day + " *", List.of()), day.toString());
        }
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("rolesAndParts")
    void byPart(Role role, Part part) {
        Map<@Nullable String, List<ChatFact>> values = new HashMap<>();
        List<ChatFact> chats = seen(role, fact -> true);
        for (ChatFact fact : chats) {
            values.computeIfAbsent(value(part, fact), first -> new ArrayList<>())
                    .add(fact);
        }

        PartTallies tallies = engine.statistics(OperatorId.of(role.who()))
                .parts(role.path(), FactQuery.ALL, part, PartTallies.MOST)
                .orElseThrow();

        assertThat(tallies.rows()).hasSize(values.size());
        tallies.rows()
                .forEach(row ->
                        same(row.tally(), values.getOrDefault(row.value(), List.of()), String.valueOf(row.value())));
        same(tallies.total(), chats, "all");
        long requested = tallies.rows().stream()
                .mapToLong(row -> row.tally().counts().requested())
                .sum();
        assertThat(requested).isEqualTo(tallies.total().counts().requested());
    }

    private static @Nullable String value(Part part, ChatFact fact) {
        ChatFact.Answer answer = fact.answer();
        return switch (part) {
            case HOME -> home(fact);
            case WIDGET -> fact.widget().value();
            case HOST -> fact.source().host();
            case PAGE -> fact.source().page();
            case BROWSER -> fact.source().browser();
            case SYSTEM -> fact.source().system();
            case ANSWERED_BY -> answer == null ? null : answer.institution().value();
            case OPERATOR -> answer == null ? null : answer.operator().value();
            case COOP -> throughCoop(fact) ? "academic" : null;
        };
    }

    @ParameterizedTest
    @MethodSource("roles")
    void whatIsGivenAndReceived(Role role) {
        List<ChatFact> chats = seen(role, fact -> true);
        Map<String, long[]> wanted = new TreeMap<>();
        for (ChatFact fact : chats) {
            long[] home = wanted.computeIfAbsent(home(fact), first -> new long[4]);
            home[0]++;
            if (fact.answer() != null) {
                long[] answering = wanted.computeIfAbsent(institution(fact), first -> new long[4]);
                boolean own = institution(fact).equals(home(fact));
                home[1] += own ? 1 : 0;
                home[2] += own ? 0 : 1;
                answering[3] += own ? 0 : 1;
            }
        }

        Balance balance = engine.statistics(OperatorId.of(role.who()))
                .balance(role.path(), FactQuery.ALL)
                .orElseThrow();

        Map<String, long[]> found = new TreeMap<>();
        for (Balance.Row row : balance.rows()) {
            found.put(
                    row.institution().value(),
                    new long[] {row.asked().requested(), row.own(), row.received(), row.given()});
        }
        assertThat(found.keySet()).isEqualTo(wanted.keySet());
        wanted.forEach((institution, numbers) ->
                assertThat(found.get(institution)).as(institution).isEqualTo(numbers));
        double carried = balance.rows().stream()
                .mapToDouble(row -> Objects.requireNonNull(row.carried()))
                .sum();
        assertThat(carried).isCloseTo(1, Offset.offset(1e-9));
    }

    @ParameterizedTest
    @MethodSource("roles")
    void withFilters(Role role) {
        ZoneId zone = ZoneId.of("America/New_York");
        filtered(role, FactQuery.ALL.rating(5), fact -> Objects.equals(fact.rating(), 5));
        filtered(role, FactQuery.ALL.outcome(ChatOutcome.MISSED), fact -> fact.outcome() == ChatOutcome.MISSED);
        filtered(
                role,
                FactQuery.ALL.home(InstitutionId.of("lib3")),
                fact -> home(fact).equals("lib3"));
        filtered(role, FactQuery.ALL.coop(CoopTraffic.COOP), GeneratedYearTest::throughCoop);
        filtered(
                role,
                FactQuery.ALL.answeredBy(CoopTraffic.NIGHT),
                fact -> institution(fact).equals("night"));
        filtered(role, FactQuery.ALL.operator(OperatorId.of("lib3-b")), fact -> by(fact, "lib3-b"));
        filtered(
                role,
                FactQuery.ALL.widget(WidgetId.of("lib3-site")),
                fact -> fact.widget().value().equals("lib3-site"));
        filtered(
                role,
                FactQuery.ALL.started(
                        LocalDate.of(2025, 3, 9).atStartOfDay(zone).toInstant(),
                        LocalDate.of(2025, 3, 10).atStartOfDay(zone).toInstant()),
                fact -> fact.startedAt().atZone(zone).toLocalDate().equals(LocalDate.of(2025, 3, 9)));
    }

    private void filtered(Role role, FactQuery filter, Predicate<ChatFact> which) {
        Timetable timetable = engine.statistics(OperatorId.of(role.who()))
                .timetable(role.path(), filter, ZoneId.of("UTC"))
                .orElseThrow();

        same(timetable.total(), seen(role, which), role + " of " + filter);
    }

    // ---- Who was there

    private static String institution(MonitoringInterval shift) {
        String id = shift.operator().value();
        return id.substring(0, id.indexOf('-'));
    }

    private static boolean forCoop(MonitoringInterval shift) {
        return shift.stage().toString().startsWith("academic");
    }

    /** Whose hours a role sees on its path; null for a role that sees none but its own. */
    private static @Nullable Predicate<MonitoringInterval> staffedFor(Role role) {
        return switch (role.toString()) {
            case "lib3-admin at home" ->
                shift -> !forCoop(shift) && institution(shift).equals("lib3");
            case "lib3-a through the co-op" ->
                shift -> forCoop(shift) && institution(shift).equals("lib3");
            case "lib0-a through the co-op" -> GeneratedYearTest::forCoop;
            case "night-admin through the co-op" ->
                shift -> forCoop(shift) && institution(shift).equals("night");
            default -> null;
        };
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("rolesAndZones")
    void staffedHoursByInstitution(Role role, String zoneName) {
        ZoneId zone = ZoneId.of(zoneName);
        Instant from = FIRST.atStartOfDay(zone).toInstant();
        Instant to = END.atStartOfDay(zone).toInstant();
        Predicate<MonitoringInterval> staffed = staffedFor(role);

        Outcome<Activity> outcome = engine.statistics(OperatorId.of(role.who())).activity(role.path(), from, to, zone);

        if (staffed == null) {
            assertThat(outcome.refusal()).map(Refusal::code).contains(RefusalCode.NOT_ALLOWED);
            return;
        }
        Activity activity = outcome.orElseThrow();
        Map<String, BitSet> minutes = new TreeMap<>();
        BitSet anybody = new BitSet();
        for (MonitoringInterval shift : shifts) {
            if (staffed.test(shift)) {
                int first = minute(shift.from(), from, to);
                int end = minute(shift.to(), from, to);
                minutes.computeIfAbsent(institution(shift), unknown -> new BitSet())
                        .set(first, end);
                anybody.set(first, end);
            }
        }
        Clock clock = clocks.computeIfAbsent(zone, Clock::new);
        minutes.forEach(
                (institution, its) -> clock.same(activity.hours(InstitutionId.of(institution)), its, institution));
        clock.same(activity.staffed().anybody(), anybody, "anybody");
        assertThat(activity.staffed().institutions().keySet())
                .extracting(InstitutionId::value)
                .containsExactlyElementsOf(minutes.keySet());
        List<ChatFact> chats = seen(role, ofYear(zone));
        same(activity.chats().total(), chats, "all");
        for (InstitutionId institution : activity.institutions()) {
            same(
                    activity.answered(institution),
                    chats.stream()
                            .filter(fact -> institution(fact).equals(institution.value()))
                            .toList(),
                    institution.value());
        }
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("rolesAndZones")
    void ownHours(Role role, String zoneName) {
        ZoneId zone = ZoneId.of(zoneName);
        Instant from = FIRST.atStartOfDay(zone).toInstant();
        Instant to = END.atStartOfDay(zone).toInstant();
        Map<String, BitSet> options = new TreeMap<>();
        BitSet any = new BitSet();
        for (MonitoringInterval shift : shifts) {
            if (shift.operator().value().equals(role.who())) {
                int first = minute(shift.from(), from, to);
                int end = minute(shift.to(), from, to);
                options.computeIfAbsent(shift.stage().option().id(), unknown -> new BitSet())
                        .set(first, end);
                any.set(first, end);
            }
        }

        OwnActivity own = engine.statistics(OperatorId.of(role.who()))
                .ownActivity(from, to, zone)
                .orElseThrow();

        Clock clock = clocks.computeIfAbsent(zone, Clock::new);
        assertThat(own.monitored()).hasSize(options.size());
        own.monitored()
                .forEach((option, hours) ->
                        clock.same(hours, options.getOrDefault(option.id(), new BitSet()), option.id()));
        clock.same(own.total(), any, "any");
        same(
                own.chats().total(),
                all.stream()
                        .filter(ofYear(zone))
                        .filter(fact -> by(fact, role.who()))
                        .toList(),
                "own");
    }

    /** The minute of the year in which an instant is, which may be out of it. */
    private static int minute(Instant at, Instant from, Instant to) {
        Instant within = at.isBefore(from) ? from : at.isAfter(to) ? to : at;
        return Math.toIntExact(Duration.between(from, within).toMinutes());
    }

    /** What the clocks of a zone show in each minute of the year. */
    private static final class Clock {
        private final List<String> hours = new ArrayList<>();
        private final List<LocalDate> mondays = new ArrayList<>();

        Clock(ZoneId zone) {
            Instant end = END.atStartOfDay(zone).toInstant();
            for (Instant at = FIRST.atStartOfDay(zone).toInstant(); at.isBefore(end); at = at.plusSeconds(60)) {
                LocalDateTime local = LocalDateTime.ofInstant(at, zone);
                hours.add((local.getDayOfWeek() + " " + local.getHour()).intern());
                mondays.add(local.toLocalDate().minusDays(local.getDayOfWeek().getValue() - 1L));
            }
        }

        /** Hours are those of these minutes. */
        void same(Hours counted, BitSet minutes, String what) {
            Map<String, Integer> cells = new HashMap<>();
            Map<LocalDate, Integer> weeks = new HashMap<>();
            for (int minute = minutes.nextSetBit(0); minute >= 0; minute = minutes.nextSetBit(minute + 1)) {
                cells.merge(hours.get(minute), 1, Integer::sum);
                weeks.merge(mondays.get(minute), 1, Integer::sum);
            }
            assertThat(counted.total()).as(what).isEqualTo(Duration.ofMinutes(minutes.cardinality()));
            Map<String, Integer> found = new HashMap<>();
            for (DayOfWeek day : DayOfWeek.values()) {
                for (int hour = 0; hour < 24; hour++) {
                    found.put(
                            day + " " + hour,
                            Math.toIntExact(counted.at(day, hour).toMinutes()));
                }
            }
            found.values().removeIf(some -> some == 0);
            assertThat(found).as(what).isEqualTo(cells);
            Map<LocalDate, Integer> foundWeeks = new HashMap<>();
            counted.weeks().forEach((monday, time) -> foundWeeks.put(monday, Math.toIntExact(time.toMinutes())));
            assertThat(foundWeeks).as(what).isEqualTo(weeks);
        }
    }

    /** The traffic is as it is said to be, so that the reports above are of something. */
    @Test
    void theTrafficHasItsProfile() {
        double answered = count(all, ChatOutcome.ANSWERED);
        double backup = count(all, fact -> institution(fact).equals("night"));
        double missed = count(all, ChatOutcome.MISSED);
        double foreign = count(all, GeneratedYearTest::throughCoop);
        double minutes = all.stream()
                .filter(fact -> fact.answer() != null)
                .mapToLong(fact -> Objects.requireNonNull(
                                Objects.requireNonNull(fact.answer()).lasted())
                        .toMillis())
                .average()
                .orElseThrow();

        assertThat(all).hasSize(40_000);
        assertThat(foreign / answered).isBetween(0.35, 0.75);
        assertThat(backup / answered).isBetween(0.24, 0.32);
        assertThat(missed / all.size()).isBetween(0.035, 0.045);
        assertThat(minutes / 60_000).isBetween(8.0, 15.0);
    }
}
