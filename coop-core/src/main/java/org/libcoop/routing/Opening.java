package org.libcoop.routing;

import java.time.Instant;
import java.util.Objects;
import org.libcoop.directory.Stage;

/**
 * One stage that opened. {@code at} is the instant it was due, whenever it was handled (R14); {@code clock} is the instant
 * from which the clocks of what follows run: {@code at}, moved on by the time the chat was owned in between (R16).
 * <em>Immutable.</em>
 */
public record Opening(Stage stage, Instant at, Cause cause, Instant clock) {

    public Opening {
        Objects.requireNonNull(stage, "stage");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(cause, "cause");
        Objects.requireNonNull(clock, "clock");
    }

    /** An opening whose followers count from the opening itself. */
    public static Opening of(Stage stage, Instant at, Cause cause) {
        return new Opening(stage, at, cause, at);
    }
}
