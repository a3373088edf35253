package org.libcoop.store.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.libcoop.spi.Feed;

/**
 * The feed: one dense stream for each node, written by that node alone, one row a batch. The end of a stream is committed
 * together with the rows up to it, so nobody sees an end and misses a row. A cursor is a place in each stream.
 */
final class FeedTable {

    private FeedTable() {}

    private record Stream(String node, long begin, long end) {}

    private record Row(long n, String hints) {}

    /** Behind {@code n} whole rows and {@code taken} hints of the next one. */
    private record Place(long n, int taken) {}

    static String cursor(Connection connection) throws SQLException {
        Map<String, Place> ends = new TreeMap<>();
        for (Stream stream : streams(connection)) {
            ends.put(stream.node(), new Place(stream.end(), 0));
        }
        return write(ends);
    }

    static Feed changes(Connection connection, String cursor, int limit) throws SQLException {
        Map<String, Place> places = read(cursor);
        Map<String, Place> next = new TreeMap<>();
        List<Feed.Hint> hints = new ArrayList<>();
        for (Stream stream : streams(connection)) {
            Place place = places.getOrDefault(stream.node(), new Place(0, 0));
            if (place.n() < stream.end() && hints.size() < limit) {
                place = place.n() < stream.begin() ? null : follow(connection, stream, place, hints, limit);
                if (place == null) {
                    return new Feed(List.of(), cursor(connection), true);
                }
            }
            next.put(stream.node(), place);
        }
        return new Feed(hints, write(next), false);
    }

    private static List<Stream> streams(Connection connection) throws SQLException {
        return Rows.all(connection, Sql.STREAMS, FeedTable::stream);
    }

    private static Stream stream(ResultSet row) throws SQLException {
        return new Stream(row.getString(1), row.getLong(2), row.getLong(3));
    }

    /** Reads on in one stream; null if rows were removed that should have been read. */
    private static @Nullable Place follow(
            Connection connection, Stream stream, Place from, List<Feed.Hint> hints, int limit) throws SQLException {
        Place place = from;
        List<Row> rows = Rows.all(
                connection,
                Sql.HINTS,
                row -> new Row(row.getLong(1), row.getString(2)),
                stream.node(),
                from.n(),
                stream.end(),
                limit);
        for (Row row : rows) {
            if (row.n() != place.n() + 1) {
                return null;
            }
            List<Feed.Hint> ofRow = HintText.read(row.hints());
            int taken = Math.min(ofRow.size() - place.taken(), limit - hints.size());
            hints.addAll(ofRow.subList(place.taken(), place.taken() + taken));
            if (place.taken() + taken < ofRow.size()) {
                return new Place(place.n(), place.taken() + taken);
            }
            place = new Place(row.n(), 0);
        }
        return rows.isEmpty() ? null : place;
    }

    // ---- Cursors: a line for each stream, "n taken node"

    private static String write(Map<String, Place> places) {
        StringBuilder text = new StringBuilder();
        places.forEach((node, place) -> text.append(place.n())
                .append(' ')
                .append(place.taken())
                .append(' ')
                .append(node)
                .append('\n'));
        return text.toString();
    }

    private static Map<String, Place> read(String cursor) {
        Map<String, Place> places = new TreeMap<>();
        try {
            for (String line : cursor.isEmpty() ? new String[0] : cursor.split("\n")) {
                String[] parts = line.split(" ", 3);
                places.put(parts[2], new Place(Long.parseLong(parts[0]), Integer.parseInt(parts[1])));
            }
        } catch (RuntimeException malformed) {
            throw new IllegalArgumentException("this is no cursor of this store", malformed);
        }
        return places;
    }
}
