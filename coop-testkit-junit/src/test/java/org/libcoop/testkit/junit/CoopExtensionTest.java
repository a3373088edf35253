package org.libcoop.testkit.junit;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.libcoop.testkit.junit.CoopAssertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.libcoop.CoopEngine;
import org.libcoop.directory.Directory;
import org.libcoop.directory.Option;
import org.libcoop.memory.InMemoryStore;
import org.libcoop.testkit.SimulatedChat;
import org.libcoop.testkit.SimulatedClock;
import org.libcoop.testkit.SimulatedCoop;
import org.libcoop.testkit.SimulatedPatron;

/** What a tester writes: people who come and go, time that is moved, and what is seen then. */
final class CoopExtensionTest {

    @Nested
    @ExtendWith(CoopExtension.class)
    final class WithTheExampleDirectory {

        @BeforeEach
        void librarians(SimulatedCoop coop) {
            coop.operator("ana").signsIn().monitors("reference");
            coop.operator("olga").signsIn().monitors("academic");
            coop.operator("maya").signsIn().monitors("academic");
        }

        @Test
        void aMissedChatIsOfferedToTheCoopAtExactlyTheFallbackInstant(SimulatedCoop coop, SimulatedClock clock) {
            SimulatedPatron patron = coop.patron("Stewart");

            SimulatedChat chat = patron.startsChat("databases");
            clock.advance(ofMillis(14_999));
            assertThat(chat).isWaiting().isOfferedTo("ana").isNotOfferedTo("olga");
            clock.advance(ofMillis(1));

            assertThat(chat).isOfferedTo("olga").hasOpen("reference", "academic");
        }

        @Test
        void theKitOfATestIsOne(SimulatedCoop coop, SimulatedClock clock, CoopEngine engine) {
            assertThat(coop.clock()).isSameAs(clock);
            assertThat(coop.engine()).isSameAs(engine);
            assertThat(coop.isOnline("databases")).isTrue();
        }

        @Test
        void eachTestHasAKitOfItsOwn(SimulatedCoop coop, SimulatedClock clock) {
            SimulatedChat chat = coop.patron("Stewart").startsChat("databases");
            clock.advance(ofSeconds(15));
            chat.claim("olga");

            assertThat(chat).isOwnedBy("olga").wasAnsweredThrough("academic");
            assertThat(clock.now()).isEqualTo(SimulatedClock.DEFAULT_START.plusSeconds(15));
        }
    }

    @Nested
    @DirectoryFile("night.yaml")
    @ExtendWith(CoopExtension.class)
    final class WithADirectoryFile {

        @Test
        void theFileOfTheClassIsRead(SimulatedCoop coop) {
            assertThat(coop.engine().directory().widgets()).hasSize(1);
            assertThat(coop.isOnline("homepage")).isFalse();
        }

        @Test
        @DirectoryFile("/org/libcoop/testkit/junit/day.yaml")
        void theFileOfTheMethodGoesFirst(SimulatedCoop coop) {
            assertThat(coop.isOnline("catalogue")).isFalse();
        }

        @Nested
        final class Within {
            @Test
            void whatIsAroundHolds(SimulatedCoop coop) {
                assertThat(coop.isOnline("homepage")).isFalse();
            }
        }
    }

    @Nested
    final class Registered {

        private final List<String> stores = new ArrayList<>();

        @RegisterExtension
        final CoopExtension extension = CoopExtension.on(Directory.builder()
                        .institution("springy", "Springy University")
                        .operators("springy", "ana")
                        .department("reference", "springy", "Reference", "ana")
                        .widget("home", "springy", widget -> widget.route(Option.department("reference")))
                        .build())
                .startingAt(Instant.parse("2026-03-02T22:00:00Z"))
                .store(clock -> {
                    stores.add("made");
                    return new InMemoryStore(clock);
                });

        @Test
        void directoryStartAndStoreAreOnesOwn(SimulatedCoop coop, SimulatedClock clock) {
            coop.operator("ana").signsIn().monitors("reference");

            assertThat(coop.patron("Stewart").startsChat("home")).isOfferedToExactly("ana");
            assertThat(clock.now()).isEqualTo(Instant.parse("2026-03-02T22:00:00Z"));
            assertThat(stores).containsExactly("made");
        }
    }

    @Test
    void aResourceThatIsNotThereIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CoopExtension.read(CoopExtensionTest.class, "missing.yaml"))
                .withMessageContaining("missing.yaml");
    }
}
