package org.libcoop.testkit.proof;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.libcoop.testkit.proof.Rig.code;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.libcoop.CoopEngine;
import org.libcoop.StatisticsSession;
import org.libcoop.access.TranscriptPath;
import org.libcoop.directory.CoopAccount.Level;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.Directory;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.Operator;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.WidgetId;
import org.libcoop.memory.InMemoryArchive;
import org.libcoop.memory.InMemoryFacts;
import org.libcoop.memory.InMemoryStore;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.report.Activity;
import org.libcoop.report.Hours;
import org.libcoop.report.OwnActivity;
import org.libcoop.report.Summary;
import org.libcoop.report.WidgetSpan;
import org.libcoop.routing.Staffing;
import org.libcoop.spi.ArchiveQuery;
import org.libcoop.spi.IntervalQuery;
import org.libcoop.testkit.SimulatedChat;
import org.libcoop.testkit.SimulatedCoop;

/** Who was there (S4, S5), by the week and by role. The first day is a Monday; it is two o'clock in UTC. */
class StaffReportsTest {

    private static final TranscriptPath HOME = TranscriptPath.home();
    private static final TranscriptPath ACADEMIC = TranscriptPath.coop("academic");
    private static final ZoneId UTC = ZoneOffset.UTC;
    private static final Instant START = Instant.parse("2026-03-02T14:00:00Z");
    private static final InstitutionId SPRINGY = InstitutionId.of("springy");
    private static final InstitutionId HILL = InstitutionId.of("hill");
    private static final InstitutionId PROVIDER = InstitutionId.of("provider");

    private static final Directory DIRECTORY = Directory.builder()
            .institution("springy", "Springy University", "America/New_York")
            .operators("springy", "ana", "ben", "bea")
            .admins("bea")
            .department("reference", "springy", "Reference", "ana", "ben")
            .department("media", "springy", "Media", "ana")
            .institution("hill", "Hill College")
            .operators("hill", "olga", "otto", "ira", "cora", "hugo")
            .admins("hugo")
            .institution("provider", "24/7 Librarians")
            .operators("provider", "maya", "nora")
            .admins("nora")
            .globalCoop("academic", "Academic Co-Op")
            .backup("maya")
            .member("springy")
            .member("hill")
            .account("academic", "olga", Level.REGULAR)
            .account("academic", "otto", Level.REGULAR)
            .account("academic", "ira", Level.INSTITUTION_ADMIN)
            .account("academic", "cora", Level.COOP_ADMIN)
            .widget(
                    "databases",
                    "springy",
                    widget -> widget.route(Option.department("reference"), Option.coop("academic"))
                            .timedFallback(ofSeconds(30)))
            .widget("hills", "hill", widget -> widget.route(Option.coop("academic")))
            .build();

    private final SimulatedCoop coop =
            SimulatedCoop.builder(DIRECTORY).start(START).build();

    @AfterEach
    void end() {
        coop.close();
    }

    private StatisticsSession asked(String who) {
        return coop.engine().statistics(OperatorId.of(who));
    }

    /** From the start to a week later. */
    private Activity activity(String who, TranscriptPath path) {
        return asked(who).activity(path, START, START.plus(ofDays(7)), UTC).orElseThrow();
    }

    private Map<InstitutionId, Duration> totals(String who, TranscriptPath path) {
        Map<InstitutionId, Duration> totals = new TreeMap<>();
        activity(who, path)
                .staffed()
                .institutions()
                .forEach((institution, hours) -> totals.put(institution, hours.total()));
        return totals;
    }

    private OwnActivity own(String who) {
        return asked(who).ownActivity(START, START.plus(ofDays(7)), UTC).orElseThrow();
    }

    private void monitors(String who, String on, Duration time) {
        coop.operator(who).signsIn().monitors(on);
        coop.clock().advance(time);
        coop.operator(who).signsOut();
    }

    /** Who was there is known then. */
    private void toTheNextHalfDay() {
        coop.clock().advance(ofHours(12).plusMinutes(15));
    }

    /** A patron of springy's waits for the co-op, where somebody answers. */
    private SimulatedChat answeredBy(String who, String patron) {
        SimulatedChat chat = coop.patron(patron).startsChat("databases");
        coop.clock().advance(ofSeconds(71));
        coop.operator(who).claims(chat);
        coop.operator(who).ends(chat);
        return chat;
    }

    // ---- Institutions

