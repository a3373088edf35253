package org.libcoop.store.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.libcoop.chat.Content.Text;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.OperatorId;
import org.libcoop.spi.ArchiveCursor;
import org.libcoop.spi.Discussion;
import org.libcoop.spi.Discussion.Kind;
import org.libcoop.spi.Discussions;
import org.libcoop.spi.Post;

/** What the staff write to each other (I1, X4). */
final class DiscussionTable {

    private static final Words<Kind> KINDS = Words.of(Kind.values(), kind -> switch (kind) {
        case ROOM -> "room";
        case FEEDBACK -> "feedback";
    });

    private DiscussionTable() {}

    /** What a cursor belongs to. */
    private record Subject(String subject) {}

    /** Where a discussion stands in a list. */
    record Key(long begunAt, String kind, String id) {

        static Key read(String subject, String cursor) {
            List<String> key = ArchiveCursor.read(new Subject(subject), cursor, 3);
            return new Key(Long.parseLong(key.get(0)), key.get(1), key.get(2));
        }

        String cursor(String subject) {
            return ArchiveCursor.after(new Subject(subject), Long.toString(begunAt), kind, id);
        }

        Discussion discussion() {
            return new Discussion(KINDS.stored("discussion", kind), id);
        }
    }

    /** The row of a discussion, held until the end of the transaction. */
    private record Head(long last, long begunAt, boolean erased) {}

    static Post add(Connection connection, Sql sql, Post post, SortedSet<String> subjects) throws SQLException {
        String kind = KINDS.word(post.discussion().kind());
        String id = post.discussion().id();
        Head head = hold(connection, sql, post);
        for (String subject : subjects) {
            Rows.addUnlessThere(
                    connection,
                    sql.addSubject,
                    new Rows.Key(Sql.IS_SUBJECT, List.of(subject, kind, id)),
                    subject,
                    kind,
                    id,
                    head.begunAt());
        }
        Optional<Post> there = Rows.first(connection, Sql.POST_OF_ID, DiscussionTable::post, kind, id, post.id());
        if (there.isPresent()) {
            return there.get();
        }
        Post placed = post.placedAt(head.last() + 1);
        Post kept = head.erased() ? placed.erased() : placed;
        Integer rating = kept.rating();
        Rows.change(
                connection,
                Sql.ADD_POST,
                kind,
                id,
                kept.seq(),
                kept.id(),
                kept.by().value(),
                kept.institution().value(),
                kept.at(),
                rating,
                kept.text() == null ? null : ContentCodec.write(new Text(kept.text())));
        Rows.change(connection, Sql.PLACE_IN_DISCUSSION, kept.seq(), kind, id);
        return kept;
    }

    /** A discussion that begins with the erasure of what will be written begins at no time: nothing is found under a subject then. */
    private static void begin(Connection connection, Sql sql, Discussion discussion, long at) throws SQLException {
        String kind = KINDS.word(discussion.kind());
        Rows.addUnlessThere(
                connection,
                sql.addDiscussion,
                new Rows.Key(Sql.IS_DISCUSSION, List.of(kind, discussion.id())),
                kind,
                discussion.id(),
                at);
    }

    /** Begins the discussion if it is not there; where several begin it at once, one does, and the others hold that one's. */
    private static Head hold(Connection connection, Sql sql, Post first) throws SQLException {
        Optional<Head> there = hold(connection, first.discussion());
        if (there.isPresent()) {
            return there.get();
        }
        begin(connection, sql, first.discussion(), first.at().toEpochMilli());
        return hold(connection, first.discussion())
                .orElseThrow(() -> new SQLException("the discussion is not there", "40001"));
    }

    private static Optional<Head> hold(Connection connection, Discussion discussion) throws SQLException {
        return Rows.first(
                connection,
                Sql.HOLD_DISCUSSION,
                row -> new Head(row.getLong(1), row.getLong(2), row.getInt(3) != 0),
                KINDS.word(discussion.kind()),
                discussion.id());
    }

    static List<Post> read(Connection connection, Discussion discussion, long from, int wanted) throws SQLException {
        return readable(Rows.all(
                connection,
                Sql.POSTS,
                DiscussionTable::readable,
                KINDS.word(discussion.kind()),
                discussion.id(),
                from,
                wanted));
    }

