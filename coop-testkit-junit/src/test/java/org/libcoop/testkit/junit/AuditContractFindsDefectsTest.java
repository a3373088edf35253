package org.libcoop.testkit.junit;

import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.libcoop.spi.AuditTrail;

/** Runs the contract against audit trails that are broken on purpose: each must fail a test of the rule it breaks. */
class AuditContractFindsDefectsTest extends ContractFindsDefects<AuditTrail> {

    /** The contract on whatever trail is to be tried; only run from here. */
    static class OnAnyTrail extends AuditTrailContract {
        @Override
        protected AuditTrail open() {
            return made(AuditTrail.class);
        }
    }

    AuditContractFindsDefectsTest() {
        super(OnAnyTrail.class, BrokenAuditTrails.Proxy::new);
    }

    @Override
    Stream<Arguments> defects() {
        return Stream.of(
                broken(BrokenAuditTrails.CutsLongLists::new, "at01"),
                broken(BrokenAuditTrails.NamesRecordsAnew::new, "at02"),
                broken(BrokenAuditTrails.CutsMilliseconds::new, "at03"),
                broken(BrokenAuditTrails.DropsCounts::new, "at03"),
                broken(BrokenAuditTrails.TakesTheLastInstantIn::new, "at04"),
                broken(BrokenAuditTrails.TakesWhatWasRefusedForDone::new, "at04"),
                broken(BrokenAuditTrails.OldestFirst::new, "at05"),
                broken(BrokenAuditTrails.GuessesThatSomethingFollows::new, "at06"),
                broken(BrokenAuditTrails.GivesAnyNumber::new, "at07"),
                broken(BrokenAuditTrails.TakesAnyCursor::new, "at08"),
                broken(BrokenAuditTrails.ForgetsTheInstant::new, "at09"));
    }
}