    @Test
    void anHourCountsOnceHoweverManyOfAnInstitutionWereThere() {
        coop.operator("olga").signsIn().monitors("academic");
        coop.clock().advance(ofMinutes(60));
        coop.operator("otto").signsIn().monitors("academic");
        coop.clock().advance(ofMinutes(30));
        coop.operator("olga").signsOut();
        coop.clock().advance(ofMinutes(15));
        coop.operator("otto").signsOut();
        coop.clock().advance(ofMinutes(10));
        monitors("maya", "academic", ofMinutes(20));
        toTheNextHalfDay();

        Activity activity = activity("cora", ACADEMIC);

        assertThat(activity.institutions()).containsExactly(HILL, PROVIDER);
        assertThat(activity.hours(HILL).total()).isEqualTo(ofMinutes(105));
        assertThat(activity.hours(PROVIDER).total()).isEqualTo(ofMinutes(20));
        assertThat(activity.hours(SPRINGY)).isEqualTo(Hours.NONE);
        assertThat(activity.staffed().anybody().total()).isEqualTo(ofMinutes(125));
        assertThat(activity.hours(HILL).at(DayOfWeek.MONDAY, 15)).isEqualTo(ofMinutes(45));
        assertThat(activity.hours(HILL).weeks()).containsOnly(Map.entry(LocalDate.of(2026, 3, 2), ofMinutes(105)));
    }

    @Test
    void whoAnsweredMeanwhileIsToldBesideIt() {
        coop.operator("ana").signsIn().monitors("reference");
        coop.operator("olga").signsIn().monitors("academic");
        coop.operator("maya").signsIn().monitors("academic");
        answeredBy("olga", "one");
        answeredBy("maya", "two");
        answeredBy("ana", "three");
        answeredBy("olga", "four");
        for (String who : List.of("ana", "olga", "maya")) {
            coop.operator(who).signsOut();
        }
        toTheNextHalfDay();

        Activity ofAll = activity("cora", ACADEMIC);
        Activity ofHome = activity("bea", HOME);

        assertThat(ofAll.answered(HILL).counts().answered()).isEqualTo(2);
        assertThat(ofAll.answered(PROVIDER).counts().answered()).isEqualTo(1);
        assertThat(ofAll.answered(SPRINGY).counts().answered()).isZero();
        assertThat(ofHome.answered(SPRINGY).counts().answered()).isEqualTo(1);
        assertThat(ofHome.staffed().institutions()).containsOnlyKeys(SPRINGY);
        assertThat(ofHome.institutions()).containsExactly(HILL, PROVIDER, SPRINGY);
    }

    @Test
    void eachSeesWhatTheLevelAllows() {
        coop.operator("olga").signsIn().monitors("academic");
        coop.operator("maya").signsIn().monitors("academic");
        coop.operator("ana").signsIn().monitors("reference", "media");
        coop.clock().advance(ofHours(1));
        toTheNextHalfDay();

        assertThat(totals("cora", ACADEMIC)).containsOnlyKeys(HILL, PROVIDER);
        assertThat(totals("ira", ACADEMIC)).containsOnlyKeys(HILL);
        assertThat(totals("nora", ACADEMIC)).containsOnlyKeys(PROVIDER);
        assertThat(totals("bea", HOME)).containsOnlyKeys(SPRINGY);
        assertThat(totals("hugo", HOME)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"olga, academic", "maya, academic", "ana, academic", "hugo, academic", "ana, home", "stranger, home"})
    void whoSeesOnlyTheirOwnChatsSeesOnlyTheirOwnHours(String who, String path) {
        assertThat(code(asked(who)
                        .activity(
                                path.equals("home") ? HOME : TranscriptPath.coop(path),
                                START,
                                START.plus(ofDays(7)),
                                UTC)
                        .refusal()))
                .isEqualTo(RefusalCode.NOT_ALLOWED);
    }

    @ParameterizedTest
    @CsvSource({"0", "-1", "9000000"})
    void aTimeIsOfAtMost53Weeks(long minutes) {
        Instant end = START.plus(ofMinutes(minutes));

        assertThat(code(asked("cora").activity(ACADEMIC, START, end, UTC).refusal()))
                .isEqualTo(RefusalCode.INVALID);
        assertThat(code(asked("cora").ownActivity(START, end, UTC).refusal())).isEqualTo(RefusalCode.INVALID);
    }

    @Test
    void whoFellSilentWasThereUpToTheLastSignOfLife() {
        coop.operator("olga").signsIn().monitors("academic");
        coop.clock().advance(ofMinutes(10));
        coop.operator("olga").disconnects();
        coop.clock().advance(ofMinutes(10));
        toTheNextHalfDay();

        assertThat(activity("cora", ACADEMIC).hours(HILL).total()).isEqualTo(ofMinutes(10));
    }

    @Test
    void aNightIsThereOnceItIsOverAndCountedForBothWeeks() {
        coop.clock().advance(ofDays(6));
        coop.operator("olga").signsIn().monitors("academic");
        coop.clock().advance(ofHours(20));
        coop.operator("olga").signsOut();
        toTheNextHalfDay();

        Activity activity = asked("cora")
                .activity(ACADEMIC, START, START.plus(ofDays(14)), UTC)
                .orElseThrow();

        assertThat(activity.hours(HILL).weeks())
                .containsOnly(
                        Map.entry(LocalDate.of(2026, 3, 2), ofHours(10)),
                        Map.entry(LocalDate.of(2026, 3, 9), ofHours(10)));
    }

