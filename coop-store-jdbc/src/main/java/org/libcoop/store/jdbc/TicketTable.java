package org.libcoop.store.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.libcoop.chat.ChatId;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.WidgetId;
import org.libcoop.spi.ArchiveCursor;
import org.libcoop.spi.NewTicket;
import org.libcoop.spi.StoredTicket;
import org.libcoop.spi.StoredTicket.State;
import org.libcoop.spi.TicketBacklog;
import org.libcoop.spi.TicketContent;
import org.libcoop.spi.TicketId;
import org.libcoop.spi.TicketOrigin;
import org.libcoop.spi.TicketPage;
import org.libcoop.spi.TicketQuery;

/** Tickets on their way to the desk (K1). */
final class TicketTable {

    static final Words<State> STATES = Words.of(State.values(), state -> switch (state) {
        case WAITING -> "waiting";
        case DELIVERED -> "delivered";
        case FORGETTING -> "forgetting";
        case FORGOTTEN -> "forgotten";
    });

    private TicketTable() {}

    /** What is due, as far as it takes to see whether it is still as it was. */
    record Due(String id, long dueAt, int tries, String state) {}

    /** Where a ticket stands in a page. */
    record Key(long at, String id) {

        static Key read(TicketQuery query, String cursor) {
            List<String> key = ArchiveCursor.read(query, cursor, 2);
            return new Key(Long.parseLong(key.get(0)), key.get(1));
        }

        String cursor(TicketQuery query) {
            return ArchiveCursor.after(query, Long.toString(at), id);
        }
    }

    /** A row and what it says; nothing if it cannot be read. */
    private record Row(Key key, Optional<StoredTicket> ticket) {}

    static boolean add(Connection connection, Sql sql, NewTicket ticket) throws SQLException {
        TicketOrigin origin = ticket.origin();
        ChatId chat = origin.chat();
        OperatorId operator = origin.operator();
        return Rows.addUnlessThere(
                connection,
                sql.addTicket,
                new Rows.Key(Sql.IS_TICKET, List.of(ticket.id().value())),
                ticket.id().value(),
                origin.home().value(),
                origin.widget().value(),
                chat == null ? null : chat.value(),
                operator == null ? null : operator.value(),
                origin.at(),
                ticket.digest(),
                ticket.trace(),
                STATES.word(State.WAITING),
                0,
                origin.at(),
                write(ticket.content()));
    }

    static Optional<String> digest(Connection connection, TicketId ticket) throws SQLException {
        return Rows.first(connection, Sql.IS_TICKET, row -> row.getString(1), ticket.value());
    }

    static List<Due> due(Connection connection, Instant now, int limit) throws SQLException {
        return Rows.all(
                connection,
                Sql.TICKETS_DUE,
                row -> new Due(row.getString(1), row.getLong(2), row.getInt(3), row.getString(4)),
                Millis.floor(now),
                limit);
    }

    /** The ticket, if this one took it: it was as it was found. Nothing, too, if it is taken but cannot be read. */
    static Optional<StoredTicket> take(Connection connection, Due due, Instant until) throws SQLException {
        boolean taken =
                Rows.change(connection, Sql.TAKE_TICKET, until, due.id(), due.dueAt(), due.tries(), due.state()) == 1;
        return taken ? ticket(connection, due.id()) : Optional.empty();
    }

    static void done(Connection connection, TicketId ticket, String reference, Instant now) throws SQLException {
        int delivered = Rows.change(
                connection,
                Sql.TICKET_DELIVERED,
                STATES.word(State.DELIVERED),
                reference,
                ticket.value(),
                STATES.word(State.WAITING));
        if (delivered == 0) {
            String forgetting = STATES.word(State.FORGETTING);
            String forgotten = STATES.word(State.FORGOTTEN);
            Rows.change(
                    connection, Sql.TICKET_TOO_LATE, forgetting, now, reference, ticket.value(), forgetting, forgotten);
        }
    }

    static void later(Connection connection, TicketId ticket, int tries, Instant at) throws SQLException {
        Rows.change(connection, Sql.TICKET_LATER, at, ticket.value(), tries);
    }

    static void forgotten(Connection connection, TicketId ticket, int tries) throws SQLException {
        Rows.change(
                connection,
                Sql.TICKET_FORGOTTEN,
                STATES.word(State.FORGOTTEN),
                ticket.value(),
                STATES.word(State.FORGETTING),
                tries);
    }

    static long erase(Connection connection, TicketQuery query, Instant now) throws SQLException {
        String waiting = STATES.word(State.WAITING);
        String delivered = STATES.word(State.DELIVERED);
        List<String> conditions = new ArrayList<>();
        List<Object> parameters = new ArrayList<>(List.of(
                delivered,
                now,
                waiting,
                STATES.word(State.FORGOTTEN),
                STATES.word(State.FORGETTING),
                waiting,
                delivered));
        narrow(query, conditions, parameters);
        return Rows.change(connection, Sql.eraseTickets(conditions), parameters.toArray());
    }

