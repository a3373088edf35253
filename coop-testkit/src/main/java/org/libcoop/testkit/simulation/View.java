package org.libcoop.testkit.simulation;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.libcoop.directory.OperatorId;
import org.libcoop.presence.NodeId;
import org.libcoop.presence.OperatorPresence;
import org.libcoop.spi.Feed;
import org.libcoop.spi.NodeLease;

/**
 * What one node can know: what the store has answered it, and what it changed itself. A decision is right or wrong by what
 * its node could know; that a node must follow the feed is checked where it has had the time to.
 */
final class View {

    private final SimulatedNode node;
    private final Map<OperatorId, Long> versionsRead = new HashMap<>();
    private final Set<NodeId> endedNodes = new HashSet<>();
    private final Set<NodeId> endedNodesRead = new HashSet<>();
    private final Set<NodeId> endedNodesLost = new HashSet<>();
    private long followedTo;
    private long decidedOn = Long.MAX_VALUE;
    private Instant viewedAt = Instant.MIN;

    View(SimulatedNode node) {
        this.node = node;
    }

    /** The store answered; {@code change} is the number of its newest change, {@code now} its time. */
    void answered(@Nullable Object answer, long change, Instant now) {
        if (answer instanceof Feed feed && feed.hints().isEmpty() && !feed.tooOld()) {
            followedTo = change;
            viewedAt = now;
        } else if (answer instanceof List<?> list) {
            for (Object row : list) {
                if (row instanceof OperatorPresence presence) {
                    versionsRead.merge(presence.operator(), presence.version(), Math::max);
                } else if (row instanceof NodeLease lease && !now.isBefore(lease.endsAt())) {
                    endedNodesRead.add(lease.node());
                }
            }
        }
    }

    /** The node turns to the feed: what it was about to learn from an earlier answer is learnt. */
    void turnsToFeed() {
        endedNodes.addAll(endedNodesRead);
        endedNodesRead.clear();
    }

    /** The node was interrupted by a store that is away: what it was about to learn may have to be read again. */
    void interrupted() {
        endedNodesLost.addAll(endedNodesRead);
        endedNodesRead.clear();
    }

    /** The node hands a batch to the store, all of it decided before any of it is taken: on what it knew up to {@code change}. */
    void handsOver(long change) {
        decidedOn = change;
    }

    /** The number of the newest change of which this node has read all hints. */
    long followedTo() {
        return followedTo;
    }

    Instant viewedAt() {
        return viewedAt;
    }

    boolean knows(PresenceRecord.Row row) {
        return (row.committer() == node && row.change() <= decidedOn)
                || row.change() <= followedTo
                || row.presence().version()
                        <= versionsRead.getOrDefault(row.presence().operator(), 0L);
    }

    /** Whether the store has told of the end, learnt or not. */
    boolean mayKnowEnd(NodeId ended) {
        return endedNodes.contains(ended) || endedNodesRead.contains(ended) || endedNodesLost.contains(ended);
    }

    boolean knowsEnd(NodeId ended) {
        return endedNodes.contains(ended);
    }
}
