package org.libcoop.engine;

import java.time.Instant;
import org.libcoop.directory.OperatorId;
import org.libcoop.spi.Peer;

/** One connection of an operator. <em>Safe for use by several threads.</em> */
public final class OperatorConnection extends Connection {

    private final OperatorId operator;

    OperatorConnection(OperatorId operator, Peer peer, boolean remote, Instant now) {
        super(peer, remote, now);
        this.operator = operator;
    }

    /** Whose connection this is. */
    public OperatorId operator() {
        return operator;
    }

    @Override
    public String toString() {
        return "operator " + operator;
    }
}
