package org.libcoop.testkit.junit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.libcoop.spi.TicketContent;
import org.libcoop.spi.TicketDesk;
import org.libcoop.spi.TicketId;
import org.libcoop.spi.TicketOrder;
import org.libcoop.testkit.junit.TicketDeskContract.Kept;

/** Ticket desks that each break one rule, in a way that an adapter easily might, and one that breaks none. */
final class BrokenTicketDesks {

    private BrokenTicketDesks() {}

    /** Does everything right; what is broken overrides. */
    static class Right implements TicketDesk {
        final Map<TicketId, Kept> tickets = new LinkedHashMap<>();
        final List<Kept> doubles = new ArrayList<>();

        @Override
        public synchronized String create(TicketOrder order) {
            return tickets.computeIfAbsent(order.id(), id -> kept(order, "T-" + (tickets.size() + 1)))
                    .reference();
        }

        static Kept kept(TicketOrder order, String reference) {
            TicketContent content = order.content();
            return new Kept(
                    reference,
                    order.origin().home(),
                    content.question(),
                    content.name(),
                    content.email(),
                    order.conversation());
        }

        @Override
        public synchronized void forget(TicketId ticket) {
            tickets.computeIfPresent(
                    ticket, (id, kept) -> new Kept(kept.reference(), kept.home(), null, null, null, null));
        }

        synchronized List<Kept> kept() {
            List<Kept> all = new ArrayList<>(tickets.values());
            all.addAll(doubles);
            return all;
        }
    }

    /** Knows nothing of ids. */
    static final class MakesASecondTicket extends Right {
        @Override
        public synchronized String create(TicketOrder order) {
            if (tickets.containsKey(order.id())) {
                doubles.add(kept(order, "T-2"));
            }
            return super.create(order);
        }
    }

    /** Answers before it has written. */
    static final class AnswersTooEarly extends Right {
        private final List<TicketOrder> later = new ArrayList<>();

        @Override
        public synchronized String create(TicketOrder order) {
            later.add(order);
            if (later.size() > 3) {
                later.forEach(super::create);
                later.clear();
            }
            return "T-" + order.id();
        }
    }

    /** Has a column of so many characters. */
    static final class CutsLongTexts extends Right {
        @Override
        public synchronized String create(TicketOrder order) {
            TicketContent content = order.content();
            String cut = content.question()
                    .substring(0, Math.min(4_000, content.question().length()));
            return super.create(new TicketOrder(
                    order.id(),
                    order.origin(),
                    new TicketContent(cut, content.name(), content.email(), content.consented()),
                    order.conversation()));
        }
    }

    /** Forgets the contact and not what was said. */
    static final class KeepsTheConversation extends Right {
        @Override
        public synchronized void forget(TicketId ticket) {
            tickets.computeIfPresent(
                    ticket,
                    (id, kept) -> new Kept(kept.reference(), kept.home(), null, null, null, kept.conversation()));
        }
    }

    /** Fails for what it does not have. */
    static final class FailsForUnknownTickets extends Right {
        @Override
        public synchronized void forget(TicketId ticket) {
            if (!tickets.containsKey(ticket)) {
                throw new IllegalArgumentException("no such ticket");
            }
            super.forget(ticket);
        }
    }

    /** Believes that what is forgotten once is forgotten. */
    static final class ForgetsOnlyOnce extends Right {
        private final List<TicketId> forgotten = new ArrayList<>();

        @Override
        public synchronized void forget(TicketId ticket) {
            if (!forgotten.contains(ticket)) {
                forgotten.add(ticket);
                super.forget(ticket);
            }
        }
    }
}
