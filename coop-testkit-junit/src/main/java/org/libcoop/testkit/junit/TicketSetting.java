package org.libcoop.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.libcoop.chat.ChatId;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.WidgetId;
import org.libcoop.spi.NewTicket;
import org.libcoop.spi.StoredTicket;
import org.libcoop.spi.TicketContent;
import org.libcoop.spi.TicketId;
import org.libcoop.spi.TicketOrigin;
import org.libcoop.spi.TicketOutbox;
import org.libcoop.spi.TicketPage;
import org.libcoop.spi.TicketQuery;

/** What the rules of a ticket outbox are tried on: an empty outbox for each test, seen from two nodes. */
abstract class TicketSetting {

    static final List<InstitutionId> LIBRARIES =
            List.of(InstitutionId.of("springy"), InstitutionId.of("mossy"), InstitutionId.of("Springy"));

    private TicketOutbox outbox;
    private TicketOutbox elsewhere;

    /** An empty outbox; the contract closes it. */
    protected abstract TicketOutbox open();

    /** Another node's way to the outbox that {@link #open} gave; the contract closes it. By default the same object. */
    protected TicketOutbox another(TicketOutbox opened) {
        return opened;
    }

    @BeforeEach
    void openBoth() {
        outbox = open();
        elsewhere = another(outbox);
    }

    @AfterEach
    void closeBoth() {
        if (elsewhere != outbox) {
            elsewhere.close();
        }
        outbox.close();
    }

    final TicketOutbox outbox() {
        return outbox;
    }

    final TicketOutbox elsewhere() {
        return elsewhere;
    }

    static Instant at(long millis) {
        return FinishedChat.T0.plusMillis(millis);
    }

    /** A question that some patron left at the first library. */
    static NewTicket plain(String id, long millis) {
        return new NewTicket(
                TicketId.of(id),
                new TicketOrigin(LIBRARIES.get(0), WidgetId.of("home"), null, null, at(millis)),
                new TicketContent("What of " + id + "?", null, id + "@example.edu", false),
                "digest of " + id,
                "trace of " + id);
    }

    /** The same about a chat. */
    static NewTicket about(String id, String chat, long millis) {
        NewTicket plain = plain(id, millis);
        TicketOrigin origin = new TicketOrigin(
                LIBRARIES.get(0), WidgetId.of("home"), ChatId.of(chat), OperatorId.of("olga"), at(millis));
        return new NewTicket(plain.id(), origin, plain.content(), plain.digest(), plain.trace());
    }

    /** Any ticket, within the first three seconds. */
    static NewTicket any(String id, Random random) {
        return new NewTicket(
                TicketId.of(id),
                new TicketOrigin(
                        LIBRARIES.get(random.nextInt(LIBRARIES.size())),
                        WidgetId.of("w" + random.nextInt(3)),
                        random.nextBoolean() ? ChatId.of("c" + random.nextInt(5)) : null,
                        random.nextBoolean() ? OperatorId.of("o" + random.nextInt(5)) : null,
                        at(random.nextInt(3_000))),
                new TicketContent(
                        "q" + random.nextInt(),
                        random.nextBoolean() ? "n" + random.nextInt() : null,
                        random.nextInt(9) + "@example.edu",
                        random.nextBoolean()),
                "d" + random.nextInt(),
                "t" + random.nextInt(5));
    }

    static TicketQuery anyQuery(Random random) {
        TicketQuery query = random.nextBoolean()
                ? TicketQuery.ALL
                : new TicketQuery(null, random.nextBoolean() ? ChatId.of("c" + random.nextInt(5)) : null, null, null);
        if (random.nextBoolean()) {
            query = new TicketQuery(LIBRARIES.get(random.nextInt(LIBRARIES.size())), query.chat(), null, null);
        }
        if (random.nextInt(3) == 0) {
            query = query.trace("t" + random.nextInt(5));
        }
        return random.nextInt(3) == 0 ? query.before(at(random.nextInt(3_000))) : query;
    }

    /** Takes one that is due, for ten seconds. */
    final StoredTicket taken(long now) {
        List<StoredTicket> taken = outbox.take(at(now), at(now + 10_000), 1);
        assertThat(taken).hasSize(1);
        return taken.get(0);
    }

    final StoredTicket read(String id) {
        return elsewhere.ticket(TicketId.of(id)).orElseThrow(() -> new AssertionError("there is no ticket " + id));
    }

    final StoredTicket.State stateOf(String id) {
        return read(id).state();
    }

    /** Everything a query finds, page by page, every other page on the other node. */
    final List<StoredTicket> all(TicketQuery query, int pageSize) {
        List<StoredTicket> found = new ArrayList<>();
        TicketPage page = outbox.find(query, null, pageSize);
        found.addAll(page.rows());
        while (page.next() != null) {
            assertThat(page.rows()).as("a page that is not the last").hasSize(pageSize);
            page = elsewhere.find(query, page.next(), pageSize);
            assertThat(page.rows()).as("a page behind another").isNotEmpty();
            found.addAll(page.rows());
        }
        return found;
    }

    static List<String> names(List<StoredTicket> tickets) {
        return tickets.stream().map(ticket -> ticket.id().value()).toList();
    }
}
