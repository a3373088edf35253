package org.libcoop.testkit.network;

import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What a proxy does wrong at the moment; every change wakes the pumps that wait for one. <em>Safe for use by several
 * threads.</em>
 */
final class Faults {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<Direction> stalled = EnumSet.noneOf(Direction.class);
    private long delayNanos;
    private volatile boolean refusing;
    private volatile @Nullable Cut armed;

    boolean refusing() {
        return refusing;
    }

    void refuse(boolean refuses) {
        refusing = refuses;
    }

    void stall(Direction direction) {
        change(() -> stalled.add(direction));
    }

    void resume() {
        change(stalled::clear);
    }

    void delay(long nanos) {
        change(() -> delayNanos = nanos);
    }

    /** Wakes whoever waits, to look again. */
    void changed() {
        change(() -> {});
    }

    @Nullable
    Cut armed() {
        return armed;
    }

    /** Arms this cut instead of any other. */
    void arm(@Nullable Cut cut) {
        Cut before = armed;
        armed = cut;
        if (before != null) {
            before.done().cancel(false);
        }
    }

    /**
     * Waits until what was read at {@code readAt} may go on, or its connection is over.
     *
     * @throws InterruptedException if the waiting thread is interrupted
     */
    void await(Direction direction, long readAt, BooleanSupplier over) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!over.getAsBoolean()) {
                long left = delayNanos - (System.nanoTime() - readAt);
                if (stalled.contains(direction)) {
                    changed.await();
                } else if (left > 0) {
                    boolean unused = changed.await(left, TimeUnit.NANOSECONDS);
                } else {
                    return;
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void change(Runnable how) {
        lock.lock();
        try {
            how.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
