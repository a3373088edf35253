package org.libcoop.testkit.network;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** An order to reset the first connection on which the client sends a pattern. <em>Safe for use by several threads.</em> */
final class Cut {

    /** When the connection is reset. */
    enum Point {
        /** Once the client has sent the pattern; its last part does not reach the server. */
        BEFORE_SERVER,
        /** Once the server answers; the answer does not reach the client. */
        BEFORE_CLIENT
    }

    private final byte[] pattern;
    private final Point point;
    private final AtomicBoolean taken = new AtomicBoolean();
    private final CompletableFuture<Void> done = new CompletableFuture<>();

    Cut(byte[] pattern, Point point) {
        if (pattern.length == 0) {
            throw new IllegalArgumentException("pattern must have at least one byte");
        }
        this.pattern = pattern.clone();
        this.point = point;
    }

    Point point() {
        return point;
    }

    CompletableFuture<Void> done() {
        return done;
    }

    /** Whether the caller's connection is the one to cut. */
    boolean take() {
        return !done.isDone() && taken.compareAndSet(false, true);
    }

    Search search() {
        return new Search(this);
    }

    /**
     * Looks for the pattern in one connection's bytes as they come, also across the borders of reads (Knuth, Morris and
     * Pratt: no byte is looked at again). <em>One thread at a time.</em>
     */
    static final class Search {

        private final Cut cut;
        private final int[] fallback;
        private int matched;

        private Search(Cut cut) {
            this.cut = cut;
            byte[] pattern = cut.pattern;
            this.fallback = new int[pattern.length];
            int length = 0;
            for (int i = 1; i < pattern.length; i++) {
                while (length > 0 && pattern[i] != pattern[length]) {
                    length = fallback[length - 1];
                }
                if (pattern[i] == pattern[length]) {
                    length++;
                }
                fallback[i] = length;
            }
        }

        Cut cut() {
            return cut;
        }

        /** Whether the pattern ends within the next {@code length} bytes. */
        boolean ends(byte[] bytes, int length) {
            byte[] pattern = cut.pattern;
            for (int i = 0; i < length; i++) {
                while (matched > 0 && bytes[i] != pattern[matched]) {
                    matched = fallback[matched - 1];
                }
                if (bytes[i] == pattern[matched]) {
                    matched++;
                }
                if (matched == pattern.length) {
                    matched = 0;
                    return true;
                }
            }
            return false;
        }
    }
}
