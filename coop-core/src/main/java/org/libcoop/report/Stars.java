package org.libcoop.report;

import org.jspecify.annotations.Nullable;
import org.libcoop.annotation.Beta;

/** How often each rating was given, from one star to five. <em>Immutable.</em> */
@Beta
public record Stars(long one, long two, long three, long four, long five) {

    /** The best rating. */
    public static final int BEST = 5;

    /** None given. */
    public static final Stars NONE = new Stars(0, 0, 0, 0, 0);

    /**
     * Checks the counts.
     *
     * @throws IllegalArgumentException if one is below 0
     */
    public Stars {
        if (one < 0 || two < 0 || three < 0 || four < 0 || five < 0) {
            throw new IllegalArgumentException("a count is below 0");
        }
    }

    /** How many ratings there are. */
    public long count() {
        return one + two + three + four + five;
    }

    /** Their mean; null where there is none. */
    public @Nullable Double mean() {
        long count = count();
        return count == 0 ? null : (one + 2.0 * two + 3.0 * three + 4.0 * four + 5.0 * five) / count;
    }

    /**
     * How often a rating was given.
     *
     * @throws IllegalArgumentException if {@code rating} is not 1 to 5
     */
    public long of(int rating) {
        return switch (checked(rating)) {
            case 1 -> one;
            case 2 -> two;
            case 3 -> three;
            case 4 -> four;
            default -> five;
        };
    }

    /** Both together. */
    public Stars plus(Stars other) {
        return new Stars(one + other.one, two + other.two, three + other.three, four + other.four, five + other.five);
    }

    /**
     * What is left without {@code part}.
     *
     * @throws IllegalArgumentException if that is not part of it
     */
    public Stars minus(Stars part) {
        return new Stars(one - part.one, two - part.two, three - part.three, four - part.four, five - part.five);
    }

    /** {@code rating}, which is 1 to 5. */
    static int checked(int rating) {
        if (rating < 1 || rating > BEST) {
            throw new IllegalArgumentException("a rating is 1 to " + BEST + ", not " + rating);
        }
        return rating;
    }
}
