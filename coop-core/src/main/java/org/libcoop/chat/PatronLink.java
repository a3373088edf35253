package org.libcoop.chat;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.libcoop.presence.NodeId;

/**
 * Whether the patron is there (C7): {@code node} vouches for the patron while {@code goneSince} is null; after that
 * {@code goneSince} is the patron's last sign of life. <em>Immutable.</em>
 */
public record PatronLink(NodeId node, @Nullable Instant goneSince) {}
