package org.libcoop.testkit.simulation;

import java.util.Objects;

/**
 * What one run of the simulator is made of. Equal options give equal runs, step by step. <em>Immutable.</em>
 *
 * @param seed decides everything that is random
 * @param chats how many patrons come to start a chat, 1 to 100,000; a few find nobody there, a few start a second one
 * @param disturbance what goes wrong
 */
public record SimulationOptions(long seed, int chats, Disturbance disturbance) {

    /** What goes wrong in a run. */
    public enum Disturbance {
        /** Nothing: one engine does what people ask, in time. */
        NOTHING,
        /** Wake-ups are lost, late and doubled, and every node's clock is off; people do the same at the same instants. */
        WAKE_UPS,
        /** Everything the run's seed draws: wake-ups, clocks, crashes, pauses, a failing store, lost answers and hints. */
        EVERYTHING
    }

    /** How many patrons come unless something else is said. */
    public static final int DEFAULT_CHATS = 215;

    private static final int MOST_CHATS = 100_000;

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException if {@code chats} is out of bounds
     */
    public SimulationOptions {
        Objects.requireNonNull(disturbance, "disturbance");
        if (chats < 1 || chats > MOST_CHATS) {
            throw new IllegalArgumentException("chats must be 1 to " + MOST_CHATS + ": " + chats);
        }
    }

    /** Everything goes wrong, with the usual number of chats. */
    public static SimulationOptions of(long seed) {
        return new SimulationOptions(seed, DEFAULT_CHATS, Disturbance.EVERYTHING);
    }

    /** The same with another disturbance. */
    public SimulationOptions with(Disturbance other) {
        return new SimulationOptions(seed, chats, other);
    }

    /** The same with another number of chats. */
    public SimulationOptions withChats(int number) {
        return new SimulationOptions(seed, number, disturbance);
    }
}
