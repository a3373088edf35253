package org.libcoop.testkit.junit;

import org.libcoop.memory.InMemoryAuditTrail;
import org.libcoop.spi.AuditTrail;

class InMemoryAuditTrailContractTest extends AuditTrailContract {

    @Override
    protected AuditTrail open() {
        return new InMemoryAuditTrail();
    }
}
