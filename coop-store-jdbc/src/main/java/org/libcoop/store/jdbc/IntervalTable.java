package org.libcoop.store.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libcoop.directory.OperatorId;
import org.libcoop.presence.MonitoringInterval;
import org.libcoop.presence.MonitoringInterval.Ended;
import org.libcoop.spi.ArchiveCursor;
import org.libcoop.spi.IntervalPage;
import org.libcoop.spi.IntervalQuery;

/** Monitoring intervals (P7). */
final class IntervalTable {

    private static final Words<Ended> WHY = Words.of(Ended.values(), why -> switch (why) {
        case SIGNED_OUT -> "signed-out";
        case STATUS -> "status";
        case SWITCHED_OFF -> "switched-off";
        case ACCESS_LOST -> "access-lost";
        case LEASE_ENDED -> "lease-ended";
        case WENT_ON -> "went-on";
    });

    private IntervalTable() {}

    /** What there is one interval of at most (AR10), and where it stands in a page (AR11). */
    record Key(long from, String operator, String stage) {

        static Key of(MonitoringInterval interval) {
            return new Key(interval.from().toEpochMilli(), interval.operator().value(), Stages.text(interval.stage()));
        }

        static Key read(IntervalQuery query, String cursor) {
            List<String> key = ArchiveCursor.read(query, cursor, 3);
            String operator = OperatorId.of(key.get(1)).value();
            return new Key(Long.parseLong(key.get(0)), operator, Stages.text(Stages.stage(key.get(2))));
        }

        String cursor(IntervalQuery query) {
            return ArchiveCursor.after(query, Long.toString(from), operator, stage);
        }
    }

    /** Writes the interval, unless there is one of its key. */
    static void keep(Connection connection, Sql sql, MonitoringInterval interval) throws SQLException {
        Key key = Key.of(interval);
        Rows.addUnlessThere(
                connection,
                sql.addInterval,
                new Rows.Key(Sql.IS_INTERVAL, List.of(key.from(), key.operator(), key.stage())),
                key.from(),
                key.operator(),
                key.stage(),
                interval.to(),
                WHY.word(interval.why()),
                interval.leaseEndedAt(),
                interval.heldUntil().toEpochMilli() - key.from());
    }

    /** The page after {@code after} of at most {@code wanted}; one more is asked for, to know whether something follows. */
    static IntervalPage page(Connection connection, int seconds, IntervalQuery query, @Nullable Key after, int wanted)
            throws SQLException {
        List<MonitoringInterval> rows = Rows.allWithin(
                seconds, connection, statement(query, after), IntervalTable::row, parameters(query, after, wanted + 1));
        OnePage<MonitoringInterval> page =
                OnePage.of(rows, wanted, last -> Key.of(last).cursor(query));
        return new IntervalPage(page.rows(), page.next());
    }

    static String statement(IntervalQuery query, @Nullable Key after) {
        return Sql.intervals(query.operator() != null, query.stages().size(), after != null);
    }

    /** The same of the usual intervals, which began less than a day before what is asked for, and of the long ones. */
    static Object[] parameters(IntervalQuery query, @Nullable Key after, int rows) {
        List<Object> rest = new ArrayList<>();
        rest.add(Millis.ceiling(query.to()));
        rest.add(Millis.floor(query.from()));
        if (query.operator() != null) {
            rest.add(query.operator().value());
        }
        query.stages().forEach(stage -> rest.add(Stages.text(stage)));
        if (after != null) {
            rest.addAll(List.of(after.from(), after.operator(), after.stage()));
        }
        List<Object> all = new ArrayList<>();
        all.add(Millis.floor(query.from()) - Sql.LONG_INTERVAL_MILLIS);
        all.addAll(rest);
        all.addAll(rest);
        all.add(rows);
        return all.toArray();
    }

    private static MonitoringInterval row(ResultSet row) throws SQLException {
        String what = "interval of operator " + row.getString(2);
        return new MonitoringInterval(
                OperatorId.of(row.getString(2)),
                Stages.stored(what, row.getString(3)),
                Rows.instant(row, 1),
                Rows.instant(row, 4),
                WHY.stored(what, row.getString(5)),
                Rows.optionalInstant(row, 6));
    }
}
