package org.libcoop.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The rules of the archive are the same ones in the port, on its page, and in its contract. */
class ArchiveContractPageTest {

    private static final Path PORT = Path.of("../coop-core/src/main/java/org/libcoop/spi/Archive.java");
    private static final Path PAGE = Path.of("../docs/reference/archive-contract.md");

    @Test
    void everyRuleOfThePortHasATest() throws IOException {
        Set<String> rules = ContractRules.listedIn(PORT, "AR");

        assertThat(rules).hasSizeGreaterThan(5).isEqualTo(ContractRules.inTestsOf(ArchiveContract.class));
    }

    @Test
    void thePageNamesTheRulesOfThePort() throws IOException {
        assertThat(ContractRules.listedIn(PAGE, "AR")).isEqualTo(ContractRules.listedIn(PORT, "AR"));
    }
}
