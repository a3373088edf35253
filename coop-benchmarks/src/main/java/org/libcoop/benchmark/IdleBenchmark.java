package org.libcoop.benchmark;

import java.util.List;

/** What a connection costs that says nothing: heap, and memory and threads of the whole process (P21). */
final class IdleBenchmark implements Benchmark {

    /** Small, so that garbage does not count as memory that is needed. */
    private static final int HEAP = 224;

    private static final int KILO = 1_024;
    private static final String EACH = "heap bytes each";
    private static final String RESIDENT = "resident MB";
    private static final String THREADS = "threads";

    @Override
    public String name() {
        return "idle";
    }

    @Override
    public String what() {
        return "connections that say nothing; with coop they are authenticated: heap for each, memory and threads in all (P21)";
    }

    @Override
    public List<Contestant> contestants() {
        return SocketServer.contestants(IdleBenchmark::measure);
    }

    @Override
    public List<Target> targets() {
        return SocketServer.targets((ours, bare) -> List.of(
                Target.atMostMore("P21", ours, EACH, bare, 3 * KILO, Double.POSITIVE_INFINITY),
                Target.atMost("P21", ours, RESIDENT, 400, Double.POSITIVE_INFINITY),
                Target.atMost("P21", ours, THREADS, 40, Double.POSITIVE_INFINITY)));
    }

    private static Measurement measure(SocketServer server, Settings settings) throws Exception {
        int connections = settings.connections();
        try (ServerProcess process = server.start(HEAP, connections)) {
            long before = process.number("heap");
            try (Crowd crowd =
                    Crowd.of(connections, server.entry(Crowd.Entry.WELCOME), process.port(), (client, frame) -> {})) {
                double each = (double) (process.number("heap") - before) / connections;
                return Measurement.of(EACH, each)
                        .with(RESIDENT, process.number("resident") / 1e6)
                        .with(THREADS, (double) process.number("threads"))
                        .with("connections", connections - crowd.lost());
            }
        }
    }
}
