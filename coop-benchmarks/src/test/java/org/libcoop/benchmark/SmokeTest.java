package org.libcoop.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.libcoop.container.Container;

/** Every benchmark runs, in small; figures are for people and not judged here. */
class SmokeTest {

    private static final Settings SMALL = new Settings(
            List.of("all"),
            1,
            20,
            Duration.ofMillis(200),
            Duration.ofMinutes(2),
            1_024,
            4,
            8,
            40,
            Set.of(Container.Kind.JETTY),
            "",
            Duration.ofMillis(100),
            Duration.ofMillis(20));

    /** Polls every five seconds and takes up to ten to end: runs beside the others. */
    private static final String SLOWEST = "JobRunr";

    /** The same code as a contestant beside it, with another number; and who runs by itself. */
    private static final Set<String> ALIKE = Set.of(
            "batch of 1",
            "batch of 10",
            "batch of 200",
            "batch of 1000",
            "coop engine, 256 at once",
            "one a chat",
            "coop, sessions in process",
            "coop, two nodes polling",
            SLOWEST);

    /** Those whose timers fire in the burst already. */
    private static final Set<String> SLOW = Set.of(SLOWEST, "Quartz clustered", "db-scheduler fetch");

    @Test
    @Timeout(600)
    @EnabledIfSystemProperty(
            named = "benchmarks.small",
            matches = "true",
            disabledReason = "takes most of a minute: -Dbenchmarks.small=true runs it")
    void everyBenchmarkRunsWithEveryContestant() throws Exception {
        List<Benchmark> small = BenchmarkMain.ALL.stream()
                .<Benchmark>map(
                        benchmark -> new Without(benchmark, benchmark instanceof SteadyBenchmark ? SLOW : ALIKE))
                .toList();
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        List<Table> tables;
        ExecutorService beside = Executors.newSingleThreadExecutor();
        try (Database database = Database.start(false)) {
            HikariDataSource room = database.room();
            Benchmark.Contestant slowest = new BurstBenchmark()
                    .contestants().stream()
                            .filter(contestant -> contestant.name().equals(SLOWEST))
                            .findFirst()
                            .orElseThrow();
            Future<Measurement> slow = beside.submit(() -> slowest.run(SMALL, room));

            tables = BenchmarkMain.run(SMALL, small, database, new PrintStream(text, true, StandardCharsets.UTF_8));

            assertThat(slow.get().figures()).containsEntry("fired", (double) SMALL.timers());
            database.leave(room);
        } finally {
            beside.shutdownNow();
        }
        assertThat(text.toString(StandardCharsets.UTF_8)).contains("fsync=off");
        everyContestantHasItsFigure(small, tables);
        everyTimerFired(small.get(0), tables.get(0), SMALL.timers());
        everyTimerFired(small.get(1), tables.get(1), 100);
        everyTargetHasAFigure(small, tables);
    }

    @Test
    @EnabledIfSystemProperty(
            named = "benchmarks.small",
            matches = "true",
            disabledReason = "starts a PostgreSQL: -Dbenchmarks.small=true runs it")
    void reportsAreMeasuredOverAFewChats() throws Exception {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try (Database database = Database.start(false)) {
            ReportsMain.run(new PrintStream(text, true, StandardCharsets.UTF_8), database, 3_000, 20, 1);
        }

        assertThat(text.toString(StandardCharsets.UTF_8))
                .contains("P19: the slowest report", "P19: the least ratio", "coop_fact_sum", "keeping a chat");
    }

    private static void everyContestantHasItsFigure(List<Benchmark> benchmarks, List<Table> tables) {
        List<String> figures = List.of(
                "fired/s",
                "fired/s",
                "won/s",
                "won/s",
                "won/s",
                "won/s",
                "read/s",
                "single/CPU s",
                "threads",
                "CPU us/echo",
                "p99 ms",
                "CPU us each",
                "messages");
        for (int i = 0; i < benchmarks.size(); i++) {
            for (String name : wanted(benchmarks.get(i))) {
                assertThat(tables.get(i).median(name, figures.get(i))).as(name).isPositive();
                assertThat(tables.get(i).median(name, "fdatasync/s")).as(name).isPositive();
            }
        }
    }

