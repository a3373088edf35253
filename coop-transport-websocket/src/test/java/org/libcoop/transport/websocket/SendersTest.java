package org.libcoop.transport.websocket;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Nothing is left lying, whenever it comes. */
class SendersTest {

    private static final int MOST = 2;

    private final ExecutorService threads = Pools.of("senders-test", MOST);
    private final Senders senders = new Senders(threads, MOST);
    private final AtomicInteger done = new AtomicInteger();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    /** Close together and apart, so that it comes while somebody works, lingers, leaves or has left. */
    @Test
    void everythingIsDoneOnceWheneverItComes() throws InterruptedException {
        int each = 20_000;
        List<Thread> givers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Thread giver = new Thread(() -> {
                for (int j = 0; j < each; j++) {
                    senders.execute(done::incrementAndGet);
                    if (j % 50 == 0) {
                        LockSupport.parkNanos(ThreadLocalRandom.current().nextInt(300_000));
                    }
                }
            });
            givers.add(giver);
            giver.start();
        }
        for (Thread giver : givers) {
            giver.join();
        }

        await().atMost(20, SECONDS).until(() -> done.get() == 3 * each);
    }

    @Test
    void oneThatTakesLongHoldsUpNoOther() throws InterruptedException {
        CountDownLatch free = new CountDownLatch(1);
        senders.execute(() -> wait(free));
        for (int i = 0; i < 100; i++) {
            senders.execute(done::incrementAndGet);
        }

        await().atMost(20, SECONDS).until(() -> done.get() == 100);
        free.countDown();
    }

    /** Both come to a thread that lingers, so neither wakes another; and the first is not over before the second is. */
    @Test
    void oneBehindOneThatTakesLongIsDoneByAnotherThread() throws InterruptedException {
        for (int round = 0; round < 300; round++) {
            senders.execute(done::incrementAndGet);
            senders.execute(done::incrementAndGet);
            LockSupport.parkNanos(ThreadLocalRandom.current().nextInt(100_000));
            CountDownLatch second = new CountDownLatch(1);
            senders.execute(() -> wait(second));
            senders.execute(second::countDown);

            assertThat(second.await(20, SECONDS)).as("round " + round).isTrue();
        }
    }

    @Test
    void oneThatFailsHarmsNoOther() {
        for (int i = 0; i < 10; i++) {
            senders.execute(() -> {
                throw new IllegalStateException("on purpose");
            });
            senders.execute(done::incrementAndGet);
        }

        await().atMost(20, SECONDS).until(() -> done.get() == 10);
    }

    @Test
    void oncePastTheEndNothingIsTaken() {
        threads.shutdown();

        assertThatThrownBy(() -> senders.execute(done::incrementAndGet)).isInstanceOf(RejectedExecutionException.class);
        assertThat(done).hasValue(0);
    }

    private static void wait(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