    static Optional<StoredTicket> ticket(Connection connection, TicketId id) throws SQLException {
        return ticket(connection, id.value());
    }

    private static Optional<StoredTicket> ticket(Connection connection, String id) throws SQLException {
        return Rows.first(connection, Sql.TICKET, TicketTable::row, id).flatMap(Row::ticket);
    }

    /** The page after {@code after} of at most {@code wanted}; one more is asked for, to know whether something follows. */
    static TicketPage page(Connection connection, TicketQuery query, @Nullable Key after, int wanted)
            throws SQLException {
        List<String> conditions = new ArrayList<>();
        List<Object> parameters = new ArrayList<>();
        narrow(query, conditions, parameters);
        if (after != null) {
            conditions.add(Sql.TICKET_BEHIND);
            parameters.addAll(List.of(after.at(), after.id()));
        }
        parameters.add(wanted + 1);
        List<Row> rows = Rows.all(connection, Sql.tickets(conditions), TicketTable::row, parameters.toArray());
        OnePage<Row> page = OnePage.of(rows, wanted, last -> last.key().cursor(query));
        return new TicketPage(
                page.rows().stream().flatMap(row -> row.ticket().stream()).toList(), page.next());
    }

    private static void narrow(TicketQuery query, List<String> conditions, List<Object> parameters) {
        if (query.home() != null) {
            conditions.add(Sql.TICKET_HOME);
            parameters.add(query.home().value());
        }
        if (query.chat() != null) {
            conditions.add(Sql.TICKET_CHAT);
            parameters.add(query.chat().value());
        }
        if (query.trace() != null) {
            conditions.add(Sql.TICKET_TRACE);
            parameters.add(query.trace());
        }
        if (query.before() != null) {
            conditions.add(Sql.TICKET_BEFORE);
            parameters.add(Millis.ceiling(query.before()));
        }
    }

    static TicketBacklog backlog(Connection connection) throws SQLException {
        record Count(String state, long number, Instant since) {}
        List<Count> counts = Rows.all(
                connection,
                Sql.TICKET_BACKLOG,
                row -> new Count(row.getString(1), row.getLong(2), Rows.instant(row, 3)));
        long waiting = 0;
        long forgetting = 0;
        Instant since = null;
        for (Count count : counts) {
            if (count.state().equals(STATES.word(State.WAITING))) {
                waiting = count.number();
                since = count.since();
            } else {
                forgetting += count.number();
            }
        }
        return new TicketBacklog(waiting, since, forgetting);
    }

    static List<InstitutionId> homes(Connection connection) throws SQLException {
        return Rows.steps("", Integer.MAX_VALUE, last -> nextHome(connection, last)).stream()
                .map(InstitutionId::of)
                .toList();
    }

    private static Optional<String> nextHome(Connection connection, String after) throws SQLException {
        return Rows.first(
                connection,
                Sql.NEXT_TICKET_HOME,
                row -> row.getString(1),
                STATES.word(State.WAITING),
                after,
                STATES.word(State.DELIVERED),
                after);
    }

    private static Row row(ResultSet row) throws SQLException {
        Key key = new Key(row.getLong(6), row.getString(1));
        return new Row(key, Rows.readable("ticket", row, TicketTable::read));
    }

    private static StoredTicket read(ResultSet row) throws SQLException {
        String id = row.getString(1);
        String chat = row.getString(4);
        String operator = row.getString(5);
        String body = row.getString(11);
        return new StoredTicket(
                TicketId.of(id),
                new TicketOrigin(
                        InstitutionId.of(row.getString(2)),
                        WidgetId.of(row.getString(3)),
                        chat == null ? null : ChatId.of(chat),
                        operator == null ? null : OperatorId.of(operator),
                        Rows.instant(row, 6)),
                body == null ? null : content(body),
                STATES.stored("ticket " + id, row.getString(7)),
                row.getInt(8),
                Rows.optionalInstant(row, 9),
                row.getString(10));
    }

    // ---- What somebody wrote

    static String write(TicketContent content) {
        return Json.object(out -> {
            out.writeStringField("question", content.question());
            Json.text(out, "name", content.name());
            out.writeStringField("email", content.email());
            out.writeBooleanField("consented", content.consented());
        });
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws UnreadableException if that is not possible
     */
    static TicketContent content(String json) {
        StoredObject stored = StoredObject.parse("ticket content", json);
        return new TicketContent(
                stored.text("question"), stored.optionalText("name"), stored.text("email"), stored.flag("consented"));
    }
}
