package org.libcoop.presence;

import java.util.Objects;

/**
 * The name of one life of one engine node. A node that comes back after its lease ended takes a new one, so a name that
 * was dead once is dead for ever (T3). <em>Immutable.</em>
 */
public record NodeId(String value) implements Comparable<NodeId> {

    public NodeId {
        Objects.requireNonNull(value, "value");
        if (value.isBlank() || value.length() > 100) {
            throw new IllegalArgumentException("node id must have 1 to 100 characters: " + value);
        }
    }

    @Override
    public int compareTo(NodeId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
