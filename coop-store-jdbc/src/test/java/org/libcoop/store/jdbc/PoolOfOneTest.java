package org.libcoop.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.libcoop.chat.Chat;
import org.libcoop.directory.OperatorId;
import org.libcoop.presence.NodeId;
import org.libcoop.presence.OperatorPresence;
import org.libcoop.spi.Change;
import org.libcoop.spi.Committed;
import org.libcoop.spi.Store;
import org.libcoop.spi.StoreException;
import org.libcoop.store.jdbc.Databases.Pooled;

/** One connection for fifty threads: nobody waits for himself, and every call ends in time (G12). */
class PoolOfOneTest {

    private static final int THREADS = 50;
    private static final int ROUNDS = 1;
    private static final NodeId NODE = new NodeId("node");
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    /** Ten times what a call may take, so that a busy machine does not fail it. */
    private static final long MOST_NANOS =
            DEADLINE.plusSeconds(1).multipliedBy(10).toNanos();

    /** Counts what a thread holds at a time. */
    private static final class Counting implements WatchedDataSource.Watch {
        private final ThreadLocal<Integer> held = ThreadLocal.withInitial(() -> 0);
        private final AtomicInteger most = new AtomicInteger();
        private final AtomicInteger borrowed = new AtomicInteger();

        @Override
        public void borrowed() {
            held.set(held.get() + 1);
            most.accumulateAndGet(held.get(), Math::max);
            borrowed.incrementAndGet();
        }

        @Override
        public void returned() {
            held.set(held.get() - 1);
        }
    }

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() {
        for (int i = open.size() - 1; i >= 0; i--) {
            Databases.close(open.get(i));
        }
    }

    @ParameterizedTest
    @EnumSource
    void fiftyThreadsShareOneConnection(Dialect dialect) throws Exception {
        Counting counting = new Counting();
        Store store = store(pool(dialect), counting);
        ExecutorService threads = threads();
        CyclicBarrier barrier = new CyclicBarrier(THREADS);
        List<Future<Long>> longest = new ArrayList<>();

        for (int i = 0; i < THREADS; i++) {
            int thread = i;
            longest.add(threads.submit(() -> {
                barrier.await();
                return life(store, thread);
            }));
        }

        for (Future<Long> one : longest) {
            assertThat(one.get(5, TimeUnit.MINUTES)).isLessThan(MOST_NANOS);
        }
        assertThat(counting.most).hasValue(1);
        assertThat(counting.borrowed).hasValueGreaterThan(THREADS * ROUNDS * 7);
    }

    /** Everything a node asks of a store; how long the longest call took. */
    private static long life(Store store, int thread) throws Exception {
        long longest = 0;
        Change.OfChat begins = Talk.begins("chat-" + thread);
        assertThat(store.commit(NODE, List.of(begins))).containsExactly(Committed.APPLIED);
        Chat chat = begins.chat();
        OperatorPresence row = OperatorPresence.unknown(OperatorId.of("operator-" + thread));
        String cursor = store.cursor();
        for (int round = 0; round < ROUNDS; round++) {
            Change.OfChat says = Talk.says(chat, "line " + round);
            OperatorPresence next = row.signedIn(ChatSamples.at(round)).successor();
            List<Callable<Object>> calls = List.of(
                    () -> store.commit(NODE, List.of(says)),
                    // Lost, which is asked for once more: in a call of its own.
                    () -> store.commit(NODE, List.of(Talk.says(begins.chat(), "never"))),
                    () -> store.chat(says.chat().id()),
                    () -> store.commit(NODE, List.of(new Change.OfPresence(next))),
                    () -> store.presence(next.operator(), 0),
                    () -> store.changes(cursor, Store.PAGE),
                    () -> store.renew(NODE),
                    () -> store.due(ChatSamples.at(100), 10));
            for (Callable<Object> call : calls) {
                long began = System.nanoTime();
                call.call();
                longest = Math.max(longest, System.nanoTime() - began);
            }
            chat = says.chat();
            row = next;
        }
        assertThat(Talk.lines(store, chat.id())).hasSize(ROUNDS);
        assertThat(store.presence(row.operator(), 0)).last().isEqualTo(row);
        return longest;
    }

    @ParameterizedTest
    @EnumSource
    void aPoolThatHasNothingLeftEndsInAClearFailureAndLaterInNone(Dialect dialect) throws Exception {
        HikariDataSource patient = pool(dialect);
        HikariDataSource pool =
                Databases.impatientPool(patient.getJdbcUrl(), patient.getUsername(), new Pooled(true, "", 1), 500);
        open.add(pool);
        Store store = store(pool, new Counting());
        Change.OfChat begins = Talk.begins("chat");
        ExecutorService threads = threads();
        List<Future<Throwable>> failures = new ArrayList<>();

        try (Connection kept = pool.getConnection()) {
            assertThat(kept.isClosed()).isFalse();
            for (int i = 0; i < THREADS; i++) {
                failures.add(threads.submit(() -> catchThrowable(() -> store.commit(NODE, List.of(begins)))));
            }
            for (Future<Throwable> failure : failures) {
                assertThat(failure.get(MOST_NANOS, TimeUnit.NANOSECONDS))
                        .isInstanceOfSatisfying(StoreException.class, away -> {
                            assertThat(away.outcomeUnknown()).isFalse();
                            assertThat(away.busy()).isFalse();
                            assertThat(away.refused()).isFalse();
                        });
            }
        }

        assertThat(store.commit(NODE, List.of(begins))).containsExactly(Committed.APPLIED);
    }

    private HikariDataSource pool(Dialect dialect) {
        HikariDataSource pool = Databases.of(dialect, new Pooled(true, "", 1));
        open.add(pool);
        return pool;
    }

    private Store store(HikariDataSource pool, WatchedDataSource.Watch watch) {
        Store store = JdbcStore.builder(new WatchedDataSource(pool, watch))
                .deadline(DEADLINE)
                .pollEvery(Duration.ZERO)
                .build();
        store.join(NODE, Duration.ofHours(1));

        open.add(store);
        return store;
    }

    private ExecutorService threads() {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        open.add(threads::shutdownNow);
        return threads;
    }
}
