package org.libcoop.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.libcoop.directory.CoopAccount.Level;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.Directory;
import org.libcoop.directory.DirectoryBuilder;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.Stage;
import org.libcoop.presence.MonitoringInterval.Ended;

/** Monitoring intervals from rows of presence (P7), also against a straightforward computation minute by minute. */
class MonitoringHistoryTest {

    private static final OperatorId ANA = OperatorId.of("ana");
    private static final Option DESK = Option.department("reference");
    private static final Stage ON_DESK = Stage.of(DESK);
    private static final NodeId N1 = new NodeId("n1");
    private static final NodeId N2 = new NodeId("n2");
    private static final Instant T0 = Instant.parse("2026-01-05T09:00:00Z");
    private static final Duration LEASE = Duration.ofMinutes(5);

    private final NavigableMap<Instant, Directory> directories =
            new TreeMap<>(Map.of(Instant.EPOCH, directory().build()));
    private final Map<NodeId, Instant> ends = new HashMap<>();
    private final List<OperatorPresence> rows = new ArrayList<>();

    private static DirectoryBuilder directory() {
        return Directory.builder()
                .policy("lease", "5m")
                .policy("ownerGrace", "5m")
                .institution("springy", "Springy")
                .operators("springy", "ana", "ben")
                .department("reference", "springy", "Reference", "ana", "ben")
                .globalCoop("academic", "Academic")
                .member("springy");
    }

    private static DirectoryBuilder withAccount() {
        return directory().account("academic", "ana", Level.REGULAR);
    }

    private static Instant at(long minutes) {
        return T0.plus(Duration.ofMinutes(minutes));
    }

    private OperatorPresence last() {
        return rows.isEmpty() ? OperatorPresence.unknown(ANA) : rows.get(rows.size() - 1);
    }

    private void row(OperatorPresence next) {
        rows.add(next.successor());
    }

    private void onDesk(long minutes) {
        row(last().signedIn(at(minutes)).attached(new Attachment(N1, null), n -> false, at(minutes)));
        row(last().withSwitch(DESK, true, at(minutes)));
    }

    private List<MonitoringInterval> intervals(long knownMinutes) {
        return new MonitoringHistory(directories, ends, at(knownMinutes)).intervals(rows);
    }

    private static MonitoringInterval on(long from, long to, Ended why) {
        return new MonitoringInterval(ANA, ON_DESK, at(from), at(to), why, null);
    }

    private static MonitoringInterval silent(long from, long to, long leaseEnd) {
        return new MonitoringInterval(ANA, ON_DESK, at(from), at(to), Ended.LEASE_ENDED, at(leaseEnd));
    }

    // ---- One by one

    @Test
    void eachWayToEndIsNamed() {
        onDesk(0);
        row(last().withStatus(Status.INTERNAL, at(10)));
        row(last().withStatus(Status.ONLINE, at(20)));
        row(last().withSwitch(DESK, false, at(30)));
        row(last().withSwitch(DESK, true, at(40)));
        row(last().signedOut(at(50), SignOff.self(ANA)));
        onDesk(60);
        directories.put(at(70), directory().chatDisabled("ana").build());
        directories.put(at(80), directory().build());

        assertThat(intervals(90))
                .containsExactly(
                        on(0, 10, Ended.STATUS),
                        on(20, 30, Ended.SWITCHED_OFF),
                        on(40, 50, Ended.SIGNED_OUT),
                        on(60, 70, Ended.ACCESS_LOST));
    }

    @Test
    void whatGoesOnIsNotToldBeforeANoonOrMidnight() {
        onDesk(0);

        assertThat(intervals(179)).isEmpty();
        assertThat(intervals(180)).containsExactly(on(0, 180, Ended.WENT_ON));
        assertThat(intervals(2_000))
                .containsExactly(on(0, 180, Ended.WENT_ON), on(180, 900, Ended.WENT_ON), on(900, 1_620, Ended.WENT_ON));
    }

    @Test
    void anEndAtNoonLeavesNothingBehindIt() {
        onDesk(0);
        row(last().signedOut(at(180), SignOff.self(ANA)));

        assertThat(intervals(500)).containsExactly(on(0, 180, Ended.SIGNED_OUT));
    }

