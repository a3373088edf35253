package org.libcoop.benchmark;

import java.time.Duration;
import java.util.List;

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
}
