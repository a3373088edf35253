package edu.example.library;

import static java.time.Duration.ofSeconds;
import static org.libcoop.testkit.junit.CoopAssertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.libcoop.directory.CoopAccount.Level;
import org.libcoop.directory.Directory;
import org.libcoop.directory.Option;
import org.libcoop.testkit.SimulatedChat;
import org.libcoop.testkit.SimulatedCoop;
import org.libcoop.testkit.junit.ScenarioTests;

class RouteTest {

    private final SimulatedCoop coop = SimulatedCoop.of(Directory.builder()
            .institution("springy", "Springy University", "America/New_York")
            .operator("ana", "springy", "Ana")
            .department("reference", "springy", "Reference", "ana")
            .institution("hill", "Hill College", "America/New_York")
            .operator("olga", "hill", "Olga")
            .globalCoop("academic", "Academic Co-Op")
            .member("springy")
            .member("hill")
            .account("academic", "olga", Level.REGULAR)
            .widget("databases", "springy", widget -> widget.route(
                            Option.department("reference"), Option.coop("academic"))
                    .timedFallback(ofSeconds(15)))
            .build());

    @Test
    void theCoopIsAskedAfterFifteenSecondsAndNotBefore() {
        coop.operator("ana").signsIn().monitors("reference");
        coop.operator("olga").signsIn().monitors("academic");

        SimulatedChat chat = coop.patron("Stewart").startsChat("databases");
        coop.clock().advance(ofSeconds(14));
        assertThat(chat).isOfferedTo("ana").isNotOfferedTo("olga");

        coop.clock().advance(ofSeconds(1));
        assertThat(chat).isOfferedTo("ana", "olga");
    }

    /** The same without Java, for whoever knows the library and not the language. */
    @TestFactory
    Stream<DynamicTest> scenarios() {
        return ScenarioTests.in(Path.of("src/test/scenarios"));
    }
}
