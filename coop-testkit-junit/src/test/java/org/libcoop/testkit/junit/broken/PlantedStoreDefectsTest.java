package org.libcoop.testkit.junit.broken;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.platform.engine.CancellationToken;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherExecutionRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** The contract notices a store that breaks a rule: each planted defect fails a test of the rule it breaks. */
class PlantedStoreDefectsTest {

    /** What came of the contract's tests, up to the first failure. */
    private static final class Outcome implements TestExecutionListener {
        private final CancellationToken firstFailure = CancellationToken.create();
        private final List<String> passed = new ArrayList<>();
        private final List<String> failed = new ArrayList<>();
        private final List<String> aborted = new ArrayList<>();

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            String name = test.getDisplayName();
            if (result.getStatus() == Status.FAILED) {
                failed.add(name + ": " + result.getThrowable().orElse(null));
                firstFailure.cancel();
            } else if (test.isTest() && !firstFailure.isCancellationRequested()) {
                (result.getStatus() == Status.SUCCESSFUL ? passed : aborted).add(name);
            }
        }
    }

    static Stream<Defect> defects() {
        return Defect.all().stream();
    }

    @ParameterizedTest
    @org.junit.jupiter.params.provider.MethodSource("defects")
    void theContractFindsIt(Defect defect) {
        Outcome outcome = run(defect, defect.rule());

        assertThat(outcome.failed).as("tests of %s that fail", defect.rule()).isNotEmpty();
        assertThat(outcome.failed.get(0)).startsWith(defect.rule() + "_");
    }

    @Test
    void withNothingWrongEveryTestPasses() {
        Outcome outcome = run(Defect.NONE, "st");

        assertThat(outcome.failed).isEmpty();
        assertThat(outcome.aborted).isEmpty();
        assertThat(outcome.passed).hasSizeGreaterThan(100);
    }

    @Test
    void everyRuleIsBrokenByOneAtLeast() {
        List<String> rules =
                IntStream.rangeClosed(1, 15).mapToObj("st%02d"::formatted).toList();

        assertThat(Defect.all()).extracting(Defect::rule).containsAll(rules);
        assertThat(Defect.all()).extracting(Defect::name).doesNotHaveDuplicates();
    }

    private static Outcome run(Defect defect, String rule) {
        PostDiscoveryFilter ofTheRule = test -> FilterResult.includedIf(isOf(test, rule));
        Outcome outcome = new Outcome();
        LauncherFactory.create()
                .execute(LauncherExecutionRequestBuilder.request(LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectClass(ContractOnDefect.class))
                                .filters(ofTheRule)
                                .configurationParameter(ContractOnDefect.DEFECT, defect.name())
                                .build())
                        .listeners(outcome)
                        .cancellationToken(outcome.firstFailure)
                        .build());
        return outcome;
    }

    private static boolean isOf(TestDescriptor test, String rule) {
        return test.getSource()
                .filter(MethodSource.class::isInstance)
                .map(source -> ((MethodSource) source).getMethodName().startsWith(rule))
                .orElse(true);
    }
}
