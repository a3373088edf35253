package org.libcoop.testkit.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.libcoop.CoopEngine;
import org.libcoop.directory.OperatorId;
import org.libcoop.memory.InMemoryStore;
import org.libcoop.presence.NodeId;
import org.libcoop.spi.Change;
import org.libcoop.spi.Clock;
import org.libcoop.spi.Committed;
import org.libcoop.spi.Store;

/** What a host may rely on when it closes its engine: after that it closes the store. */
class ClosingTest {

    private static final Duration LONG_ENOUGH_TO_NOTICE = Duration.ofMillis(300);

    /** Holds up the first commit of somebody's presence until it is let go on. */
    private static final class SlowStore extends StoreProxy {
        private final CountDownLatch committing = new CountDownLatch(1);
        private final CountDownLatch goOn = new CountDownLatch(1);
        private final CompletableFuture<Boolean> leftAfterTheCommit = new CompletableFuture<>();
        private volatile boolean committed;

        SlowStore(Store store) {
            super(store);
        }

        @Override
        public List<Committed> commit(NodeId node, List<Change> batch) {
            boolean held = batch.get(0) instanceof Change.OfPresence && !committed;
            if (held) {
                committing.countDown();
                await(goOn);
            }
            List<Committed> outcomes = super.commit(node, batch);
            committed |= held;
            return outcomes;
        }

        @Override
        public void leave(NodeId node) {
            leftAfterTheCommit.complete(committed);
            super.leave(node);
        }
    }

    @Test
    @Timeout(value = 30, unit = TimeUnit.SECONDS)
    void anEngineThatClosesWaitsForWhatIsAtWorkAndThenGivesUpItsLease() throws InterruptedException {
        Clock clock = Clock.system();
        SlowStore store = new SlowStore(new InMemoryStore(clock));
        CoopEngine engine = CoopEngine.builder()
                .clock(clock)
                .store(store)
                .directory(Rig.directory().build())
                .build();
        engine.connectOperator(OperatorId.of("ana"), notice -> {}).orElseThrow();
        await(store.committing);

        Thread closer = new Thread(engine::close);
        closer.start();

        assertThat(store.leftAfterTheCommit).failsWithin(LONG_ENOUGH_TO_NOTICE);
        store.goOn.countDown();
        closer.join();
        assertThat(store.leftAfterTheCommit).isCompletedWithValue(true);
        clock.close();
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(20, TimeUnit.SECONDS)) {
                throw new AssertionError("nothing came");
            }
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
