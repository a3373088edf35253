package org.libcoop.testkit.scenario;

import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.libcoop.memory.InMemoryStore;
import org.libcoop.spi.Clock;
import org.libcoop.spi.Store;

/**
 * Runs scenario files on the real engine and simulated time (E3), in memory or on any store. Every run has an engine and a
 * store of its own. <em>Safe for use by several threads</em> where the store factory is.
 */
public final class ScenarioRunner {

    private final Function<? super Clock, ? extends Store> stores;

    /** A runner on in-memory stores. */
    public ScenarioRunner() {
        this(InMemoryStore::new);
    }

    /** A runner on the stores that {@code stores} makes: an empty one for each run, whose time is the clock's. The run closes it. */
    public ScenarioRunner(Function<? super Clock, ? extends Store> stores) {
        this.stores = Objects.requireNonNull(stores, "stores");
    }

    /** Runs a file to its end, whatever fails on the way. */
    public ScenarioResult run(ScenarioFile file) {
        return run(file, ScenarioListener.NONE);
    }

    /** The same, and tells {@code listener} what happens. */
    public ScenarioResult run(ScenarioFile file, ScenarioListener listener) {
        return run(file, listener, scene -> {});
    }

    /** The same, and shows what has become of everybody once all steps have been played. */
    ScenarioResult run(ScenarioFile file, ScenarioListener listener, Consumer<? super Scene> afterwards) {
        return ScenarioRun.of(file, stores, listener, afterwards);
    }
}
