package org.libcoop.store.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.libcoop.spi.Clock;

/** The store's time: the database's, or a given clock's where time is simulated (T1, ST9). <em>Safe for use by several threads.</em> */
final class StoreTime {

    private final Sql sql;
    private final @Nullable Clock given;
    private long latest = Long.MIN_VALUE;

    StoreTime(Sql sql, @Nullable Clock given) {
        this.sql = sql;
        this.given = given;
    }

    /** Sets the parameter of a statement that asks for the time; null means the database's. */
    void set(PreparedStatement statement, int index) throws SQLException {
        if (given == null) {
            statement.setNull(index, Types.BIGINT);
        } else {
            statement.setLong(index, given.now().toEpochMilli());
        }
    }

    /** The time now, in milliseconds; never before what was answered earlier. */
    long millis(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql.now)) {
            set(statement, 1);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return carried(row.getLong(1));
            }
        }
    }

    Instant now(Connection connection) throws SQLException {
        return Instant.ofEpochMilli(millis(connection));
    }

    private synchronized long carried(long now) {
        latest = Math.max(latest, now);
        return latest;
    }
}
