package org.libcoop.presence;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A stretch of time from {@code from}, included, to {@code to}, excluded; null means until further notice. <em>Immutable.</em> */
record Span(Instant from, @Nullable Instant to) {

    boolean holds(Instant at) {
        return !at.isBefore(from) && (to == null || at.isBefore(to));
    }

    /** Whether the span holds at some instant from {@code first} to {@code last}, both included. */
    boolean meets(Instant first, Instant last) {
        return !from.isAfter(last) && (to == null || to.isAfter(first));
    }

    boolean openEnded() {
        return to == null;
    }
}
