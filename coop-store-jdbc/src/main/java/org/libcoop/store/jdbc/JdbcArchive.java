package org.libcoop.store.jdbc;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.libcoop.chat.ChatId;
import org.libcoop.presence.MonitoringInterval;
import org.libcoop.spi.Archive;
import org.libcoop.spi.ArchivePage;
import org.libcoop.spi.ArchiveQuery;
import org.libcoop.spi.ArchivedChat;
import org.libcoop.spi.IntervalPage;
import org.libcoop.spi.IntervalQuery;
import org.libcoop.spi.StoreException;

/**
 * The archive on a database, H2 or PostgreSQL: that of the {@link JdbcStore} or another one. Its tables are the host's to create
 * ({@link Schema}); it borrows connections from the host's data source, one a call, and gives each back as it came.
 *
 * <p>Chats are kept in transactions of at most 64. Contents are rows of their own, with the folded text that searches compare:
 * nothing else holds any, and deletion deletes these rows.
 *
 * <p>A search reads keys along an index, newest first, until its page is full: by home, widget, outcome, operator, institution or
 * co-op, in whatever time. What it asks beside the narrowest of these is compared row by row. A <em>text</em> is compared with
 * every message of every chat that the rest of the query leaves, newest first, until the page is full: cheap where it occurs
 * often or where a home, an operator or some weeks narrow it down (some 100,000 messages a second), and as long as the archive
 * where neither is so. A search that does not end within the deadline (10 s unless set) is stopped in the database, too.
 *
 * <p><em>Safe for use by several threads</em>, and by several engines.
 */
public final class JdbcArchive implements Archive {

    /** The most chats or intervals of one transaction. */
    static final int BATCH = 64;

    private final Database database;
    private final Sql sql;
    private final int statementSeconds;

    private JdbcArchive(Builder builder, Dialect dialect) {
        this.sql = new Sql(dialect, builder.deadline);
        this.database = new Database(builder.dataSource, dialect, builder.deadline);
        // Before the socket gives up: a statement that is stopped leaves its connection whole and its server idle.
        this.statementSeconds = Math.toIntExact(Math.max(1, builder.deadline.toSeconds() * 4 / 5));
    }

    /** An archive on {@code dataSource} with the usual settings. */
    public static JdbcArchive open(DataSource dataSource) {
        return builder(dataSource).build();
    }

    /** A builder of an archive on {@code dataSource}. */
    public static Builder builder(DataSource dataSource) {
        return new Builder(dataSource);
    }

    /** The settings of an archive. <em>One thread at a time.</em> */
    public static final class Builder {

        private static final Duration LEAST = Duration.ofSeconds(2);
        private static final Duration MOST = Duration.ofMinutes(5);

        private final DataSource dataSource;
        private Duration deadline = Duration.ofSeconds(10);

        private Builder(DataSource dataSource) {
            this.dataSource = Objects.requireNonNull(dataSource, "dataSource");
        }

        /**
         * How long a call may take, 2 s to 5 min. A pool should give up waiting for a connection no later.
         *
         * @throws IllegalArgumentException beyond these bounds
         */
        public Builder deadline(Duration limit) {
            if (limit.compareTo(LEAST) < 0 || limit.compareTo(MOST) > 0) {
                throw new IllegalArgumentException("deadline must be 2 s to 5 min: " + limit);
            }
            this.deadline = limit;
            return this;
        }

        /**
         * The archive, after a look at the schema.
         *
         * @throws Schema.SchemaException if the tables are not there or of another version
         * @throws IllegalArgumentException if the archive does not know this database
         * @throws StoreException if the database cannot be reached
         */
        public JdbcArchive build() {
            try {
                return new JdbcArchive(this, Database.look(dataSource, deadline, Schema::checked));
            } catch (SQLException away) {
                throw Failures.away("the archive cannot be opened", away, false);
            }
        }
    }

    // ---- Chats

    /** Keeps chats that are over (AR1–AR3), in transactions of at most 64. */
    @Override
    public void keep(List<ArchivedChat> chats) {
        // Of one that is brought twice in a list the longer one counts.
        List<ArchivedChat> longestFirst = chats.stream()
                .sorted(Comparator.comparing(archived -> archived.chat().seq(), Comparator.reverseOrder()))
                .toList();
        Comparator<ArchivedChat> order =
                Comparator.comparing(archived -> archived.chat().id());
        for (List<ArchivedChat> part :
                parts(longestFirst, archived -> archived.chat().id(), order)) {
            database.transaction("keeping chats", false, connection -> {
                ArchiveTable.keep(connection, sql, part);
                Database.commit(connection);
                return true;
            });
        }
    }

    /** The first of each key, put in an order that is the same for all who bring them, and cut. */
    private static <T> List<List<T>> parts(List<T> brought, Function<T, Object> key, Comparator<T> order) {
        Map<Object, T> first = new LinkedHashMap<>();
        brought.forEach(one -> first.putIfAbsent(key.apply(one), one));
        List<T> all = first.values().stream().sorted(order).toList();
        List<List<T>> parts = new ArrayList<>();
        for (int from = 0; from < all.size(); from += BATCH) {
            parts.add(all.subList(from, Math.min(all.size(), from + BATCH)));
        }
        return parts;
    }

    @Override
    public Optional<ArchivedChat> chat(ChatId chat) {
        return database.run("an archived chat", connection -> ArchiveTable.chat(connection, chat));
    }

    @Override
    public ArchivePage search(ArchiveQuery query, @Nullable String cursor, int limit) {
        int wanted = page(limit);
        ArchiveSearch search = new ArchiveSearch(query, cursor);
        return database.run("a search", connection -> search.page(connection, statementSeconds, query, wanted));
    }

    @Override
    public boolean deleteContent(ChatId chat) {
        return database.transaction("deleting content", false, connection -> {
            boolean there = ArchiveTable.deleteContent(connection, chat);
            Database.commit(connection);
            return there;
        });
    }

    @Override
    public boolean redact(ChatId chat, long seq, String replacement) {
        return database.run("redacting", connection -> ArchiveTable.redact(connection, chat, seq, replacement));
    }

    // ---- Intervals

    /** Keeps intervals that have ended (AR10), in transactions of at most 64. */
    @Override
    public void keepIntervals(List<MonitoringInterval> intervals) {
        Comparator<MonitoringInterval> order = Comparator.comparing(
                IntervalTable.Key::of,
                Comparator.comparing(IntervalTable.Key::from)
                        .thenComparing(IntervalTable.Key::operator)
                        .thenComparing(IntervalTable.Key::stage));
        for (List<MonitoringInterval> part : parts(intervals, IntervalTable.Key::of, order)) {
            database.transaction("keeping intervals", false, connection -> {
                for (MonitoringInterval interval : part) {
                    IntervalTable.keep(connection, sql, interval);
                }
                Database.commit(connection);
                return true;
            });
        }
    }

    @Override
    public IntervalPage intervals(IntervalQuery query, @Nullable String cursor, int limit) {
        int wanted = page(limit);
        IntervalTable.Key after = cursor == null ? null : IntervalTable.Key.read(query, cursor);
        return database.run(
                "intervals", connection -> IntervalTable.page(connection, statementSeconds, query, after, wanted));
    }

    private static int page(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be at least 1: " + limit);
        }
        return Math.min(limit, PAGE);
    }

    /** Does nothing: the data source is the host's. */
    @Override
    public void close() {
        // Connections are given back after every call.
    }
}
