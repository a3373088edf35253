package org.libcoop.store.jdbc;

import java.io.ByteArrayOutputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.libcoop.directory.InstitutionId;
import org.libcoop.presence.Times;
import org.libcoop.report.StaffedHours;
import org.libcoop.report.StaffedQuery;
import org.libcoop.report.StaffedTime;

/**
 * When institutions were there: a row for each stage, institution and month of UTC, with the stretches of time in it as {@link Numbers} of
 * milliseconds, of each how long after the one before, or the begin of the month, it begins, and how long it is. A year of two thousand
 * institutions is some megabytes. Whoever changes rows holds the lock of all facts.
 */
final class StaffedTable {

    private static final String WHAT = "staffed times";
    private static final YearMonth FIRST = YearMonth.of(1970, 1);

    private record Key(String stage, long month, String institution) implements Comparable<Key> {
        private static final Comparator<Key> ORDER =
                Comparator.comparing(Key::stage).thenComparing(Key::month).thenComparing(Key::institution);

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    private StaffedTable() {}

    /** Adds times to those that are there; the lock is held. */
    static void keep(Connection connection, List<StaffedTime> times) throws SQLException {
        Map<Key, Times> brought = new TreeMap<>();
        for (StaffedTime time : times) {
            eachMonth(
                    time,
                    (month, part) -> brought.computeIfAbsent(
                                    new Key(
                                            Stages.text(time.stage()),
                                            month,
                                            time.institution().value()),
                                    first -> new Times())
                            .add(part.from(), part.to()));
        }
        for (Map.Entry<Key, Times> entry : brought.entrySet()) {
            add(connection, entry.getKey(), entry.getValue());
        }
    }

    private static void eachMonth(StaffedTime time, BiConsumer<Long, StaffedTime> action) {
        Instant at = time.from();
        while (at.isBefore(time.to())) {
            long month = month(at);
            Instant next = begin(month + 1);
            Instant end = next.isBefore(time.to()) ? next : time.to();
            action.accept(month, new StaffedTime(time.stage(), time.institution(), at, end));
            at = end;
        }
    }

    private static void add(Connection connection, Key key, Times times) throws SQLException {
        byte[] there = Rows.first(
                        connection,
                        FactSql.STAFFED_OF,
                        row -> row.getBytes(1),
                        key.stage(),
                        key.month(),
                        key.institution())
                .orElse(null);
        if (there == null) {
            Rows.change(
                    connection,
                    FactSql.ADD_STAFFED,
                    write(key.month(), times),
                    key.stage(),
                    key.month(),
                    key.institution());
            return;
        }
        read(key.month(), there, times::add);
        byte[] now = write(key.month(), times);
        if (!Arrays.equals(there, now)) {
            Rows.change(connection, FactSql.CHANGE_STAFFED, now, key.stage(), key.month(), key.institution());
        }
    }

    /** Adds up what is asked for; stopped by the database after {@code seconds}. */
    static void read(Connection connection, int seconds, StaffedQuery query, StaffedHours.Sum sum) throws SQLException {
        InstitutionId institution = query.institution();
        for (String stage : query.stages().stream().map(Stages::text).sorted().toList()) {
            List<Object> parameters = new ArrayList<>(
                    List.of(stage, month(query.from()), month(query.to().minusMillis(1))));
            if (institution != null) {
                parameters.add(institution.value());
            }
            String text = institution == null ? FactSql.STAFFED : FactSql.STAFFED_BY;
            try (PreparedStatement statement = connection.prepareStatement(text)) {
                Rows.set(statement, parameters.toArray());
                statement.setFetchSize(FactTable.FETCHED);
                Rows.eachWithin(seconds, statement, row -> {
                    InstitutionId of = InstitutionId.of(row.getString(1));
                    read(row.getLong(2), row.getBytes(3), (from, to) -> sum.add(of, from, to));
                });
            }
        }
    }

    // ---- Months

    /** The number of the month in which an instant is, from that of 1970. */
    private static long month(Instant at) {
        return FIRST.until(at.atOffset(ZoneOffset.UTC), ChronoUnit.MONTHS);
    }

    private static Instant begin(long month) {
        return FIRST.plusMonths(month).atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private static byte[] write(long month, Times times) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(512);
        long[] last = {begin(month).toEpochMilli()};
        times.each((from, to) -> {
            Numbers.put(out, from.toEpochMilli() - last[0]);
            Numbers.put(out, to.toEpochMilli() - from.toEpochMilli());
            last[0] = to.toEpochMilli();
        });
        return out.toByteArray();
    }

    private static void read(long month, byte[] bytes, BiConsumer<Instant, Instant> action) {
        try {
            Numbers numbers = new Numbers(bytes);
            long at = begin(month).toEpochMilli();
            while (!numbers.atEnd()) {
                long from = Math.addExact(at, numbers.next());
                at = Math.addExact(from, numbers.next());
                action.accept(Instant.ofEpochMilli(from), Instant.ofEpochMilli(at));
            }
        } catch (IllegalArgumentException | IndexOutOfBoundsException | ArithmeticException garbled) {
            throw new UnreadableException(WHAT, "its numbers are none");
        }
    }
}
