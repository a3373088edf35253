package org.libcoop.benchmark;

import java.util.List;

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
        return SocketServer.contestants(FanOutBenchmark::measure);
    }

    @Override
    public List<Target> targets() {
        return SocketServer.targets((ours, bare) -> List.of(
                Target.atLeast("P21", ours, SINGLE_FIGURE, bare, 0.85, Double.POSITIVE_INFINITY),
                Target.atLeast("P21", ours, QUEUED_FIGURE, SocketServer.RAW.name(), 1, Double.POSITIVE_INFINITY)));
    }

    private static Measurement measure(SocketServer server, Settings settings) throws Exception {
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
