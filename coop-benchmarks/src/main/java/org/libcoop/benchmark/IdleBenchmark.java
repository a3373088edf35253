package org.libcoop.benchmark;

import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.libcoop.container.Container;

/** What a connection costs that says nothing: heap, and memory and threads of the whole process (P21). */
final class IdleBenchmark implements Benchmark {

    /** Small, so that garbage does not count as memory that is needed. */
    private static final int HEAP = 256;

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
        return SocketServer.all().stream().<Contestant>map(Turn::new).toList();
    }

    @Override
    public List<Target> targets() {
        List<Target> targets = new ArrayList<>();
        for (Container.Kind kind : Container.Kind.values()) {
            String ours = SocketServer.coop(kind).name();
            String bare = SocketServer.bare(kind).name();
            targets.add(Target.atMostMore("P21", ours, EACH, bare, 3 * KILO, Double.POSITIVE_INFINITY));
            targets.add(Target.atMost("P21", ours, RESIDENT, 400, Double.POSITIVE_INFINITY));
            targets.add(Target.atMost("P21", ours, THREADS, 40, Double.POSITIVE_INFINITY));
        }
        return targets;
    }

    private record Turn(SocketServer server) implements Contestant {

        @Override
        public String name() {
            return server.name();
        }

        @Override
        public boolean isWanted(Settings settings) {
            return server.isWanted(settings);
        }

        @Override
        public Measurement run(Settings settings, DataSource database) throws Exception {
            int connections = settings.connections();
            try (ServerProcess process = server.start(HEAP, connections)) {
                long before = process.number("heap");
                try (Crowd crowd = Crowd.of(
                        connections, server.entry(Crowd.Entry.WELCOME), process.port(), (client, frame) -> {})) {
                    double each = (double) (process.number("heap") - before) / connections;
                    return Measurement.of(EACH, each)
                            .with(RESIDENT, process.number("resident") / 1e6)
                            .with(THREADS, (double) process.number("threads"))
                            .with("connections", connections - crowd.lost());
                }
            }
        }
    }
}
