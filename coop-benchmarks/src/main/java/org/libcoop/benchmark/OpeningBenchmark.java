package org.libcoop.benchmark;

import java.util.List;
import javax.sql.DataSource;

/** One chat that opens to a co-op with thousands on duty (P16). */
final class OpeningBenchmark implements Benchmark {

    private static final Contestant SESSIONS = new Turn("coop, sessions in process", "sessions");
    private static final Contestant OUTBOXES = new Turn("coop, outboxes without sockets", "outboxes");
    private static final String ALL = "ms until all have it";
    private static final String EACH = "CPU us each";

    @Override
    public String name() {
        return "opening";
    }

    @Override
    public String what() {
        return "a chat opens to a co-op where so many operators as there are connections monitor (P16)";
    }

    @Override
    public List<Contestant> contestants() {
        return List.of(SESSIONS, OUTBOXES);
    }

    @Override
    public List<Target> targets() {
        return List.of(
                Target.atMost("P16", OUTBOXES.name(), ALL, 50, 100),
                Target.atMost("P16", OUTBOXES.name(), EACH, 5, 10));
    }

    private record Turn(String name, String what) implements Contestant {

        private static final int HEAP = 1_024;
        private static final int MEASURED = 20;

        @Override
        public Measurement run(Settings settings, DataSource database) throws Exception {
            int operators = settings.connections();
            try (ServerProcess process = ServerProcess.start(HEAP, what, "-", Integer.toString(operators))) {
                process.ask("open " + Math.max(1, settings.warmUp() / operators));
                String[] answer = process.ask("open " + MEASURED).split(" ", -1);
                return Measurement.of(ALL, Long.parseLong(answer[0]) / 1e6)
                        .with(EACH, Long.parseLong(answer[1]) / 1e3 / operators);
            }
        }
    }
}
