package org.libcoop.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.libcoop.memory.InMemoryArchive;
import org.libcoop.spi.Archive;

/** Runs the contract against archives that are broken on purpose: each must fail a test of the rule it breaks. */
class ArchiveContractFindsDefectsTest {

    private static Supplier<? extends Archive> made = InMemoryArchive::new;

    /** The contract on whatever archive is to be tried; only run from here. */
    static class OnAnyArchive extends ArchiveContract {
        @Override
        protected Archive open() {
            return made.get();
        }
    }

    static Stream<Arguments> defects() {
        Map<Supplier<? extends Archive>, String> rules = Map.ofEntries(
                Map.entry(BrokenArchives.CutsLongLogs::new, "ar01"),
                Map.entry(BrokenArchives.Overwrites::new, "ar02"),
                Map.entry(BrokenArchives.FailsWhenThere::new, "ar02"),
                Map.entry(BrokenArchives.LeavesWhatGoesOn::new, "ar02"),
                Map.entry(BrokenArchives.TakesTheLast::new, "ar02"),
                Map.entry(BrokenArchives.TrimsTexts::new, "ar03"),
                Map.entry(BrokenArchives.CutsMilliseconds::new, "ar03"),
                Map.entry(BrokenArchives.MixesOwnerships::new, "ar04"),
                Map.entry(BrokenArchives.TakesADeskForACoop::new, "ar04"),
                Map.entry(BrokenArchives.TakesTheLastInstantIn::new, "ar04"),
                Map.entry(BrokenArchives.TakesTextForAPattern::new, "ar04"),
                Map.entry(BrokenArchives.LooksAtCase::new, "ar04"),
                Map.entry(BrokenArchives.OldestFirst::new, "ar05"),
                Map.entry(BrokenArchives.PagesByNumber::new, "ar06"),
                Map.entry(BrokenArchives.GuessesThatSomethingFollows::new, "ar06"),
                Map.entry(BrokenArchives.GivesAnyNumber::new, "ar07"),
                Map.entry(BrokenArchives.TakesAnyCursor::new, "ar08"),
                Map.entry(BrokenArchives.DeletesTheWholeChat::new, "ar09"),
                Map.entry(BrokenArchives.RestoresDeletedContent::new, "ar09"),
                Map.entry(BrokenArchives.DeletesOnce::new, "ar09"),
                Map.entry(BrokenArchives.FindsDeletedTexts::new, "ar09"),
                Map.entry(BrokenArchives.KeepsWhatFollowsADeletion::new, "ar09"),
                Map.entry(BrokenArchives.KeepsIntervalsTwice::new, "ar10"),
                Map.entry(BrokenArchives.ForgetsLeases::new, "ar11"),
                Map.entry(BrokenArchives.TakesTouchingIntervals::new, "ar11"),
                Map.entry(BrokenArchives.FindsRedactedTexts::new, "ar12"),
                Map.entry(BrokenArchives.RedactsAnything::new, "ar12"),
                Map.entry(BrokenArchives.RestoresRedactedTexts::new, "ar12"),
                Map.entry(BrokenArchives.RedactsWhatIsNotThere::new, "ar12"));
        return rules.entrySet().stream()
                .map(entry ->
                        Arguments.of(entry.getKey().get().getClass().getSimpleName(), entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparing(
                        arguments -> String.valueOf(arguments.get()[2])));
    }

    @ParameterizedTest(name = "{0} fails {2}")
    @MethodSource("defects")
    void aBrokenArchiveFailsATestOfTheRuleItBreaks(String name, Supplier<? extends Archive> broken, String rule) {
        List<String> failed = failedTestsOf(broken);

        assertThat(failed).as(name).anyMatch(test -> test.startsWith(rule + "_"));
    }

    @Test
    void everyRuleIsBrokenBySomeArchive() {
        TreeSet<String> broken = new TreeSet<>();
        defects().forEach(arguments -> broken.add(String.valueOf(arguments.get()[2])));

        assertThat(broken).isEqualTo(new TreeSet<>(ContractRules.inTestsOf(ArchiveContract.class)));
    }

    @Test
    void anArchiveThatOnlyPassesOnBreaksNone() {
        assertThat(failedTestsOf(BrokenArchives.Proxy::new)).isEmpty();
    }

    private static List<String> failedTestsOf(Supplier<? extends Archive> archives) {
        made = archives;
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(OnAnyArchive.class))
                .build();
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        try {
            LauncherFactory.create().execute(request, listener);
        } finally {
            made = InMemoryArchive::new;
        }
        assertThat(listener.getSummary().getTestsFoundCount()).isGreaterThan(20);
        return listener.getSummary().getFailures().stream()
                .map(failure -> failure.getTestIdentifier().getDisplayName())
                .toList();
    }
}
