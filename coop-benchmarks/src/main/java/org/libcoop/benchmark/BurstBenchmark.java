package org.libcoop.benchmark;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Many timers due at one instant (P4, P5, P12). */
final class BurstBenchmark implements Benchmark {

    @Override
    public String name() {
        return "burst";
    }

    @Override
    public String what() {
        return "timers all due at one instant: fired a second, lateness, statements and commits for each (P4, P5, P12)";
    }

    @Override
    public List<Contestant> contestants() {
        return TimerContestant.all(Settings::timers, Duration.ZERO);
    }

    @Override
    public List<Target> targets() {
        return Stream.of(EngineTimers.committed().name(), EngineTimers.told().name())
                .flatMap(BurstBenchmark::targets)
                .toList();
    }

    private static Stream<Target> targets(String ours) {
        String locking = DbSchedulerTimers.lockAndFetch().name();
        return Stream.of(
                Target.atLeast("P4", ours, "fired/s", locking, 5, 3),
                Target.atLeast("P4", ours, "fired/s", DbSchedulerTimers.fetch().name(), 15, 8),
                Target.atMost("P5", ours, "late p99 ms", locking, 0.25, 0.5),
                Target.atMost("P12", ours, "statements/fired", 0.05, 0.2),
                Target.atMost("P12", ours, "commits/fired", 0.02, 0.05));
    }
}
