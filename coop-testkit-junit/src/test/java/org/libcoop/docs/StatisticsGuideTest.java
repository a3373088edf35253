package org.libcoop.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.libcoop.PlanningSession;
import org.libcoop.StatisticsSession;
import org.libcoop.access.TranscriptPath;
import org.libcoop.directory.CoopAccount;
import org.libcoop.directory.Directory;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.WidgetId;
import org.libcoop.report.Activity;
import org.libcoop.report.Balance;
import org.libcoop.report.FactQuery;
import org.libcoop.report.OwnActivity;
import org.libcoop.report.Part;
import org.libcoop.report.PartTallies;
import org.libcoop.report.ReplayReport;
import org.libcoop.report.Summary;
import org.libcoop.report.TableFormat;
import org.libcoop.report.Tables;
import org.libcoop.report.Timetable;
import org.libcoop.report.WidgetSpan;
import org.libcoop.routing.Staffing;
import org.libcoop.spi.ArchiveQuery;
import org.libcoop.testkit.SimulatedCoop;

/** The blocks of the guide to statistics. */
class StatisticsGuideTest {

    @Test
    void reportsOfAMonth() throws IOException {
        Directory directory = Directory.builder()
                .institution("springy", "Springy University")
                .operators("springy", "bea", "ana")
                .admins("bea")
                .department("reference", "springy", "Reference", "ana")
                .widget("site", "springy", w -> w.route(Option.department("reference")))
                .build();
        StringBuilder out = new StringBuilder();
        try (SimulatedCoop coop = SimulatedCoop.builder(directory)
                .start(Instant.parse("2026-03-31T18:30:00Z"))
                .build()) {
            coop.operator("ana").signsIn().monitors("reference");
            coop.operator("ana").claims(coop.patron("Stewart").startsChat("site"));

            StatisticsSession statistics = coop.engine().statistics(OperatorId.of("bea"));
            FactQuery march =
                    FactQuery.ALL.started(Instant.parse("2026-03-01T05:00:00Z"), Instant.parse("2026-04-01T04:00:00Z"));

            Timetable when = statistics
                    .timetable(TranscriptPath.home(), march, ZoneId.of("America/New_York"))
                    .orElseThrow();
            PartTallies who = statistics
                    .parts(TranscriptPath.home(), march, Part.OPERATOR, 100)
                    .orElseThrow();
            Balance forEachOther =
                    statistics.balance(TranscriptPath.home(), march).orElseThrow();

            Tables.hours(when, Duration.ofSeconds(30)).write(TableFormat.CSV, out);
            Tables.parts(who, id -> nameOf(id)).write(TableFormat.JSON, out);

            assertThat(forEachOther.rows()).hasSize(1);
        }
        assertThat(out).contains("\n14,1,1,0,").contains("{\"operator\":\"ana\",\"name\":\"Ana\",");
    }

    @Test
    void whoWasThere() throws IOException {
        Directory directory = Directory.builder()
                .institution("hill", "Hill College")
                .operators("hill", "olga")
                .institution("springy", "Springy University")
                .operators("springy", "ana")
                .localCoop("academic", "Academic Co-Op")
                .member("hill")
                .member("springy")
                .account("academic", "olga", CoopAccount.Level.COOP_ADMIN)
                .account("academic", "ana", CoopAccount.Level.REGULAR)
                .build();
        StringBuilder out = new StringBuilder();
        try (SimulatedCoop coop = SimulatedCoop.builder(directory)
                .start(Instant.parse("2026-03-03T18:00:00Z"))
                .build()) {
            coop.operator("ana").signsIn().monitors("academic");
            coop.clock().advance(Duration.ofMinutes(90));
            coop.operator("ana").signsOut();
            coop.clock().advance(Duration.ofHours(13));
            StatisticsSession statistics = coop.engine().statistics(OperatorId.of("olga"));

            Instant now = coop.engine().now();
            Instant lastWeek = now.minus(Duration.ofDays(7));

            Activity hours = statistics
                    .activity(TranscriptPath.coop("academic"), lastWeek, now, ZoneId.of("America/New_York"))
                    .orElseThrow();
            OwnActivity mine = statistics
                    .ownActivity(lastWeek, now, ZoneId.of("America/New_York"))
                    .orElseThrow();
            Summary first = statistics.summary(ZoneId.of("America/New_York")).orElseThrow();

            Tables.activity(hours, id -> nameOf(id)).write(TableFormat.CSV, out);
            Tables.staffedWeeks(hours.staffed(), id -> nameOf(id)).write(TableFormat.CSV, out);

            assertThat(mine.monitored()).isEmpty();
            assertThat(first.coops()).hasSize(1);
        }
        assertThat(out)
                .contains("springy,springy,institution,1.5,0,", ",,anybody,1.5,0,")
                .contains("springy,springy,institution,2026-03-02,1.5");
    }

    @Test
    void aWeekAheadAndAWeekAgo() {
        Directory directory = Directory.builder()
                .institution("springy", "Springy University")
                .operators("springy", "ana")
                .department("reference", "springy", "Reference", "ana")
                .widget("site", "springy", w -> w.route(Option.department("reference")))
                .build();
        try (SimulatedCoop coop = SimulatedCoop.of(directory)) {
            coop.operator("ana").signsIn().monitors("reference");
            PlanningSession planning = coop.engine().planning();
            WidgetId site = WidgetId.of("site");
            Instant now = coop.engine().now();

            List<WidgetSpan> next = planning.sweep(
                            site, now, now.plus(Duration.ofDays(7)), Duration.ofMinutes(15), Set.of())
                    .orElseThrow();
            List<WidgetSpan> last =
                    planning.coverage(site, now.minus(Duration.ofDays(7)), now).orElseThrow();
            ReplayReport sooner = planning.replay(ArchiveQuery.ALL.widget(site), Duration.ofSeconds(15))
                    .orElseThrow();

            assertThat(next).extracting(WidgetSpan::staffing).containsExactly(Staffing.SERVED);
            assertThat(last).extracting(WidgetSpan::staffing).containsExactly(Staffing.OFFLINE);
            assertThat(sooner).isEqualTo(ReplayReport.NONE);
        }
    }

    private static String nameOf(String id) {
        return id.equals("ana") ? "Ana" : id;
    }
}
