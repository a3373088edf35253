package org.libcoop.presence;

import org.libcoop.directory.IdText;

/**
 * The name of one life of one engine node. A node that comes back after its lease ended takes a new one, so a name that
 * was dead once is dead for ever (T3). It has 1 to 100 characters (UTF-16 units), is not blank, and
 * has no control characters and no unpaired surrogates. <em>Immutable.</em>
 */
public record NodeId(String value) implements Comparable<NodeId> {

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException if the value is blank, too long, or has characters that an id may not have
     */
    public NodeId {
        IdText.require("node id", value, 100);
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
