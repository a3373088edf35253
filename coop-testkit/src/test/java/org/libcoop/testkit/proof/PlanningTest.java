package org.libcoop.testkit.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.libcoop.testkit.proof.Rig.BACKUP;
import static org.libcoop.testkit.proof.Rig.COOP;
import static org.libcoop.testkit.proof.Rig.DESK;
import static org.libcoop.testkit.proof.Rig.MEMBERS;
import static org.libcoop.testkit.proof.Rig.code;
import static org.libcoop.testkit.proof.Rig.done;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.libcoop.CoopEngine;
import org.libcoop.PlanningSession;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Disposition;
import org.libcoop.directory.CoopAccount;
import org.libcoop.directory.Coverage;
import org.libcoop.directory.Directory;
import org.libcoop.directory.Membership;
import org.libcoop.directory.Stage;
import org.libcoop.directory.Widget;
import org.libcoop.directory.WidgetId;
import org.libcoop.memory.InMemoryArchive;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.report.ReplayReport;
import org.libcoop.report.WidgetSpan;
import org.libcoop.routing.Staffing;
import org.libcoop.spi.ArchiveQuery;
import org.libcoop.testkit.proof.Rig.Seat;
import org.libcoop.testkit.proof.Rig.Site;

/** What would be for a widget, what was, and what might have been (E2, S5). */
class PlanningTest {

    private static final WidgetId DATABASES = WidgetId.of("databases");

    private final Rig rig = new Rig();
    private final Site node = rig.node(
            "n",
            CoopEngine.builder()
                    .directory(Rig.directory().build())
                    .archive(new InMemoryArchive())
                    .sweepEvery(Duration.ofSeconds(10)));
    private final PlanningSession planning = node.engine.planning();

    @AfterEach
    void end() {
        rig.close();
    }

    /** Who was there is known then. */
    private void toTheNextHalfDay() {
        rig.pass(12 * 3_600 + 900);
    }

    private static List<Staffing> staffing(List<WidgetSpan> spans) {
        return spans.stream().map(WidgetSpan::staffing).toList();
    }

    // ---- Sweep

    @ParameterizedTest
    @CsvSource({
        "'', SERVED",
        "desk, SERVED",
        "desk members, BACKUP_ONLY",
        "desk members backup, OFFLINE",
        "members backup, SERVED"
    })
    void withWhoIsThereNowAWidgetIsAnsweredOrNot(String unstaffed, Staffing wanted) {
        node.on("ana", DESK);
        node.on("olga", COOP);
        node.on("maya", COOP);
        Set<Stage> nobody = Stream.of(unstaffed.split(" "))
                .filter(word -> !word.isEmpty())
                .map(word -> switch (word) {
                    case "desk" -> Stage.of(DESK);
                    case "members" -> MEMBERS;
                    default -> BACKUP;
                })
                .collect(Collectors.toSet());

        List<WidgetSpan> spans = planning.sweep(DATABASES, rig.at(0), rig.at(3_600), Duration.ofMinutes(10), nobody)
                .orElseThrow();

        assertThat(spans).containsExactly(new WidgetSpan(rig.at(0), rig.at(3_600), wanted));
    }

    @Test
    void aWeekChangesWithCoverage() {
        Site covered = new Rig()
                .node(
                        "c",
                        CoopEngine.builder()
                                .directory(Directory.builder()
                                        .institution("springy", "Springy University", "America/New_York")
                                        .operators("springy", "ana")
                                        .institution("hill", "Hill College")
                                        .operators("hill", "olga")
                                        .localCoop("academic", "Academic Co-Op")
                                        .member(
                                                "springy",
                                                Membership.Kind.CONTRIBUTING,
                                                Coverage.hours(List.of("MON 18:00-22:00"), List.of()))
                                        .member("hill")
                                        .account("academic", "olga", CoopAccount.Level.REGULAR)
                                        .widget("databases", "springy", w -> w.route(COOP))
                                        .build()));
        covered.on("olga", COOP);
        Instant monday = Instant.parse("2026-03-02T05:00:00Z");

        List<WidgetSpan> week = covered.engine
                .planning()
                .sweep(DATABASES, monday, monday.plus(Duration.ofDays(7)), Duration.ofMinutes(15), Set.of())
                .orElseThrow();

        assertThat(week)
                .containsExactly(
                        new WidgetSpan(monday, Instant.parse("2026-03-02T23:00:00Z"), Staffing.OFFLINE),
                        new WidgetSpan(
                                Instant.parse("2026-03-02T23:00:00Z"),
                                Instant.parse("2026-03-03T03:00:00Z"),
                                Staffing.SERVED),
                        new WidgetSpan(
                                Instant.parse("2026-03-03T03:00:00Z"),
                                monday.plus(Duration.ofDays(7)),
                                Staffing.OFFLINE));
    }

