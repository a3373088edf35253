package org.libcoop.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.libcoop.spi.Archive;
import org.libcoop.spi.AuditTrail;
import org.libcoop.spi.Discussions;
import org.libcoop.spi.Facts;
import org.libcoop.spi.FaqSource;
import org.libcoop.spi.FileVault;
import org.libcoop.spi.TicketDesk;
import org.libcoop.spi.TicketOutbox;

/** The rules of a contract are the same ones in the port, on its page, and in the names of its tests. */
class ContractPageTest {

    private static final Path PORTS = Path.of("../coop-core/src/main/java/org/libcoop/spi");
    private static final Path PAGES = Path.of("../docs/reference");

    static Stream<Arguments> contracts() {
        return Stream.of(
                Arguments.of("AR", 16, Archive.class, "archive-contract.md", ArchiveContract.class),
                Arguments.of("AT", 9, AuditTrail.class, "audit-contract.md", AuditTrailContract.class),
                Arguments.of("DS", 10, Discussions.class, "discussions-contract.md", DiscussionsContract.class),
                Arguments.of("FA", 8, Facts.class, "facts-contract.md", FactsContract.class),
                Arguments.of("FQ", 11, FaqSource.class, "faq-contract.md", FaqSourceContract.class),
                Arguments.of("FV", 8, FileVault.class, "file-vault-contract.md", FileVaultContract.class),
                Arguments.of("TD", 5, TicketDesk.class, "ticket-desk-contract.md", TicketDeskContract.class),
                Arguments.of("TO", 11, TicketOutbox.class, "ticket-outbox-contract.md", TicketOutboxContract.class));
    }

    @ParameterizedTest(name = "{3}")
    @MethodSource("contracts")
    void portPageAndTestsNameTheSameRules(String prefix, int howMany, Class<?> port, String page, Class<?> contract)
            throws IOException {
        Set<String> rules = ContractRules.listedIn(PORTS.resolve(port.getSimpleName() + ".java"), prefix);

        assertThat(rules).hasSize(howMany).isEqualTo(ContractRules.inTestsOf(contract));
        assertThat(ContractRules.listedIn(PAGES.resolve(page), prefix)).isEqualTo(rules);
    }
}
