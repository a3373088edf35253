package org.libcoop.testkit.junit.broken;

import java.time.Duration;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.libcoop.spi.Store;
import org.libcoop.testkit.SimulatedClock;
import org.libcoop.testkit.junit.StoreContract;
import org.libcoop.testkit.junit.StoreUnderTest;

/** The contract on a store with the defect that the run names, none by itself; {@link PlantedStoreDefectsTest} runs it. */
@ExtendWith(ContractOnDefect.Planted.class)
class ContractOnDefect extends StoreContract {

    /** The configuration parameter that names the defect. */
    static final String DEFECT = "org.libcoop.testkit.junit.defect";

    static final class Planted implements ParameterResolver {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Defect.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getConfigurationParameter(DEFECT).map(Defect::named).orElse(Defect.NONE);
        }
    }

    private final Defect defect;

    ContractOnDefect(Defect defect) {
        this.defect = defect;
    }

    @Override
    protected StoreUnderTest open() {
        SimulatedClock clock = new SimulatedClock();
        Journal journal = new Journal(clock);
        Store memory = journal.open(0);
        return StoreUnderTest.of(defect.plant().apply(memory))
                .withTime(clock::advance)
                .withSecondHandle(() -> defect.plant().apply(memory))
                .withReopen(() -> defect.plant().apply(journal.open(defect.lostOnReopen())))
                .withPatience(Duration.ofSeconds(1))
                .keepingNul()
                .keepingUnpairedSurrogates();
    }
}
