package org.libcoop.memory;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.libcoop.annotation.Beta;
import org.libcoop.directory.InstitutionId;
import org.libcoop.spi.ArchiveCursor;
import org.libcoop.spi.NewTicket;
import org.libcoop.spi.StoredTicket;
import org.libcoop.spi.StoredTicket.State;
import org.libcoop.spi.TicketBacklog;
import org.libcoop.spi.TicketId;
import org.libcoop.spi.TicketOutbox;
import org.libcoop.spi.TicketPage;
import org.libcoop.spi.TicketQuery;

/**
 * The outbox of tickets in memory: for tests, demos, and a first look. It forgets everything with the process, tickets that the desk does
 * not have yet among it. Several engines of one process may share it. <em>Safe for use by several threads.</em>
 */
@Beta
public final class InMemoryTicketOutbox implements TicketOutbox {

    private static final Comparator<StoredTicket> NEWEST_FIRST = Comparator.comparing(
                    (StoredTicket ticket) -> ticket.origin().at())
            .thenComparing(StoredTicket::id)
            .reversed();
    private static final Comparator<Row> LONGEST_DUE_FIRST = Comparator.comparing(
                    (Row row) -> Objects.requireNonNull(row.ticket().dueAt()))
            .thenComparing(row -> row.ticket().id());

    /** A ticket with what is not told of it. */
    private record Row(
            StoredTicket ticket, String digest, @Nullable String trace) {
        Row with(StoredTicket next) {
            return new Row(next, digest, trace);
        }
    }

    private final Map<TicketId, Row> rows = new HashMap<>();

    /** An empty outbox. */
    public InMemoryTicketOutbox() {}

    @Override
    public synchronized Put put(NewTicket ticket) {
        Row known = rows.putIfAbsent(ticket.id(), new Row(StoredTicket.of(ticket), ticket.digest(), ticket.trace()));
        if (known == null) {
            return Put.KEPT;
        }
        return known.digest().equals(ticket.digest()) ? Put.WAS_THERE : Put.OTHER;
    }

    @Override
    public synchronized List<StoredTicket> take(Instant now, Instant until, int limit) {
        List<StoredTicket> taken = new ArrayList<>();
        List<Row> due = rows.values().stream()
                .filter(row -> row.ticket().dueAt() != null
                        && !Objects.requireNonNull(row.ticket().dueAt()).isAfter(now))
                .sorted(LONGEST_DUE_FIRST)
                .limit(wanted(limit))
                .toList();
        for (Row row : due) {
            StoredTicket ticket = row.ticket();
            StoredTicket next = with(ticket, ticket.state(), ticket.tries() + 1, until, ticket.reference());
            rows.put(ticket.id(), row.with(next));
            taken.add(next);
        }
        return taken;
    }

    @Override
    public synchronized void done(TicketId id, String reference, Instant now) {
        change(id, ticket -> switch (ticket.state()) {
            case WAITING -> with(without(ticket), State.DELIVERED, ticket.tries(), null, reference);
            case DELIVERED -> ticket;
            case FORGETTING, FORGOTTEN ->
                with(
                        ticket,
                        State.FORGETTING,
                        ticket.tries() + 1,
                        now,
                        ticket.reference() == null ? reference : ticket.reference());
        });
    }

    @Override
    public synchronized void later(TicketId id, int tries, Instant at) {
        change(
                id,
                ticket -> ticket.tries() == tries && ticket.dueAt() != null
                        ? with(ticket, ticket.state(), tries, at, ticket.reference())
                        : ticket);
    }

    @Override
    public synchronized void forgotten(TicketId id, int tries) {
        change(
                id,
                ticket -> ticket.state() == State.FORGETTING && ticket.tries() == tries
                        ? with(ticket, State.FORGOTTEN, tries, null, ticket.reference())
                        : ticket);
    }

    @Override
    public synchronized long erase(TicketQuery query, Instant now) {
        List<Row> erased = rows.values().stream()
                .filter(row -> !isErased(row.ticket()))
                .filter(row -> query.asksFor(row.ticket().origin(), row.trace()))
                .toList();
        for (Row row : erased) {
            rows.put(row.ticket().id(), new Row(erased(row.ticket(), now), row.digest(), null));
        }
        return erased.size();
    }