    @Test
    void itIsDerivedFromTheArchiveAnew() {
        monitors("olga", "academic", ofMinutes(50));
        monitors("maya", "academic", ofMinutes(20));
        toTheNextHalfDay();
        Activity before = activity("cora", ACADEMIC);
        InMemoryArchive archive = new InMemoryArchive();
        for (String who : List.of("olga", "maya")) {
            archive.keepIntervals(coop.engine()
                    .archive()
                    .intervals(IntervalQuery.of(OperatorId.of(who), START, START.plus(ofDays(1))), null, 100)
                    .intervals());
        }
        try (CoopEngine another = CoopEngine.builder()
                .directory(DIRECTORY)
                .archive(archive)
                .facts(new InMemoryFacts())
                .build()) {
            another.rebuildFacts();
            another.rebuildFacts();

            Activity anew = another.statistics(OperatorId.of("cora"))
                    .activity(ACADEMIC, START, START.plus(ofDays(7)), UTC)
                    .orElseThrow();
            assertThat(anew.staffed()).isEqualTo(before.staffed());
            assertThat(anew.staffed().anybody().total()).isEqualTo(ofMinutes(70));
        }
    }

    // ---- Oneself

    @Test
    void oneSeesWhatOneMonitoredAndAnswered() {
        coop.operator("ana").signsIn().monitors("reference", "media");
        coop.operator("olga").signsIn().monitors("academic");
        answeredBy("olga", "one");
        answeredBy("ana", "two");
        coop.clock().advance(ofMinutes(10));
        coop.operator("olga").signsOut();
        coop.operator("ana").stopsMonitoring("media");
        coop.clock().advance(ofMinutes(10));
        coop.operator("ana").signsOut();
        toTheNextHalfDay();
        Duration both = ofSeconds(142).plusMinutes(10);

        OwnActivity ana = own("ana");
        OwnActivity olga = own("olga");

        assertThat(ana.monitored())
                .extractingFromEntries(
                        entry -> tuple(entry.getKey(), entry.getValue().total()))
                .containsExactly(
                        tuple(Option.department("media"), both),
                        tuple(Option.department("reference"), both.plusMinutes(10)));
        assertThat(ana.total().total()).isEqualTo(both.plusMinutes(10));
        assertThat(ana.chats().total().counts().answered()).isEqualTo(1);
        assertThat(ana.chats().of(null).counts().answered()).isEqualTo(1);
        assertThat(olga.monitored(CoopId.of("academic")).total()).isEqualTo(both);
        assertThat(olga.answered(CoopId.of("academic")).counts().answered()).isEqualTo(1);
        assertThat(own("hugo").chats().total().isEmpty()).isTrue();
        assertThat(own("hugo").monitored()).isEmpty();
        assertThat(code(asked("stranger")
                        .ownActivity(START, START.plus(ofDays(1)), UTC)
                        .refusal()))
                .isEqualTo(RefusalCode.NOT_ALLOWED);
    }

    @Test
    void theBackupStagePartOfACoopIsTheCoop() {
        monitors("maya", "academic", ofMinutes(20));
        toTheNextHalfDay();

        assertThat(own("maya").monitored(CoopId.of("academic")).total()).isEqualTo(ofMinutes(20));
    }

    @Test
    void chatsOfACoopThatOneHasLeftAreNotSeenAnyMore() {
        coop.operator("ana").signsIn().monitors("reference");
        coop.operator("olga").signsIn().monitors("academic");
        answeredBy("olga", "one");
        assertThat(own("olga").chats().total().counts().answered()).isEqualTo(1);

        coop.endMembership("hill", "academic");

        assertThat(own("olga").chats().total().isEmpty()).isTrue();
    }

    // ---- My summary

