package org.libcoop.testkit.simulation;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.libcoop.CoopEngine;

/**
 * One life of one engine node: a real engine whose tasks wait here until the run takes one. It dies by never being run again;
 * what it was about to say reaches nobody.
 */
final class SimulatedNode {

    /**
     * Ends a process in the middle of a call. Neither a runtime exception nor an error, so that no handler of the engine's
     * takes it for something to recover from: a dead process recovers from nothing.
     */
    @SuppressWarnings("serial")
    private static final class Died extends Exception {
        private Died() {
            super("the process died", null, false, false);
        }
    }

    private final String name;
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final View view;
    private @Nullable CoopEngine engine;
    private @Nullable Instant pausedUntil;
    private boolean dead;
    private Instant diedAt = Instant.MIN;
    private boolean busy;

    SimulatedNode(String name) {
        this.name = name;
        this.view = new View(this);
    }

    void started(CoopEngine started) {
        this.engine = started;
    }

    CoopEngine engine() {
        if (engine == null) {
            throw new IllegalStateException(name + " has not started");
        }
        return engine;
    }

    /** What this node has been told by the store. */
    View view() {
        return view;
    }

    /** The engine's executor. */
    void execute(Runnable task) {
        if (!dead) {
            tasks.add(task);
        }
    }

    boolean alive() {
        return !dead;
    }

    Instant diedAt() {
        return diedAt;
    }

    boolean idle() {
        return tasks.isEmpty();
    }

    boolean mayRun(Instant now) {
        return !dead && !busy && !tasks.isEmpty() && !paused(now);
    }

    boolean paused(Instant now) {
        return pausedUntil != null && now.isBefore(pausedUntil);
    }

    void pauseUntil(@Nullable Instant instant) {
        pausedUntil = instant;
    }

    /** Runs the oldest task. */
    void runOne() {
        Runnable task = tasks.remove();
        call(task);
    }

    /**
     * Lets the process do something, be it a task of its own or what a connection's thread asks of it. Ends early, and
     * silently, if the process dies over it.
     */
    void call(Runnable what) {
        boolean before = busy;
        busy = true;
        try {
            what.run();
        } catch (Throwable thrown) {
            if (!(thrown instanceof Died)) {
                throw thrown;
            }
        } finally {
            busy = before;
        }
    }

    /** From now on nothing of this process happens any more. */
    void die(Instant now) {
        dead = true;
        diedAt = now;
        tasks.clear();
    }

    /** Unwinds whatever a process that has just died was doing. Declared to return so that callers can throw it. */
    static RuntimeException unwinding() {
        return SimulatedNode.<RuntimeException>unchecked(new Died());
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // thrown past the compiler: see Died
    private static <T extends Throwable> T unchecked(Throwable thrown) throws T {
        throw (T) thrown;
    }

    @Override
    public String toString() {
        return name;
    }
}
