package org.libcoop.testkit.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.libcoop.directory.Stage;
import org.libcoop.routing.RoutePlan;

/**
 * When which stage of a waiting chat is due, straight from R3, R9, R10 and R16: from when things opened and when the chat was
 * owned. Knows nothing of who is there, and nothing of how the engine counts.
 */
final class Timetable {

    private record Pause(Instant from, Instant to) {}

    private final RoutePlan plan;
    private final Instant start;
    private final Map<Stage, Instant> opened = new LinkedHashMap<>();
    private final List<Pause> pauses = new ArrayList<>();

    Timetable(RoutePlan plan, Instant start) {
        this.plan = plan;
        this.start = start;
    }

    RoutePlan plan() {
        return plan;
    }

    void opened(Stage stage, Instant at) {
        opened.put(stage, at);
    }

    boolean isOpen(Stage stage) {
        return opened.containsKey(stage);
    }

    Map<Stage, Instant> opened() {
        return opened;
    }

    /** R16: the chat was owned; every clock stood still meanwhile. */
    void owned(Instant from, Instant to) {
        pauses.add(new Pause(from, to));
    }

    /** Every stage not open yet that opens by time, and when; R4 aside. */
    Map<Stage, Instant> due() {
        Map<Stage, Instant> due = new LinkedHashMap<>();
        nextCoop(due);
        for (RoutePlan.Leg leg : plan.legs()) {
            Stage backup = leg.backup();
            if (backup != null && !isOpen(backup)) {
                Instant clock = backupClock(leg);
                if (clock != null) {
                    due.put(backup, clock.plus(leg.backupDelay()));
                }
            }
        }
        return due;
    }

    /** The earliest of {@link #due}; null if nothing opens by time any more. */
    @Nullable
    Instant next() {
        Instant next = null;
        for (Instant at : due().values()) {
            next = next == null || at.isBefore(next) ? at : next;
        }
        return next;
    }

    private void nextCoop(Map<Stage, Instant> due) {
        Duration fallback = plan.timedFallback();
        Instant clock = running(start);
        for (int i = 1; i < plan.legs().size() && !fallback.isZero(); i++) {
            RoutePlan.Leg leg = plan.legs().get(i);
            if (leg.coop()) {
                Instant at = opened.get(leg.stage());
                if (at == null) {
                    due.put(leg.stage(), clock.plus(fallback));
                    return;
                }
                clock = running(at);
            }
        }
    }

    private @Nullable Instant backupClock(RoutePlan.Leg leg) {
        Instant at = opened.get(leg.stage());
        Instant clock = at == null ? null : running(at);
        if (plan.timedFallback().isZero()) {
            Instant begin = running(start);
            clock = clock == null || begin.isBefore(clock) ? begin : clock;
        }
        return clock;
    }

    /** The instant a clock that began at {@code began} counts from: later by what it has stood still. */
    private Instant running(Instant began) {
        Instant clock = began;
        for (Pause pause : pauses) {
            if (!pause.from().isBefore(began)) {
                clock = clock.plus(Duration.between(pause.from(), pause.to()));
            }
        }
        return clock;
    }
}
