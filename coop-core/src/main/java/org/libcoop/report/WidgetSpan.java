package org.libcoop.report;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.libcoop.annotation.Beta;
import org.libcoop.routing.Staffing;

/** A time in which who would answer for a widget stays the same, from an instant, included, to another, excluded (S5, E2). <em>Immutable.</em> */
@Beta
public record WidgetSpan(Instant from, Instant to, Staffing staffing) {

    /**
     * Checks the order.
     *
     * @throws IllegalArgumentException if it does not end after it begins
     */
    public WidgetSpan {
        Objects.requireNonNull(staffing, "staffing");
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("a time from " + from + " cannot end at " + to);
        }
    }

    /** How long it is. */
    public Duration length() {
        return Duration.between(from, to);
    }
}
