package org.libcoop.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.libcoop.testkit.simulation.SimulationOptions.Disturbance;

/**
 * The seeds of every build. With {@code -Dsimulation.seed=N} only that one is run, to repeat what a failing run found
 * ({@code -Dsimulation.chats} and {@code -Dsimulation.disturbance} go with it).
 */
class SimulatorTest {

    /** The seeds of a run; from so many on it must also have seen everything often enough. */
    private static final int SEEDS = Integer.getInteger("simulation.seeds", 100);

    private static final int LONG_RUN = 500;
    private static final int LEAST_CHATS = 100_000;
    private static final int LEAST_OF_EACH = 100;
    private static final int SEEDS_COMPARED = 12;
    private static final String ONE_SEED = System.getProperty("simulation.seed", "");

    /** What may follow what; each must have been seen, or the runs prove less than they seem to. */
    private static final List<String> TRANSITIONS = List.of(
            "transition WAITING STARTED",
            "transition WAITING CLAIMED",
            "transition WAITING SAID",
            "transition CLAIMED SAID",
            "transition WAITING STILL_LOOKING",
            "transition WAITING PATRON_GONE",
            "transition CLAIMED PATRON_GONE",
            "transition WAITING PATRON_BACK",
            "transition CLAIMED PATRON_BACK",
            "transition CLAIMED OWNER_LOST signed off",
            "transition CLAIMED OWNER_LOST silent",
            "transition CLAIMED ENDED OPERATOR",
            "transition CLAIMED ENDED PATRON",
            "transition CLAIMED ENDED SYSTEM",
            "transition WAITING ENDED PATRON",
            "transition WAITING ENDED SYSTEM",
            "transition WAITING MISSED GAVE_UP",
            "transition WAITING MISSED PATRON_LEFT",
            "transition WAITING DISMISSED",
            "opened DEPARTMENT INITIAL",
            "opened DEPARTMENT ABSENCE",
            "opened OPERATOR INITIAL",
            "opened OPERATOR ABSENCE",
            "opened COOP INITIAL",
            "opened COOP ABSENCE",
            "opened COOP TIME",
            "opened COOP ASKED",
            "opened BACKUP BACKUP",
            "opened BACKUP ASKED");

    @Test
    void nothingIsLostAndNothingIsDoneTwiceWhateverGoesWrong() {
        Map<String, Long> counters = new TreeMap<>();
        List<Long> seeds = ONE_SEED.isEmpty()
                ? LongStream.rangeClosed(1, SEEDS).boxed().toList()
                : List.of(Long.parseLong(ONE_SEED));

        List<SimulationResult> results =
                seeds.parallelStream().map(seed -> Simulator.run(options(seed))).toList();

        int chats = results.stream().mapToInt(SimulationResult::chats).sum();
        results.forEach(result -> result.counters().forEach((name, count) -> counters.merge(name, count, Long::sum)));
        System.out.printf("Simulator: %,d chats over %d seeds%n", chats, seeds.size());
        assertThat(chats).isPositive();
        if (ONE_SEED.isEmpty() && SEEDS >= LONG_RUN) {
            assertThat(chats).isGreaterThanOrEqualTo(LEAST_CHATS);
            assertThat(missing(counters))
                    .as("seen fewer than %d times", LEAST_OF_EACH)
                    .isEmpty();
        }
    }

    private static SimulationOptions options(long seed) {
        return new SimulationOptions(
                seed,
                Integer.getInteger("simulation.chats", SimulationOptions.DEFAULT_CHATS),
                Disturbance.valueOf(System.getProperty("simulation.disturbance", "EVERYTHING")));
    }

    private static Map<String, Long> missing(Map<String, Long> counters) {
        List<String> wanted = new ArrayList<>(TRANSITIONS);
        for (Fate.Fault fault : Fate.Fault.values()) {
            wanted.add("fault " + fault);
        }
        wanted.add("fault PRESENCE_LOST");
        wanted.add("fault PRESENCE_LOST_SILENTLY");
        Map<String, Long> missing = new LinkedHashMap<>();
        for (String name : wanted) {
            long seen = counters.getOrDefault(name, 0L);
            if (seen < LEAST_OF_EACH) {
                missing.put(name, seen);
            }
        }
        return missing;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 77, 401})
    void aSeedTakesTheSameStepsAgain(long seed) {
        SimulationOptions options = SimulationOptions.of(seed).withChats(80);

        SimulationResult first = Simulator.run(options);
        SimulationResult second = Simulator.run(options);

        assertThat(second).isEqualTo(first);
    }

    @Test
    void aSeedTakesTheSameStepsInAnotherProcess() throws IOException, InterruptedException {
        SimulationResult here = Simulator.run(SimulationOptions.of(5).withChats(80));

        String there = inAnotherProcess("--seed", "5", "--chats", "80");

        assertThat(there).endsWith(here.toString());
    }

    private static String inAnotherProcess(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=off");
        command.add("-cp");
        command.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        command.add(SimulatorMain.class.getName());
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        return said.strip();
    }

    /**
     * R14, G7: people do the same at the same instants; only wake-ups and clocks differ. Deployments with a limit of open chats
     * are left out: an end that is due on another node lowers the load only when that node, or a sweep, gets to it.
     */
    @Test
    void lateWakeUpsAndWrongClocksChangeNoOutcome() {
        List<Long> differing = LongStream.rangeClosed(1, SEEDS_COMPARED)
                .parallel()
                .filter(SimulatorTest::hasNoLimit)
                .filter(seed -> {
                    SimulationOptions options = SimulationOptions.of(seed).withChats(120);
                    SimulationResult undisturbed = Simulator.run(options.with(Disturbance.NOTHING));
                    SimulationResult disturbed = Simulator.run(options.with(Disturbance.WAKE_UPS));
                    return !undisturbed.outcomes().equals(disturbed.outcomes());
                })
                .boxed()
                .toList();

        assertThat(differing).isEmpty();
    }

    private static boolean hasNoLimit(long seed) {
        return DirectoryDraw.draw(new Random(seed)).policies().operatorLimit().isEmpty();
    }

    @Test
    void aFailureSaysHowToRepeatIt() {
        SimulationOptions options = new SimulationOptions(123, 50, Disturbance.WAKE_UPS);

        SimulationFailure failure = new SimulationFailure(options, 7, "something is wrong", List.of("one", "two"));

        assertThat(failure)
                .hasMessageStartingWith("seed 123, step 7: something is wrong")
                .hasMessageContaining("-Dtest=SimulatorTest")
                .hasMessageContaining("-Dsimulation.seed=123 -Dsimulation.chats=50 -Dsimulation.disturbance=WAKE_UPS")
                .hasMessageEndingWith("  one\n  two");
    }

    @Test
    void aRunHasAtLeastOneChat() {
        assertThatThrownBy(() -> SimulationOptions.of(1).withChats(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 to 100000");
    }
}
