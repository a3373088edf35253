package org.libcoop.testkit.junit;

import org.libcoop.memory.InMemoryFileVault;
import org.libcoop.spi.FileVault;
import org.libcoop.testkit.SimulatedClock;

class InMemoryFileVaultContractTest extends FileVaultContract {

    @Override
    protected FileVault open() {
        return new InMemoryFileVault(new SimulatedClock());
    }
}
