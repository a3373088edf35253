package org.libcoop.presence;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.libcoop.directory.Directory;
import org.libcoop.directory.Operator;
import org.libcoop.directory.Stage;

/**
 * Turns the rows of an operator's presence into monitoring intervals (P7): which stages were monitored from when to when, by
 * the directory as it was at each time, whatever the number of connections. Pure: whoever computes them from the same rows gets
 * the same intervals, which is how several nodes may record them and each is there once.
 *
 * <p>A row holds from its {@code changedAt}, or that of an earlier version if that is later, to the next one. Signs of life
 * that ceased end what counts at the last of them, whatever ended the presence afterwards; until that presence ended, the
 * operator was there for routing. <em>Immutable</em>; safe for use by several threads.
 */
public final class MonitoringHistory {

    private static final long HALF_DAY_MILLIS = Duration.ofHours(12).toMillis();

    private final NavigableMap<Instant, Directory> directories;
    private final Map<NodeId, Instant> ends;
    private final Instant known;

    /**
     * What is needed beside the rows.
     *
     * @param directories the directory by the instant from which it held; the first one holds before that, too
     * @param ends the last sign of life of nodes that are dead; every other one lives
     * @param known up to when all of this, and the rows, are known; nothing later is told
     * @throws IllegalArgumentException if there is no directory
     */
    public MonitoringHistory(NavigableMap<Instant, Directory> directories, Map<NodeId, Instant> ends, Instant known) {
        if (directories.isEmpty()) {
            throw new IllegalArgumentException("a directory is needed");
        }
        this.directories = new TreeMap<>(directories);
        this.ends = Map.copyOf(ends);
        this.known = Objects.requireNonNull(known, "known");
    }

    /** The last noon or midnight, UTC, up to and including {@code instant}. */
    public static Instant cutUpTo(Instant instant) {
        long millis = instant.toEpochMilli();
        return Instant.ofEpochMilli(millis - Math.floorMod(millis, HALF_DAY_MILLIS));
    }

    /**
     * The intervals of one operator that are over, by their begin, cut at noon and midnight UTC. Where the first row is not the
     * operator's first, when its state began is not known: what began with it is told from the next noon or midnight on.
     *
     * @param rows the operator's rows, by version, without gaps
     */
    public List<MonitoringInterval> intervals(List<OperatorPresence> rows) {
        List<Segment> segments = segments(rows);
        Set<Stage> stages = new LinkedHashSet<>();
        segments.forEach(segment -> stages.addAll(segment.stages()));
        List<MonitoringInterval> all = new ArrayList<>();
        for (Stage stage : stages) {
            all.addAll(new Line(rows.get(0), stage).walk(segments));
        }
        all.sort(Comparator.comparing(MonitoringInterval::from));
        return all;
    }

    /**
     * A time in which neither the row nor the directory changed. {@code liveUntil}: when the operator is not there any more for
     * lack of signs of life, {@code lastRenewal}: the last of them; both null while some node vouches.
     */
    private record Segment(
            Instant from,
            Instant to,
            OperatorPresence row,
            Directory directory,
            Set<Stage> stages,
            @Nullable Instant lastRenewal,
            @Nullable Instant liveUntil) {

        boolean monitors(Stage stage) {
            return stages.contains(stage) && (liveUntil == null || liveUntil.isAfter(from));
        }

        /** Whether the lease ends in this time; somebody who is back at the very instant was never away. */
        boolean leaseEnds() {
            return liveUntil != null && liveUntil.isBefore(to);
        }

        MonitoringInterval.Ended whyNot(Stage stage) {
            Operator operator = directory.operator(row.operator()).orElse(null);
            if (!row.signedIn()) {
                return MonitoringInterval.Ended.SIGNED_OUT;
            }
            if (operator == null || !operator.chatEnabled() || !directory.hasAccess(row.operator(), stage)) {
                return MonitoringInterval.Ended.ACCESS_LOST;
            }
            return row.switches().contains(stage.option())
                    ? MonitoringInterval.Ended.STATUS
                    : MonitoringInterval.Ended.SWITCHED_OFF;
        }
    }

