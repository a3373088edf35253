package org.libcoop.spi;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Stage;
import org.libcoop.presence.MonitoringInterval;

/**
 * Which monitoring intervals are asked for: those of {@code operator}, if given, on one of {@code stages}, if there are any,
 * that overlap the time from {@code from}, included, to {@code to}, excluded. At least one of the two must narrow it down.
 * <em>Immutable.</em>
 */
public record IntervalQuery(@Nullable OperatorId operator, List<Stage> stages, Instant from, Instant to) {

    /** The most stages a query may name. */
    public static final int MOST_STAGES = 200;

    /**
     * Checks the bounds; the stages are put in one order and named once each, so that equal queries are written alike.
     *
     * @throws IllegalArgumentException if neither operator nor stages are given, there are too many stages, or {@code from}
     *     is not before {@code to}
     */
    public IntervalQuery {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        stages = stages.stream()
                .distinct()
                .sorted(Comparator.comparing(stage -> Topic.stage(stage).key()))
                .toList();
        if (operator == null && stages.isEmpty()) {
            throw new IllegalArgumentException("an operator or stages must be given");
        }
        if (stages.size() > MOST_STAGES) {
            throw new IllegalArgumentException("at most " + MOST_STAGES + " stages, not " + stages.size());
        }
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("from " + from + " must be before to " + to);
        }
    }

    /** What {@code operator} monitored in a time. */
    public static IntervalQuery of(OperatorId operator, Instant from, Instant to) {
        return new IntervalQuery(Objects.requireNonNull(operator, "operator"), List.of(), from, to);
    }

    /** Who monitored one of {@code stages} in a time. */
    public static IntervalQuery on(Collection<Stage> stages, Instant from, Instant to) {
        return new IntervalQuery(null, List.copyOf(stages), from, to);
    }

    /** Whether {@code interval} is asked for: its time counts as long as the operator was there for routing. */
    public boolean asksFor(MonitoringInterval interval) {
        return (operator == null || operator.equals(interval.operator()))
                && (stages.isEmpty() || stages.contains(interval.stage()))
                && interval.from().isBefore(to)
                && interval.heldUntil().isAfter(from);
    }
}
