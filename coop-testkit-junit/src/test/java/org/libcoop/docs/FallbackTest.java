package org.libcoop.docs;

import static java.time.Duration.ofSeconds;
import static org.libcoop.testkit.junit.CoopAssertions.assertThat;

import org.junit.jupiter.api.Test;
import org.libcoop.directory.CoopAccount;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.DepartmentId;
import org.libcoop.directory.Directory;
import org.libcoop.directory.Option;
import org.libcoop.testkit.SimulatedChat;
import org.libcoop.testkit.SimulatedCoop;

class FallbackTest {

    private final SimulatedCoop coop = SimulatedCoop.of(Directory.builder()
            .institution("springy", "Springy University", "America/New_York")
            .operator("ana", "springy", "Ana")
            .department("reference", "springy", "Reference", "ana")
            .institution("hill", "Hill College", "America/New_York")
            .operator("olga", "hill", "Olga")
            .globalCoop("academic", "Academic Co-Op")
            .member("springy")
            .member("hill")
            .account("academic", "olga", CoopAccount.Level.REGULAR)
            .widget(
                    "databases",
                    "springy",
                    widget -> widget.route(
                                    Option.department(DepartmentId.of("reference")), Option.coop(CoopId.of("academic")))
                            .timedFallback(ofSeconds(15)))
            .build());

    @Test
    void anUnclaimedChatReachesTheCoop() {
        coop.operator("ana").signsIn().monitors("reference");
        coop.operator("olga").signsIn().monitors("academic");

        SimulatedChat chat = coop.patron("Stewart").startsChat("databases");
        assertThat(chat).isOfferedTo("ana").isNotOfferedTo("olga");

        coop.clock().advance(ofSeconds(15));
        assertThat(chat).isOfferedTo("ana", "olga");
    }
}
