package org.libcoop.spi;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.libcoop.presence.NodeId;

/** A node's lease: alive until {@code renewedAt + length}, that instant excluded, in the store's time (P4). <em>Immutable.</em> */
public record NodeLease(NodeId node, Instant renewedAt, Duration length) {

    public NodeLease {
        Objects.requireNonNull(node, "node");
        Objects.requireNonNull(renewedAt, "renewedAt");
        Objects.requireNonNull(length, "length");
    }

    /** The instant from which the node is dead. */
    public Instant endsAt() {
        return renewedAt.plus(length);
    }
}
