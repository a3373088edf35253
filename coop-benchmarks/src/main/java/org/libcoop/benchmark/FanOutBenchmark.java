package org.libcoop.benchmark;

import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.libcoop.container.Container;

/** Messages to all that are connected, for each second of the server's processors (P21). */
final class FanOutBenchmark implements Benchmark {

    /** So many messages wait for each session where they queue. */
    static final int QUEUED = 16;

    private static final int HEAP = 1_024;
    private static final int WARM_UP = 5;
    private static final String SINGLE_FIGURE = "single/CPU s";
    private static final String QUEUED_FIGURE = "queued/CPU s";

    @Override
    public String name() {
        return "fanout";
    }

    @Override
    public String what() {
        return "messages to every session, single ones or " + QUEUED
                + " queued for each: delivered a second of the server's CPU (P21)";
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
            targets.add(Target.atLeast("P21", ours, SINGLE_FIGURE, bare, 0.85, Double.POSITIVE_INFINITY));
            targets.add(
                    Target.atLeast("P21", ours, QUEUED_FIGURE, SocketServer.RAW.name(), 1, Double.POSITIVE_INFINITY));
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
            int sessions = settings.sessions();
            try (ServerProcess process = server.start(HEAP, sessions)) {
                FanOut fan = new FanOut(process, sessions);
                try (Crowd crowd = Crowd.of(sessions, server.entry(Crowd.Entry.ON_DUTY), process.port(), fan)) {
                    fan.deliver(settings.warmUp(), 1);
                    FanOut.Cost single = fan.during(settings.span(), 1);
                    Measurement measurement =
                            Measurement.of(SINGLE_FIGURE, single.perCpuSecond()).with("bytes each", single.bytesEach());
                    if (server.isCoop() || server.equals(SocketServer.RAW)) {
                        fan.deliver(settings.warmUp() / WARM_UP, QUEUED);
                        FanOut.Cost queued = fan.during(settings.span(), QUEUED);
                        measurement = measurement
                                .with(QUEUED_FIGURE, queued.perCpuSecond())
                                .with("notices/frame", queued.noticesPerFrame());
                    }
                    return measurement.with("lost", crowd.lost());
                }
            }
        }
    }
}
