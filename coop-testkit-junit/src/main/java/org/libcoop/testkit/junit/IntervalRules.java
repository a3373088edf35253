package org.libcoop.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.libcoop.testkit.junit.FinishedChat.BACKUP;
import static org.libcoop.testkit.junit.FinishedChat.COOP;
import static org.libcoop.testkit.junit.FinishedChat.DESK;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.Stage;
import org.libcoop.presence.MonitoringInterval;
import org.libcoop.presence.MonitoringInterval.Ended;
import org.libcoop.spi.Archive;
import org.libcoop.spi.ArchiveQuery;
import org.libcoop.spi.IntervalPage;
import org.libcoop.spi.IntervalQuery;

/** AR10 and AR11: monitoring intervals are kept once and found again (P7). */
abstract class IntervalRules extends PagingRules {

    private static final OperatorId ANA = OperatorId.of("ana");
    private static final OperatorId OLGA = OperatorId.of("olga");
    private static final List<Stage> STAGES =
            List.of(DESK, COOP, BACKUP, Stage.of(Option.operator("ana")), Stage.of(Option.department("academic")));

    private static MonitoringInterval interval(OperatorId operator, Stage stage, long from, long to) {
        return new MonitoringInterval(operator, stage, at(from), at(to), Ended.SIGNED_OUT, null);
    }

    private static MonitoringInterval crashed(OperatorId operator, Stage stage, long from, long to, long leaseEnd) {
        return new MonitoringInterval(operator, stage, at(from), at(to), Ended.LEASE_ENDED, at(leaseEnd));
    }

    private List<MonitoringInterval> all(IntervalQuery query, int pageSize) {
        List<MonitoringInterval> found = new ArrayList<>();
        IntervalPage page = archive().intervals(query, null, pageSize);
        found.addAll(page.intervals());
        while (page.next() != null) {
            assertThat(page.intervals()).as("a page that is not the last").hasSize(pageSize);
            page = elsewhere().intervals(query, page.next(), pageSize);
            found.addAll(page.intervals());
        }
        return found;
    }

    private List<MonitoringInterval> of(OperatorId operator) {
        return all(IntervalQuery.of(operator, at(-1_000_000), at(1_000_000)), Archive.PAGE);
    }

    // ---- AR10

    @Test
    void ar10_ofIntervalsThatBeginAtOneInstantTheFirstStays() {
        MonitoringInterval first = crashed(ANA, DESK, 0, 50, 80);
        archive().keepIntervals(List.of(first));

        archive().keepIntervals(List.of(first, interval(ANA, DESK, 0, 60), interval(ANA, DESK, 90, 95)));
        elsewhere().keepIntervals(List.of(interval(ANA, DESK, 0, 70)));

        assertThat(of(ANA)).containsExactly(first, interval(ANA, DESK, 90, 95));
    }

    @Test
    void ar10_operatorStageAndBeginTellIntervalsApart() {
        List<MonitoringInterval> different = new ArrayList<>();
        for (Stage stage : STAGES) {
            different.add(interval(ANA, stage, 0, 10));
        }
        different.add(new MonitoringInterval(ANA, DESK, at(0).plusMillis(1), at(10), Ended.SWITCHED_OFF, null));

        archive().keepIntervals(different);
        archive().keepIntervals(List.of(interval(OLGA, COOP, 0, 20)));

        assertThat(of(ANA)).containsExactlyInAnyOrderElementsOf(different);
        assertThat(of(OLGA)).containsExactly(interval(OLGA, COOP, 0, 20));
    }

    @Test
    void ar10_severalThatBringTheSameAtOnceKeepItOnce() {
        for (int round = 0; round < ROUNDS; round++) {
            List<MonitoringInterval> same = List.of(
                    interval(ANA, DESK, round * 100L, round * 100L + 7),
                    crashed(ANA, COOP, round * 100L, round * 100L, round * 100L + 30));

            atOnce(thread -> (thread % 2 == 0 ? archive() : elsewhere()).keepIntervals(same));
        }

        assertThat(of(ANA)).hasSize(2 * ROUNDS);
    }

    @Test
    void ar10_everyReasonIsKeptAndEveryInstantToTheMillisecond() {
        List<MonitoringInterval> kept = new ArrayList<>();
        for (Ended why : Ended.values()) {
            long begin = kept.size();
            kept.add(new MonitoringInterval(
                    ANA,
                    BACKUP,
                    at(begin).plusMillis(1),
                    at(begin).plusMillis(500),
                    why,
                    why == Ended.LEASE_ENDED ? at(begin).plusMillis(999) : null));
        }

        archive().keepIntervals(kept);

        assertThat(of(ANA)).containsExactlyElementsOf(kept);
    }

    // ---- AR11

