package org.libcoop.testkit.proof;

import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.Executor;

/**
 * Runs tasks on another executor until paused; what is handed in then waits for {@link #resume}. A paused node is one that
 * the machine does not let run. <em>One thread at a time.</em>
 */
final class PausableExecutor implements Executor {

    private final Executor target;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private boolean paused;

    PausableExecutor(Executor target) {
        this.target = Objects.requireNonNull(target, "target");
    }

    @Override
    public void execute(Runnable task) {
        if (paused) {
            waiting.add(task);
        } else {
            target.execute(task);
        }
    }

    void pause() {
        paused = true;
    }

    void resume() {
        paused = false;
        for (Runnable task = waiting.poll(); task != null; task = waiting.poll()) {
            target.execute(task);
        }
    }
}
