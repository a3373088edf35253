package org.libcoop.routing;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.libcoop.directory.Stage;

/**
 * How far a chat has come along its plan: what opened, in the order it opened, and the instant its own clock counts from
 * ({@code t0}, moved on by the time the chat was owned in between, R16). <em>Immutable.</em>
 */
public record Progress(RoutePlan plan, Instant clock, List<Opening> openings) {

    public Progress {
        Objects.requireNonNull(plan, "plan");
        Objects.requireNonNull(clock, "clock");
        openings = List.copyOf(openings);
    }

    /** A chat that starts at {@code t0}; nothing is open yet. */
    public static Progress start(RoutePlan plan, Instant t0) {
        return new Progress(plan, t0, List.of());
    }

    /** The opening of {@code stage}, or null while it is not open. */
    public @Nullable Opening opening(Stage stage) {
        for (Opening opening : openings) {
            if (opening.stage().equals(stage)) {
                return opening;
            }
        }
        return null;
    }

    /** Whether {@code stage} is open. */
    public boolean isOpen(Stage stage) {
        return opening(stage) != null;
    }

    /** The same with one stage more; a stage that is open stays as it is (R6). */
    public Progress open(Opening opening) {
        if (isOpen(opening.stage())) {
            return this;
        }
        List<Opening> more = new ArrayList<>(openings.size() + 1);
        more.addAll(openings);
        more.add(opening);
        return new Progress(plan, clock, more);
    }

    /** The stages open so far in order of the route, a co-op's backup stage directly behind it. */
    public List<Stage> openStages() {
        List<Stage> open = new ArrayList<>(openings.size());
        for (RoutePlan.Leg leg : plan.legs()) {
            if (isOpen(leg.stage())) {
                open.add(leg.stage());
            }
            if (leg.backup() != null && isOpen(leg.backup())) {
                open.add(leg.backup());
            }
        }
        return open;
    }

    /** The same with every clock moved on by {@code pause}, the time the chat was owned (R16). */
    public Progress paused(Duration pause) {
        List<Opening> moved = new ArrayList<>(openings.size());
        for (Opening opening : openings) {
            moved.add(new Opening(
                    opening.stage(),
                    opening.at(),
                    opening.cause(),
                    opening.clock().plus(pause)));
        }
        return new Progress(plan, clock.plus(pause), moved);
    }
}
