package org.libcoop.store.jdbc;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.libcoop.annotation.Beta;
import org.libcoop.directory.InstitutionId;
import org.libcoop.spi.NewTicket;
import org.libcoop.spi.StoredTicket;
import org.libcoop.spi.TicketBacklog;
import org.libcoop.spi.TicketId;
import org.libcoop.spi.TicketOutbox;
import org.libcoop.spi.TicketPage;
import org.libcoop.spi.TicketQuery;

/**
 * The outbox of tickets on a database, H2 or PostgreSQL: that of the {@link JdbcStore} or another one. Its table is the host's to create
 * ({@link Schema}); it borrows connections from the host's data source, one a call, and gives each back as it came. A ticket is taken by
 * one conditional update whose row count decides.
 *
 * <p><em>Safe for use by several threads</em>, and by several engines.
 */
@Beta
public final class JdbcTicketOutbox implements TicketOutbox {

    /** So many more are looked at than are wanted: others take some of them. */
    private static final int SPARE = 16;

    private static final int MOST_PAGES = 10;

    private final Database database;
    private final Sql sql;

    private JdbcTicketOutbox(Database database, Duration deadline) {
        this.sql = new Sql(database.dialect(), deadline);
        this.database = database;
    }

    /** An outbox on {@code dataSource}, each of whose calls may take 10 s. Throws as {@link #open(DataSource, Duration)}. */
    public static JdbcTicketOutbox open(DataSource dataSource) {
        return open(dataSource, Duration.ofSeconds(10));
    }

    /**
     * An outbox on {@code dataSource}, after a look at the schema. A pool should give up waiting for a connection no later than the
     * deadline.
     *
     * @param deadline how long a call may take, 2 s to 5 min; {@link #take} makes several
     * @throws Schema.SchemaException if the tables are not there or of another version
     * @throws IllegalArgumentException if the outbox does not know this database, or the deadline is beyond its bounds
     * @throws org.libcoop.spi.StoreException if the database cannot be reached
     */
    public static JdbcTicketOutbox open(DataSource dataSource, Duration deadline) {
        return new JdbcTicketOutbox(Database.open("the ticket outbox", dataSource, deadline), deadline);
    }

    @Override
    public Put put(NewTicket ticket) {
        return database.run("putting a ticket", connection -> {
            if (TicketTable.add(connection, sql, ticket)) {
                return Put.KEPT;
            }
            boolean same = TicketTable.digest(connection, ticket.id())
                    .filter(ticket.digest()::equals)
                    .isPresent();
            return same ? Put.WAS_THERE : Put.OTHER;
        });
    }

    @Override
    public List<StoredTicket> take(Instant now, Instant until, int limit) {
        int wanted = OnePage.wanted(limit, PAGE);
        List<StoredTicket> taken = new ArrayList<>();
        for (int page = 0; page < MOST_PAGES; page++) {
            int asked = wanted - taken.size() + SPARE;
            List<TicketTable.Due> due =
                    database.run("looking for tickets", connection -> TicketTable.due(connection, now, asked));
            for (TicketTable.Due one : due) {
                take(one, until).ifPresent(taken::add);
                if (taken.size() == wanted) {
                    return taken;
                }
            }
            if (due.size() < asked) {
                return taken;
            }
        }
        return taken;
    }

    /** As it is once it was taken; nothing if another was faster, or it cannot be read. */
    private Optional<StoredTicket> take(TicketTable.Due due, Instant until) {
        return database.transaction("taking a ticket", false, connection -> {
            Optional<StoredTicket> taken = TicketTable.take(connection, due, until);
            Database.commit(connection);
            return taken;
        });
    }

    @Override
    public void done(TicketId ticket, String reference, Instant now) {
        database.act("noting a ticket", connection -> TicketTable.done(connection, ticket, reference, now));
    }

    @Override
    public void later(TicketId ticket, int tries, Instant at) {
        database.act("putting a ticket off", connection -> TicketTable.later(connection, ticket, tries, at));
    }

    @Override
    public void forgotten(TicketId ticket, int tries) {
        database.act("forgetting a ticket", connection -> TicketTable.forgotten(connection, ticket, tries));
    }

    @Override
    public long erase(TicketQuery query, Instant now) {
        return database.transaction("erasing tickets", false, connection -> {
            long erased = TicketTable.erase(connection, query, now);
            Database.commit(connection);
            return erased;
        });
    }

    @Override
    public Optional<StoredTicket> ticket(TicketId id) {
        return database.run("reading a ticket", connection -> TicketTable.ticket(connection, id));
    }

    @Override
    public TicketPage find(TicketQuery query, @Nullable String cursor, int limit) {
        int wanted = OnePage.wanted(limit, PAGE);
        TicketTable.Key after = cursor == null ? null : TicketTable.Key.read(query, cursor);
        return database.run("finding tickets", connection -> TicketTable.page(connection, query, after, wanted));
    }

    @Override
    public TicketBacklog backlog() {
        return database.run("counting tickets", TicketTable::backlog);
    }

    @Override
    public List<InstitutionId> homes() {
        return database.run("whose tickets there are", TicketTable::homes);
    }

    /** Does nothing: the data source is the host's. */
    @Override
    public void close() {
        // Connections are given back after every call.
    }
}
