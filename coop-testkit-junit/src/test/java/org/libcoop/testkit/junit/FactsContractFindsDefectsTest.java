package org.libcoop.testkit.junit;

import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.libcoop.spi.Facts;

/** Runs the contract against facts that are broken on purpose: each must fail a test of the rule it breaks. */
class FactsContractFindsDefectsTest extends ContractFindsDefects<Facts> {

    /** The contract on whatever is to be tried; only run from here. */
    static class OnAny extends FactsContract {
        @Override
        protected Facts open() {
            return made(Facts.class);
        }
    }

    FactsContractFindsDefectsTest() {
        super(OnAny.class, BrokenFacts.Proxy::new);
    }

    @Override
    Stream<Arguments> defects() {
        return Stream.of(
                broken(BrokenFacts.KeepsTheFirstOfMany::new, "fa01"),
                broken(BrokenFacts.KeepsTheFirst::new, "fa02"),
                broken(BrokenFacts.KeepsTheLast::new, "fa02"),
                broken(BrokenFacts.ReadsThenWrites::new, "fa02"),
                broken(BrokenFacts.CutsMilliseconds::new, "fa03"),
                broken(BrokenFacts.KnowsOneZone::new, "fa04"),
                broken(BrokenFacts.CountsTheEnd::new, "fa04"),
                broken(BrokenFacts.MixesHomeAndAnswer::new, "fa05"),
                broken(BrokenFacts.ForgetsTheRest::new, "fa05"),
                broken(BrokenFacts.GivesAnyNumber::new, "fa05"),
                broken(BrokenFacts.LosesWhatComesMeanwhile::new, "fa06"),
                broken(BrokenFacts.LosesWhatChanged::new, "fa06"),
                broken(BrokenFacts.KeepsTheLastStaffed::new, "fa07"),
                broken(BrokenFacts.ReadsThenWritesStaffed::new, "fa07"),
                broken(BrokenFacts.ForgetsWhoWasThere::new, "fa07"),
                broken(BrokenFacts.CountsTheEndStaffed::new, "fa08"),
                broken(BrokenFacts.KnowsOneStage::new, "fa08"));
    }
}
