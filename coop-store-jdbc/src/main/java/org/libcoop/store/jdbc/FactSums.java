package org.libcoop.store.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.libcoop.directory.CoopId;
import org.libcoop.report.ChatFact;
import org.libcoop.report.FactQuery;
import org.libcoop.report.Part;
import org.libcoop.report.Tally;

/**
 * What was answered through a co-op, summed up: for the co-op, and for what its backup staff answered by institution, both also for each
 * rating, for these are the reports that grow with the whole network. A library's own chats, and what its people answer, are few enough to be counted one by
 * one. Sums are kept by quarter of an hour for timetables, and by month and by year of UTC for each value of each part.
 *
 * <p>The key of a sum is a text, so that what a report reads lies together: the co-op, the institution or nothing, the rating or nothing,
 * the part or nothing, the bucket, the value, with a character between them that is in no id. Whoever changes sums holds the lock of all of them.
 */
final class FactSums {

    private static final String BETWEEN = "\n";
    private static final List<@Nullable Integer> UNRATED = Collections.singletonList(null);

    /** So many sums of a rebuild are sent together. */
    private static final int WRITTEN = 1_000;

    private final SortedMap<String, Tally.Sum> added = new TreeMap<>();
    private final SortedMap<String, Tally.Sum> taken = new TreeMap<>();

    // ---- Changing

    /** A chat that counts from now on. */
    void add(ChatFact fact) {
        note(fact, added);
    }

    /** A chat as it counted so far. */
    void take(ChatFact fact) {
        note(fact, taken);
    }

    private static void note(ChatFact fact, Map<String, Tally.Sum> into) {
        Tally.One one = Tally.One.of(fact);
        eachKey(
                fact,
                (bucket, key) ->
                        into.computeIfAbsent(key, first -> new Tally.Sum()).add(one));
    }

    /** The buckets and keys of the sums that a chat is in. */
    private static void eachKey(ChatFact fact, BiConsumer<String, String> action) {
        ChatFact.Answer answer = fact.answer();
        CoopId coop = answer == null ? null : answer.coop().orElse(null);
        if (answer == null || coop == null) {
            return;
        }
        String backup = answer.through().backup() ? answer.institution().value() : null;
        for (Integer rating : fact.rating() == null ? UNRATED : Arrays.asList(null, fact.rating())) {
            eachKey(fact, scope(coop, null, rating), action);
            if (backup != null) {
                eachKey(fact, scope(coop, backup, rating), action);
            }
        }
    }

    private static void eachKey(ChatFact fact, String scope, BiConsumer<String, String> action) {
        String quarter = Pieces.quarter(fact.startedAt());
        action.accept(quarter, key(scope, "", quarter, null));
        for (Part part : Part.values()) {
            if (part == Part.COOP) {
                continue;
            }
            for (String bucket : List.of(Pieces.month(fact.startedAt()), Pieces.year(fact.startedAt()))) {
                action.accept(bucket, key(scope, part.word(), bucket, part.of(fact)));
            }
        }
    }

    private static String scope(CoopId coop, @Nullable String institution, @Nullable Integer rating) {
        return coop.value()
                + BETWEEN
                + (institution == null ? "" : institution)
                + BETWEEN
                + (rating == null ? "" : rating)
                + BETWEEN;
    }

    private static String key(String scope, String part, String bucket, @Nullable String value) {
        return prefix(scope, part) + bucket + BETWEEN + (value == null ? "" : value);
    }

    private static String prefix(String scope, String part) {
        return scope + part + BETWEEN;
    }

    /** Writes what was noted; the lock is held. */
    void write(Connection connection) throws SQLException {
        TreeMap<String, Tally.Sum> all = new TreeMap<>(taken);
        all.putAll(added);
        Map<String, Tally> there = new HashMap<>();
        Rows.ofMany(
                        connection,
                        FactSql::sumsOf,
                        row -> Map.entry(row.getString(1), TallyCodec.read("sum of chats", row.getBytes(2))),
                        List.of(),
                        List.copyOf(all.keySet()))
                .forEach(sum -> there.put(sum.getKey(), sum.getValue()));
        try (Inserts adds = new Inserts(connection, FactSql.ADD_SUM);
                Inserts changes = new Inserts(connection, FactSql.CHANGE_SUM);
                Inserts removals = new Inserts(connection, FactSql.REMOVE_SUM)) {
            for (String key : all.keySet()) {
                Tally before = there.get(key);
                Tally now = changed(before == null ? Tally.NONE : before, added.get(key), taken.get(key));
                if (now.isEmpty()) {
                    removals.add(key);
                } else if (before == null) {
                    adds.add(TallyCodec.write(now), key);
                } else if (!now.equals(before)) {
                    changes.add(TallyCodec.write(now), key);
                }
            }
            adds.flush();
            changes.flush();
            removals.flush();
        }
        added.clear();
        taken.clear();
    }

