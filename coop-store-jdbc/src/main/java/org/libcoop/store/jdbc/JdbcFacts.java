package org.libcoop.store.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.libcoop.annotation.Beta;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.ChatOutcome;
import org.libcoop.directory.InstitutionId;
import org.libcoop.report.ChatFact;
import org.libcoop.report.FactQuery;
import org.libcoop.report.Part;
import org.libcoop.report.PartTallies;
import org.libcoop.report.StaffedHours;
import org.libcoop.report.StaffedQuery;
import org.libcoop.report.StaffedTime;
import org.libcoop.report.Timetable;
import org.libcoop.spi.Facts;

/**
 * The facts on a database, H2 or PostgreSQL: that of the {@link JdbcStore} or another one. Its tables are the host's to create
 * ({@link Schema}); it borrows connections from the host's data source, one a call, and gives each back as it came.
 *
 * <p>A fact is a row, and so is all that an institution monitored of a stage in a month. What is answered through a co-op is summed up
 * beside, so that reports of a whole co-op stay fast as the years go by; other reports count the rows of one library, operator, or
 * widget. Whoever keeps facts changes sums one after the other, in transactions of at most 64 facts; {@link #recount} makes all sums
 * anew in one transaction, with those of a month and a year in memory, while which nothing is kept and whoever brings something is told
 * that others are in the way.
 *
 * <p><em>Safe for use by several threads</em>, and by several engines.
 */
@Beta
public final class JdbcFacts implements Facts {

    private static final int BATCH = 64;
    private static final Duration LONGEST_RECOUNT = Duration.ofHours(6);

    private final Database database;
    private final Database patient;

    private JdbcFacts(Database database, Database patient) {
        this.database = database;
        this.patient = patient;
    }

    /** Facts on {@code dataSource}, each of whose calls may take 10 s. Throws as {@link #open(DataSource, Duration)}. */
    public static JdbcFacts open(DataSource dataSource) {
        return open(dataSource, Duration.ofSeconds(10));
    }

    /**
     * Facts on {@code dataSource}, after a look at the schema. A pool should give up waiting for a connection no later than the deadline.
     *
     * @param deadline how long a call may take, 2 s to 5 min; {@link #recount} may take six hours
     * @throws Schema.SchemaException if the tables are not there or of another version
     * @throws IllegalArgumentException if this database is none of those known, or the deadline is beyond its bounds
     * @throws org.libcoop.spi.StoreException if the database cannot be reached
     */
    public static JdbcFacts open(DataSource dataSource, Duration deadline) {
        Database database = Database.open("facts", dataSource, deadline);
        return new JdbcFacts(database, new Database(dataSource, database.dialect(), LONGEST_RECOUNT));
    }

    @Override
    public void keep(List<ChatFact> facts) {
        Map<ChatId, ChatFact> merged = new TreeMap<>();
        facts.forEach(fact -> merged.merge(fact.chat(), fact, ChatFact::merge));
        List<ChatFact> all = List.copyOf(merged.values());
        for (int from = 0; from < all.size(); from += BATCH) {
            List<ChatFact> some = all.subList(from, Math.min(all.size(), from + BATCH));
            database.transaction("keeping facts", false, connection -> {
                keep(connection, some);
                Database.commit(connection);
                return true;
            });
        }
    }

    private static void keep(Connection connection, List<ChatFact> facts) throws SQLException {
        lock(connection);
        Map<ChatId, ChatFact> there =
                FactTable.facts(connection, facts.stream().map(ChatFact::chat).toList());
        FactSums sums = new FactSums();
        try (Inserts removed = new Inserts(connection, FactSql.REMOVE);
                Inserts added = new Inserts(connection, FactSql.ADD)) {
            for (ChatFact fact : facts) {
                ChatFact before = there.get(fact.chat());
                ChatFact now = before == null ? fact : before.merge(fact);
                if (now.equals(before)) {
                    continue;
                }
                if (before != null) {
                    sums.take(before);
                }
                sums.add(now);
                FactTable.write(now, before != null, removed, added);
            }
            removed.flush();
            added.flush();
        }
        sums.write(connection);
    }

    private static void lock(Connection connection) throws SQLException {
        Rows.all(connection, FactSql.LOCK, row -> true);
    }

    @Override
    public Optional<ChatFact> fact(ChatId chat) {
        return database.run("a fact", connection -> Optional.ofNullable(FactTable.fact(connection, chat)));
    }

    @Override
    public Timetable timetable(FactQuery query, ZoneId zone) {
        return read("a timetable", connection -> {
            Timetable.Sum sum = new Timetable.Sum(zone);
            new Reading(connection, query)
                    .timetable(
                            (bucket, value, tally) -> sum.add(Pieces.ofQuarter(bucket), tally),
                            (of, at, one) -> sum.add(at, one));
            return sum.timetable();
        });
    }

