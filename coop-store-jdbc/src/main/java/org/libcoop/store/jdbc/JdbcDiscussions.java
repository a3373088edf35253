package org.libcoop.store.jdbc;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.libcoop.directory.OperatorId;
import org.libcoop.spi.Discussion;
import org.libcoop.spi.Discussions;
import org.libcoop.spi.Post;

/**
 * Staff chat and QA feedback on a database, H2 or PostgreSQL: that of the {@link JdbcStore} or another one. Its tables are the host's to
 * create ({@link Schema}); it borrows connections from the host's data source, one a call, and gives each back as it came. Who adds to
 * a discussion holds its row for the length of one transaction, so places have no gap and stay in the order of commits.
 *
 * <p><em>Safe for use by several threads</em>, and by several engines.
 */
public final class JdbcDiscussions implements Discussions {

    private final Database database;
    private final Sql sql;

    private JdbcDiscussions(Database database, Duration deadline) {
        this.database = database;
        this.sql = new Sql(database.dialect(), deadline);
    }

    /** Discussions on {@code dataSource}, each of whose calls may take 10 s. Throws as {@link #open(DataSource, Duration)}. */
    public static JdbcDiscussions open(DataSource dataSource) {
        return open(dataSource, Duration.ofSeconds(10));
    }

    /**
     * Discussions on {@code dataSource}, after a look at the schema. A pool should give up waiting for a connection no later than the
     * deadline.
     *
     * @param deadline how long a call may take, 2 s to 5 min
     * @throws Schema.SchemaException if the tables are not there or of another version
     * @throws IllegalArgumentException if this database is none of those known, or the deadline is beyond its bounds
     * @throws org.libcoop.spi.StoreException if the database cannot be reached
     */
    public static JdbcDiscussions open(DataSource dataSource, Duration deadline) {
        return new JdbcDiscussions(Database.open("discussions", dataSource, deadline), deadline);
    }

    @Override
    public Post add(Post post, Collection<String> subjects) {
        return database.transaction("a post", false, connection -> {
            Post added = DiscussionTable.add(connection, sql, post, new TreeSet<>(subjects));
            Database.commit(connection);
            return added;
        });
    }

    @Override
    public List<Post> read(Discussion discussion, long from, int limit) {
        int wanted = OnePage.wanted(limit, PAGE);
        return database.run("reading posts", connection -> DiscussionTable.read(connection, discussion, from, wanted));
    }

    @Override
    public Map<Discussion, Long> last(Collection<Discussion> discussions) {
        return database.run("the last places", connection -> DiscussionTable.last(connection, discussions));
    }

    @Override
    public List<Post> since(Instant instant, int limit) {
        int wanted = OnePage.wanted(limit, PAGE);
        return database.run("news", connection -> DiscussionTable.since(connection, Millis.ceiling(instant), wanted));
    }

    @Override
    public Page about(String subject, @Nullable String cursor, int limit) {
        int wanted = OnePage.wanted(limit, PAGE);
        DiscussionTable.Key after = cursor == null ? null : DiscussionTable.Key.read(subject, cursor);
        return database.run(
                "finding discussions", connection -> DiscussionTable.about(connection, subject, after, wanted));
    }

    @Override
    public void seen(OperatorId operator, Discussion discussion, long seq) {
        database.transaction("what was seen", false, connection -> {
            DiscussionTable.see(connection, sql, operator, discussion, seq);
            Database.commit(connection);
            return true;
        });
    }

    @Override
    public Map<Discussion, Long> seen(OperatorId operator, Collection<Discussion> discussions) {
        return database.run("what was seen", connection -> DiscussionTable.seen(connection, operator, discussions));
    }

    @Override
    public void erase(Discussion discussion) {
        database.transaction("erasing", false, connection -> {
            DiscussionTable.erase(connection, sql, discussion);
            Database.commit(connection);
            return true;
        });
    }

    @Override
    public long forget(Discussion.Kind kind, Instant instant) {
        return database.transaction("forgetting", false, connection -> {
            long forgotten = DiscussionTable.forget(connection, kind, Millis.ceiling(instant));
            Database.commit(connection);
            return forgotten;
        });
    }

    /** Does nothing: the data source is the host's. */
    @Override
    public void close() {
        // Connections are given back after every call.
    }
}
