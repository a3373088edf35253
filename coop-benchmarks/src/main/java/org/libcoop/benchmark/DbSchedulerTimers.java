package org.libcoop.benchmark;

import com.github.kagkarlsson.scheduler.PollingStrategyConfig;
import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.task.SchedulableInstance;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;

/** db-scheduler, polling every 100 ms, with the table its documentation gives for PostgreSQL. */
final class DbSchedulerTimers implements TimerService {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final int THREADS = 32;
    private static final int BATCH = 1_000;

    private static final String TABLE = """
            CREATE TABLE scheduled_tasks (
              task_name text NOT NULL,
              task_instance text NOT NULL,
              task_data bytea,
              execution_time timestamp with time zone NOT NULL,
              picked boolean NOT NULL,
              picked_by text,
              last_success timestamp with time zone,
              last_failure timestamp with time zone,
              consecutive_failures int,
              last_heartbeat timestamp with time zone,
              version bigint NOT NULL,
              priority smallint,
              state text,
              PRIMARY KEY (task_name, task_instance));
            CREATE INDEX execution_time_idx ON scheduled_tasks (execution_time);
            CREATE INDEX last_heartbeat_idx ON scheduled_tasks (last_heartbeat)
            """;

    private final OneTimeTask<Void> task;
    private final Scheduler scheduler;
    private final Firings firings;

    private DbSchedulerTimers(DataSource database, Firings firings, UnaryOperator<SchedulerBuilder> polling) {
        this.firings = firings;
        this.task = Tasks.oneTime("timer")
                .execute((instance, context) -> firings.fired(Integer.parseInt(instance.getId())));
        this.scheduler = polling.apply(
                        Scheduler.create(database, task).threads(THREADS).pollingInterval(POLL))
                .build();
    }

    /** Due rows are locked as they are fetched, at most four times as many as there are threads. */
    static Kind lockAndFetch() {
        return kind("db-scheduler lock-and-fetch", builder -> builder.pollUsingLockAndFetch(1.0, 4.0));
    }

    /** Due rows are fetched, and each is locked when its turn comes: the default. */
    static Kind fetch() {
        return kind(
                "db-scheduler fetch",
                builder -> builder.pollUsingFetch(
                        PollingStrategyConfig.DEFAULT_FETCH.lowerLimitFractionOfThreads,
                        PollingStrategyConfig.DEFAULT_FETCH.upperLimitFractionOfThreads));
    }

    @Override
    public void schedule() {
        List<SchedulableInstance<?>> batch = new ArrayList<>();
        for (int i = 0; i < firings.count(); i++) {
            batch.add(SchedulableInstance.of(task.instance(Integer.toString(i)), firings.due(i)));
            if (batch.size() == BATCH || i == firings.count() - 1) {
                scheduler.scheduleBatch(batch);
                batch.clear();
            }
        }
    }

    @Override
    public void start() {
        scheduler.start();
    }

    @Override
    public void close() {
        scheduler.stop();
    }

    private static Kind kind(String name, UnaryOperator<SchedulerBuilder> polling) {
        return new Kind() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Duration guess() {
                return Duration.ofNanos(300_000);
            }

            @Override
            public TimerService open(DataSource database, Firings firings) throws Exception {
                try (Connection connection = database.getConnection();
                        Statement statement = connection.createStatement()) {
                    statement.execute(TABLE);
                }
                return new DbSchedulerTimers(database, firings, polling);
            }
        };
    }
}
