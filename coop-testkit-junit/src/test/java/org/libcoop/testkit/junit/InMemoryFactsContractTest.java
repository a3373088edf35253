package org.libcoop.testkit.junit;

import org.libcoop.memory.InMemoryFacts;
import org.libcoop.spi.Facts;

class InMemoryFactsContractTest extends FactsContract {

    @Override
    protected Facts open() {
        return new InMemoryFacts();
    }
}
