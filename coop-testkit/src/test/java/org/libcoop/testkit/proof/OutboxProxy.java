package org.libcoop.testkit.proof;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.libcoop.directory.InstitutionId;
import org.libcoop.spi.NewTicket;
import org.libcoop.spi.StoredTicket;
import org.libcoop.spi.TicketBacklog;
import org.libcoop.spi.TicketId;
import org.libcoop.spi.TicketOutbox;
import org.libcoop.spi.TicketPage;
import org.libcoop.spi.TicketQuery;

/** A ticket outbox that asks another one; tests override what is to go wrong. */
class OutboxProxy implements TicketOutbox {

    private final TicketOutbox outbox;

    OutboxProxy(TicketOutbox outbox) {
        this.outbox = Objects.requireNonNull(outbox, "outbox");
    }

    @Override
    public Put put(NewTicket ticket) {
        return outbox.put(ticket);
    }

    @Override
    public List<StoredTicket> take(Instant now, Instant until, int limit) {
        return outbox.take(now, until, limit);
    }

    @Override
    public void done(TicketId ticket, String reference, Instant now) {
        outbox.done(ticket, reference, now);
    }

    @Override
    public void later(TicketId ticket, int tries, Instant at) {
        outbox.later(ticket, tries, at);
    }

    @Override
    public void forgotten(TicketId ticket, int tries) {
        outbox.forgotten(ticket, tries);
    }

    @Override
    public long erase(TicketQuery query, Instant now) {
        return outbox.erase(query, now);
    }

    @Override
    public Optional<StoredTicket> ticket(TicketId id) {
        return outbox.ticket(id);
    }

    @Override
    public TicketPage find(TicketQuery query, @Nullable String cursor, int limit) {
        return outbox.find(query, cursor, limit);
    }

    @Override
    public TicketBacklog backlog() {
        return outbox.backlog();
    }

    @Override
    public List<InstitutionId> homes() {
        return outbox.homes();
    }

    @Override
    public void close() {
        outbox.close();
    }
}
