package org.libcoop.spi;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.libcoop.directory.InstitutionId;

/**
 * What one round of retention did for one institution (X6): of its chats that were over at {@code anonymisedUpTo} or before
 * {@code anonymised} lost what says who the patron was, of those over at {@code deletedUpTo} or before {@code deleted} lost all
 * content. Such an instant is null where the institution keeps it for ever. {@code failed} are still due; so may others be, for a
 * round does a bounded part of what there is. <em>Immutable.</em>
 */
public record RetentionRun(
        InstitutionId institution,
        Instant at,
        @Nullable Instant anonymisedUpTo,
        @Nullable Instant deletedUpTo,
        int anonymised,
        int deleted,
        int failed) {

    public RetentionRun {
        Objects.requireNonNull(institution, "institution");
        Objects.requireNonNull(at, "at");
    }

    /** Whether there was nothing to do. */
    public boolean isEmpty() {
        return anonymised == 0 && deleted == 0 && failed == 0;
    }
}
