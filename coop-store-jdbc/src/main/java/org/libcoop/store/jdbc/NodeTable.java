package org.libcoop.store.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.libcoop.presence.NodeId;
import org.libcoop.spi.NodeLease;

/** Lives of nodes: their leases, and what is cleared away when one renews its own. */
final class NodeTable {

    /** How long the hints of a stream are kept: whoever is further behind looks at everything anew. */
    private static final long KEPT_HINTS = Duration.ofMinutes(10).toMillis();

    private static final long KEPT_NODES = Duration.ofDays(1).toMillis();
    private static final long KEPT_PRESENCE = Duration.ofDays(7).toMillis();

    private final Sql sql;
    private final StoreTime time;

    NodeTable(Sql sql, StoreTime time) {
        this.sql = sql;
        this.time = time;
    }

    NodeLease join(Connection connection, NodeId node, Duration length) throws SQLException {
        long now = time.millis(connection);
        Rows.change(connection, Sql.FORGET_NODES, now - KEPT_NODES);
        try {
            Rows.change(connection, Sql.JOIN, node.value(), now, length.toMillis());
        } catch (SQLException failure) {
            if (Failures.isDuplicate(failure)) {
                throw new IllegalArgumentException("node " + node + " had a lease before; take a new id", failure);
            }
            throw failure;
        }
        return new NodeLease(node, Instant.ofEpochMilli(now), length);
    }

    Optional<NodeLease> renew(Connection connection, NodeId node) throws SQLException {
        return changed(connection, sql.renew, node)
                ? leases(connection).stream()
                        .filter(lease -> lease.node().equals(node))
                        .findFirst()
                : Optional.empty();
    }

    void leave(Connection connection, NodeId node) throws SQLException {
        changed(connection, sql.leave, node);
    }

    private boolean changed(Connection connection, String update, NodeId node) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(update)) {
            time.set(statement, 1);
            statement.setString(2, node.value());
            time.set(statement, 3);
            return statement.executeUpdate() == 1;
        }
    }

    /** Whether the node's lease holds; then its stream is one longer, and its row is locked until the end of the transaction. */
    boolean holds(Connection connection, NodeId node) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql.nextOfStream)) {
            statement.setString(1, node.value());
            time.set(statement, 2);
            return statement.executeUpdate() == 1;
        }
    }

    static List<NodeLease> leases(Connection connection) throws SQLException {
        return Rows.all(connection, Sql.LEASES, row -> Rows.readable("node", row, NodeTable::lease)).stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private static NodeLease lease(ResultSet row) throws SQLException {
        return new NodeLease(new NodeId(row.getString(1)), Rows.instant(row, 2), Duration.ofMillis(row.getLong(3)));
    }

    /** Clears away what nobody needs any more: old hints of this node's stream, streams of forgotten nodes, old presence. */
    void clear(Connection connection, NodeId node) throws SQLException {
        long now = time.millis(connection);
        long upTo = Rows.first(connection, Sql.KEEP_HINTS_FROM, row -> row.getLong(1), node.value(), now - KEPT_HINTS)
                .orElse(0L);
        if (upTo > 0) {
            Rows.change(connection, Sql.BEGIN_STREAM, upTo, node.value());
            Rows.change(connection, Sql.FORGET_HINTS, node.value(), upTo);
        }
        Rows.change(connection, Sql.FORGET_FEEDS, now - KEPT_HINTS);
        Rows.change(connection, Sql.FORGET_ROWS, now - KEPT_PRESENCE, now - KEPT_PRESENCE);
    }
}
