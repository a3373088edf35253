package org.libcoop.report;

import java.time.Instant;
import java.util.Objects;
import org.libcoop.annotation.Beta;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.Stage;

/**
 * A time in which somebody of an institution monitored a stage, or was on duty on a backup stage, from an instant, included, to another,
 * excluded (S5): what remains of a monitoring interval when it is not said whose it was. <em>Immutable.</em>
 */
@Beta
public record StaffedTime(Stage stage, InstitutionId institution, Instant from, Instant to) {

    /**
     * Checks the order.
     *
     * @throws IllegalArgumentException if it ends before it begins
     */
    public StaffedTime {
        Objects.requireNonNull(stage, "stage");
        Objects.requireNonNull(institution, "institution");
        if (to.isBefore(from)) {
            throw new IllegalArgumentException("a time from " + from + " cannot end at " + to);
        }
    }
}
