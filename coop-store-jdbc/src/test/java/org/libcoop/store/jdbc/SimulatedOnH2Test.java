package org.libcoop.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.libcoop.spi.Clock;
import org.libcoop.spi.Store;
import org.libcoop.testkit.simulation.SimulationOptions;
import org.libcoop.testkit.simulation.SimulationResult;
import org.libcoop.testkit.simulation.Simulator;

/** The simulator of two nodes under faults, over the real store and archive on H2; {@code -Dsimulation.seeds=N} runs more seeds. */
class SimulatedOnH2Test {

    private static final int SEEDS = Integer.getInteger("simulation.seeds", 10);
    private static final int CHATS = 100;

    @Test
    void nothingIsLostAndNothingIsDoneTwiceWhateverGoesWrong() {
        List<SimulationResult> results = LongStream.rangeClosed(1, SEEDS)
                .parallel()
                .mapToObj(seed -> run(SimulationOptions.of(seed).withChats(CHATS)))
                .toList();

        int chats = results.stream().mapToInt(SimulationResult::chats).sum();
        System.out.printf("Simulator on H2: %,d chats over %d seeds%n", chats, SEEDS);
        assertThat(chats).isPositive();
    }

    @Test
    void bothStoresLeadToTheSameOutcomes() {
        SimulationOptions options = SimulationOptions.of(3).withChats(60).with(SimulationOptions.Disturbance.NOTHING);

        assertThat(run(options).outcomes()).isEqualTo(Simulator.run(options).outcomes());
    }

    private static SimulationResult run(SimulationOptions options) {
        try (HikariDataSource database = Databases.h2InMemory(Databases.Pooled.USUAL)) {
            return Simulator.runOn(options, clock -> store(database, clock), JdbcArchive.open(database));
        }
    }

    private static Store store(HikariDataSource database, Clock clock) {
        return JdbcStore.builder(database).pollEvery(Duration.ZERO).clock(clock).build();
    }
}
