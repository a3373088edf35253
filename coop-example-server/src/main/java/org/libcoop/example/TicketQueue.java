package org.libcoop.example;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.OperatorId;
import org.libcoop.spi.TicketContent;
import org.libcoop.spi.TicketDesk;
import org.libcoop.spi.TicketId;
import org.libcoop.spi.TicketOrder;

/**
 * The demo's ticket system: one table in the server's own database, a queue for each library (K1). The id of a ticket is its key, so that
 * asking for it again finds it. <em>Safe for use by several threads.</em>
 */
final class TicketQueue implements TicketDesk {

    /** The most tickets that are listed. */
    static final int MOST = 200;

    private static final String TABLE = "create table if not exists example_ticket ("
            + "id varchar(100) primary key, number bigint generated always as identity, home varchar(200) not null,"
            + " widget varchar(200) not null, chat varchar(100), at bigint not null, question text, name text, email text,"
            + " conversation text, answered_at bigint, answered_by varchar(200), forgotten boolean default false not null)";
    private static final String COLUMNS = "id, number, home, widget, chat, at, question, name, email, conversation,"
            + " answered_at, answered_by, forgotten";

    private final DataSource database;

    /** A ticket as it is in the queue; question and what follows it are null once it was forgotten. */
    record Ticket(
            String id,
            String reference,
            InstitutionId home,
            String widget,
            @Nullable String chat,
            Instant at,
            @Nullable String question,
            @Nullable String name,
            @Nullable String email,
            @Nullable String conversation,
            @Nullable Instant answeredAt,
            @Nullable String answeredBy,
            boolean forgotten) {}

    private TicketQueue(DataSource database) {
        this.database = database;
    }

    /**
     * The queue in this database, with its table.
     *
     * @throws SQLException if that cannot be made
     */
    static TicketQueue open(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(TABLE);
            commit(connection);
        }
        return new TicketQueue(database);
    }

    /** Something done with a connection. */
    private interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    private <T> T with(Work<T> work) {
        try (Connection connection = database.getConnection()) {
            T done = work.with(connection);
            commit(connection);
            return done;
        } catch (SQLException away) {
            throw new IllegalStateException("the ticket queue does not answer", away);
        }
    }

    private static void commit(Connection connection) throws SQLException {
        if (!connection.getAutoCommit()) {
            connection.commit();
        }
    }

    // ---- The desk

    @Override
    public String create(TicketOrder order) {
        Ticket known = find(order.id().value()).orElse(null);
        if (known != null) {
            return known.reference();
        }
        try {
            with(connection -> insert(connection, order));
        } catch (IllegalStateException taken) {
            // Another node may have been faster: then it is there now.
            return find(order.id().value()).orElseThrow(() -> taken).reference();
        }
        return find(order.id().value()).orElseThrow().reference();
    }

    private static int insert(Connection connection, TicketOrder order) throws SQLException {
        TicketContent content = order.content();
        String chat =
                order.origin().chat() == null ? null : order.origin().chat().value();
        return change(
                connection,
                "insert into example_ticket (id, home, widget, chat, at, question, name, email, conversation)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                order.id().value(),
                order.origin().home().value(),
                order.origin().widget().value(),
                chat,
                order.origin().at().toEpochMilli(),
                storable(content.question()),
                storable(content.name()),
                content.email(),
                storable(order.conversation()));
    }

    /** PostgreSQL keeps no U+0000. */
    private static @Nullable String storable(@Nullable String text) {
        return text == null ? null : text.replace('\0', '\ufffd');
    }

    @Override
    public void forget(TicketId ticket) {
        with(connection -> change(
                connection,
                "update example_ticket set question = null, name = null, email = null, conversation = null, forgotten = true"
                        + " where id = ?",
                ticket.value()));
    }

    // ---- For the library's staff

    /** A library's tickets, the newest first, at most {@link #MOST}. */
    List<Ticket> of(InstitutionId home) {
        return select("where home = ? order by number desc limit " + MOST, home.value());
    }

    /** A library's ticket. */
    Optional<Ticket> ticket(InstitutionId home, String id) {
        return find(id).filter(found -> found.home().equals(home));
    }

    /** Everything, for tests. */
    List<Ticket> all() {
        return select("order by number");
    }

    /** Marks a ticket as answered, once; the ticket, if there is one. */
    Optional<Ticket> answered(InstitutionId home, String id, OperatorId by, Instant at) {
        with(connection -> change(
                connection,
                "update example_ticket set answered_at = ?, answered_by = ? where id = ? and home = ? and answered_at is null",
                at.toEpochMilli(),
                by.value(),
                id,
                home.value()));
        return ticket(home, id);
    }

    private Optional<Ticket> find(String id) {
        return select("where id = ?", id).stream().findFirst();
    }

    private List<Ticket> select(String where, Object... parameters) {
        return with(connection -> {
            try (PreparedStatement statement =
                    connection.prepareStatement("select " + COLUMNS + " from example_ticket " + where)) {
                set(statement, parameters);
                try (ResultSet row = statement.executeQuery()) {
                    List<Ticket> found = new ArrayList<>();
                    while (row.next()) {
                        found.add(read(row));
                    }
                    return found;
                }
            }
        });
    }

    private static Ticket read(ResultSet row) throws SQLException {
        long answered = row.getLong(11);
        Instant answeredAt = row.wasNull() ? null : Instant.ofEpochMilli(answered);
        return new Ticket(
                row.getString(1),
                "T-" + row.getLong(2),
                InstitutionId.of(row.getString(3)),
                row.getString(4),
                row.getString(5),
                Instant.ofEpochMilli(row.getLong(6)),
                row.getString(7),
                row.getString(8),
                row.getString(9),
                row.getString(10),
                answeredAt,
                row.getString(12),
                row.getBoolean(13));
    }

    private static int change(Connection connection, String update, @Nullable Object... parameters)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(update)) {
            set(statement, parameters);
            return statement.executeUpdate();
        }
    }

    private static void set(PreparedStatement statement, @Nullable Object... parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            Object value = parameters[i];
            if (value == null) {
                statement.setNull(i + 1, Types.VARCHAR);
            } else if (value instanceof Long number) {
                statement.setLong(i + 1, number);
            } else {
                statement.setString(i + 1, (String) value);
            }
        }
    }
}
