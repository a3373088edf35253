package org.libcoop.benchmark;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/** Messages to everybody, one round after another, each when the one before has arrived everywhere. Used by one thread. */
final class FanOut implements Crowd.Ear {

    private final ServerProcess server;
    private final int sessions;
    private final Arrivals arrivals = new Arrivals();
    private final LongAdder frames = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final ByteBuf mark = Crowd.bytes(Samples.MARK);
    private final Latencies latencies = new Latencies(1 << 22);
    private volatile boolean timing;
    private volatile long sent;

    FanOut(ServerProcess server, int sessions) {
        this.server = server;
        this.sessions = sessions;
    }

    @Override
    public void hear(Crowd.Client client, ByteBuf frame) {
        int notices = Crowd.count(frame, mark.duplicate());
        if (notices > 0) {
            if (timing) {
                latencies.took(System.nanoTime() - sent);
            }
            frames.increment();
            bytes.add(frame.readableBytes());
            arrivals.arrived(notices);
        }
    }

    /** So many deliveries at least, so many at once to each. */
    void deliver(int deliveries, int atOnce) throws IOException, InterruptedException {
        long end = arrivals.count() + deliveries;
        while (arrivals.count() < end) {
            pair(atOnce);
        }
    }

    /** Two rounds: what is begun in the one ends in the other. */
    private void pair(int atOnce) throws IOException, InterruptedException {
        round(atOnce);
        round(atOnce);
    }

    private void round(int atOnce) throws IOException, InterruptedException {
        arrivals.expect((long) sessions * atOnce);
        sent = System.nanoTime();
        server.ask("fan " + atOnce);
        arrivals.await();
    }

    /** What rounds of a time cost. */
    record Cost(double perCpuSecond, double bytesEach, double noticesPerFrame) {}

    Cost during(Duration span, int atOnce) throws IOException, InterruptedException {
        long deliveriesBefore = arrivals.count();
        frames.reset();
        bytes.reset();
        long cpuBefore = server.number("cpu");
        long end = System.nanoTime() + span.toNanos();
        while (System.nanoTime() < end) {
            pair(atOnce);
        }
        double cpuSeconds = (server.number("cpu") - cpuBefore) / 1e9;
        double deliveries = arrivals.count() - deliveriesBefore;
        return new Cost(deliveries / cpuSeconds, bytes.sum() / deliveries, deliveries / frames.sum());
    }

    /** How long messages take from being asked for to each client, a round every so often. */
    Percentiles paced(Duration span, Duration every) throws IOException, InterruptedException {
        latencies.forget();
        timing = true;
        long next = System.nanoTime();
        long end = next + span.toNanos();
        while (next < end) {
            round(1);
            next += every.toNanos();
            while (System.nanoTime() < next) {
                LockSupport.parkNanos(next - System.nanoTime());
            }
        }
        timing = false;
        return latencies.percentiles();
    }
}
