package org.libcoop.example;

import java.util.List;
import org.libcoop.spi.TicketDesk;
import org.libcoop.testkit.junit.TicketDeskContract;

/** The demo's ticket system keeps the contract of every one. */
class TicketQueueContractTest extends TicketDeskContract {

    private TicketQueue queue;

    @Override
    protected TicketDesk open() {
        queue = Storage.ticketsInMemory();
        return queue;
    }

    @Override
    protected List<Kept> kept() {
        return queue.all().stream()
                .map(one -> new Kept(
                        one.reference(), one.home(), one.question(), one.name(), one.email(), one.conversation()))
                .toList();
    }
}
