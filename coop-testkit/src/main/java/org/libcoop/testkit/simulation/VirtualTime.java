package org.libcoop.testkit.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;
import org.libcoop.testkit.SimulatedClock;

/**
 * The one time of a run: it stands still while something happens and then goes to the next event. Wake-ups of nodes and acts
 * of people are kept apart, because time also passes inside a node's call, and people do not act there.
 */
final class VirtualTime {

    private record Event(Instant at, long order, Runnable what) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int byTime = at.compareTo(other.at);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    private final PriorityQueue<Event> wakes = new PriorityQueue<>();
    private final PriorityQueue<Event> acts = new PriorityQueue<>();
    private Instant now = SimulatedClock.DEFAULT_START;
    private long order;

    Instant now() {
        return now;
    }

    /** A node's wake-up; it only hands a task in. */
    void wakeAt(Instant at, Runnable hint) {
        wakes.add(new Event(at, order++, hint));
    }

    /** Something that a person does, or that befalls a node. */
    void actAt(Instant at, Runnable act) {
        acts.add(new Event(at, order++, act));
    }

    void actAfter(Duration delay, Runnable act) {
        actAt(now.plus(delay), act);
    }

    /** Goes to the next event up to {@code end} and runs it; at {@code end} and false if there is none. */
    boolean next(Instant end) {
        PriorityQueue<Event> earlier = earlier();
        Event next = earlier.peek();
        if (next == null || next.at().isAfter(end)) {
            moveTo(end);
            return false;
        }
        earlier.remove();
        moveTo(next.at());
        next.what().run();
        return true;
    }

    private PriorityQueue<Event> earlier() {
        Event wake = wakes.peek();
        Event act = acts.peek();
        return act == null || (wake != null && wake.compareTo(act) < 0) ? wakes : acts;
    }

    /** Goes to the next wake-up up to {@code end} and runs it; at {@code end} and false if there is none. For time inside a call. */
    boolean nextWake(Instant end) {
        Event next = wakes.peek();
        if (next == null || next.at().isAfter(end)) {
            moveTo(end);
            return false;
        }
        wakes.remove();
        moveTo(next.at());
        next.what().run();
        return true;
    }

    @Nullable
    Instant nextAct() {
        Event next = acts.peek();
        return next == null ? null : next.at();
    }

    private void moveTo(Instant instant) {
        now = instant.isAfter(now) ? instant : now;
    }
}
