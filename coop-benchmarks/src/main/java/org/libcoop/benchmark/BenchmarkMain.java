package org.libcoop.benchmark;

import com.zaxxer.hikari.HikariDataSource;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.libcoop.benchmark.Benchmark.Contestant;

/**
 * The command line: runs the benchmarks named, their contestants in turn, and prints a table of medians for each. Nothing is
 * judged; figures of different runs are not comparable, ratios within one are.
 */
public final class BenchmarkMain {

    /** All benchmarks; another contestant is added to the list in its class. */
    static final List<Benchmark> ALL = List.of(
            new BurstBenchmark(),
            new SteadyBenchmark(),
            new ClaimsBenchmark(),
            new LoneClaimBenchmark(),
            new ContendedClaimsBenchmark(),
            new WakeUpBenchmark(),
            new RestartBenchmark(),
            new FanOutBenchmark(),
            new IdleBenchmark(),
            new EchoBenchmark(),
            new StuckPeerBenchmark(),
            new OpeningBenchmark(),
            new OtherNodeBenchmark());

    private BenchmarkMain() {}

    /** Runs what is asked for and ends the process. */
    public static void main(String[] arguments) throws Exception {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        int status = 2;
        try {
            Settings settings = Settings.parse(arguments);
            List<Benchmark> chosen = choose(settings.names());
            out.println("command   " + String.join(" ", arguments));
            try (Database database = Database.start(true)) {
                run(settings, chosen, database, out);
            }
            status = 0;
        } catch (IllegalArgumentException malformed) {
            out.println(malformed.getMessage());
            out.println("usage: BenchmarkMain " + Settings.USAGE);
            ALL.forEach(benchmark -> out.printf("  %-10s %s%n", benchmark.name(), benchmark.what()));
        }
        out.flush();
        System.exit(status);
    }

    /** Runs the benchmarks on a database; returns their tables, in order. */
    static List<Table> run(Settings settings, List<Benchmark> benchmarks, Database database, PrintStream out)
            throws Exception {
        out.println("machine   " + Machine.describe());
        out.println("database  " + database.describe());
        out.println("settings  " + settings);
        List<Table> tables = new ArrayList<>();
        for (Benchmark benchmark : benchmarks) {
            out.printf("%n%s: %s%n", benchmark.name(), benchmark.what());
            Table table = measured(benchmark, settings, database, out);
            out.print("\n" + table + "\n" + table.against(benchmark.targets()));
            tables.add(table);
        }
        return tables;
    }

    /**
     * The benchmarks with these names.
     *
     * @throws IllegalArgumentException if there is no name, or no benchmark of that name
     */
    static List<Benchmark> choose(List<String> names) {
        if (names.equals(List.of("all"))) {
            return ALL;
        }
        if (names.isEmpty()) {
            throw new IllegalArgumentException("which benchmarks?");
        }
        return names.stream()
                .map(name -> ALL.stream()
                        .filter(benchmark -> benchmark.name().equals(name))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("no such benchmark: " + name)))
                .toList();
    }

    private static Table measured(Benchmark benchmark, Settings settings, Database database, PrintStream out)
            throws Exception {
        Table table = new Table();
        List<Contestant> contestants = benchmark.contestants().stream()
                .filter(contestant -> settings.wants(contestant.name()) && contestant.isWanted(settings))
                .toList();
        for (int round = 1; round <= settings.rounds(); round++) {
            for (Contestant contestant : contestants) {
                double load = Machine.load();
                double syncs = Machine.syncsPerSecond(database.folder(), settings.probe());
                HikariDataSource room = database.room();
                Measurement measurement;
                long began = System.nanoTime();
                try {
                    measurement = contestant.run(settings, room);
                } finally {
                    database.leave(room);
                }
                measurement = measurement.with("fdatasync/s", syncs).with("load", load);
                out.printf(
                        "  round %d, %s (%d s): %s%n",
                        round, contestant.name(), (System.nanoTime() - began) / 1_000_000_000, measurement);
                table.add(contestant.name(), measurement);
            }
        }
        return table;
    }
}
