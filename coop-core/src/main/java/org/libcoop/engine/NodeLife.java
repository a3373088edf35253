package org.libcoop.engine;

import java.time.Duration;
import java.time.Instant;
import org.libcoop.presence.NodeId;
import org.libcoop.spi.Happening;
import org.libcoop.spi.Ids;
import org.libcoop.spi.NodeLease;
import org.libcoop.spi.Store;

/**
 * This node's lease and how fresh its view is. A node whose lease is over, or whose view is older than its lease, decides
 * nothing (T3); it comes back under a new name. Written by the pipeline, read by any thread.
 */
final class NodeLife {

    private final Store store;
    private final Ids ids;
    private final Listeners listeners;
    private volatile NodeLease lease;
    private volatile Instant viewedAt;

    NodeLife(Store store, Ids ids, Duration length, Listeners listeners) {
        this.store = store;
        this.ids = ids;
        this.listeners = listeners;
        this.lease = store.join(new NodeId(ids.next()), length);
        this.viewedAt = Instant.EPOCH;
        listeners.tell(new Happening.NodeJoined(lease.renewedAt(), lease.node()));
    }

    NodeId node() {
        return lease.node();
    }

    boolean mayDecide(Instant now) {
        NodeLease held = lease;
        return now.isBefore(held.endsAt()) && now.isBefore(viewedAt.plus(held.length()));
    }

    /** The node's view of the store was complete at {@code now}. */
    void viewed(Instant now) {
        viewedAt = now;
    }

    /** Renews the lease if {@code every} has passed; false if it is over. */
    boolean renewed(Instant now, Duration every) {
        if (now.isBefore(lease.renewedAt().plus(every)) && now.isBefore(lease.endsAt())) {
            return true;
        }
        NodeLease renewed = store.renew(lease.node()).orElse(null);
        if (renewed != null) {
            lease = renewed;
        }
        return renewed != null;
    }

    /** A new life under a new name. */
    void rejoin(Duration length, Instant now) {
        listeners.tell(new Happening.NodeFenced(now, lease.node()));
        lease = store.join(new NodeId(ids.next()), length);
        viewedAt = Instant.EPOCH;
        listeners.tell(new Happening.NodeJoined(lease.renewedAt(), lease.node()));
    }
}
