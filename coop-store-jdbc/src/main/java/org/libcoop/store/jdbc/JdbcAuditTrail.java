package org.libcoop.store.jdbc;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.libcoop.spi.AuditPage;
import org.libcoop.spi.AuditQuery;
import org.libcoop.spi.AuditRecord;
import org.libcoop.spi.AuditTrail;

/**
 * The audit trail on a database, H2 or PostgreSQL: that of the {@link JdbcStore} or another one. Its tables are the host's to create
 * ({@link Schema}); it borrows connections from the host's data source, one a call, and gives each back as it came. Records are kept
 * in transactions of at most 64. A search reads along an index, newest first: by institution, by operator, or by time.
 *
 * <p><em>Safe for use by several threads</em>, and by several engines.
 */
public final class JdbcAuditTrail implements AuditTrail {

    /** The most records of one transaction. */
    static final int BATCH = 64;

    private final Database database;
    private final Sql sql;

    private JdbcAuditTrail(Database database, Duration deadline) {
        this.sql = new Sql(database.dialect(), deadline);
        this.database = database;
    }

    /** A trail on {@code dataSource}, each of whose calls may take 10 s. Throws as {@link #open(DataSource, Duration)}. */
    public static JdbcAuditTrail open(DataSource dataSource) {
        return open(dataSource, Duration.ofSeconds(10));
    }

    /**
     * A trail on {@code dataSource}, after a look at the schema. A pool should give up waiting for a connection no later than the
     * deadline.
     *
     * @param deadline how long a call may take, 2 s to 5 min
     * @throws Schema.SchemaException if the tables are not there or of another version
     * @throws IllegalArgumentException if the trail does not know this database, or the deadline is beyond its bounds
     * @throws org.libcoop.spi.StoreException if the database cannot be reached
     */
    public static JdbcAuditTrail open(DataSource dataSource, Duration deadline) {
        return new JdbcAuditTrail(Database.open("the audit trail", dataSource, deadline), deadline);
    }

    /** Keeps records (AT1–AT3), in transactions of at most 64. */
    @Override
    public void record(Collection<AuditRecord> records) {
        // In one order for all who bring them, so that two of them never wait for each other; of one id the first stays
        // first.
        List<AuditRecord> all = new ArrayList<>(records);
        all.sort(Comparator.comparing(AuditRecord::id));
        for (int from = 0; from < all.size(); from += BATCH) {
            List<AuditRecord> part = all.subList(from, Math.min(all.size(), from + BATCH));
            database.transaction("recording", false, connection -> {
                for (AuditRecord record : part) {
                    AuditTable.keep(connection, sql, record);
                }
                Database.commit(connection);
                return true;
            });
        }
    }

    @Override
    public AuditPage search(AuditQuery query, @Nullable String cursor, int limit) {
        int wanted = OnePage.wanted(limit, PAGE);
        AuditTable.Key after = cursor == null ? null : AuditTable.Key.read(query, cursor);
        return database.run(
                "a search",
                connection -> AuditTable.page(connection, database.statementSeconds(), query, after, wanted));
    }

    @Override
    public long forget(Instant instant) {
        long before = Millis.ceiling(instant);
        return database.transaction("forgetting", false, connection -> {
            Rows.change(connection, Sql.FORGET_AUDIT_INSTITUTIONS, before);
            long forgotten = Rows.change(connection, Sql.FORGET_AUDIT, before);
            Database.commit(connection);
            return forgotten;
        });
    }

    /** Does nothing: the data source is the host's. */
    @Override
    public void close() {
        // Connections are given back after every call.
    }
}