    private static Tally changed(Tally before, Tally.@Nullable Sum added, Tally.@Nullable Sum taken) {
        Tally more = added == null ? before : before.plus(added.tally());
        try {
            return taken == null ? more : more.minus(taken.tally());
        } catch (IllegalArgumentException wrong) {
            throw new UnreadableException("sum of chats", "a chat that was counted is not in it: have it counted anew");
        }
    }

    /** Makes all sums anew, a month after the other; the lock is held. */
    static void rebuild(Connection connection) throws SQLException {
        Rows.change(connection, FactSql.REMOVE_SUMS);
        try (Inserts adds = new Inserts(connection, FactSql.ADD_SUM)) {
            Rebuild rebuild = new Rebuild(adds);
            ChatFact last = null;
            List<ChatFact> page;
            do {
                page = FactTable.summed(connection, last, FactTable.FETCHED);
                for (ChatFact fact : page) {
                    rebuild.add(fact);
                }
                last = page.isEmpty() ? last : page.get(page.size() - 1);
            } while (!page.isEmpty());
            rebuild.finish();
        }
    }

    /** What is added up of the month and the year that a rebuild is at: no sum is written before it is whole. */
    private static final class Rebuild {
        private final Inserts adds;
        private final Map<String, Tally.Sum> ofMonth = new HashMap<>();
        private final Map<String, Tally.Sum> ofYear = new HashMap<>();
        private String month = "";
        private String year = "";

        Rebuild(Inserts adds) {
            this.adds = adds;
        }

        /** A chat that began no earlier than the one before. */
        void add(ChatFact fact) throws SQLException {
            String itsYear = Pieces.year(fact.startedAt());
            if (!itsYear.equals(year)) {
                write(ofYear);
                year = itsYear;
            }
            String itsMonth = Pieces.month(fact.startedAt());
            if (!itsMonth.equals(month)) {
                write(ofMonth);
                month = itsMonth;
            }
            Tally.One one = Tally.One.of(fact);
            eachKey(
                    fact,
                    (bucket, key) -> (bucket.equals(itsYear) ? ofYear : ofMonth)
                            .computeIfAbsent(key, first -> new Tally.Sum())
                            .add(one));
        }

        void finish() throws SQLException {
            write(ofMonth);
            write(ofYear);
        }

        private void write(Map<String, Tally.Sum> sums) throws SQLException {
            int some = 0;
            for (Map.Entry<String, Tally.Sum> sum : new TreeMap<>(sums).entrySet()) {
                adds.add(TallyCodec.write(sum.getValue().tally()), sum.getKey());
                some++;
                if (some % WRITTEN == 0) {
                    adds.flush();
                }
            }
            adds.flush();
            sums.clear();
        }
    }

    // ---- Reading

    /**
     * Where the sums of a query are: all those of a co-op, or those of one institution's backup staff, beside whom what others of the
     * institution answered is counted one by one; empty where all of its chats are.
     */
    static Optional<String> scope(FactQuery query) {
        boolean summed = query.coop() != null
                && query.home() == null
                && query.operator() == null
                && query.widget() == null
                && query.outcome() == null;
        String institution =
                query.answeredBy() == null ? null : query.answeredBy().value();
        return summed && query.coop() != null
                ? Optional.of(scope(query.coop(), institution, query.rating()))
                : Optional.empty();
    }

    /** Takes a sum of one bucket and value. */
    interface Counter {
        void add(String bucket, @Nullable String value, Tally tally);
    }

    /** Reads the sums of some buckets; stopped by the database after {@code seconds}. */
    static void read(
            Connection connection,
            int seconds,
            String scope,
            @Nullable Part part,
            Pieces.Buckets buckets,
            Counter counter)
            throws SQLException {
        String prefix = prefix(scope, part == null ? "" : part.word());
        try (PreparedStatement statement = connection.prepareStatement(FactSql.SUMS_BETWEEN)) {
            Rows.set(statement, prefix + buckets.from(), prefix + buckets.to());
            statement.setFetchSize(FactTable.FETCHED);
            Rows.eachWithin(seconds, statement, row -> {
                String rest = row.getString(1).substring(prefix.length());
                int end = rest.indexOf(BETWEEN);
                String value = rest.substring(end + BETWEEN.length());
                counter.add(
                        rest.substring(0, end),
                        value.isEmpty() ? null : value,
                        TallyCodec.read("sum of chats", row.getBytes(2)));
            });
        }
    }
}
