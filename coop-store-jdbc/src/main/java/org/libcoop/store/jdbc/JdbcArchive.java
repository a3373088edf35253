package org.libcoop.store.jdbc;

import java.time.Duration;
import java.time.Instant;
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
import org.libcoop.directory.InstitutionId;
import org.libcoop.presence.MonitoringInterval;
import org.libcoop.spi.Archive;
import org.libcoop.spi.ArchivePage;
import org.libcoop.spi.ArchiveQuery;
import org.libcoop.spi.ArchivedChat;
import org.libcoop.spi.Expired;
import org.libcoop.spi.IntervalPage;
import org.libcoop.spi.IntervalQuery;
import org.libcoop.spi.PatronTrace;
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

    private JdbcArchive(Database database, Duration deadline) {
        this.sql = new Sql(database.dialect(), deadline);
        this.database = database;
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
            this.deadline = Database.checked(limit);
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
            return new JdbcArchive(Database.open("the archive", dataSource, deadline), deadline);
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
        int wanted = OnePage.wanted(limit, PAGE);
        ArchiveSearch search = new ArchiveSearch(query, cursor);
        return database.run(
                "a search", connection -> search.page(connection, database.statementSeconds(), query, wanted));
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

    @Override
    public boolean anonymise(ChatId chat) {
        return database.transaction("anonymising", false, connection -> {
            boolean there = ArchiveTable.anonymise(connection, chat);
            Database.commit(connection);
            return there;
        });
    }

    @Override
    public List<Expired> expired(
            Expired.Part part, InstitutionId home, Instant overUpTo, @Nullable Expired after, int limit) {
        int wanted = OnePage.wanted(limit, PAGE);
        return database.run(
                "what has expired",
                connection -> ArchiveTable.expired(connection, part, home, overUpTo, after, wanted));
    }

    @Override
    public List<InstitutionId> homes(@Nullable InstitutionId after, int limit) {
        int wanted = OnePage.wanted(limit, PAGE);
        return database.run("homes", connection -> ArchiveTable.homes(connection, after, wanted));
    }

    @Override
    public List<ChatId> ofPatron(InstitutionId home, PatronTrace patron, @Nullable ChatId after, int limit) {
        int wanted = OnePage.wanted(limit, PAGE);
        return database.run(
                "a patron's chats", connection -> ArchiveTable.ofPatron(connection, home, patron, after, wanted));
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
        int wanted = OnePage.wanted(limit, PAGE);
        IntervalTable.Key after = cursor == null ? null : IntervalTable.Key.read(query, cursor);
        return database.run(
                "intervals",
                connection -> IntervalTable.page(connection, database.statementSeconds(), query, after, wanted));
    }

    /** Does nothing: the data source is the host's. */
    @Override
    public void close() {
        // Connections are given back after every call.
    }
}
