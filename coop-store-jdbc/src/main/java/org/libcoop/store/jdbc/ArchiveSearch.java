package org.libcoop.store.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libcoop.chat.ChatId;
import org.libcoop.directory.InstitutionId;
import org.libcoop.spi.ArchiveCursor;
import org.libcoop.spi.ArchivePage;
import org.libcoop.spi.ArchiveQuery;
import org.libcoop.spi.ArchivedSummary;

/**
 * One page of a search as a statement. Its keys, start and chat, come newest first out of an index of one table: the chats', or
 * the ownerships' where the query speaks of an owner. Texts are compared last, chat by chat, until the page is full.
 */
final class ArchiveSearch {

    private final boolean owned;
    private final boolean said;
    private final int merged;
    private final List<String> conditions = new ArrayList<>();
    private final List<Object> parameters = new ArrayList<>();

    /** Where a page ends: the key of its last row. */
    private record Place(long startedAt, String chat) {

        static Place read(ArchiveQuery query, String cursor) {
            List<String> key = ArchiveCursor.read(query, cursor, 2);
            ChatId chat = ChatId.of(key.get(1));
            if (chat.value().indexOf('\0') >= 0) {
                throw new IllegalArgumentException("not a cursor of this query");
            }
            return new Place(Long.parseLong(key.get(0)), chat.value());
        }

        static String cursor(ArchiveQuery query, ArchivedSummary last) {
            return ArchiveCursor.after(
                    query,
                    Long.toString(last.startedAt().toEpochMilli()),
                    last.chat().value());
        }
    }

    /**
     * The search for what {@code query} asks for after {@code cursor}.
     *
     * @throws IllegalArgumentException if this is no cursor of the query
     */
    ArchiveSearch(ArchiveQuery query, @Nullable String cursor) {
        owned = query.operator() != null || query.answeredBy() != null || query.coop() != null;
        said = query.text() != null;
        merged = homes(query);
        if (query.chat() != null) {
            narrow(Sql.KEY_CHAT, query.chat().value());
        }
        if (query.widget() != null) {
            narrow(Sql.KEY_WIDGET, query.widget().value());
        }
        if (query.outcome() != null) {
            narrow(Sql.KEY_OUTCOME, ArchiveTable.OUTCOMES.word(query.outcome()));
        }
        if (query.startedFrom() != null) {
            narrow(Sql.KEY_FROM, Millis.ceiling(query.startedFrom()));
        }
        if (query.startedTo() != null) {
            narrow(Sql.KEY_TO, Millis.ceiling(query.startedTo()));
        }
        owners(query);
        if (cursor != null) {
            Place place = Place.read(query, cursor);
            narrow(Sql.KEY_BEHIND, place.startedAt(), place.chat());
        }
        if (query.text() != null) {
            parameters.add(FoldedText.containing(query.text()));
        }
    }

    /**
     * Several homes are merged, each read along its own index as far as the page needs, unless a narrower index serves; returns
     * how many are.
     */
    private int homes(ArchiveQuery query) {
        List<InstitutionId> homes = query.homes();
        if (homes == null) {
            return 0;
        }
        homes.forEach(home -> parameters.add(home.value()));
        boolean narrower = query.chat() != null || query.operator() != null || query.answeredBy() != null;
        if (homes.size() > 1 && !narrower) {
            return homes.size();
        }
        conditions.add(Sql.keyHomes(homes.size()));
        return 0;
    }

    private void owners(ArchiveQuery query) {
        if (query.operator() != null) {
            narrow(Sql.KEY_OPERATOR, query.operator().value());
        }
        if (query.answeredBy() != null) {
            narrow(Sql.KEY_INSTITUTION, query.answeredBy().value());
        }
        if (query.coop() != null) {
            narrow(Sql.KEY_COOP, query.coop().value());
        }
    }

    private void narrow(String condition, Object... values) {
        conditions.add(condition);
        parameters.addAll(List.of(values));
    }

    /** The page, of at most {@code wanted} rows; one more is asked for, to know whether something follows. */
    ArchivePage page(Connection connection, int seconds, ArchiveQuery query, int wanted) throws SQLException {
        List<ArchivedSummary> rows =
                Rows.allWithin(seconds, connection, statement(), ArchiveTable::summary, parameters(wanted + 1));
        if (rows.size() <= wanted) {
            return new ArchivePage(rows, null);
        }
        List<ArchivedSummary> page = rows.subList(0, wanted);
        return new ArchivePage(page, Place.cursor(query, page.get(wanted - 1)));
    }

    /** The statement, for {@link #parameters}. */
    String statement() {
        return Sql.search(owned, merged, conditions, said);
    }

    Object[] parameters(int rows) {
        List<Object> all = new ArrayList<>(parameters);
        all.add(rows);
        return all.toArray();
    }
}
