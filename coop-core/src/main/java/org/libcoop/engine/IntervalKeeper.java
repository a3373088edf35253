package org.libcoop.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.libcoop.directory.Directory;
import org.libcoop.directory.Operator;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Policies;
import org.libcoop.presence.Attachment;
import org.libcoop.presence.MonitoringHistory;
import org.libcoop.presence.MonitoringInterval;
import org.libcoop.presence.NodeId;
import org.libcoop.presence.OperatorPresence;
import org.libcoop.presence.Presence;
import org.libcoop.spi.Archive;
import org.libcoop.spi.NodeLease;
import org.libcoop.spi.Store;
import org.libcoop.spi.StoreException;
import org.libcoop.spi.StoredDirectory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings monitoring intervals into the archive (P7), and has them counted (S5): after each noon and midnight UTC, once what happened
 * before can no longer be told otherwise, those that began in the half day before. Every node does; all compute the same from the
 * store, the archive keeps the first (AR10), and what it has is counted. It goes operator by operator beside the pipeline, so that an archive that is slow or away
 * delays nothing else; what failed is tried again each minute, also days later, as long as the store keeps the rows.
 *
 * <p>A node that starts begins with what began within the last day: for as long are leases of dead nodes known. {@link #tick} is called by the
 * pipeline, everything else runs on the executor, one task at a time.
 */
final class IntervalKeeper {

    private static final Logger LOG = LoggerFactory.getLogger(IntervalKeeper.class);
    private static final Duration AGAIN = Duration.ofMinutes(1);
    private static final Duration KNOWN_LEASES = Duration.ofDays(1);
    private static final Duration KEPT_ROWS = Duration.ofDays(8);

    /** What is kept in one go: what began from {@code since} to {@code cut}, as known {@code now}. */
    private record Span(Instant since, Instant cut, Instant now, NavigableMap<Instant, Directory> directories) {}

    /** The leases of all nodes as they were read at an instant of the store's time. */
    private record Leases(List<NodeLease> all, Instant at) {}

    /** Revisions of the directory that follow each other faster count as one, at the instant of the last: a first filling has thousands. */
    private static final Duration BURST = Duration.ofSeconds(1);

    private final Store store;
    private final Archive archive;
    private final FactKeeper counted;
    private final EngineTime time;
    private final Presence presence;
    private final Executor executor;
    private volatile Leases leases = new Leases(List.of(), Instant.MIN);
    private final Map<NodeId, Instant> ends = new HashMap<>();
    private final Deque<OperatorId> left = new ArrayDeque<>();
    private volatile boolean running;
    private volatile boolean closed;
    private volatile Instant notBefore = Instant.MIN;
    private final Set<NodeId> nodes = new HashSet<>();
    private volatile @Nullable Instant keptUpTo;

    IntervalKeeper(Ground ground, Archive archive, FactKeeper counted, Executor executor) {
        this.store = ground.store();
        this.archive = archive;
        this.counted = counted;
        this.time = ground.time();
        this.presence = ground.presence();
        this.executor = executor;
    }

    /** The leases as the pipeline has just read them, at this instant of the store's time. */
    void nodes(List<NodeLease> all, Instant at) {
        leases = new Leases(all, at);
    }

    /** Begins, or goes on with, what is to be kept by now. */
    void tick(Instant now) {
        Instant cut = MonitoringHistory.cutUpTo(now.minus(settling()));
        Instant kept = keptUpTo;
        if (kept == null) {
            kept = now.minus(KNOWN_LEASES).plus(settling());
            keptUpTo = kept;
        }
        if (closed || running || !cut.isAfter(kept) || now.isBefore(notBefore)) {
            return;
        }
        running = true;
        notBefore = now.plus(AGAIN);
        execute(() -> begin(cut));
    }

    void close() {
        closed = true;
    }

    /** Who was silent before a cut is known to be so a lease later, and on every node by the next sweeps. */
    private Duration settling() {
        return presence.directory().policies().lease().multipliedBy(2).plus(AGAIN);
    }

    private void execute(Runnable step) {
        try {
            executor.execute(() -> guarded(step));
        } catch (RejectedExecutionException over) {
            running = false;
        }
    }

    private void guarded(Runnable step) {
        try {
            if (closed) {
                running = false;
            } else {
                step.run();
            }
        } catch (StoreException away) {
            LOG.warn("Monitoring intervals are kept once store and archive answer", away);
            running = false;
        } catch (RuntimeException broken) {
            LOG.error("Monitoring intervals could not be kept; it is tried again", broken);
            running = false;
        }
    }

    private void begin(Instant cut) {
        Instant now = time.now();
        if (!presence.signOffsDue(cut).isEmpty()) {
            running = false; // they are being written, as of an instant before the cut
            return;
        }
        Instant since = Objects.requireNonNull(keptUpTo);
        learnEnds(now);
        Span span = new Span(since, cut, now, directories(since));
        if (left.isEmpty()) {
            presence.rows().forEach(row -> left.add(row.operator()));
        }
        next(span);
    }

    private void learnEnds(Instant now) {
        Leases seen = leases;
        nodes.clear();
        for (NodeLease lease : seen.all()) {
            nodes.add(lease.node());
            if (!seen.at().isBefore(lease.endsAt())) {
                ends.put(lease.node(), lease.renewedAt());
            }
        }
        ends.values().removeIf(end -> end.isBefore(now.minus(KEPT_ROWS)));
    }

    /** The last signs of life of dead nodes. One that was there a day ago and is forgotten by now died before that. */
    private Map<NodeId, Instant> endsFor(List<OperatorPresence> rows, Instant now) {
        Map<NodeId, Instant> all = new HashMap<>(ends);
        for (OperatorPresence row : rows) {
            if (row.changedAt().isBefore(now.minus(KNOWN_LEASES))) {
                for (Attachment attachment : row.attachments()) {
                    if (!nodes.contains(attachment.node())) {
                        all.putIfAbsent(attachment.node(), Instant.EPOCH);
                    }
                }
            }
        }
        return all;
    }

    /** Keeps the intervals of one operator, then goes on with the next one. */
    private void next(Span span) {
        OperatorId operator = left.peek();
        if (operator == null) {
            keptUpTo = span.cut();
            running = false;
            return;
        }
        keep(operator, span);
        left.remove();
        execute(() -> next(span));
    }

    private void keep(OperatorId operator, Span span) {
        List<MonitoringInterval> intervals;
        try {
            List<OperatorPresence> rows = store.presence(operator, 0);
            intervals = rows.isEmpty()
                    ? List.of()
                    : new MonitoringHistory(span.directories(), endsFor(rows, span.now()), span.now()).intervals(rows);
        } catch (StoreException unreadable) {
            if (!unreadable.refused()) {
                throw unreadable;
            }
            LOG.error("The presence of {} cannot be read; its intervals are not kept", operator, unreadable);
            return;
        }
        List<MonitoringInterval> wanted = intervals.stream()
                .filter(interval -> !interval.from().isBefore(span.since())
                        && interval.from().isBefore(span.cut()))
                .toList();
        for (int i = 0; i < wanted.size(); i += Archive.PAGE) {
            archive.keepIntervals(wanted.subList(i, Math.min(wanted.size(), i + Archive.PAGE)));
        }
        if (!wanted.isEmpty()) {
            counted.keepStaffed(archive, operator, span.since(), span.cut(), at -> at(span.directories(), at));
        }
    }

    private static Directory at(NavigableMap<Instant, Directory> directories, Instant at) {
        Map.Entry<Instant, Directory> entry = directories.floorEntry(at);
        return (entry == null ? directories.firstEntry() : entry).getValue();
    }

    /** The directory as it was from {@code since} on, by when it changed to something else for those who monitor. */
    private NavigableMap<Instant, Directory> directories(Instant since) {
        StoredDirectory newest = store.directory();
        NavigableMap<Instant, Directory> directories = new TreeMap<>();
        Instant later = Instant.MAX;
        for (long number = newest.revision(); number > 0 && later.isAfter(since); number--) {
            Instant at = store.revisedAt(number).orElse(null);
            if (at == null) {
                break;
            }
            boolean burst = !later.equals(Instant.MAX) && at.plus(BURST).isAfter(later);
            if (!burst) {
                StoredDirectory stored = number == newest.revision()
                        ? newest
                        : store.directory(number).orElse(null);
                if (stored == null || stored.host() == null) {
                    break;
                }
                add(directories, at, DirectoryDesk.read(stored));
                later = at;
            }
        }
        if (directories.isEmpty()) {
            directories.put(since, presence.directory());
        }
        return directories;
    }

    /** Adds an earlier revision; one that differs for nobody only moves the begin of the one after it. */
    private static void add(NavigableMap<Instant, Directory> directories, Instant at, Directory directory) {
        Map.Entry<Instant, Directory> after = directories.firstEntry();
        if (after != null && alike(directory, after.getValue())) {
            directories.remove(after.getKey());
        }
        directories.put(at, directory);
    }

    private static boolean alike(Directory one, Directory other) {
        Policies mine = one.policies();
        Policies theirs = other.policies();
        return mine.lease().equals(theirs.lease())
                && mine.awayMonitors() == theirs.awayMonitors()
                && one.operators().size() == other.operators().size()
                && one.operators().stream()
                        .allMatch(operator -> other.operator(operator.id())
                                        .map(Operator::chatEnabled)
                                        .filter(enabled -> enabled == operator.chatEnabled())
                                        .isPresent()
                                && one.stagesOf(operator.id()).equals(other.stagesOf(operator.id())));
    }
}
