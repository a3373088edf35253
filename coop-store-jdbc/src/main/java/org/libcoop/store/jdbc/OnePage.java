package org.libcoop.store.jdbc;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of an answer.
 *
 * @param next the cursor behind its last row; null if nothing follows
 */
record OnePage<R>(List<R> rows, @Nullable String next) {

    /**
     * How many rows a page has at most for a caller who asks for {@code limit}.
     *
     * @throws IllegalArgumentException if that is below 1
     */
    static int wanted(int limit, int most) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be at least 1: " + limit);
        }
        return Math.min(limit, most);
    }

    /** The first {@code wanted} of the rows; one more of them was asked for, to know whether something follows. */
    static <R> OnePage<R> of(List<R> rows, int wanted, Function<R, String> cursor) {
        return rows.size() <= wanted
                ? new OnePage<>(rows, null)
                : new OnePage<>(rows.subList(0, wanted), cursor.apply(rows.get(wanted - 1)));
    }
}
