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

    /** Homes that are read one by one, each along its own index as far as the page needs, and merged; none for one part. */
    private final List<InstitutionId> merged;

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
        owned = query.asksForOwner();
        merged = merged(query);
        homes(query);
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
            narrow(Sql.KEY_SAID, FoldedText.containing(query.text()));
        }
    }

    /** Not where a narrower index serves, and not for texts: every home without such a text would be read to its end. */
    private static List<InstitutionId> merged(ArchiveQuery query) {
        List<InstitutionId> homes = query.homes();
        boolean otherwise =
                query.chat() != null || query.operator() != null || query.answeredBy() != null || query.text() != null;
        return homes == null || homes.size() == 1 || otherwise ? List.of() : homes;
    }

    private void homes(ArchiveQuery query) {
        List<InstitutionId> homes = query.homes();
        if (homes == null) {
            return;
        }
        if (merged.isEmpty()) {
            narrow(
                    Sql.keyHomes(homes.size()),
                    homes.stream().map(InstitutionId::value).toArray());
        } else {
            // The parameter of each part comes first.
            conditions.add(Sql.KEY_HOME);
        }
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
        } else if (query.anyCoop()) {
            narrow(Sql.KEY_ANY_COOP);
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
        OnePage<ArchivedSummary> page = OnePage.of(rows, wanted, last -> Place.cursor(query, last));
        return new ArchivePage(page.rows(), page.next());
    }

    /** The statement, for {@link #parameters}. */
    String statement() {
        return Sql.search(owned, conditions, Math.max(1, merged.size()));
    }

    Object[] parameters(int rows) {
        List<Object> all = new ArrayList<>();
        for (InstitutionId home : merged) {
            all.add(home.value());
            all.addAll(parameters);
            all.add(rows);
        }
        if (merged.isEmpty()) {
            all.addAll(parameters);
        }
        all.add(rows);
        return all.toArray();
    }
}
