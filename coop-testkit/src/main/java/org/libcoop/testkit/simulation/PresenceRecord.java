package org.libcoop.testkit.simulation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.libcoop.directory.Directory;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.Operator;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Policies;
import org.libcoop.directory.Stage;
import org.libcoop.presence.Attachment;
import org.libcoop.presence.NodeId;
import org.libcoop.presence.OperatorPresence;
import org.libcoop.presence.Status;
import org.libcoop.spi.NodeLease;

/**
 * Who was there when, read off the store's presence rows in the plainest way: no spans, no unions, no look-ahead. Slow, and
 * written without a look at the engine's own answer, which it is there to check (P3, P4, C12).
 */
final class PresenceRecord {

    /**
     * A row as the store took it: with which change, and by whom; {@code committer} knows it without reading, and is null if
     * nobody does.
     */
    record Row(
            OperatorPresence presence,
            long change,
            @Nullable SimulatedNode committer) {}

    private final Map<OperatorId, List<Row>> rows = new HashMap<>();
    private final Map<NodeId, Instant> lastRenewals = new HashMap<>();

    void add(Row row) {
        rows.computeIfAbsent(row.presence().operator(), o -> new ArrayList<>()).add(row);
    }

    /** {@code node} was not told that its rows after the change numbered {@code after} were taken. */
    void committerNotTold(SimulatedNode node, long after) {
        for (List<Row> list : rows.values()) {
            list.replaceAll(row -> row.change() > after && row.committer() == node
                    ? new Row(row.presence(), row.change(), null)
                    : row);
        }
    }

    void leases(List<NodeLease> leases) {
        leases.forEach(lease -> lastRenewals.put(lease.node(), lease.renewedAt()));
    }

    long newestVersion(OperatorId operator) {
        List<Row> known = rows.getOrDefault(operator, List.of());
        return known.isEmpty() ? 0 : known.get(known.size() - 1).presence().version();
    }

    OperatorPresence newest(OperatorId operator) {
        List<Row> known = rows.getOrDefault(operator, List.of());
        return known.isEmpty()
                ? OperatorPresence.unknown(operator)
                : known.get(known.size() - 1).presence();
    }

    /** The row that held at {@code at}, of those that {@code view} could know before {@code change}. */
    Optional<OperatorPresence> at(OperatorId operator, Instant at, View view, long change) {
        List<Row> known = rows.getOrDefault(operator, List.of());
        for (int i = known.size() - 1; i >= 0; i--) {
            Row row = known.get(i);
            if (row.change() < change && !row.presence().changedAt().isAfter(at) && view.knows(row)) {
                return Optional.of(row.presence());
            }
        }
        return Optional.empty();
    }

    /** P3, with those nodes ended that {@code ended} says. */
    boolean available(
            OperatorId operator, InstitutionId home, Stage stage, Instant at, Deed deed, Predicate<NodeId> ended) {
        Directory directory = deed.directory();
        return directory.reachable(home, stage.option())
                && directory.hasAccess(operator, stage)
                && at(operator, at, deed.node().view(), deed.change())
                        .filter(row -> willing(row, stage, directory) && alive(row, at, directory.policies(), ended))
                        .isPresent();
    }

    /** R2: somebody who serves {@code stage}; null if nobody does. */
    @Nullable
    OperatorId servedBy(InstitutionId home, Stage stage, Instant at, Deed deed, Predicate<NodeId> ended) {
        for (OperatorId operator : deed.directory().operatorsOf(stage)) {
            if (available(operator, home, stage, at, deed, ended)) {
                return operator;
            }
        }
        return null;
    }

    static boolean willing(OperatorPresence row, Stage stage, Directory directory) {
        Policies policies = directory.policies();
        boolean there = row.status() == Status.ONLINE || (row.status() == Status.AWAY && policies.awayMonitors());
        boolean room = policies.operatorLimit().isEmpty()
                || row.openChats() < policies.operatorLimit().getAsInt();
        return directory.operator(row.operator()).filter(Operator::chatEnabled).isPresent()
                && row.signedIn()
                && there
                && room
                && row.switches().contains(stage.option());
    }

    private boolean alive(OperatorPresence row, Instant at, Policies policies, Predicate<NodeId> ended) {
        Instant last = lastSign(row, ended);
        return last == null || at.isBefore(last.plus(policies.lease()));
    }

    /** The last sign of life of whoever the row is of; null while a node vouches that has not ended. */
    @Nullable
    Instant lastSign(OperatorPresence row, Predicate<NodeId> ended) {
        Instant last = Instant.MIN;
        for (Attachment attachment : row.attachments()) {
            Instant sign = attachment.lastRenewal();
            if (sign == null && ended.test(attachment.node())) {
                sign = lastRenewals.get(attachment.node());
            }
            if (sign == null) {
                return null;
            }
            last = sign.isAfter(last) ? sign : last;
        }
        return last;
    }
}