    private static void everyTimerFired(Benchmark benchmark, Table table, int timers) {
        for (Benchmark.Contestant contestant : benchmark.contestants()) {
            String name = contestant.name();
            assertThat(table.median(name, "fired")).as(name).isEqualTo(timers);
            assertThat(table.median(name, "late p99 ms")).as(name).isFinite();
            assertThat(table.median(name, "statements/fired")).as(name).isPositive();
            assertThat(table.median(name, "commits/fired")).as(name).isPositive();
        }
    }

    private static List<String> wanted(Benchmark benchmark) {
        return benchmark.contestants().stream()
                .filter(contestant -> contestant.isWanted(SMALL))
                .map(Benchmark.Contestant::name)
                .toList();
    }

    /** A target that names somebody who does not run would never be compared. */
    private static void everyTargetHasAFigure(List<Benchmark> benchmarks, List<Table> tables) {
        for (int i = 0; i < benchmarks.size(); i++) {
            for (Target target : benchmarks.get(i).targets()) {
                boolean small = wanted(benchmarks.get(i)).contains(target.ours())
                        && (target.peer() == null || wanted(benchmarks.get(i)).contains(target.peer()));
                if (small) {
                    // Of so few connections it is not known what each of them takes.
                    assertThat(target.value(tables.get(i))).as(target.what()).matches(v -> target.more() || v > 0);
                    assertThat(tables.get(i).against(List.of(target))).contains(target.what());
                }
            }
        }
    }

    /** A benchmark without some of its contestants. */
    private record Without(Benchmark whole, Set<String> left) implements Benchmark {

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
            return whole.contestants().stream()
                    .filter(contestant -> !left.contains(contestant.name()))
                    .toList();
        }

        @Override
        public List<Target> targets() {
            return whole.targets();
        }
    }

    @Test
    void aTargetIsARatioToAPeerOrAFigureByItself() {
        Table table = new Table();
        table.add("peer", Measurement.of("won/s", 100));
        table.add("ours", Measurement.of("won/s", 450).with("late p99 ms", 7));
        List<Target> targets = List.of(
                Target.atLeast("P4", "ours", "won/s", "peer", 5, 3),
                Target.atMost("P6", "ours", "late p99 ms", 15, Double.POSITIVE_INFINITY),
                Target.atLeast("P8", "ours", "won/s", "nobody", 3, 2));

        assertThat(table.against(targets).lines().toList())
                .containsExactly(
                        "target                                 came to   goal  gate",
                        "P4      ours, won/s, in terms of peer     4.50   >= 5  >= 3",
                        "P6      ours, late p99 ms                 7.00  <= 15     -");
        assertThat(table.against(targets.subList(2, 3))).isEmpty();
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
                        "one     20.0            -   1.00",
                        "other    100  not in time   5.00");
    }

    @Test
    void aRatioIsTheMedianOfTheRoundsRatios() {
        Table table = new Table();
        double[][] rounds = {{100, 300}, {1_000, 2_000}, {10, 10}};
        for (double[] round : rounds) {
            table.add("peer", Measurement.of("won/s", round[0]));
            table.add("ours", Measurement.of("won/s", round[1]));
        }

        assertThat(table.ratio("ours", "won/s", "peer")).isEqualTo(2);
        assertThat(table.ratio("ours", "won/s", "nobody")).isNaN();
        assertThat(Target.atLeast("P8", "ours", "won/s", "peer", 3, 2).value(table))
                .isEqualTo(2);
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
        assertThat(Settings.parse("--only", "coop,fetch", "burst").wants("db-scheduler fetch"))
                .isTrue();
        assertThat(Settings.parse("--only", "coop,fetch", "burst").wants("JobRunr"))
                .isFalse();
        assertThat(Settings.parse("burst").wants("JobRunr")).isTrue();
        assertThatThrownBy(() -> Settings.parse("--rounds")).hasMessageContaining("number");
        assertThatThrownBy(() -> Settings.parse("--rounds", "0")).hasMessageContaining("number");
        assertThatThrownBy(() -> Settings.parse("--only")).hasMessageContaining("text");
        assertThatThrownBy(() -> Settings.parse("--fast")).hasMessageContaining("no such option");
        assertThatThrownBy(() -> BenchmarkMain.choose(List.of())).hasMessageContaining("which");
        assertThatThrownBy(() -> BenchmarkMain.choose(List.of("sprint"))).hasMessageContaining("no such benchmark");
        assertThat(BenchmarkMain.choose(List.of("all"))).isEqualTo(BenchmarkMain.ALL);
    }
}