    private static StoredTicket erased(StoredTicket ticket, Instant now) {
        if (ticket.tries() == 0) {
            return with(without(ticket), State.FORGOTTEN, 0, null, null);
        }
        Instant due = ticket.state() == State.DELIVERED ? now : ticket.dueAt();
        return with(without(ticket), State.FORGETTING, ticket.tries(), due, ticket.reference());
    }

    @Override
    public synchronized Optional<StoredTicket> ticket(TicketId id) {
        return Optional.ofNullable(rows.get(id)).map(Row::ticket);
    }

    @Override
    public synchronized TicketPage find(TicketQuery query, @Nullable String cursor, int limit) {
        int wanted = wanted(limit);
        StoredTicket after = cursor == null ? null : place(query, cursor);
        List<StoredTicket> found = rows.values().stream()
                .filter(row -> query.asksFor(row.ticket().origin(), row.trace()))
                .map(Row::ticket)
                .filter(ticket -> after == null || NEWEST_FIRST.compare(ticket, after) > 0)
                .sorted(NEWEST_FIRST)
                .limit(wanted + 1L)
                .toList();
        if (found.size() <= wanted) {
            return new TicketPage(found, null);
        }
        StoredTicket last = found.get(wanted - 1);
        return new TicketPage(
                found.subList(0, wanted),
                ArchiveCursor.after(
                        query, last.origin().at().toString(), last.id().value()));
    }

    /** A ticket that stands where the page begins. */
    private StoredTicket place(TicketQuery query, String cursor) {
        List<String> key = ArchiveCursor.read(query, cursor, 2);
        Row last = rows.get(TicketId.of(key.get(1)));
        try {
            if (last == null || !last.ticket().origin().at().equals(Instant.parse(key.get(0)))) {
                throw new IllegalArgumentException("not a cursor of this query");
            }
            return last.ticket();
        } catch (DateTimeException malformed) {
            throw new IllegalArgumentException("not a cursor of this query", malformed);
        }
    }

    @Override
    public synchronized TicketBacklog backlog() {
        List<StoredTicket> waiting = in(State.WAITING);
        return new TicketBacklog(
                waiting.size(),
                waiting.stream()
                        .map(ticket -> ticket.origin().at())
                        .min(Comparator.naturalOrder())
                        .orElse(null),
                in(State.FORGETTING).size());
    }

    private List<StoredTicket> in(State state) {
        return rows.values().stream()
                .map(Row::ticket)
                .filter(ticket -> ticket.state() == state)
                .toList();
    }

    @Override
    public synchronized List<InstitutionId> homes() {
        return rows.values().stream()
                .map(Row::ticket)
                .filter(ticket -> !isErased(ticket))
                .map(ticket -> ticket.origin().home())
                .distinct()
                .sorted()
                .toList();
    }

    /** Keeps everything: the outbox may be shared. */
    @Override
    public void close() {
        // Nothing is held that has to be given back.
    }

    private void change(TicketId id, UnaryOperator<StoredTicket> change) {
        rows.computeIfPresent(id, (known, row) -> row.with(change.apply(row.ticket())));
    }

    private static boolean isErased(StoredTicket ticket) {
        return ticket.state() == State.FORGETTING || ticket.state() == State.FORGOTTEN;
    }

    private static StoredTicket without(StoredTicket ticket) {
        return new StoredTicket(
                ticket.id(), ticket.origin(), null, ticket.state(), ticket.tries(), ticket.dueAt(), ticket.reference());
    }

    private static StoredTicket with(
            StoredTicket ticket, State state, int tries, @Nullable Instant dueAt, @Nullable String reference) {
        return new StoredTicket(ticket.id(), ticket.origin(), ticket.content(), state, tries, dueAt, reference);
    }

    private static int wanted(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be at least 1: " + limit);
        }
        return Math.min(limit, PAGE);
    }
}
