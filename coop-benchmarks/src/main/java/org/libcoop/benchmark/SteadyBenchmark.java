package org.libcoop.benchmark;

import java.time.Duration;
import java.util.List;

/** Timers due one after another, evenly (P6). */
final class SteadyBenchmark implements Benchmark {

    private static final int PER_SECOND = 500;
    private static final Duration STEP = Duration.ofSeconds(1).dividedBy(PER_SECOND);

    @Override
    public String name() {
        return "steady";
    }

    @Override
    public String what() {
        return PER_SECOND + " timers due every second, evenly: lateness (P6)";
    }

    @Override
    public List<Contestant> contestants() {
        return TimerContestant.all(settings -> (int) (settings.span().toMillis() * PER_SECOND / 1_000), STEP);
    }

    @Override
    public List<Target> targets() {
        String late = "late p99 ms";
        String peer = DbSchedulerTimers.lockAndFetch().name();
        return List.of(
                Target.atMost("P6", EngineTimers.committed().name(), late, peer, 0.2, 0.5),
                Target.atMost("P6", EngineTimers.committed().name(), late, 15, Double.POSITIVE_INFINITY),
                Target.atMost("P6", EngineTimers.told().name(), late, peer, 0.2, 0.5));
    }
}
