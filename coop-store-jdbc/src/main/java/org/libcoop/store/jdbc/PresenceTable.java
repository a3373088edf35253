package org.libcoop.store.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.libcoop.directory.OperatorId;
import org.libcoop.presence.OperatorPresence;

/** Operators' presence: the newest row of each, which a claim guards, and the rows of the last days. */
final class PresenceTable {

    private PresenceTable() {}

    static List<OperatorPresence> rows(Connection connection, OperatorId operator, long afterVersion)
            throws SQLException {
        return Rows.all(connection, Sql.ROWS, PresenceTable::row, operator.value(), afterVersion);
    }

    static List<OperatorPresence> since(Connection connection, Instant since) throws SQLException {
        return Rows.all(connection, Sql.ROWS_SINCE, row -> Rows.readable("operator", row, PresenceTable::row), since)
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    /** The newest row, locked until the end of the transaction; one that nobody has heard of is not there to lock. */
    static OperatorPresence locked(Connection connection, OperatorId operator) throws SQLException {
        Optional<OperatorPresence> row = Rows.first(
                connection,
                Sql.LOCK_ROW,
                found -> PresenceCodec.read(
                        operator, found.getLong(1), Rows.instant(found, 2), found.getInt(3), found.getString(4)),
                operator.value());
        return row.orElseGet(() -> OperatorPresence.unknown(operator));
    }

    /** Writes {@code next} over its predecessor, and into the log; false if another one came first. */
    static boolean put(Connection connection, Sql sql, OperatorPresence next) throws SQLException {
        String operator = next.operator().value();
        String body = PresenceCodec.write(next);
        long version = next.version();
        int written;
        try {
            written = version == 1
                    ? Rows.change(connection, sql.addRow, operator, version, next.changedAt(), next.openChats(), body)
                    : Rows.change(
                            connection,
                            Sql.CHANGE_ROW,
                            version,
                            next.changedAt(),
                            next.openChats(),
                            body,
                            operator,
                            version - 1);
        } catch (SQLException failure) {
            if (Failures.isDuplicate(failure)) {
                return false;
            }
            throw failure;
        }
        if (written == 1) {
            Rows.change(connection, Sql.LOG_ROW, operator, version, next.changedAt(), next.openChats(), body);
        }
        return written == 1;
    }

    private static OperatorPresence row(ResultSet row) throws SQLException {
        return PresenceCodec.read(
                OperatorId.of(row.getString(1)), row.getLong(2), Rows.instant(row, 3), row.getInt(4), row.getString(5));
    }
}
