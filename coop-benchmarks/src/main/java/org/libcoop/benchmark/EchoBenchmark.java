package org.libcoop.benchmark;

import io.netty.buffer.ByteBuf;
import java.util.List;

/** What an answer costs: a text sent back by a bare endpoint, a heartbeat and its answer by coop (P21). */
final class EchoBenchmark implements Benchmark {

    /** One question at a time under way from each of so many. */
    private static final int CLIENTS = 500;

    private static final int HEAP = 1_024;
    private static final String COST = "CPU us/echo";

    @Override
    public String name() {
        return "echo";
    }

    @Override
    public String what() {
        return "a text and its echo, or a ping and its pong, one after another from " + CLIENTS
                + " clients: CPU of the server for each (P21)";
    }

    @Override
    public List<Contestant> contestants() {
        return SocketServer.contestants(EchoBenchmark::measure);
    }

    @Override
    public List<Target> targets() {
        return SocketServer.targets(
                (ours, bare) -> List.of(Target.atMost("P21", ours, COST, bare, 1.4, Double.POSITIVE_INFINITY)));
    }

    private static Measurement measure(SocketServer server, Settings settings) throws Exception {
        int clients = Math.min(CLIENTS, settings.sessions());
        Echoes echoes = new Echoes();
        try (ServerProcess process = server.start(HEAP, clients);
                Crowd crowd = Crowd.of(clients, server.entry(Crowd.Entry.WELCOME), process.port(), echoes)) {
            echoes.arrivals.expect(settings.warmUp());
            crowd.clients().forEach(echoes::ask);
            echoes.arrivals.await();
            long cpuBefore = process.number("cpu");
            long before = echoes.arrivals.count();
            echoes.timing = true;
            Thread.sleep(settings.span().toMillis());
            echoes.timing = false;
            double count = echoes.arrivals.count() - before;
            double cpuMicros = (process.number("cpu") - cpuBefore) / 1e3;
            echoes.over = true;
            return Measurement.of(COST, cpuMicros / count)
                    .with("echoes/s", count / settings.span().toMillis() * 1e3)
                    .with("p50 ms", echoes.latencies.percentiles().millis(0.5))
                    .with("p99 ms", echoes.latencies.percentiles().millis(0.99))
                    .with("lost", crowd.lost());
        }
    }

    /** Every echo is answered with the next question. */
    private static final class Echoes implements Crowd.Ear {

        private final Arrivals arrivals = new Arrivals();
        private final Latencies latencies = new Latencies(1 << 20);
        private volatile boolean timing;
        private volatile boolean over;

        void ask(Crowd.Client client) {
            client.since = System.nanoTime();
            client.say(Frames.PING);
        }

        @Override
        public void hear(Crowd.Client client, ByteBuf frame) {
            if (timing) {
                latencies.took(System.nanoTime() - client.since);
            }
            arrivals.arrived(1);
            if (!over) {
                ask(client);
            }
        }
    }
}
