package org.libcoop.testkit.junit;

import org.libcoop.CoopEngine;
import org.libcoop.spi.Transport;

/** A transport as the {@link TransportContract} tries it: not started yet, with whatever it stands on. */
public interface TransportUnderTest extends AutoCloseable {

    /** The transport; the contract gives it to an engine, which starts and closes it. */
    Transport<CoopEngine> transport();

    /**
     * A new connection of a peer that has said nothing yet.
     *
     * @throws RuntimeException if none is taken
     */
    FarEnd connect();

    /** How many connections the transport holds now. */
    int connections();

    /** Gives back what the transport stands on; after the engine has closed the transport. */
    @Override
    void close();
}