    @Test
    void twoConnectionsAreOneInterval() {
        onDesk(0);
        row(last().attached(new Attachment(N2, null), n -> false, at(10)));
        row(last().attached(new Attachment(N1, at(20)), n -> false, at(20)));
        row(last().oneChatMore(at(25)));
        row(last().oneChatLess(at(26)));
        row(last().signedOut(at(40), SignOff.self(ANA)));

        assertThat(intervals(90)).containsExactly(on(0, 40, Ended.SIGNED_OUT));
    }

    @Test
    void aCrashEndsWhatCountsAtTheLastRenewalAndSaysWhenTheLeaseEnded() {
        onDesk(0);
        ends.put(N1, at(30));

        assertThat(intervals(35)).isEmpty();
        assertThat(intervals(36)).containsExactly(silent(0, 30, 35));
    }

    @Test
    void whatOthersWriteAfterACrashIsNoSignOfLife() {
        onDesk(0);
        ends.put(N1, at(30));
        row(last().oneChatLess(at(33)));

        assertThat(intervals(90)).containsExactly(silent(0, 30, 35));
    }

    @Test
    void whoIsSignedOutInTheLeaseOfASilentConnectionCountsToItsLastSignOfLife() {
        onDesk(0);
        row(last().attached(new Attachment(N1, at(30)), n -> false, at(30)));
        row(last().signedOut(at(32), SignOff.idle()));

        assertThat(intervals(90)).containsExactly(silent(0, 30, 32));
    }

    @Test
    void whoComesBackWithinTheLeaseWasNeverAwayAndLaterWas() {
        onDesk(0);
        row(last().attached(new Attachment(N1, at(30)), n -> false, at(30)));
        row(last().attached(new Attachment(N2, null), n -> false, at(35)));
        row(last().attached(new Attachment(N2, at(50)), n -> false, at(50)));
        row(last().attached(new Attachment(N1, null), n -> false, at(56)));
        row(last().signedOut(at(60), SignOff.self(ANA)));

        assertThat(intervals(90)).containsExactly(silent(0, 50, 55), on(56, 60, Ended.SIGNED_OUT));
    }

    /** The last sign of life before noon, the end of the lease behind it: nothing counts in the afternoon. */
    @ParameterizedTest
    @CsvSource({"178, 183", "179, 184", "180, 185"})
    void nothingIsCutBehindTheLastSignOfLife(long renewal, long leaseEnd) {
        onDesk(0);
        ends.put(N1, at(renewal));

        assertThat(intervals(300)).containsExactly(silent(0, renewal, leaseEnd));
    }

    @Test
    void aSignOfLifeBehindNoonIsCutAtNoon() {
        onDesk(0);
        ends.put(N1, at(181));

        assertThat(intervals(300)).containsExactly(on(0, 180, Ended.WENT_ON), silent(180, 181, 186));
    }

    @Test
    void whereTheBeginIsNotKnownItIsToldFromTheNextNoonOn() {
        onDesk(0);
        row(last().withStatus(Status.AWAY, at(10)));
        row(last().signedOut(at(200), SignOff.self(ANA)));
        rows.subList(0, 2).clear();

        assertThat(intervals(300)).containsExactly(on(180, 200, Ended.SIGNED_OUT));
    }

    @Test
    void aRowThatComesLateHoldsFromTheOneBeforeIt() {
        onDesk(0);
        row(last().withStatus(Status.AWAY, at(20)));
        row(last().oneChatLess(at(10)));
        row(last().signedOut(at(40), SignOff.self(ANA)));

        assertThat(intervals(90)).containsExactly(on(0, 40, Ended.SIGNED_OUT));
    }

