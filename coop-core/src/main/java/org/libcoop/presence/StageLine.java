package org.libcoop.presence;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.libcoop.directory.OperatorId;

/**
 * Who was and is available on one stage: a few spans an operator, and their union, the spans in which the stage is served.
 * The union is kept because it is asked for every waiting chat, while the spans change only when somebody comes or goes.
 * One thread writes; others may read at any time and see a state that held a moment ago.
 */
final class StageLine {

    private final Map<OperatorId, List<Span>> spans = new ConcurrentHashMap<>();
    private volatile List<Span> served = List.of();
    private Instant latest = Instant.MIN;
    private int openEnded;

    /**
     * From {@code at} on the operator is available until {@code until} (null: until further notice), or not at all. Returns
     * whether that is news.
     */
    boolean set(OperatorId operator, Instant at, boolean available, @Nullable Instant until) {
        List<Span> before = spans.getOrDefault(operator, List.of());
        List<Span> after = new ArrayList<>(cut(before, at));
        if (available && (until == null || until.isAfter(at))) {
            Span last = after.isEmpty() ? null : after.get(after.size() - 1);
            if (last != null && at.equals(last.to())) {
                after.set(after.size() - 1, new Span(last.from(), until));
            } else {
                after.add(new Span(at, until));
            }
        }
        if (after.equals(before)) {
            return false;
        }
        openEnded += count(after) - count(before);
        if (after.isEmpty()) {
            spans.remove(operator);
        } else {
            spans.put(operator, List.copyOf(after));
        }
        if (openEnded > 0 && !at.isBefore(latest)) {
            List<Span> union = new ArrayList<>(cut(served, at));
            append(union, new Span(at, null));
            served = List.copyOf(union);
        } else {
            served = union();
        }
        latest = at.isAfter(latest) ? at : latest;
        return true;
    }

    boolean served(Instant at) {
        List<Span> now = served;
        for (int i = now.size() - 1; i >= 0; i--) {
            if (now.get(i).holds(at)) {
                return true;
            }
        }
        return false;
    }

    boolean available(OperatorId operator, Instant at) {
        for (Span span : spans.getOrDefault(operator, List.of())) {
            if (span.holds(at)) {
                return true;
            }
        }
        return false;
    }

    boolean reached(OperatorId operator, Instant from, Instant to) {
        for (Span span : spans.getOrDefault(operator, List.of())) {
            if (span.meets(from, to)) {
                return true;
            }
        }
        return false;
    }

    /** The first instant from {@code from} to {@code to}, both included, at which the operator is not available; null if there is none. */
    @Nullable
    Instant firstAbsence(OperatorId operator, Instant from, Instant to) {
        for (Span span : spans.getOrDefault(operator, List.of())) {
            if (span.holds(from)) {
                Instant end = span.to();
                return end == null || end.isAfter(to) ? null : end;
            }
        }
        return from.isAfter(to) ? null : from;
    }

    Set<OperatorId> available(Instant at) {
        Set<OperatorId> there = new HashSet<>(2 * spans.size());
        spans.forEach((operator, line) -> {
            for (Span span : line) {
                if (span.holds(at)) {
                    there.add(operator);
                    break;
                }
            }
        });
        return there;
    }

    /** The first end of service after {@code after}, up to and including {@code upTo}; null if there is none. */
    @Nullable
    Instant firstLapse(Instant after, Instant upTo) {
        for (Span span : served) {
            Instant to = span.to();
            if (to != null && to.isAfter(after) && !to.isAfter(upTo)) {
                return to;
            }
        }
        return null;
    }

    /** Forgets spans that ended before {@code horizon}. */
    void forgetBefore(Instant horizon) {
        spans.replaceAll((operator, line) -> recent(line, horizon));
        spans.values().removeIf(List::isEmpty);
        served = recent(served, horizon);
    }

    boolean isEmpty() {
        return spans.isEmpty();
    }

    private static List<Span> recent(List<Span> line, Instant horizon) {
        List<Span> kept = new ArrayList<>(line);
        kept.removeIf(span -> span.to() != null && span.to().isBefore(horizon));
        return List.copyOf(kept);
    }

    private static int count(List<Span> line) {
        return !line.isEmpty() && line.get(line.size() - 1).openEnded() ? 1 : 0;
    }

    private static List<Span> cut(List<Span> line, Instant at) {
        List<Span> kept = new ArrayList<>(line.size());
        for (Span span : line) {
            if (span.from().isBefore(at)) {
                boolean over = span.to() != null && !span.to().isAfter(at);
                kept.add(over ? span : new Span(span.from(), at));
            }
        }
        return kept;
    }

    private List<Span> union() {
        List<Span> all = new ArrayList<>();
        spans.values().forEach(all::addAll);
        all.sort(Comparator.comparing(Span::from));
        List<Span> union = new ArrayList<>();
        for (Span span : all) {
            append(union, span);
        }
        return List.copyOf(union);
    }

    /** Adds a span that starts no earlier than the last one, joined to it where they touch. */
    private static void append(List<Span> union, Span next) {
        Span last = union.isEmpty() ? null : union.get(union.size() - 1);
        if (last == null || (last.to() != null && last.to().isBefore(next.from()))) {
            union.add(next);
        } else if (last.to() != null && (next.to() == null || next.to().isAfter(last.to()))) {
            union.set(union.size() - 1, new Span(last.from(), next.to()));
        }
    }
}
