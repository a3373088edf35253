package org.libcoop.testkit.simulation;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * The command line: {@code --seed N} runs one seed and prints its trace, {@code --seeds A-B} runs many and prints the counters;
 * {@code --chats N} and {@code --disturbance NOTHING|WAKE_UPS|EVERYTHING} go with both. Ends with 0 if all held, else with 1.
 */
public final class SimulatorMain {

    private static final String USAGE =
            "usage: SimulatorMain --seed N | --seeds A-B [--chats N] [--disturbance NOTHING|WAKE_UPS|EVERYTHING]";

    private SimulatorMain() {}

    /** Runs what is asked for and ends the process. */
    public static void main(String[] args) {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        Map<String, String> given = new TreeMap<>();
        for (int i = 0; i + 1 < args.length; i += 2) {
            given.put(args[i], args[i + 1]);
        }
        int status = 2;
        try {
            status = run(given, out);
        } catch (IllegalArgumentException malformed) {
            out.println(malformed.getMessage() + System.lineSeparator() + USAGE);
        }
        out.flush();
        System.exit(status);
    }

    private static int run(Map<String, String> given, PrintStream out) {
        SimulationOptions.Disturbance disturbance =
                SimulationOptions.Disturbance.valueOf(given.getOrDefault("--disturbance", "EVERYTHING"));
        int chats = Integer.parseInt(given.getOrDefault("--chats", Integer.toString(SimulationOptions.DEFAULT_CHATS)));
        String seed = given.get("--seed");
        String seeds = given.get("--seeds");
        if (seed != null) {
            return one(new SimulationOptions(Long.parseLong(seed), chats, disturbance), out);
        }
        if (seeds == null || !seeds.matches("\\d{1,18}-\\d{1,18}")) {
            throw new IllegalArgumentException("which seeds?");
        }
        String[] bounds = seeds.split("-", -1);
        SimulationOptions first = new SimulationOptions(Long.parseLong(bounds[0]), chats, disturbance);
        return many(first, Long.parseLong(bounds[1]), out);
    }

    private static int one(SimulationOptions options, PrintStream out) {
        try {
            out.println(Simulator.run(options, out::println));
            return 0;
        } catch (SimulationFailure failure) {
            out.println(failure.getMessage());
            return 1;
        }
    }

    private static int many(SimulationOptions first, long last, PrintStream out) {
        TreeMap<String, Long> counters = new TreeMap<>();
        long chats = 0;
        int failures = 0;
        for (long seed = first.seed(); seed <= last; seed++) {
            try {
                SimulationResult result =
                        Simulator.run(new SimulationOptions(seed, first.chats(), first.disturbance()));
                chats += result.chats();
                result.counters().forEach((name, count) -> counters.merge(name, count, Long::sum));
            } catch (SimulationFailure failure) {
                failures++;
                out.println(failure.getMessage());
            }
        }
        counters.forEach((name, count) -> out.printf("%,12d  %s%n", count, name));
        out.printf("%,d chats, %d of %d seeds failed%n", chats, failures, last - first.seed() + 1);
        return failures == 0 ? 0 : 1;
    }
}
