package org.libcoop.routing;

import java.time.Instant;
import java.util.Objects;
import org.libcoop.directory.Stage;

/** The stage that opens next by time, and when, if nothing happens before (C1, C13). <em>Immutable.</em> */
public record Pending(Stage stage, Instant due, Cause cause) {

    public Pending {
        Objects.requireNonNull(stage, "stage");
        Objects.requireNonNull(due, "due");
        Objects.requireNonNull(cause, "cause");
    }
}