    @Test
    void nothingIsToldOfTheFutureAndWithoutRows() {
        assertThat(intervals(10)).isEmpty();
        onDesk(20);

        assertThat(intervals(20)).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MonitoringHistory(Collections.emptyNavigableMap(), Map.of(), T0));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-05T12:00:00Z, 2026-01-05T12:00:00Z",
        "2026-01-05T11:59:59.999Z, 2026-01-05T00:00:00Z",
        "2026-01-05T23:59:59.999Z, 2026-01-05T12:00:00Z",
        "1969-12-31T13:00:00Z, 1969-12-31T12:00:00Z",
    })
    void cutsAreAtNoonAndMidnight(Instant instant, Instant cut) {
        assertThat(MonitoringHistory.cutUpTo(instant)).isEqualTo(cut);
    }

    // ---- Random histories

    private static final int HISTORIES = 400;
    private static final int LONGEST = 4_000;

    @Test
    void randomHistoriesAreAsComputedMinuteByMinute() {
        Map<Ended, Integer> seen = new HashMap<>();
        for (int seed = 0; seed < HISTORIES; seed++) {
            MonitoringHistoryTest drawn = new MonitoringHistoryTest();
            drawn.draw(new Random(seed));

            List<MonitoringInterval> computed = drawn.intervals(LONGEST);

            assertThat(computed).as("seed %s", seed).containsExactlyInAnyOrderElementsOf(drawn.walked());
            computed.forEach(interval -> seen.merge(interval.why(), 1, Integer::sum));
        }
        assertThat(seen).containsOnlyKeys(Ended.values());
        assertThat(seen.values()).allMatch(times -> times > 20);
    }

    /** Computed early or late: what is over by noon is the same once a lease and more has passed (AR10). */
    @Test
    void whatIsOverByNoonDoesNotDependOnWhenItIsComputed() {
        for (int seed = 0; seed < HISTORIES; seed++) {
            MonitoringHistoryTest drawn = new MonitoringHistoryTest();
            drawn.draw(new Random(seed));
            Instant noon = at(180 + 720 * (seed % 4));
            long soon = Duration.between(T0, noon).toMinutes() + 6;

            assertThat(upTo(drawn.intervals(soon), noon))
                    .as("seed %s", seed)
                    .isEqualTo(upTo(drawn.intervals(LONGEST), noon));
        }
    }

    private static List<MonitoringInterval> upTo(List<MonitoringInterval> intervals, Instant cut) {
        return intervals.stream()
                .filter(interval -> interval.from().isBefore(cut))
                .sorted(Comparator.comparing(MonitoringInterval::from)
                        .thenComparing(interval -> interval.stage().toString()))
                .toList();
    }

    private void draw(Random random) {
        List<Directory> some = List.of(
                directory().build(),
                withAccount().build(),
                directory().chatDisabled("ana").build(),
                withAccount().policy("awayMonitors", "false").build());
        for (int i = random.nextInt(6); i > 0; i--) {
            directories.put(at(random.nextInt(LONGEST)), some.get(random.nextInt(some.size())));
        }
        List<NodeId> nodes = List.of(N1, N2, new NodeId("n3"));
        for (NodeId node : nodes) {
            if (random.nextInt(3) > 0) {
                ends.put(node, at(random.nextInt(LONGEST)));
            }
        }
        long minute = random.nextInt(30);
        int most = 2 + random.nextInt(60);
        for (int n = 0; n < most && minute < LONGEST; n++) {
            step(random, minute, nodes.get(random.nextInt(nodes.size())));
            minute += random.nextInt(4) == 0 ? random.nextInt(700) : random.nextInt(9);
        }
    }

    private void step(Random random, long minute, NodeId node) {
        OperatorPresence row = last();
        Instant at = at(minute);
        switch (random.nextInt(9)) {
            case 0, 1 -> row(row.signedIn(at).attached(new Attachment(node, null), n -> false, at));
            case 2 -> row(row.signedOut(at, SignOff.idle()));
            case 3 -> row(row.withSwitch(DESK, random.nextInt(4) > 0, at));
            case 4 -> row(row.withSwitch(Option.coop("academic"), random.nextInt(4) > 0, at));
            case 5 ->
                row(row.attached(
                        new Attachment(node, at.minus(Duration.ofMinutes(random.nextInt(4)))), n -> false, at));
            case 6 -> row(row.attached(new Attachment(node, null), n -> false, at));
            case 7 -> row(row.withStatus(List.of(Status.values()).get(random.nextInt(5)), at));
            default -> row(row.oneChatMore(at.minus(Duration.ofMinutes(random.nextInt(20)))));
        }
    }

    /** What the intervals are, from nothing but the question asked at every minute. */
    private List<MonitoringInterval> walked() {
        List<MonitoringInterval> all = new ArrayList<>();
        for (Stage stage : List.of(ON_DESK, Stage.of(Option.coop("academic")), Stage.backup(CoopId.of("academic")))) {
            long begun = -1;
            for (long minute = 0; minute < LONGEST; minute++) {
                boolean there = there(stage, minute);
                if (there && begun < 0) {
                    begun = minute;
                } else if (!there && begun >= 0) {
                    add(all, stage, begun, minute);
                    begun = -1;
                }
            }
            if (begun >= 0) {
                Instant alive = aliveUpTo(LONGEST - 1);
                addPieces(all, stage, at(begun), alive == null ? at(LONGEST).plusMillis(1) : alive);
            }
        }
        return all;
    }

    private void add(List<MonitoringInterval> all, Stage stage, long begun, long gone) {
        Instant alive = aliveUpTo(gone - 1);
        OperatorPresence row = rowAt(gone);
        boolean silent = (alive != null && alive.isBefore(at(gone))) || (wanted(stage, gone) && !alive(gone));
        Instant counted = silent && alive != null && alive.isBefore(at(gone)) ? alive : at(gone);
        if (silent && alive == null) {
            Instant later = aliveUpTo(gone);
            counted = later != null && later.isBefore(at(gone)) ? later : at(gone);
        }
        Instant from = addPieces(all, stage, at(begun), counted);
        Ended why = Ended.SWITCHED_OFF;
        if (silent) {
            why = Ended.LEASE_ENDED;
        } else if (!row.signedIn()) {
            why = Ended.SIGNED_OUT;
        } else if (!directoryAt(gone).hasAccess(ANA, stage)
                || !directoryAt(gone).operator(ANA).orElseThrow().chatEnabled()) {
            why = Ended.ACCESS_LOST;
        } else if (row.switches().contains(stage.option())) {
            why = Ended.STATUS;
        }
        all.add(new MonitoringInterval(
                ANA, stage, from, counted.isBefore(from) ? from : counted, why, silent ? at(gone) : null));
    }

    private static Instant addPieces(List<MonitoringInterval> all, Stage stage, Instant begun, Instant end) {
        Instant from = begun;
        for (long cut = 180; at(cut).isBefore(end); cut += 720) {
            if (at(cut).isAfter(from)) {
                all.add(new MonitoringInterval(ANA, stage, from, at(cut), Ended.WENT_ON, null));
                from = at(cut);
            }
        }
        return from;
    }

    private boolean there(Stage stage, long minute) {
        return wanted(stage, minute) && alive(minute);
    }

    private boolean wanted(Stage stage, long minute) {
        OperatorPresence row = rowAt(minute);
        Directory directory = directoryAt(minute);
        boolean status = row.status() == Status.ONLINE
                || (row.status() == Status.AWAY && directory.policies().awayMonitors());
        return row.signedIn()
                && status
                && row.switches().contains(stage.option())
                && directory.hasAccess(ANA, stage)
                && directory.operator(ANA).orElseThrow().chatEnabled();
    }

    private boolean alive(long minute) {
        OperatorPresence row = rowAt(minute);
        Instant last = aliveUpTo(minute);
        return !row.attachments().isEmpty() && (last == null || at(minute).isBefore(last.plus(LEASE)));
    }

    private @Nullable Instant aliveUpTo(long minute) {
        List<Instant> renewals = new ArrayList<>();
        for (Attachment attachment : rowAt(minute).attachments()) {
            Instant renewal = attachment.vouched() ? ends.get(attachment.node()) : attachment.lastRenewal();
            if (renewal == null) {
                return null;
            }
            renewals.add(renewal);
        }
        return renewals.stream()
                .max(Comparator.naturalOrder())
                .orElse(rowAt(minute).changedAt());
    }

    /** The newest version that any row up to it says to hold by then. */
    private OperatorPresence rowAt(long minute) {
        OperatorPresence held = OperatorPresence.unknown(ANA);
        Instant latest = Instant.MIN;
        for (OperatorPresence row : rows) {
            latest = row.changedAt().isAfter(latest) ? row.changedAt() : latest;
            if (!latest.isAfter(at(minute))) {
                held = row;
            }
        }
        return held;
    }

    private Directory directoryAt(long minute) {
        Map.Entry<Instant, Directory> entry = directories.floorEntry(at(minute));
        return entry.getValue();
    }
}