    @ParameterizedTest
    @CsvSource({"3600, 0, 60", "0, 3600, 59", "0, 3024060, 60"})
    void aTimeHasSomeMinutes(double from, double to, long step) {
        assertThat(code(planning.sweep(DATABASES, rig.at(from), rig.at(to), Duration.ofSeconds(step), Set.of())
                        .refusal()))
                .isEqualTo(RefusalCode.INVALID);
    }

    @Test
    void ofNoWidgetNothingIsKnown() {
        WidgetId none = WidgetId.of("none");

        assertThat(code(planning.sweep(none, rig.at(0), rig.at(60), Duration.ofMinutes(1), Set.of())
                        .refusal()))
                .isEqualTo(RefusalCode.NOT_FOUND);
        assertThat(code(planning.coverage(none, rig.at(0), rig.at(60)).refusal()))
                .isEqualTo(RefusalCode.NOT_FOUND);
        assertThat(code(new Rig()
                        .node("bare")
                        .engine
                        .planning()
                        .coverage(DATABASES, rig.at(0), rig.at(60))
                        .refusal()))
                .isEqualTo(RefusalCode.UNSUPPORTED);
    }

    // ---- Coverage

    @Test
    void gapsAreTheMinutesInWhichBackupStaffWereAloneOrNobodyWasThere() {
        Seat maya = node.on("maya", COOP);
        rig.pass(600);
        Seat ana = node.on("ana", DESK);
        rig.pass(600);
        done(ana.session().signOut());
        rig.pass(600);
        done(maya.session().signOut());
        toTheNextHalfDay();

        List<WidgetSpan> spans =
                planning.coverage(DATABASES, rig.at(0), rig.at(2_400)).orElseThrow();

        assertThat(spans)
                .containsExactly(
                        new WidgetSpan(rig.at(0), rig.at(600), Staffing.BACKUP_ONLY),
                        new WidgetSpan(rig.at(600), rig.at(1_200), Staffing.SERVED),
                        new WidgetSpan(rig.at(1_200), rig.at(1_800), Staffing.BACKUP_ONLY),
                        new WidgetSpan(rig.at(1_800), rig.at(2_400), Staffing.OFFLINE));
        assertThat(staffing(planning.coverage(DATABASES, rig.at(2_400), rig.at(3_000))
                        .orElseThrow()))
                .containsExactly(Staffing.OFFLINE);
    }

    // ---- Replay

    /** A chat that ana claims after so many seconds, with olga and maya there. */
    private ChatId claimedAfter(String patron, double seconds) {
        Seat ana = node.on("ana", DESK);
        Seat olga = node.on("olga", COOP);
        Seat maya = node.on("maya", COOP);
        ChatId chat = node.chatOf(patron);
        rig.pass(seconds);
        done(ana.session().claim(chat));
        rig.pass(60);
        done(ana.session().end(chat, Disposition.ANSWERED));
        for (Seat seat : List.of(ana, olga, maya)) {
            done(seat.session().signOut());
        }
        rig.pass(20);
        return chat;
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 3", "15, 5, 3", "25, 4, 3", "30, 3, 3", "45, 3, 2", "60, 3, 1", "120, 0, 0"})
    void anotherTimedFallbackWouldHaveReachedMoreOrFewer(long fallback, long coop, long backup) {
        claimedAfter("one", 10);
        claimedAfter("two", 20);
        claimedAfter("three", 25);
        claimedAfter("four", 70);
        claimedAfter("five", 90);
        claimedAfter("six", 119);
        toTheNextHalfDay();

        ReplayReport report =
                planning.replay(ArchiveQuery.ALL, Duration.ofSeconds(fallback)).orElseThrow();

        assertThat(report).isEqualTo(new ReplayReport(6, 0, 3, 3, coop, backup));
    }

    @Test
    void anotherRouteWouldHaveReachedOthers() {
        claimedAfter("one", 10);
        claimedAfter("two", 45);
        toTheNextHalfDay();
        Widget deskOnly = Widget.builder("databases", "springy").route(DESK).build();

        ReplayReport report = planning.replay(ArchiveQuery.ALL, deskOnly).orElseThrow();

        assertThat(report).isEqualTo(new ReplayReport(2, 0, 1, 0, 0, 0));
    }

    @Test
    void aChatWhosePeopleAreNotKnownYetIsNotCounted() {
        Seat ana = node.on("ana", DESK);
        node.on("olga", COOP);
        ChatId chat = node.chatOf("paula");
        rig.pass(31);
        done(ana.session().claim(chat));
        done(ana.session().end(chat, Disposition.ANSWERED));
        rig.pass(20);

        ReplayReport report =
                planning.replay(ArchiveQuery.ALL, Duration.ofSeconds(15)).orElseThrow();

        assertThat(report).isEqualTo(ReplayReport.NONE.withUnknown());
    }

    @ParameterizedTest
    @CsvSource({"-1", "3601"})
    void aTimedFallbackIsUpToAnHour(long seconds) {
        assertThat(code(planning.replay(ArchiveQuery.ALL, Duration.ofSeconds(seconds))
                        .refusal()))
                .isEqualTo(RefusalCode.INVALID);
    }
}
