package org.libcoop.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.libcoop.testkit.Mutant;

/** Defects planted in store and engine, each of which the simulator must find within a few seeds (planted-defect rule). */
class SimulatorFindsDefectsTest {

    private static final int SEEDS = 400;
    private static final int CHATS = 120;
    private static final String STORE = "org/libcoop/memory/InMemoryStore.java";
    private static final String DISPATCHER = "org/libcoop/engine/Dispatcher.java";

    /** Runs seeds from 1 on until one fails; its failure, empty if none does. Made in the defective world. */
    public static final class FirstFailure implements Function<Integer, String> {

        @Override
        public String apply(Integer seeds) {
            for (int seed = 1; seed <= seeds; seed++) {
                try {
                    Simulator.run(SimulationOptions.of(seed).withChats(CHATS));
                } catch (SimulationFailure found) {
                    return "seed " + seed + ": " + found.what();
                }
            }
            return "";
        }
    }

    static Stream<Arguments> defects() {
        return Stream.of(
                defect(
                        "the store does not look at the version (ST1)",
                        STORE,
                        "(stored == null ? 0 : stored.chat.seq()) == change.expectedSeq()",
                        "(stored == null ? 0 : stored.chat.seq()) >= 0"),
                defect(
                        "the store lets a node without a lease change things (ST5)",
                        STORE,
                        "fenced(node) ? Committed.FENCED : apply(change)",
                        "apply(change)"),
                defect(
                        "the store does not look at the operator's row (C12)",
                        STORE,
                        "row(guard.operator()).version() != guard.expectedVersion()",
                        "row(guard.operator()).version() < 0"),
                defect(
                        "the store forgets what a command came to (ST4)",
                        STORE,
                        "stored.results.put(name(result.command()), result);",
                        ""),
                defect(
                        "the engine takes a lost change for done (T2)",
                        DISPATCHER,
                        "case LOST -> lost(done);",
                        "case LOST -> applied(done);"),
                defect(
                        "the engine does not look at waiting chats when presence changes (R7)",
                        DISPATCHER,
                        "lookout.look(lookout.learn(stored), stored.changedAt());",
                        "lookout.learn(stored);"),
                defect(
                        "the sweep does not adopt (T3)",
                        "org/libcoop/engine/Caretaker.java",
                        "heads.put(chat);\n            dispatcher.lookout().lookAt(chat.id(), null);",
                        "heads.put(chat);"),
                defect(
                        "nodes go by their own clocks (T1)",
                        "org/libcoop/engine/EngineTime.java",
                        "offset = Duration.between(middle, stored).truncatedTo(ChronoUnit.MILLIS);",
                        "offset = Duration.ZERO;"));
    }

    private static Arguments defect(String name, String source, String original, String replacement) {
        return Arguments.of(name, Mutant.of(source, original, replacement));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("defects")
    void theSimulatorFinds(String name, Mutant defect) {
        String found = defect.run(FirstFailure.class, SEEDS);

        System.out.println(name + ": " + (found.isEmpty() ? "NOT FOUND" : found));
        assertThat(found).as(name).isNotEmpty();
    }

    @Test
    void withoutADefectNothingIsFound() {
        assertThat(Mutant.none().run(FirstFailure.class, 3)).isEmpty();
    }
}
