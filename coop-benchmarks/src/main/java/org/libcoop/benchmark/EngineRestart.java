package org.libcoop.benchmark;

import java.time.Duration;
import java.time.Instant;
import javax.sql.DataSource;
import org.libcoop.CoopEngine;
import org.libcoop.OperatorSession;
import org.libcoop.spi.Store;
import org.libcoop.store.jdbc.JdbcStore;

/**
 * An engine starts on a store full of open chats, of which one in a hundred came due while nobody was there, and the rest will
 * within the hour. Timed is from the start until it has read and armed every one of them, has done what was due, and answers: a
 * librarian's sign-in waits for all that.
 *
 * <p>The chats are {@link WaitingChats}: up to a thousand started at instants of their own, and copies of them.
 */
final class EngineRestart implements Benchmark.Contestant {

    private static final int ORIGINALS = 1_000;
    private static final int OVERDUE_OF_ORIGINALS = 10;

    @Override
    public String name() {
        return "coop engine";
    }

    @Override
    public Measurement run(Settings settings, DataSource database) throws Exception {
        int copies = Math.max(1, settings.chats() / ORIGINALS);
        int chats = ORIGINALS * copies;
        write(database, copies);
        long began = System.nanoTime();
        try (JdbcStore store = JdbcStore.open(database);
                CoopEngine engine = CoopEngine.builder()
                        .store(store)
                        .directory(Libraries.deskAndCoop())
                        .build()) {
            OperatorSession session =
                    engine.connectOperator(Libraries.BYSTANDER, notice -> {}).orElseThrow();
            session.signIn().toCompletableFuture().join().orElseThrow();
            double seconds = (System.nanoTime() - began) / 1e9;
            check(engine, store, chats);
            return Measurement.of("read/s", chats / seconds).with("seconds", seconds);
        }
    }

    private static void write(DataSource database, int copies) throws Exception {
        try (WaitingChats waiting = new WaitingChats(database, Libraries.deskAndCoop())) {
            waiting.atWork(Libraries.AT_THE_DESK, Libraries.DESK);
            waiting.atWork(Libraries.IN_THE_COOP, Libraries.COOP);
            Instant now = waiting.store().now();
            Instant newest = now.minus(Libraries.FALLBACK).plus(Duration.ofMinutes(5));
            Duration step = Libraries.FALLBACK.minus(Duration.ofMinutes(10)).dividedBy(ORIGINALS);
            for (int i = 0; i < ORIGINALS; i++) {
                boolean overdue = i < OVERDUE_OF_ORIGINALS;
                Instant started = overdue
                        ? now.minus(Libraries.FALLBACK).minusMillis(100L * (i + 1))
                        : newest.plusMillis(step.multipliedBy(i).toMillis());
                waiting.start(WaitingChats.id(i, 0), Libraries.ASK, started);
            }
            waiting.settle(copies - 1);
        }
    }

    /** Nothing is missing and nothing is overdue. */
    private static void check(CoopEngine engine, Store store, int chats) {
        int armed = engine.health().liveChats();
        int overdue = store.due(engine.now(), Store.PAGE).size();
        if (armed != chats || overdue > 0) {
            throw new IllegalStateException(armed + " of " + chats + " chats armed, " + overdue + " overdue");
        }
    }
}
