package org.libcoop.testkit.simulation;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.libcoop.chat.ChatId;

/**
 * What came of a run that held. <em>Immutable.</em>
 *
 * @param chats how many chats there were
 * @param steps how many steps were taken
 * @param traceHash tells two runs apart: equal exactly when they took the same steps
 * @param counters how often each transition, fault and refusal occurred, by name
 * @param outcomes by chat, what opened when and how it ended, without what depends on when it was handled
 */
public record SimulationResult(
        SimulationOptions options,
        int chats,
        long steps,
        long traceHash,
        SortedMap<String, Long> counters,
        Map<ChatId, String> outcomes) {

    public SimulationResult {
        counters = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(counters));
        outcomes = Map.copyOf(outcomes);
    }

    /** Seed, figures and hash on one line. */
    @Override
    public String toString() {
        return "seed %d: %d chats, %d steps, trace %016x".formatted(options.seed(), chats, steps, traceHash);
    }
}
