package org.libcoop.testkit.junit;

import org.libcoop.memory.InMemoryArchive;
import org.libcoop.spi.Archive;

class InMemoryArchiveContractTest extends ArchiveContract {

    @Override
    protected Archive open() {
        return new InMemoryArchive();
    }
}
