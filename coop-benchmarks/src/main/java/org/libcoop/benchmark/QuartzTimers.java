package org.libcoop.benchmark;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobExecutionContext;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.impl.StdSchedulerFactory;
import org.quartz.impl.jdbcjobstore.JobStoreTX;
import org.quartz.impl.jdbcjobstore.PostgreSQLDelegate;
import org.quartz.spi.JobFactory;
import org.quartz.spi.TriggerFiredBundle;
import org.quartz.utils.ConnectionProvider;
import org.quartz.utils.DBConnectionManager;

/** Quartz's JDBC job store, clustered, with the table script of its jar: one job, a trigger for each timer. */
final class QuartzTimers implements TimerService {

    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static final int BATCH = 1_000;
    private static final int THREADS = 32;

    private final Scheduler scheduler;
    private final Firings firings;

    private QuartzTimers(Scheduler scheduler, Firings firings) {
        this.scheduler = scheduler;
        this.firings = firings;
    }

    static Kind kind() {
        return new Kind() {
            @Override
            public String name() {
                return "Quartz clustered";
            }

            @Override
            public Duration guess() {
                return Duration.ofMillis(4);
            }

            @Override
            public TimerService open(DataSource database, Firings firings) throws Exception {
                createTables(database);
                String source = "database-" + NUMBERS.incrementAndGet();
                DBConnectionManager.getInstance().addConnectionProvider(source, new Provider(database));
                Scheduler scheduler = new StdSchedulerFactory(properties(source)).getScheduler();
                scheduler.setJobFactory(new Fire(firings));
                return new QuartzTimers(scheduler, firings);
            }
        };
    }

    @Override
    public void schedule() throws SchedulerException {
        JobDetail job = JobBuilder.newJob(Fire.class)
                .withIdentity("timer")
                .storeDurably()
                .build();
        scheduler.addJob(job, false);
        List<Trigger> batch = new ArrayList<>();
        for (int i = 0; i < firings.count(); i++) {
            batch.add(TriggerBuilder.newTrigger()
                    .withIdentity(Integer.toString(i))
                    .forJob(job)
                    .startAt(Date.from(firings.due(i)))
                    .build());
            if (batch.size() == BATCH || i == firings.count() - 1) {
                scheduler.scheduleJobs(Map.of(job, Set.copyOf(batch)), true);
                batch.clear();
            }
        }
    }

    @Override
    public void start() throws SchedulerException {
        scheduler.start();
    }

    @Override
    public void close() {
        try {
            scheduler.shutdown(true);
        } catch (SchedulerException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static Properties properties(String source) {
        Properties properties = new Properties();
        properties.putAll(Map.of(
                "org.quartz.scheduler.instanceName",
                source,
                "org.quartz.scheduler.instanceId",
                "AUTO",
                "org.quartz.scheduler.batchTriggerAcquisitionMaxCount",
                Integer.toString(THREADS),
                "org.quartz.threadPool.threadCount",
                Integer.toString(THREADS),
                "org.quartz.jobStore.class",
                JobStoreTX.class.getName(),
                "org.quartz.jobStore.driverDelegateClass",
                PostgreSQLDelegate.class.getName(),
                "org.quartz.jobStore.dataSource",
                source,
                "org.quartz.jobStore.isClustered",
                "true",
                "org.quartz.jobStore.acquireTriggersWithinLock",
                "true",
                // Being late is what is measured; it must not change what is done.
                "org.quartz.jobStore.misfireThreshold",
                "3600000"));
        return properties;
    }

    private static void createTables(DataSource database) throws IOException, SQLException {
        try (InputStream script = JobStoreTX.class.getResourceAsStream("tables_postgres.sql");
                Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            if (script == null) {
                throw new IOException("Quartz's jar has no table script");
            }
            statement.execute(new String(script.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /** The one job: tells which trigger fired. */
    private record Fire(Firings firings) implements Job, JobFactory {

        @Override
        public void execute(JobExecutionContext context) {
            firings.fired(Integer.parseInt(context.getTrigger().getKey().getName()));
        }

        @Override
        public Job newJob(TriggerFiredBundle bundle, Scheduler scheduler) {
            return this;
        }
    }

    /** Hands Quartz our pool. */
    private record Provider(DataSource database) implements ConnectionProvider {

        @Override
        public Connection getConnection() throws SQLException {
            return database.getConnection();
        }

        @Override
        public void initialize() {}

        @Override
        public void shutdown() {}
    }
}
