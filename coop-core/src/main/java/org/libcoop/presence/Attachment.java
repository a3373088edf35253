package org.libcoop.presence;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One node's word on an operator's life. While {@code lastRenewal} is null the node vouches: the operator lives as long
 * as the node does. Once set, it is the last sign of life that node had, and nothing more will come from there (P4).
 * <em>Immutable.</em>
 */
public record Attachment(NodeId node, @Nullable Instant lastRenewal) {

    public Attachment {
        Objects.requireNonNull(node, "node");
    }

    /** Whether the node still vouches for the operator. */
    public boolean vouched() {
        return lastRenewal == null;
    }
}
