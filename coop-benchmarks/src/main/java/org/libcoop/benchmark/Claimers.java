package org.libcoop.benchmark;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;

/**
 * Connections that claim one chat after another, each group its own share of the chats. Those of a group want the same chats in the
 * same order: who is behind loses at once and so catches up with who waits for a commit. When a share is used up it begins anew, on
 * the next version.
 *
 * @param connections how many connections claim, a thread each
 * @param group how many of them want the same chats
 * @param batch how many chats each claims at once
 */
record Claimers(int connections, int group, int batch) {

    private static final int WARM_UP = 5;

    /** Claims for {@code span}, after a fifth of it to warm up, and measures. */
    Measurement measure(DataSource database, Claims.Way way, int chats, Duration span) throws Exception {
        long begin = System.nanoTime() + span.dividedBy(WARM_UP).toNanos();
        long end = begin + span.toNanos();
        List<Callable<Worker>> workers = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            Share share = new Share(i / group, connections / group, chats / batch);
            Worker worker = new Worker(share, begin, end);
            workers.add(() -> {
                try (Connection connection = database.getConnection()) {
                    worker.run(way.on(connection));
                }
                return worker;
            });
        }
        ExecutorService threads = Executors.newFixedThreadPool(connections);
        try {
            long won = 0;
            List<long[]> latencies = new ArrayList<>();
            for (Future<Worker> worker : threads.invokeAll(workers)) {
                won += worker.get().won;
                latencies.add(worker.get().latencies());
            }
            Percentiles latency = new Percentiles(
                    latencies.stream().flatMapToLong(Arrays::stream).toArray());
            return Measurement.of("won/s", won * 1e9 / span.toNanos())
                    .with("p50 ms", latency.millis(0.5))
                    .with("p99 ms", latency.millis(0.99));
        } finally {
            threads.shutdownNow();
        }
    }

    /** One group's batches: every n-th of n groups. */
    private record Share(int group, int groups, int batches) {

        Share {
            if (batches < groups) {
                throw new IllegalArgumentException("too few chats: " + batches + " batches for " + groups + " groups");
            }
        }

        private int size() {
            return batches / groups;
        }

        int batch(long turn) {
            return group + groups * (int) (turn % size());
        }

        long version(long turn) {
            return turn / size();
        }
    }

    /** One thread's work. */
    private final class Worker {

        private final Share share;
        private final long begin;
        private final long end;
        private long[] latencies = new long[1 << 12];
        private int measured;
        private long won;

        Worker(Share share, long begin, long end) {
            this.share = share;
            this.begin = begin;
            this.end = end;
        }

        void run(Claims claims) throws SQLException {
            String[] chats = new String[batch];
            for (long turn = 0; System.nanoTime() < end; turn++) {
                int first = share.batch(turn) * batch;
                Arrays.setAll(chats, i -> ClaimTables.id(first + i));
                long before = System.nanoTime();
                int wins = claims.claim(chats, share.version(turn));
                long after = System.nanoTime();
                if (before >= begin && after <= end) {
                    note(wins, after - before);
                }
            }
        }

        private void note(int wins, long nanos) {
            if (measured == latencies.length) {
                latencies = Arrays.copyOf(latencies, measured * 2);
            }
            latencies[measured++] = nanos;
            won += wins;
        }

        long[] latencies() {
            return Arrays.copyOf(latencies, measured);
        }
    }
}
