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
            new Settings(List.of("all"), 1, 40, Duration.ofSeconds(1), Duration.ofSeconds(120), 16_000);

    @Test
    @Timeout(600)
    void everyContestantOfEveryBenchmarkDoesItsWork() throws Exception {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(text, true, StandardCharsets.UTF_8);

        List<Table> tables = BenchmarkMain.run(SMALL, BenchmarkMain.ALL, out);

        assertThat(text.toString(StandardCharsets.UTF_8)).contains("fsync=on");
        for (int i = 0; i < tables.size(); i++) {
            Benchmark benchmark = BenchmarkMain.ALL.get(i);
            for (Benchmark.Contestant contestant : benchmark.contestants()) {
                String name = contestant.name();
                String figure = List.of("fired/s", "fired/s", "won/s", "won/s", "won/s", "won/s", "read/s")
                        .get(i);
                assertThat(tables.get(i).median(name, figure))
                        .as("%s of %s", figure, name)
                        .isPositive();
                assertThat(tables.get(i).median(name, "fdatasync/s")).isPositive();
            }
        }
        for (Benchmark.Contestant timers : new BurstBenchmark().contestants()) {
            assertThat(tables.get(0).median(timers.name(), "fired"))
                    .as(timers.name())
                    .isEqualTo(SMALL.timers());
            assertThat(tables.get(0).median(timers.name(), "statements/fired")).isPositive();
        }
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
        assertThatThrownBy(() -> Settings.parse("--fast")).hasMessageContaining("no such option");
        assertThatThrownBy(() -> BenchmarkMain.choose(List.of())).hasMessageContaining("which");
        assertThatThrownBy(() -> BenchmarkMain.choose(List.of("sprint"))).hasMessageContaining("no such benchmark");
        assertThat(BenchmarkMain.choose(List.of("all"))).isEqualTo(BenchmarkMain.ALL);
    }
}
