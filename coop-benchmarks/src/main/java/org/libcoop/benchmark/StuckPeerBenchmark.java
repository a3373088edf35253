package org.libcoop.benchmark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.libcoop.container.Container;

/** What those who read notice of one who does not (P21, G13). */
final class StuckPeerBenchmark implements Benchmark {

    private static final int HEAP = 1_024;
    private static final Duration EVERY = Duration.ofMillis(50);
    private static final String LATE = "p99 ms";

    @Override
    public String name() {
        return "stuck";
    }

    @Override
    public String what() {
        return "a message to every session each " + EVERY.toMillis()
                + " ms, with and without one besides that reads nothing: how long it takes to the others (P21, G13)";
    }

    @Override
    public List<Contestant> contestants() {
        List<Contestant> contestants = new ArrayList<>();
        for (Container.Kind kind : Container.Kind.values()) {
            contestants.add(new Turn(SocketServer.coop(kind), false));
            contestants.add(new Turn(SocketServer.coop(kind), true));
        }
        return contestants;
    }

    @Override
    public List<Target> targets() {
        List<Target> targets = new ArrayList<>();
        for (Container.Kind kind : Container.Kind.values()) {
            SocketServer coop = SocketServer.coop(kind);
            targets.add(
                    Target.atMost("P21", new Turn(coop, true).name(), LATE, new Turn(coop, false).name(), 1.1, 1.5));
        }
        return targets;
    }

    private record Turn(SocketServer server, boolean stuck) implements Contestant {

        /** Chats with long questions that wait where only the stuck one is told of them, and how often it asks for all of them. */
        private static final int PILE = 20;

        private static final int QUESTIONS = 60;

        @Override
        public String name() {
            return server.name() + (stuck ? ", one does not read" : ", all read");
        }

        @Override
        public boolean isWanted(Settings settings) {
            return server.isWanted(settings);
        }

        @Override
        public Measurement run(Settings settings, DataSource database) throws Exception {
            int sessions = settings.sessions();
            try (ServerProcess process = server.start(HEAP, sessions + 1)) {
                FanOut fan = new FanOut(process, sessions);
                try (Crowd crowd = Crowd.of(sessions, Crowd.Entry.ON_DUTY, process.port(), fan)) {
                    if (stuck) {
                        stick(crowd, process, sessions);
                    }
                    fan.deliver(settings.warmUp(), 1);
                    Percentiles latency = fan.paced(settings.span(), EVERY);
                    int connections = Integer.parseInt(process.ask("connections 0"));
                    if (connections != sessions + (stuck ? 1 : 0)) {
                        throw new IllegalStateException("of " + sessions + " there are " + connections);
                    }
                    return Measurement.of(LATE, latency.millis(0.99))
                            .with("p50 ms", latency.millis(0.5))
                            .with("connections", connections);
                }
            }
        }

        /** The last librarian asks for more than its socket takes, and reads none of it: a send to it is under way from then on. */
        private static void stick(Crowd crowd, ServerProcess process, int number) throws Exception {
            Arrivals results = new Arrivals();
            Crowd.Client deaf = crowd.enter(
                    "operator",
                    Libraries.member(number).value(),
                    process.port(),
                    (client, frame) -> results.arrived(1));
            crowd.awaitReady();
            results.expect(1);
            deaf.say(Frames.monitor("department", "desk"));
            results.await();
            results.expect(1);
            process.ask("pile " + PILE);
            results.await();
            deaf.stopReading();
            for (int i = 0; i < QUESTIONS; i++) {
                deaf.say(Frames.query("waiting-" + i, "waiting"));
            }
        }
    }
}
