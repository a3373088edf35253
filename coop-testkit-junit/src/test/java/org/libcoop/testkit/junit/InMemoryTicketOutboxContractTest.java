package org.libcoop.testkit.junit;

import org.libcoop.memory.InMemoryTicketOutbox;
import org.libcoop.spi.TicketOutbox;

class InMemoryTicketOutboxContractTest extends TicketOutboxContract {

    @Override
    protected TicketOutbox open() {
        return new InMemoryTicketOutbox();
    }
}