    @Override
    public PartTallies parts(FactQuery query, Part part, int most) {
        return read("a report", connection -> {
            PartTallies.Sum sum = new PartTallies.Sum(part);
            // Refuses a number out of its bounds before anything is read.
            sum.tallies(most);
            new Reading(connection, query)
                    .parts(part, (bucket, value, tally) -> sum.add(value, tally), (of, at, one) -> sum.add(of, one));
            return sum.tallies(most);
        });
    }

    /** In one transaction, in which rows come a part at a time. Where it has to be tried again, it is added up again from nothing. */
    private <T> T read(String what, Database.Work<T> report) {
        return database.transaction(what, false, connection -> {
            T made = report.with(connection);
            Database.commit(connection);
            return made;
        });
    }

    /** One report. */
    private final class Reading {
        private final Connection connection;
        private final FactQuery query;
        private final Pieces.Span time;
        private final @Nullable String scope;

        /** What is answered through a co-op is answered, and nothing else is: asked for both, it is the same. */
        Reading(Connection connection, FactQuery asked) {
            this.connection = connection;
            this.query = asked.coop() != null && asked.outcome() == ChatOutcome.ANSWERED ? anyOutcome(asked) : asked;
            this.time = new Pieces.Span(millis(asked.from()), millis(asked.to()));
            this.scope = FactSums.scope(query).orElse(null);
        }

        void timetable(FactSums.Counter sums, FactTable.Counter ones) throws SQLException {
            read(Pieces.quarters(time), null, FactSql.OF_NOTHING, sums, ones);
        }

        void parts(Part part, FactSums.Counter sums, FactTable.Counter ones) throws SQLException {
            if (part == Part.COOP && scope != null && query.coop() != null) {
                String coop = query.coop().value();
                read(
                        Pieces.months(time),
                        Part.HOME,
                        FactSql.column(part),
                        (bucket, value, tally) -> sums.add(bucket, coop, tally),
                        ones);
            } else {
                read(Pieces.months(time), part, FactSql.column(part), sums, ones);
            }
        }

        private void read(Pieces pieces, @Nullable Part part, String of, FactSums.Counter sums, FactTable.Counter ones)
                throws SQLException {
            int seconds = database.statementSeconds();
            FactTable.Where where = FactTable.Where.of(query).within(time);
            if (scope == null) {
                FactTable.count(connection, seconds, of, where, ones);
                return;
            }
            for (Pieces.Buckets buckets : pieces.sums()) {
                FactSums.read(connection, seconds, scope, part, buckets, sums);
            }
            List<FactTable.Where> rest = new ArrayList<>();
            InstitutionId institution = pieces.sums().isEmpty() ? null : query.answeredBy();
            if (institution != null) {
                rest.add(where.ofMember(institution));
            }
            for (Pieces.Span edge : pieces.ones()) {
                FactTable.Where there = FactTable.Where.of(query).within(edge);
                rest.add(institution == null ? there : there.ofBackup());
            }
            for (FactTable.Where one : rest) {
                FactTable.count(connection, seconds, of, one, ones);
            }
        }

        private static @Nullable Long millis(@Nullable Instant instant) {
            return instant == null ? null : Millis.ceiling(instant);
        }

        private static FactQuery anyOutcome(FactQuery asked) {
            return new FactQuery(
                    asked.home(),
                    asked.coop(),
                    asked.answeredBy(),
                    asked.operator(),
                    asked.widget(),
                    null,
                    asked.rating(),
                    asked.from(),
                    asked.to());
        }
    }

    @Override
    public void keepStaffed(List<StaffedTime> times) {
        for (int from = 0; from < times.size(); from += BATCH) {
            List<StaffedTime> some = times.subList(from, Math.min(times.size(), from + BATCH));
            database.transaction("keeping staffed times", false, connection -> {
                lock(connection);
                StaffedTable.keep(connection, some);
                Database.commit(connection);
                return true;
            });
        }
    }

    @Override
    public StaffedHours staffed(StaffedQuery query, ZoneId zone) {
        return read("staffed hours", connection -> {
            StaffedHours.Sum sum = new StaffedHours.Sum(query);
            StaffedTable.read(connection, database.statementSeconds(), query, sum);
            return sum.hours(zone);
        });
    }

    /** Makes all sums anew, in one transaction. */
    @Override
    public void recount() {
        patient.transaction("a recount", false, connection -> {
            lock(connection);
            FactSums.rebuild(connection);
            Database.commit(connection);
            return true;
        });
    }

    /** Does nothing: the data source is the host's. */
    @Override
    public void close() {
        // Connections are given back after every call.
    }
}
