package org.libcoop.engine;

import java.time.Instant;
import org.libcoop.spi.Peer;

/** One connection of a patron, known by a hash of the patron's key and the address it came from. <em>Safe for use by several threads.</em> */
public final class PatronConnection extends Connection {

    private final String keyHash;
    private final String address;

    PatronConnection(String keyHash, String address, Peer peer, boolean remote, Instant now) {
        super(peer, remote, now);
        this.keyHash = keyHash;
        this.address = address;
    }

    String keyHash() {
        return keyHash;
    }

    String address() {
        return address;
    }

    @Override
    public String toString() {
        return "a patron"; // neither key nor address belongs in a log
    }
}
