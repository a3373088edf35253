package org.libcoop.benchmark;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.ToIntFunction;
import javax.sql.DataSource;

/**
 * A timer service under a load of timers: all are durable and the service runs before the first is due. What it sends is counted
 * from that instant on.
 */
record TimerContestant(TimerService.Kind kind, ToIntFunction<Settings> timers, Duration step)
        implements Benchmark.Contestant {

    /** All kinds beside each other, the one that ratios are made to first. */
    static List<Benchmark.Contestant> all(ToIntFunction<Settings> timers, Duration step) {
        List<TimerService.Kind> kinds = List.of(
                DbSchedulerTimers.lockAndFetch(),
                DbSchedulerTimers.fetch(),
                JobRunrTimers.kind(),
                QuartzTimers.kind(),
                EngineTimers.committed(),
                EngineTimers.told());
        return kinds.stream()
                .<Benchmark.Contestant>map(kind -> new TimerContestant(kind, timers, step))
                .toList();
    }

    @Override
    public String name() {
        return kind.name();
    }

    @Override
    public Measurement run(Settings settings, DataSource database) throws Exception {
        int count = timers.applyAsInt(settings);
        StatementCount statements = new StatementCount();
        DataSource counted = statements.counted(database);
        Duration lead = kind.guess().multipliedBy(count).plus(settings.quiet().multipliedBy(2));
        while (true) {
            Instant first = Instant.now().plus(lead).truncatedTo(ChronoUnit.MILLIS);
            Firings firings = new Firings(first, step, count);
            try (TimerService service = kind.open(counted, firings)) {
                service.schedule();
                analyze(database);
                service.start();
                if (firings.ahead().compareTo(settings.quiet()) >= 0) {
                    firings.awaitFirst();
                    statements.reset();
                    boolean unused = firings.awaitAll(settings.longest());
                    return firings.measurement(statements);
                }
            }
            lead = lead.multipliedBy(2);
            empty(database);
        }
    }

    /** So that nobody suffers from statistics that autovacuum has not made yet. */
    private static void analyze(DataSource database) throws SQLException {
        execute(database, "ANALYZE");
    }

    private static void empty(DataSource database) throws SQLException {
        execute(database, "DROP SCHEMA public CASCADE; CREATE SCHEMA public");
    }

    private static void execute(DataSource database, String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
