package org.libcoop.memory;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.libcoop.access.Operation;
import org.libcoop.spi.ArchiveCursor;
import org.libcoop.spi.AuditPage;
import org.libcoop.spi.AuditQuery;
import org.libcoop.spi.AuditRecord;
import org.libcoop.spi.AuditRecord.Thing;
import org.libcoop.spi.AuditRecord.Who;
import org.libcoop.spi.AuditTrail;

/**
 * The audit trail in memory: for tests, demos, and a first look. It forgets everything with the process, and keeps the newest
 * {@value #KEPT} records; what is older it forgets without a trace. Several engines of one process may share it. <em>Safe for use
 * by several threads.</em>
 */
public final class InMemoryAuditTrail implements AuditTrail {

    private static final int KEPT = 10_000;

    private final int kept;
    private final Set<String> ids = new HashSet<>();
    private final NavigableSet<AuditRecord> records = new TreeSet<>(
            Comparator.comparing(AuditRecord::at).thenComparing(AuditRecord::id).reversed());

    /** An empty trail. */
    public InMemoryAuditTrail() {
        this(KEPT);
    }

    InMemoryAuditTrail(int kept) {
        this.kept = kept;
    }

    @Override
    public synchronized void record(Collection<AuditRecord> brought) {
        for (AuditRecord record : brought) {
            if (ids.add(record.id())) {
                records.add(record);
                if (records.size() > kept) {
                    ids.remove(Objects.requireNonNull(records.pollLast()).id());
                }
            }
        }
    }

    @Override
    public synchronized AuditPage search(AuditQuery query, @Nullable String cursor, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be at least 1: " + limit);
        }
        int wanted = Math.min(limit, PAGE);
        List<AuditRecord> rows = new ArrayList<>();
        for (AuditRecord record : cursor == null ? records : records.tailSet(place(query, cursor), false)) {
            if (query.asksFor(record)) {
                if (rows.size() == wanted) {
                    AuditRecord last = rows.get(wanted - 1);
                    return new AuditPage(
                            rows, ArchiveCursor.after(query, last.at().toString(), last.id()));
                }
                rows.add(record);
            }
        }
        return new AuditPage(rows, null);
    }

    /** A record that stands where the page begins. */
    private static AuditRecord place(AuditQuery query, String cursor) {
        List<String> key = ArchiveCursor.read(query, cursor, 2);
        try {
            return AuditRecord.done(
                    key.get(1),
                    Instant.parse(key.get(0)),
                    Who.SYSTEM,
                    Operation.ADMINISTER,
                    Thing.deployment(),
                    List.of());
        } catch (DateTimeException malformed) {
            throw new IllegalArgumentException("not a cursor of this query", malformed);
        }
    }

    @Override
    public synchronized long forget(Instant instant) {
        List<AuditRecord> old =
                records.stream().filter(record -> record.at().isBefore(instant)).toList();
        old.forEach(record -> {
            records.remove(record);
            ids.remove(record.id());
        });
        return old.size();
    }

    /** Keeps everything: the trail may be shared. */
    @Override
    public void close() {
        // Nothing is held that has to be given back.
    }
}
