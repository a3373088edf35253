package org.libcoop.testkit.junit;

import org.libcoop.memory.InMemoryDiscussions;
import org.libcoop.spi.Discussions;

class InMemoryDiscussionsContractTest extends DiscussionsContract {

    @Override
    protected Discussions open() {
        return new InMemoryDiscussions();
    }
}
