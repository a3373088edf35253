package org.libcoop.testkit.simulation;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;

/** What goes wrong in a run, and how often: drawn once, then rolled at every opportunity until it is calm. */
final class Fate {

    /** The kinds of fault; the rate is the highest, by opportunity. */
    enum Fault {
        WAKE_UP_LOST(0.2),
        WAKE_UP_LATE(0.3),
        WAKE_UP_DOUBLED(0.3),
        HINT_LOST(0.5),
        CALL_FAILED(0.004),
        COMMIT_FAILED(0.02),
        COMMIT_UNKNOWN(0.03),
        CRASH_BETWEEN_STEPS(0.0006),
        CRASH_IN_CALL(0.0003),
        CRASH_IN_COMMIT(0.003),
        PAUSE(0.0004),
        STALL(0.01),
        OVERTAKEN(0.1),
        ANSWER_LOST(0.2),
        TASK_LATE(0.2),
        ARCHIVE_FAILED(0.3);

        private final double most;

        Fault(double most) {
            this.most = most;
        }

        boolean ofWakeUps() {
            return this == WAKE_UP_LOST || this == WAKE_UP_LATE || this == WAKE_UP_DOUBLED;
        }
    }

    /** How often a kind of fault is left out of a run altogether: rare faults show best when others do not drown them. */
    private static final double LEFT_OUT = 0.35;

    private final Random random;
    private final Map<Fault, Double> rates = new EnumMap<>(Fault.class);
    private final Trace trace;
    private boolean calm;

    Fate(Random random, SimulationOptions.Disturbance disturbance, Trace trace) {
        this.random = random;
        this.trace = trace;
        for (Fault fault : Fault.values()) {
            double drawn = random.nextDouble() < LEFT_OUT ? 0 : random.nextDouble() * fault.most;
            boolean wanted = switch (disturbance) {
                case NOTHING -> false;
                case WAKE_UPS -> fault.ofWakeUps();
                case EVERYTHING -> true;
            };
            rates.put(fault, wanted ? drawn : 0.0);
        }
    }

    /** Whether the fault strikes now; counted if so. */
    boolean strikes(Fault fault) {
        double rate = calm ? 0 : rates.getOrDefault(fault, 0.0);
        if (rate == 0 || random.nextDouble() >= rate) {
            return false;
        }
        trace.count("fault " + fault);
        return true;
    }

    /** A span from 1 ms up to {@code most}, short ones more often than long ones. */
    Duration span(Duration most) {
        double part = random.nextDouble();
        return Duration.ofMillis(1 + (long) (part * part * (most.toMillis() - 1)));
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    /** From now on nothing goes wrong any more. */
    void calms() {
        calm = true;
    }

    boolean calm() {
        return calm;
    }
}
