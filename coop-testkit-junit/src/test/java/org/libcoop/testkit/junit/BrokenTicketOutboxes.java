package org.libcoop.testkit.junit;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.libcoop.directory.InstitutionId;
import org.libcoop.memory.InMemoryTicketOutbox;
import org.libcoop.spi.NewTicket;
import org.libcoop.spi.StoredTicket;
import org.libcoop.spi.StoredTicket.State;
import org.libcoop.spi.TicketBacklog;
import org.libcoop.spi.TicketId;
import org.libcoop.spi.TicketOrigin;
import org.libcoop.spi.TicketOutbox;
import org.libcoop.spi.TicketPage;
import org.libcoop.spi.TicketQuery;

/** Ticket outboxes that each break one rule, in a way that an adapter easily might. */
final class BrokenTicketOutboxes {

    private BrokenTicketOutboxes() {}

    /** Does everything right; what is broken overrides. */
    static class Proxy implements TicketOutbox {
        final TicketOutbox right = new InMemoryTicketOutbox();

        @Override
        public Put put(NewTicket ticket) {
            return right.put(ticket);
        }

        @Override
        public List<StoredTicket> take(Instant now, Instant until, int limit) {
            return right.take(now, until, limit);
        }

        @Override
        public void done(TicketId ticket, String reference, Instant now) {
            right.done(ticket, reference, now);
        }

        @Override
        public void later(TicketId ticket, int tries, Instant at) {
            right.later(ticket, tries, at);
        }

        @Override
        public void forgotten(TicketId ticket, int tries) {
            right.forgotten(ticket, tries);
        }

        @Override
        public long erase(TicketQuery query, Instant now) {
            return right.erase(query, now);
        }

        @Override
        public Optional<StoredTicket> ticket(TicketId id) {
            return right.ticket(id);
        }

        @Override
        public TicketPage find(TicketQuery query, @Nullable String cursor, int limit) {
            return right.find(query, cursor, limit);
        }

        @Override
        public TicketBacklog backlog() {
            return right.backlog();
        }

        @Override
        public List<InstitutionId> homes() {
            return right.homes();
        }

        @Override
        public void close() {
            right.close();
        }
    }

    /** Writes from time to time, and says so at once. */
    static final class WritesBehind extends Proxy {
        private final List<NewTicket> buffer = new ArrayList<>();

        @Override
        public synchronized Put put(NewTicket ticket) {
            buffer.add(ticket);
            if (buffer.size() < 8) {
                return Put.KEPT;
            }
            buffer.forEach(super::put);
            buffer.clear();
            return Put.KEPT;
        }
    }

    /** Knows a ticket by its id, whatever it says. */
    static final class ComparesIdsOnly extends Proxy {
        @Override
        public Put put(NewTicket ticket) {
            Put put = super.put(ticket);
            return put == Put.OTHER ? Put.WAS_THERE : put;
        }
    }

    /** Has a column of whole seconds. */
    static final class CutsMilliseconds extends Proxy {
        @Override
        public Put put(NewTicket ticket) {
            TicketOrigin origin = ticket.origin();
            return super.put(new NewTicket(
                    ticket.id(),
                    new TicketOrigin(
                            origin.home(),
                            origin.widget(),
                            origin.chat(),
                            origin.operator(),
                            origin.at().truncatedTo(ChronoUnit.SECONDS)),
                    ticket.content(),
                    ticket.digest(),
                    ticket.trace()));
        }
    }

    /** Looks first and marks then. */
    static final class GivesATicketToTwo extends Proxy {
        @Override
        public List<StoredTicket> take(Instant now, Instant until, int limit) {
            List<StoredTicket> given = super.take(now, until, limit);
            // The first of a page is put back for whoever asks next.
            if (given.size() > 1) {
                super.later(given.get(0).id(), given.get(0).tries(), now);
            }
            return given;
        }
    }

    /** Believes only the last taker. */
    static final class BelievesNoLateTaker extends Proxy {
        private final Map<TicketId, Integer> takers = new HashMap<>();

        @Override
        public List<StoredTicket> take(Instant now, Instant until, int limit) {
            List<StoredTicket> given = super.take(now, until, limit);
            given.forEach(ticket -> takers.merge(ticket.id(), 1, Integer::sum));
            return given;
        }

        @Override
        public void done(TicketId ticket, String reference, Instant now) {
            boolean late = takers.getOrDefault(ticket, 0) > 1
                    && super.ticket(ticket)
                            .filter(t -> t.state() == State.WAITING)
                            .isPresent();
            if (!late) {
                super.done(ticket, reference, now);
            }
        }
    }

    /** Does not ask who puts off. */
    static final class LetsAnybodyPutOff extends Proxy {
        @Override
        public void later(TicketId ticket, int tries, Instant at) {
            super.ticket(ticket).ifPresent(known -> super.later(ticket, known.tries(), at));
        }
    }

    /** Takes what the desk may have for what it cannot have. */
    static final class ForgetsToTellTheDesk extends Proxy {
        @Override
        public long erase(TicketQuery query, Instant now) {
            long erased = super.erase(query, now);
            for (StoredTicket ticket : super.find(query, null, PAGE).rows()) {
                super.forgotten(ticket.id(), ticket.tries());
            }
            return erased;
        }
    }

    /** Lets any word of forgetting count. */
    static final class TakesAnOldWordOfForgetting extends Proxy {
        @Override
        public void forgotten(TicketId ticket, int tries) {
            super.ticket(ticket).ifPresent(known -> super.forgotten(ticket, known.tries()));
        }
    }

    /** Forgets that what was erased may still come. */
    static final class TakesErasedForOver extends Proxy {
        @Override
        public void done(TicketId ticket, String reference, Instant now) {
            if (super.ticket(ticket).filter(t -> t.state() == State.WAITING).isPresent()) {
                super.done(ticket, reference, now);
            }
        }
    }

    /** Orders pages upside down. */
    static final class OldestFirst extends Proxy {
        @Override
        public TicketPage find(TicketQuery query, @Nullable String cursor, int limit) {
            TicketPage page = super.find(query, cursor, limit);
            List<StoredTicket> rows = new ArrayList<>(page.rows());
            Collections.reverse(rows);
            return new TicketPage(rows, page.next());
        }
    }

    /** Forgets one of the conditions. */
    static final class TakesTheInstantIn extends Proxy {
        @Override
        public TicketPage find(TicketQuery query, @Nullable String cursor, int limit) {
            Instant before = query.before();
            return super.find(before == null ? query : query.before(before.plusMillis(1)), cursor, limit);
        }
    }

    /** Takes what is no cursor for the beginning. */
    static final class TakesAnyCursor extends Proxy {
        @Override
        public TicketPage find(TicketQuery query, @Nullable String cursor, int limit) {
            try {
                return super.find(query, cursor, limit);
            } catch (IllegalArgumentException notOfThisQuery) {
                if (limit < 1) {
                    throw notOfThisQuery;
                }
                return super.find(query, null, limit);
            }
        }
    }

    /** Counts rows, whatever they say. */
    static final class CountsEverything extends Proxy {
        @Override
        public TicketBacklog backlog() {
            TicketBacklog right = super.backlog();
            return new TicketBacklog(
                    super.find(TicketQuery.ALL, null, PAGE).rows().size(), right.since(), 0);
        }
    }
}
