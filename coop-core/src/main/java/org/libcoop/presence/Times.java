package org.libcoop.presence;

import java.time.Instant;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.libcoop.annotation.Beta;

/**
 * When something was so: stretches of time, each from an instant, included, to another, excluded. What overlaps or touches is one
 * stretch, in whatever order it comes and however often. <em>One thread at a time.</em>
 */
@Beta
public final class Times {

    /** Ends by begins, none of which touch. */
    private final NavigableMap<Instant, Instant> stretches = new TreeMap<>();

    /** Never so far. */
    public Times() {}

    /** Also from {@code from} to {@code to}; nothing where that is not later. */
    public void add(Instant from, Instant to) {
        if (!from.isBefore(to)) {
            return;
        }
        Instant begin = from;
        Map.Entry<Instant, Instant> before = stretches.lowerEntry(from);
        if (before != null && !before.getValue().isBefore(from)) {
            begin = before.getKey();
        }
        NavigableMap<Instant, Instant> met = stretches.subMap(begin, true, to, true);
        Instant end = to;
        if (!met.isEmpty() && met.lastEntry().getValue().isAfter(end)) {
            end = met.lastEntry().getValue();
        }
        met.clear();
        stretches.put(begin, end);
    }

    /** Also when the other ones say. */
    public void add(Times others) {
        others.each(this::add);
    }

    /** Whether it was so at an instant. */
    public boolean hold(Instant at) {
        Map.Entry<Instant, Instant> since = stretches.floorEntry(at);
        return since != null && at.isBefore(since.getValue());
    }

    /** When it first was not so any more, after an instant. */
    public Optional<Instant> endAfter(Instant after) {
        Map.Entry<Instant, Instant> during = stretches.floorEntry(after);
        Map.Entry<Instant, Instant> ends =
                during != null && during.getValue().isAfter(after) ? during : stretches.higherEntry(after);
        return Optional.ofNullable(ends).map(Map.Entry::getValue);
    }

    /** Each stretch, with its begin and its end, in order. */
    public void each(BiConsumer<Instant, Instant> action) {
        stretches.forEach(action);
    }

    /** Whether it never was so. */
    public boolean isEmpty() {
        return stretches.isEmpty();
    }

    /** Returns something like "{2026-03-08T10:00:00Z=2026-03-08T12:00:00Z}". */
    @Override
    public String toString() {
        return stretches.toString();
    }
}