    @Test
    void ar11_intervalsThatOnlyTouchTheTimeAskedForDoNotOverlapIt() {
        MonitoringInterval before = interval(ANA, DESK, 0, 10);
        MonitoringInterval into = new MonitoringInterval(ANA, COOP, at(0), at(10).plusMillis(1), Ended.STATUS, null);
        MonitoringInterval within = interval(ANA, DESK, 12, 13);
        MonitoringInterval outOf = interval(ANA, BACKUP, 19, 30);
        MonitoringInterval after = interval(ANA, DESK, 20, 30);
        archive().keepIntervals(List.of(after, within, before, outOf, into));

        assertThat(all(IntervalQuery.of(ANA, at(10), at(20)), 10)).containsExactly(into, within, outOf);
    }

    @Test
    void ar11_anIntervalCountsAsLongAsTheOperatorWasThereForRouting() {
        MonitoringInterval crashed = crashed(ANA, DESK, 0, 10, 40);
        MonitoringInterval nothingCounted = crashed(ANA, COOP, 15, 15, 40);
        archive().keepIntervals(List.of(crashed, nothingCounted));

        assertThat(all(IntervalQuery.of(ANA, at(30), at(31)), 10)).containsExactly(crashed, nothingCounted);
        assertThat(all(IntervalQuery.of(ANA, at(40), at(41)), 10)).isEmpty();
    }

    @Test
    void ar11_whatIsAskedForIsFoundInOrderPageByPage() {
        Random random = new Random(11);
        List<MonitoringInterval> kept = new ArrayList<>();
        for (int i = 0; i < 250; i++) {
            long from = 10L * i + random.nextInt(2) * 10L;
            OperatorId operator = random.nextBoolean() ? ANA : OLGA;
            Stage stage = STAGES.get(random.nextInt(STAGES.size()));
            long to = from + random.nextInt(200);
            kept.add(
                    random.nextInt(4) == 0
                            ? crashed(operator, stage, from, to, to + 30)
                            : interval(operator, stage, from, to));
        }
        archive().keepIntervals(kept);
        List<MonitoringInterval> first = new ArrayList<>();
        for (MonitoringInterval one : kept) {
            if (first.stream().noneMatch(known -> sameKey(known, one))) {
                first.add(one);
            }
        }

        for (int i = 0; i < 100; i++) {
            IntervalQuery query = anyQuery(random);
            List<MonitoringInterval> expected =
                    first.stream().filter(query::asksFor).toList();

            List<MonitoringInterval> found = all(query, 1 + random.nextInt(20));

            assertThat(found)
                    .as("%s", query)
                    .containsExactlyInAnyOrderElementsOf(expected)
                    .isSortedAccordingTo(Comparator.comparing(MonitoringInterval::from));
        }
    }

    private static boolean sameKey(MonitoringInterval one, MonitoringInterval other) {
        return one.operator().equals(other.operator())
                && one.stage().equals(other.stage())
                && one.from().equals(other.from());
    }

    private static IntervalQuery anyQuery(Random random) {
        long from = random.nextInt(2_500);
        List<Stage> stages = STAGES.subList(0, random.nextInt(STAGES.size()));
        OperatorId operator = random.nextBoolean() || stages.isEmpty() ? ANA : null;
        return new IntervalQuery(operator, stages, at(from), at(from + 1 + random.nextInt(600)));
    }

    @Test
    void ar11_aPageHasAtMostTwoHundredIntervalsAndAtLeastOneIsAskedFor() {
        List<MonitoringInterval> kept = new ArrayList<>();
        for (int i = 0; i <= Archive.PAGE; i++) {
            kept.add(interval(ANA, DESK, i, i + 1));
        }
        archive().keepIntervals(kept);
        IntervalQuery query = IntervalQuery.of(ANA, at(0), at(1_000));

        IntervalPage page = archive().intervals(query, null, 1_000);

        assertThat(page.intervals()).hasSize(Archive.PAGE);
        assertThat(archive().intervals(query, page.next(), 1_000))
                .isEqualTo(new IntervalPage(List.of(kept.get(Archive.PAGE)), null));
        assertThatIllegalArgumentException().isThrownBy(() -> archive().intervals(query, null, 0));
    }

    @Test
    void ar11_whatIsNoCursorOfTheQueryIsACallersMistake() {
        archive().keepIntervals(List.of(interval(ANA, DESK, 0, 1), interval(ANA, DESK, 2, 3)));
        archive().keep(List.of(said("c1", "a"), said("c2", "b")));
        IntervalQuery query = IntervalQuery.of(ANA, at(0), at(1_000));
        String ofSearch = Objects.requireNonNull(
                archive().search(ArchiveQuery.ALL, null, 1).next());
        String ofOther = Objects.requireNonNull(archive()
                .intervals(IntervalQuery.of(ANA, at(0), at(999)), null, 1)
                .next());

        for (String wrong : List.of("", "x", "a.b.c.d", ofSearch, ofOther)) {
            assertThatIllegalArgumentException()
                    .as(wrong)
                    .isThrownBy(() -> archive().intervals(query, wrong, 1));
        }
        String right =
                Objects.requireNonNull(archive().intervals(query, null, 1).next());
        assertThatIllegalArgumentException().isThrownBy(() -> archive().search(ArchiveQuery.ALL, right, 1));
    }
}
