package org.libcoop.testkit.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What happened in a run: the last lines for people, a hash over all of them to compare runs by, and counters. */
final class Trace {

    private static final int KEPT = 50;
    /** The 64-bit FNV prime; a line's own hash is specified by the language and so the same in every run. */
    private static final long PRIME = 0x100000001b3L;

    private final VirtualTime time;
    private final Instant start;
    private final ArrayDeque<String> lines = new ArrayDeque<>();
    private final TreeMap<String, Long> counters = new TreeMap<>();
    private final java.util.function.@Nullable Consumer<String> listener;
    private long hash = 0xcbf29ce484222325L;

    Trace(VirtualTime time, java.util.function.@Nullable Consumer<String> listener) {
        this.time = time;
        this.start = time.now();
        this.listener = listener;
    }

    void line(String what) {
        String line = offset(time.now()) + ' ' + what;
        hash = (hash ^ line.hashCode()) * PRIME;
        if (lines.size() == KEPT) {
            lines.remove();
        }
        lines.add(line);
        if (listener != null) {
            listener.accept(line);
        }
    }

    void count(String name) {
        counters.merge(name, 1L, Long::sum);
    }

    String offset(Instant at) {
        long millis = Duration.between(start, at).toMillis();
        return millis / 1000 + "."
                + Long.toString(1000 + Math.abs(millis % 1000)).substring(1);
    }

    List<String> last() {
        return List.copyOf(lines);
    }

    long hash() {
        return hash;
    }

    SortedMap<String, Long> counters() {
        return counters;
    }
}
