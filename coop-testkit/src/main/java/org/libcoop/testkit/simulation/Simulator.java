package org.libcoop.testkit.simulation;

import java.util.function.Consumer;
import java.util.function.Function;
import org.libcoop.memory.InMemoryArchive;
import org.libcoop.memory.InMemoryStore;
import org.libcoop.spi.Archive;
import org.libcoop.spi.Clock;
import org.libcoop.spi.Store;

/**
 * Runs real engine nodes on one store in simulated time, with random people and random faults, and checks after every change
 * what must always hold: one owner, nothing before its time, nothing said lost or doubled, nobody told what is not theirs; and
 * once it is calm, that everything comes to its end, and what is over to the archive. The same options give the same run, step by step, on any machine.
 *
 * <p><em>Safe for use by several threads</em>; one run uses one.
 */
public final class Simulator {

    private Simulator() {}

    /**
     * Runs once.
     *
     * @throws SimulationFailure at the first thing that must not happen
     */
    public static SimulationResult run(SimulationOptions options) {
        return new Simulation(options, InMemoryStore::new, new InMemoryArchive(), null).run();
    }

    /**
     * Runs once on a store of the caller's, which has to be empty and to go by the clock it is given, and is not closed here; with
     * an archive in memory.
     *
     * @throws SimulationFailure at the first thing that must not happen
     */
    public static SimulationResult runOn(SimulationOptions options, Function<Clock, Store> store) {
        return runOn(options, store, new InMemoryArchive());
    }

    /**
     * Runs once on a store and an archive of the caller's, both empty at first; neither is closed here.
     *
     * @throws SimulationFailure at the first thing that must not happen
     */
    public static SimulationResult runOn(SimulationOptions options, Function<Clock, Store> store, Archive archive) {
        return new Simulation(options, store, archive, null).run();
    }

    /**
     * Runs once and tells every line of the trace: what happened when, in words for people that may change.
     *
     * @throws SimulationFailure at the first thing that must not happen
     */
    public static SimulationResult run(SimulationOptions options, Consumer<String> trace) {
        return new Simulation(options, InMemoryStore::new, new InMemoryArchive(), trace).run();
    }
}
