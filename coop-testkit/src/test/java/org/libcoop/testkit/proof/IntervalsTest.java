package org.libcoop.testkit.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.libcoop.testkit.proof.Rig.COOP;
import static org.libcoop.testkit.proof.Rig.DESK;
import static org.libcoop.testkit.proof.Rig.MEMBERS;
import static org.libcoop.testkit.proof.Rig.done;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.libcoop.CoopEngine;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.DepartmentId;
import org.libcoop.directory.Directory;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.SignOffRule;
import org.libcoop.directory.Stage;
import org.libcoop.memory.InMemoryArchive;
import org.libcoop.presence.MonitoringInterval;
import org.libcoop.presence.MonitoringInterval.Ended;
import org.libcoop.presence.Status;
import org.libcoop.spi.IntervalQuery;
import org.libcoop.spi.StoreException;
import org.libcoop.testkit.proof.Rig.Seat;
import org.libcoop.testkit.proof.Rig.Site;

/** The engine records who monitored what when (P7). The rig starts on a Monday at 12:00 UTC: the first cut is at midnight. */
class IntervalsTest {

    private static final OperatorId ANA = OperatorId.of("ana");
    private static final OperatorId OLGA = OperatorId.of("olga");
    private static final Stage ON_DESK = Stage.of(DESK);
    private static final double MIDNIGHT = 12 * 3600;

    private final Rig rig = new Rig();
    private final Archives archive = new Archives();

    @AfterEach
    void close() {
        rig.close();
    }

    /** An archive in memory that can be away, and counts what it is brought. */
    private static final class Archives extends ArchiveProxy {
        private final List<MonitoringInterval> brought = new ArrayList<>();
        private boolean away;

        Archives() {
            super(new InMemoryArchive());
        }

        @Override
        public void keepIntervals(List<MonitoringInterval> intervals) {
            if (away) {
                throw new StoreException("the archive is away", false);
            }
            brought.addAll(intervals);
            super.keepIntervals(intervals);
        }
    }

    private Site node(String name) {
        return node(name, Rig.directory().build());
    }

    private Site node(String name, Directory directory) {
        return rig.node(name, CoopEngine.builder().directory(directory).archive(archive));
    }

    private List<MonitoringInterval> of(OperatorId operator) {
        Instant end = rig.at(10 * 86_400);
        return archive.intervals(IntervalQuery.of(operator, rig.start.minusSeconds(1), end), null, 200)
                .intervals();
    }

    private MonitoringInterval on(OperatorId operator, Stage stage, double from, double to, Ended why) {
        return new MonitoringInterval(operator, stage, rig.at(from), rig.at(to), why, null);
    }

    @Test
    void whatBeganInAHalfDayIsKeptSoonAfterIt() {
        Site a = node("a");
        Seat ana = a.on("ana", DESK);
        a.seat("ana");
        Seat olga = a.on("olga", COOP);
        rig.pass(100);
        done(ana.session().monitor(DESK, false));
        rig.pass(100);
        done(ana.session().monitor(DESK, true));
        done(olga.session().status(Status.INTERNAL));
        rig.pass(MIDNIGHT - 200 + 119);
        assertThat(archive.brought).isEmpty();

        rig.pass(3);

        assertThat(of(ANA))
                .containsExactly(
                        on(ANA, ON_DESK, 0, 100, Ended.SWITCHED_OFF), on(ANA, ON_DESK, 200, MIDNIGHT, Ended.WENT_ON));
        assertThat(of(OLGA)).containsExactly(on(OLGA, MEMBERS, 0, 200, Ended.STATUS));
        done(ana.session().signOut());
        rig.pass(MIDNIGHT);
        assertThat(of(ANA)).hasSize(3).last().isEqualTo(on(ANA, ON_DESK, MIDNIGHT, MIDNIGHT + 122, Ended.SIGNED_OUT));
    }

    @Test
    void severalNodesKeepEachOnce() {
        Site a = node("a");
        Site b = node("b");
        a.on("ana", DESK);
        b.seat("ana");
        b.on("olga", COOP);

        rig.pass(MIDNIGHT + 125);

        assertThat(archive.brought).hasSize(4);
        assertThat(of(ANA)).containsExactly(on(ANA, ON_DESK, 0, MIDNIGHT, Ended.WENT_ON));
        assertThat(of(OLGA)).containsExactly(on(OLGA, MEMBERS, 0, MIDNIGHT, Ended.WENT_ON));
    }

    /** The last renewal of the node that died counts, not when another one found it; and another one keeps it. */
    @Test
    void aCrashEndsWhatCountsAtTheLastRenewalOfTheNode() {
        Site a = node("a");
        node("b");
        a.on("ana", DESK);
        rig.pass(1_004);
        a.executor.pause();

        rig.pass(MIDNIGHT);

        Instant renewed = rig.at(1_000);
        assertThat(of(ANA))
                .containsExactly(new MonitoringInterval(
                        ANA, ON_DESK, rig.start, renewed, Ended.LEASE_ENDED, renewed.plusSeconds(30)));
    }

    @Test
    void lostAccessIsDatedByTheRevisionThatTookIt() {
        Site a = node("a");
        a.on("olga", COOP);
        rig.pass(1_000);
        done(a.engine.admin().endMembership(InstitutionId.of("hill"), CoopId.of("academic")));

        rig.pass(MIDNIGHT);

        assertThat(of(OLGA)).containsExactly(on(OLGA, MEMBERS, 0, 1_000, Ended.ACCESS_LOST));
    }

    @Test
    void whoIsSignedOutByARuleMonitoredUpToItsTime() {
        Site a = node(
                "a",
                Rig.directory()
                        .add(SignOffRule.of(DepartmentId.of("reference"), "MON 18:00"))
                        .build());
        a.on("ana", DESK);

        rig.pass(MIDNIGHT + 125);

        assertThat(of(ANA)).containsExactly(on(ANA, ON_DESK, 0, 6 * 3600, Ended.SIGNED_OUT));
    }

    @Test
    void anArchiveThatIsAwayDelaysOnlyThis() {
        Site a = node("a");
        a.on("ana", DESK);
        archive.away = true;
        rig.pass(1.6 * 86_400);
        assertThat(archive.brought).isEmpty();
        done(a.on("ben", DESK).session().claim(a.chatOf("stewart")));

        archive.away = false;
        rig.pass(61);

        assertThat(of(ANA))
                .containsExactly(
                        on(ANA, ON_DESK, 0, MIDNIGHT, Ended.WENT_ON),
                        on(ANA, ON_DESK, MIDNIGHT, 2 * MIDNIGHT, Ended.WENT_ON),
                        on(ANA, ON_DESK, 2 * MIDNIGHT, 3 * MIDNIGHT, Ended.WENT_ON));
    }

    @Test
    void aNodeThatStartsKeepsWhatOthersLeft() {
        Site a = node("a");
        a.on("ana", DESK);
        rig.pass(MIDNIGHT - 10);
        a.engine.close();
        a.executor.pause();
        rig.pass(3_600);

        node("b");
        rig.pass(2);

        assertThat(of(ANA)).hasSize(1);
        assertThat(of(ANA).get(0).why()).isEqualTo(Ended.LEASE_ENDED);
        assertThat(of(ANA).get(0).to()).isEqualTo(rig.at(MIDNIGHT - 10));
        assertThat(of(ANA).get(0).leaseEndedAt()).isEqualTo(rig.at(MIDNIGHT + 20));
    }
}
