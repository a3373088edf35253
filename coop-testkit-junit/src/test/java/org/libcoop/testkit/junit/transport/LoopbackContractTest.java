package org.libcoop.testkit.junit.transport;

import org.libcoop.spi.Authenticator;
import org.libcoop.testkit.junit.TransportContract;
import org.libcoop.testkit.junit.TransportUnderTest;

/** The loopback transport keeps the rules. */
class LoopbackContractTest extends TransportContract {
    @Override
    protected TransportUnderTest open(Authenticator authenticator) {
        return new LoopbackUnderTest(authenticator);
    }
}
