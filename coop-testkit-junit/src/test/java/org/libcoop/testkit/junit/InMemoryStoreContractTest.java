package org.libcoop.testkit.junit;

import org.libcoop.memory.InMemoryStore;
import org.libcoop.testkit.SimulatedClock;

/** The store in memory keeps its contract; only what a process takes with it to its end cannot be asked of it. */
class InMemoryStoreContractTest extends StoreContract {

    @Override
    protected StoreUnderTest open() {
        SimulatedClock clock = new SimulatedClock();
        InMemoryStore store = new InMemoryStore(clock);
        return StoreUnderTest.of(store)
                .withTime(clock::advance)
                .withSecondHandle(() -> store)
                .keepingNul()
                .keepingUnpairedSurrogates();
    }
}