    static List<Post> since(Connection connection, long at, int wanted) throws SQLException {
        return readable(Rows.all(connection, Sql.POSTS_SINCE, DiscussionTable::readable, at, wanted));
    }

    private static List<Post> readable(List<Optional<Post>> rows) {
        return rows.stream().flatMap(Optional::stream).toList();
    }

    private static Optional<Post> readable(ResultSet row) throws SQLException {
        return Rows.readable("post", row, DiscussionTable::post);
    }

    private static Post post(ResultSet row) throws SQLException {
        String kind = row.getString(2);
        int rating = row.getInt(8);
        boolean rated = !row.wasNull();
        String body = row.getString(9);
        return new Post(
                new Discussion(KINDS.stored("post", kind), row.getString(3)),
                row.getLong(4),
                row.getString(1),
                OperatorId.of(row.getString(5)),
                InstitutionId.of(row.getString(6)),
                Rows.instant(row, 7),
                rated ? rating : null,
                body == null ? null : text(body));
    }

    private static String text(String body) {
        return ((Text) ContentCodec.read(ContentCodec.kind(new Text("")), body)).text();
    }

    /** The last places of those in which something was ever written. */
    static Map<Discussion, Long> last(Connection connection, Collection<Discussion> discussions) throws SQLException {
        return places(connection, Sql::lastInDiscussions, List.of(), discussions);
    }

    /** Of discussions, kind by kind; {@code first} are the parameters before the kind and the ids. */
    private static Map<Discussion, Long> places(
            Connection connection, IntFunction<String> query, List<Object> first, Collection<Discussion> discussions)
            throws SQLException {
        Map<Discussion, Long> places = new HashMap<>();
        for (Kind kind : Kind.values()) {
            List<String> ids = discussions.stream()
                    .filter(discussion -> discussion.kind() == kind)
                    .map(Discussion::id)
                    .toList();
            List<Object> parameters = new ArrayList<>(first);
            parameters.add(KINDS.word(kind));
            Rows.ofMany(
                            connection,
                            query,
                            row -> Map.entry(new Discussion(kind, row.getString(1)), row.getLong(2)),
                            parameters,
                            ids)
                    .forEach(place -> places.put(place.getKey(), place.getValue()));
        }
        return places;
    }

    static Discussions.Page about(Connection connection, String subject, @Nullable Key after, int wanted)
            throws SQLException {
        List<Object> parameters = new ArrayList<>(List.of(subject));
        if (after != null) {
            parameters.addAll(List.of(after.begunAt(), after.kind(), after.id()));
        }
        parameters.add(wanted + 1);
        List<Key> found = Rows.all(
                connection,
                after == null ? Sql.DISCUSSIONS_ABOUT : Sql.MORE_DISCUSSIONS_ABOUT,
                row -> new Key(row.getLong(1), row.getString(2), row.getString(3)),
                parameters.toArray());
        OnePage<Key> page = OnePage.of(found, wanted, last -> last.cursor(subject));
        return new Discussions.Page(page.rows().stream().map(Key::discussion).toList(), page.next());
    }

    static void see(Connection connection, Sql sql, OperatorId operator, Discussion discussion, long seq)
            throws SQLException {
        String kind = KINDS.word(discussion.kind());
        boolean first = Rows.addUnlessThere(
                connection,
                sql.addSeen,
                new Rows.Key(Sql.SEEN, List.of(operator.value(), kind, discussion.id())),
                operator.value(),
                kind,
                discussion.id(),
                seq);
        if (!first) {
            Rows.change(connection, Sql.SEE_FURTHER, seq, operator.value(), kind, discussion.id(), seq);
        }
    }

    static Map<Discussion, Long> seen(Connection connection, OperatorId operator, Collection<Discussion> discussions)
            throws SQLException {
        return places(connection, Sql::seenOfDiscussions, List.of(operator.value()), discussions);
    }

    static void erase(Connection connection, Sql sql, Discussion discussion) throws SQLException {
        String kind = KINDS.word(discussion.kind());
        begin(connection, sql, discussion, 0);
        Rows.change(connection, Sql.MARK_ERASED, kind, discussion.id());
        Rows.change(connection, Sql.ERASE_POSTS, kind, discussion.id());
    }

    static long forget(Connection connection, Kind kind, long before) throws SQLException {
        return Rows.change(connection, Sql.FORGET_POSTS, KINDS.word(kind), before);
    }
}
