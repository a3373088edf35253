package org.libcoop.engine;

import java.time.Duration;
import java.time.Instant;
import org.libcoop.spi.Notice;
import org.libcoop.spi.Peer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection of this node and its last sign of life. A connection that is not remote lives with the process and always
 * counts as alive until it is closed (P4). Safe for use by several threads.
 */
abstract class Connection {

    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

    private final Peer peer;
    private final boolean remote;
    private volatile Instant lastRenewal;
    private volatile boolean open = true;
    private volatile boolean dropped;

    Connection(Peer peer, boolean remote, Instant now) {
        this.peer = peer;
        this.remote = remote;
        this.lastRenewal = now;
    }

    /** A sign of life at {@code now}; never moves back. */
    public final void renew(Instant now) {
        if (now.isAfter(lastRenewal)) {
            lastRenewal = now;
        }
    }

    /** The last sign of life. */
    public final Instant lastRenewal() {
        return lastRenewal;
    }

    final boolean silentFor(Duration lease, Instant now) {
        return remote && !now.isBefore(lastRenewal.plus(lease));
    }

    /** The connection was silent for a lease and has been given up; nothing counts that still comes through it. */
    final void dropped() {
        dropped = true;
    }

    /** Whether the connection was given up for silence: its client has to connect anew. */
    public final boolean isDropped() {
        return dropped;
    }

    final boolean isRemote() {
        return remote;
    }

    final boolean isOpen() {
        return open;
    }

    final void closed() {
        open = false;
    }

    /** Tells the peer; what a host's peer throws breaks nothing else. */
    final void tell(Notice notice) {
        if (!open) {
            return;
        }
        try {
            peer.deliver(notice);
        } catch (RuntimeException broken) {
            LOG.warn("A peer of {} did not take a notice", this, broken);
        }
    }
}