    @Test
    void aSummaryIsOfLastWeekThisMonthAndTwelveMonths() {
        coop.operator("ana").signsIn().monitors("reference");
        coop.operator("olga").signsIn().monitors("academic");
        answeredBy("olga", "one");
        coop.operator("olga").signsOut();
        coop.clock().advance(ofDays(7));
        coop.operator("olga").signsIn().monitors("academic");
        answeredBy("olga", "two");
        answeredBy("olga", "three");
        coop.operator("olga").signsOut();
        toTheNextHalfDay();

        Summary march = asked("olga").summary(UTC).orElseThrow();
        coop.clock().advance(ofDays(30));
        Summary april = asked("olga").summary(UTC).orElseThrow();

        assertThat(answered(march.lastWeek())).isEqualTo(1);
        assertThat(march.lastWeek().from()).isEqualTo(Instant.parse("2026-03-02T00:00:00Z"));
        assertThat(march.lastWeek().to()).isEqualTo(Instant.parse("2026-03-09T00:00:00Z"));
        assertThat(march.lastWeek().total().total()).isEqualTo(ofSeconds(71));
        assertThat(answered(march.thisMonth())).isEqualTo(3);
        assertThat(march.thisMonth().from()).isEqualTo(Instant.parse("2026-03-01T00:00:00Z"));
        assertThat(march.thisMonth().total().total()).isEqualTo(ofSeconds(213));
        assertThat(answered(march.twelveMonths())).isEqualTo(3);
        assertThat(march.twelveMonths().from()).isEqualTo(Instant.parse("2025-04-01T00:00:00Z"));
        assertThat(answered(april.lastWeek())).isZero();
        assertThat(answered(april.thisMonth())).isZero();
        assertThat(answered(april.twelveMonths())).isEqualTo(3);
    }

    private static long answered(OwnActivity own) {
        return own.chats().total().counts().answered();
    }

    @Test
    void itIsByTheClocksOfItsZone() {
        coop.clock().advance(Duration.between(START, Instant.parse("2026-03-09T02:00:00Z")));

        assertThat(asked("ana").summary(UTC).orElseThrow().lastWeek().from())
                .isEqualTo(Instant.parse("2026-03-02T00:00:00Z"));
        assertThat(asked("ana")
                        .summary(ZoneId.of("America/New_York"))
                        .orElseThrow()
                        .lastWeek()
                        .from())
                .isEqualTo(Instant.parse("2026-02-23T05:00:00Z"));
    }

    @Test
    void itNamesOnesCoopsAndTheirAdmins() {
        Summary olga = asked("olga").summary(UTC).orElseThrow();
        Summary maya = asked("maya").summary(UTC).orElseThrow();

        assertThat(olga.coops())
                .extracting(own -> own.coop().id().value(), own -> own.level().orElse(null))
                .containsExactly(tuple("academic", Level.REGULAR));
        assertThat(olga.coops().get(0).admins()).extracting(Operator::id).containsExactly(OperatorId.of("cora"));
        assertThat(maya.coops())
                .extracting(own -> own.coop().id().value(), own -> own.level().isPresent())
                .containsExactly(tuple("academic", false));
        assertThat(asked("ana").summary(UTC).orElseThrow().coops()).isEmpty();
        assertThat(code(asked("stranger").summary(UTC).refusal())).isEqualTo(RefusalCode.NOT_ALLOWED);
    }

    // ---- Widgets

    @Test
    void theGapsOfAWidgetAreForThoseWhoSeeAllOfItsChats() {
        monitors("maya", "academic", ofMinutes(10));
        monitors("ana", "reference", ofMinutes(20));
        toTheNextHalfDay();
        WidgetId databases = WidgetId.of("databases");
        Instant end = START.plus(ofHours(1));

        assertThat(asked("bea").coverage(databases, START, end).orElseThrow())
                .extracting(WidgetSpan::length, WidgetSpan::staffing)
                .containsExactly(
                        tuple(ofMinutes(10), Staffing.BACKUP_ONLY),
                        tuple(ofMinutes(20), Staffing.SERVED),
                        tuple(ofMinutes(30), Staffing.OFFLINE));
        for (String who : List.of("ana", "hugo", "cora", "nora", "stranger")) {
            assertThat(code(asked(who).coverage(databases, START, end).refusal()))
                    .as(who)
                    .isEqualTo(RefusalCode.NOT_ALLOWED);
        }
        assertThat(code(asked("bea").coverage(WidgetId.of("hills"), START, end).refusal()))
                .isEqualTo(RefusalCode.NOT_ALLOWED);
        assertThat(code(asked("bea").coverage(WidgetId.of("none"), START, end).refusal()))
                .isEqualTo(RefusalCode.NOT_ALLOWED);
    }

    @Test
    void withoutAnArchiveNothingIsKnown() {
        try (CoopEngine bare = CoopEngine.builder()
                .directory(DIRECTORY)
                .clock(coop.clock())
                .store(new InMemoryStore(coop.clock()))
                .build()) {
            StatisticsSession cora = bare.statistics(OperatorId.of("cora"));

            assertThat(code(cora.activity(ACADEMIC, START, START.plus(ofDays(1)), UTC)
                            .refusal()))
                    .isEqualTo(RefusalCode.UNSUPPORTED);
            assertThat(code(cora.summary(UTC).refusal())).isEqualTo(RefusalCode.UNSUPPORTED);
            assertThat(bare.archive().search(ArchiveQuery.ALL, null, 1).rows()).isEmpty();
        }
    }
}
