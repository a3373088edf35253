package org.libcoop.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Every benchmark runs, in small; figures are for people and not judged here. */
class SmokeTest {

    private static final Settings SMALL =
            new Settings(List.of("all"), 1, 40, Duration.ofSeconds(1), Duration.ofSeconds(120), 16_000, "");

    @Test
    @Timeout(600)
    void everyTimerServiceFiresEveryTimer() throws Exception {
        Benchmark burst = new BurstBenchmark();

        Table table = run(List.of(burst)).get(0);

        for (Benchmark.Contestant contestant : burst.contestants()) {
            String name = contestant.name();
            assertThat(table.median(name, "fired")).as(name).isEqualTo(SMALL.timers());
            assertThat(table.median(name, "fired/s")).as(name).isPositive();
            assertThat(table.median(name, "late p99 ms")).as(name).isFinite();
            assertThat(table.median(name, "statements/fired")).as(name).isPositive();
            assertThat(table.median(name, "fdatasync/s")).as(name).isPositive();
        }
    }

    @Test
    @Timeout(600)
    void everyOtherBenchmarkRunsWithItsFirstContestantAndItsLast() throws Exception {
        List<Benchmark> others = BenchmarkMain.ALL.stream()
                .filter(benchmark -> !(benchmark instanceof BurstBenchmark))
                .<Benchmark>map(benchmark -> new Ends(benchmark, !(benchmark instanceof SteadyBenchmark)))
                .toList();

        List<Table> tables = run(others);

        List<String> figures = List.of("fired/s", "won/s", "won/s", "won/s", "won/s", "read/s");
        for (int i = 0; i < others.size(); i++) {
            for (Benchmark.Contestant contestant : others.get(i).contestants()) {
                assertThat(tables.get(i).median(contestant.name(), figures.get(i)))
                        .as("%s of %s", figures.get(i), contestant.name())
                        .isPositive();
            }
        }
    }

    /** A benchmark with its first contestant only, or with its last one too. */
    private record Ends(Benchmark whole, boolean withLast) implements Benchmark {

        @Override
        public String name() {
            return whole.name();
        }

        @Override
        public String what() {
            return whole.what();
        }

        @Override
        public List<Contestant> contestants() {
            List<Contestant> all = whole.contestants();
            return withLast ? List.of(all.get(0), all.get(all.size() - 1)) : all.subList(0, 1);
        }
    }

    private static List<Table> run(List<Benchmark> benchmarks) throws Exception {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        List<Table> tables = BenchmarkMain.run(SMALL, benchmarks, new PrintStream(text, true, StandardCharsets.UTF_8));
        assertThat(text.toString(StandardCharsets.UTF_8)).contains("fsync=on");
        return tables;
    }

    @Test
    void aTableShowsMediansAndRatiosToTheFirst() {
        Table table = new Table();
        for (double value : new double[] {30, 10, 20}) {
            table.add("one", Measurement.of("won/s", value));
            table.add("other", Measurement.of("won/s", value * 5).with("late p99 ms", Double.POSITIVE_INFINITY));
        }

        assertThat(table.toString().lines().map(String::strip).toList())
                .containsExactly(
                        "won/s  late p99 ms  ratio",
                        "one     20.0            -    1.0",
                        "other    100  not in time    5.0");
    }

    @Test
    void aPercentileIsTheSmallestValueThatSoManyDoNotExceed() {
        Percentiles four = new Percentiles(new long[] {4_000_000, 1_000_000, 3_000_000, 2_000_000});

        assertThat(four.millis(0.5)).isEqualTo(2);
        assertThat(four.millis(0.51)).isEqualTo(3);
        assertThat(four.millis(0.99)).isEqualTo(4);
        assertThat(new Percentiles(new long[] {1, Long.MAX_VALUE}).millis(0.99)).isInfinite();
        assertThat(new Percentiles(new long[0]).millis(0.5)).isNaN();
    }

    @Test
    void aCommandLineThatMakesNoSenseIsRefused() {
        assertThat(Settings.parse("--rounds", "5", "burst", "--timers", "100").names())
                .containsExactly("burst");
        assertThatThrownBy(() -> Settings.parse("--rounds")).hasMessageContaining("number");
        assertThatThrownBy(() -> Settings.parse("--rounds", "0")).hasMessageContaining("number");
        assertThatThrownBy(() -> Settings.parse("--only")).hasMessageContaining("text");
        assertThatThrownBy(() -> Settings.parse("--fast")).hasMessageContaining("no such option");
        assertThatThrownBy(() -> BenchmarkMain.choose(List.of())).hasMessageContaining("which");
        assertThatThrownBy(() -> BenchmarkMain.choose(List.of("sprint"))).hasMessageContaining("no such benchmark");
        assertThat(BenchmarkMain.choose(List.of("all"))).isEqualTo(BenchmarkMain.ALL);
    }
}
