package org.libcoop.testkit.junit;

import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.libcoop.spi.FileVault;

/** Runs the contract against vaults that are broken on purpose: each must fail a test of the rule it breaks. */
class FileVaultContractFindsDefectsTest extends ContractFindsDefects<FileVault> {

    /** The contract on whatever vault is to be tried; only run from here. */
    static class OnAnyVault extends FileVaultContract {
        @Override
        protected FileVault open() {
            return made(FileVault.class);
        }
    }

    FileVaultContractFindsDefectsTest() {
        super(OnAnyVault.class, BrokenFileVaults.Proxy::new);
    }

    @Override
    Stream<Arguments> defects() {
        return Stream.of(
                broken(BrokenFileVaults.StoresTheFirstBuffer::new, "fv01"),
                broken(BrokenFileVaults.RefusesTheLimitItself::new, "fv02"),
                broken(BrokenFileVaults.KeepsTheBeginning::new, "fv02"),
                broken(BrokenFileVaults.LeavesHalves::new, "fv03"),
                broken(BrokenFileVaults.TakesTheTypeOfTheName::new, "fv04"),
                broken(BrokenFileVaults.Overwrites::new, "fv05"),
                broken(BrokenFileVaults.FoldsNames::new, "fv06"),
                broken(BrokenFileVaults.OnlySaysThatItDeletes::new, "fv07"),
                broken(BrokenFileVaults.ListsInAnyOrder::new, "fv08"),
                broken(BrokenFileVaults.ListsTheLastAgain::new, "fv08"));
    }
}
