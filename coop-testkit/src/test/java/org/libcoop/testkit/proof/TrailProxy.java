package org.libcoop.testkit.proof;

import java.time.Instant;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.libcoop.memory.InMemoryAuditTrail;
import org.libcoop.spi.AuditPage;
import org.libcoop.spi.AuditQuery;
import org.libcoop.spi.AuditRecord;
import org.libcoop.spi.AuditTrail;
import org.libcoop.spi.StoreException;

/** A trail that can be away, and counts how often it was asked to record. */
final class TrailProxy implements AuditTrail {

    private final AuditTrail right = new InMemoryAuditTrail();
    boolean away;
    int asked;

    @Override
    public void record(Collection<AuditRecord> records) {
        asked++;
        if (away) {
            throw new StoreException("away", false);
        }
        right.record(records);
    }

    @Override
    public AuditPage search(AuditQuery query, @Nullable String cursor, int limit) {
        return right.search(query, cursor, limit);
    }

    @Override
    public long forget(Instant instant) {
        return right.forget(instant);
    }

    @Override
    public void close() {
        right.close();
    }
}
