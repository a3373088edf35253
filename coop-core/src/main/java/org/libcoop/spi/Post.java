package org.libcoop.spi;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.libcoop.directory.IdText;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.OperatorId;

/**
 * What one of the staff wrote in a discussion. <em>Immutable.</em>
 *
 * @param seq its place in the discussion, from 1 on without a gap; 0 as long as it has none
 * @param id unique in the discussion: the same post brought again is the same one; 1 to {@value #LONGEST_ID} characters
 * @param institution that of who wrote it, then
 * @param at when, in whole milliseconds
 * @param rating of feedback, 1 to 5, if one was given (X4)
 * @param text what was written; null once it was erased (X2)
 */
public record Post(
        Discussion discussion,
        long seq,
        String id,
        OperatorId by,
        InstitutionId institution,
        Instant at,
        @Nullable Integer rating,
        @Nullable String text) {

    /** The most characters of an id. */
    public static final int LONGEST_ID = 400;

    /** The best rating. */
    public static final int BEST = 5;

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException beyond them, or if {@code at} is finer than a millisecond
     */
    public Post {
        Objects.requireNonNull(discussion, "discussion");
        IdText.require("post id", id, LONGEST_ID);
        Objects.requireNonNull(by, "by");
        Objects.requireNonNull(institution, "institution");
        if (seq < 0) {
            throw new IllegalArgumentException("seq must not be negative: " + seq);
        }
        if (!at.equals(at.truncatedTo(ChronoUnit.MILLIS))) {
            throw new IllegalArgumentException("at must be in whole milliseconds: " + at);
        }
        if (rating != null && (rating < 1 || rating > BEST)) {
            throw new IllegalArgumentException("a rating is 1 to " + BEST + ", not " + rating);
        }
    }

    /** The same at this place in its discussion. */
    public Post placedAt(long place) {
        return new Post(discussion, place, id, by, institution, at, rating, text);
    }

    /** The same without what was written. */
    public Post erased() {
        return new Post(discussion, seq, id, by, institution, at, rating, null);
    }
}