    private List<Segment> segments(List<OperatorPresence> rows) {
        NavigableMap<Instant, OperatorPresence> holds = new TreeMap<>();
        for (OperatorPresence row : rows) {
            Instant latest = holds.isEmpty() ? Instant.MIN : holds.lastKey();
            holds.put(row.changedAt().isAfter(latest) ? row.changedAt() : latest, row);
        }
        NavigableMap<Instant, OperatorPresence> past = holds.headMap(known, false);
        if (past.isEmpty()) {
            return List.of();
        }
        NavigableSet<Instant> begins = new TreeSet<>(past.keySet());
        begins.addAll(directories.subMap(past.firstKey(), false, known, false).keySet());
        List<Segment> segments = new ArrayList<>(begins.size());
        for (Instant from : begins) {
            Instant next = begins.higher(from);
            OperatorPresence row = past.floorEntry(from).getValue();
            Map.Entry<Instant, Directory> entry = directories.floorEntry(from);
            Directory directory = (entry == null ? directories.firstEntry() : entry).getValue();
            segments.add(segment(from, next == null ? known : next, row, directory));
        }
        return segments;
    }

    private Segment segment(Instant from, Instant to, OperatorPresence row, Directory directory) {
        Set<Stage> stages = new HashSet<>();
        for (Stage stage : directory.stagesOf(row.operator())) {
            if (Presence.willing(directory, row, stage)) {
                stages.add(stage);
            }
        }
        Instant lastRenewal = Presence.lastRenewal(row, ends::get);
        Instant liveUntil =
                Presence.liveUntil(row, lastRenewal, directory.policies().lease());
        return new Segment(from, to, row, directory, stages, lastRenewal, liveUntil);
    }

    /** One stage through the times, one after the other. */
    private final class Line {

        private final OperatorPresence first;
        private final Stage stage;
        private final List<MonitoringInterval> over = new ArrayList<>();
        private @Nullable Instant begun;

        Line(OperatorPresence first, Stage stage) {
            this.first = first;
            this.stage = stage;
        }

        List<MonitoringInterval> walk(List<Segment> segments) {
            Segment before = null;
            for (Segment segment : segments) {
                if (segment.monitors(stage)) {
                    begun = begun == null ? segment.from() : begun;
                    if (segment.leaseEnds()) {
                        silent(segment, Objects.requireNonNull(segment.liveUntil()));
                    }
                } else if (begun != null && before != null) {
                    ended(before, segment);
                }
                before = segment;
            }
            if (begun != null && before != null) {
                Instant alive = before.lastRenewal();
                cut(alive == null ? known.plusMillis(1) : alive);
            }
            return over;
        }

        /** The stage is not monitored from the begin of {@code now} on. */
        private void ended(Segment before, Segment now) {
            Instant alive = before.lastRenewal();
            boolean silent = alive != null && alive.isBefore(now.from());
            if (silent || now.stages().contains(stage)) {
                silent(alive == null ? now : before, now.from());
            } else {
                close(now.from(), now.whyNot(stage), null);
            }
        }

        /** Signs of life had ceased before the operator was no longer there at {@code end}. */
        private void silent(Segment last, Instant end) {
            Instant alive = Objects.requireNonNull(last.lastRenewal());
            Instant counted = alive.isBefore(end) ? alive : end;
            close(counted, MonitoringInterval.Ended.LEASE_ENDED, end);
        }

        private void close(Instant to, MonitoringInterval.Ended why, @Nullable Instant leaseEndedAt) {
            cut(to);
            Instant from = Objects.requireNonNull(begun);
            tell(from, to.isBefore(from) ? from : to, why, leaseEndedAt);
            begun = null;
        }

        /** Tells what is over by a noon or midnight before {@code end}. */
        private void cut(Instant end) {
            Instant from = Objects.requireNonNull(begun);
            Instant next = cutUpTo(from).plusMillis(HALF_DAY_MILLIS);
            while (next.isBefore(end)) {
                tell(from, next, MonitoringInterval.Ended.WENT_ON, null);
                from = next;
                next = next.plusMillis(HALF_DAY_MILLIS);
            }
            begun = from;
        }

        private void tell(Instant from, Instant to, MonitoringInterval.Ended why, @Nullable Instant leaseEndedAt) {
            if (first.version() == 1 || !from.equals(first.changedAt())) {
                over.add(new MonitoringInterval(first.operator(), stage, from, to, why, leaseEndedAt));
            }
        }
    }
}
