package org.libcoop.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.List;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** Runs a contract within a test, to see what of it fails. */
final class FailedTests {

    private FailedTests() {}

    /** The display names of the tests of {@code contract} that fail; it has more than five. */
    static List<String> of(Class<?> contract) {
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectClass(contract))
                                .build(),
                        listener);
        assertThat(listener.getSummary().getTestsFoundCount()).isGreaterThan(5);
        return listener.getSummary().getFailures().stream()
                .map(failure -> failure.getTestIdentifier().getDisplayName())
                .toList();
    }
}
