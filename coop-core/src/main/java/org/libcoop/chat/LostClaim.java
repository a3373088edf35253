package org.libcoop.chat;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.libcoop.directory.OperatorId;

/** A claim that came too late: whose, when, and how long after the one that won (E1). <em>Immutable.</em> */
public record LostClaim(OperatorId operator, Instant at, Duration behind) {

    public LostClaim {
        Objects.requireNonNull(operator, "operator");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(behind, "behind");
    }
}
