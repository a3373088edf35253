package org.libcoop.benchmark;

import java.time.Duration;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jobrunr.configuration.JobRunr;
import org.jobrunr.jobs.lambdas.JobRequest;
import org.jobrunr.jobs.lambdas.JobRequestHandler;
import org.jobrunr.scheduling.JobBuilder;
import org.jobrunr.scheduling.JobRequestScheduler;
import org.jobrunr.server.BackgroundJobServer;
import org.jobrunr.server.BackgroundJobServerConfiguration;
import org.jobrunr.server.JobActivator;
import org.jobrunr.storage.sql.postgres.PostgresStorageProvider;

/** JobRunr, polling every five seconds, the shortest it allows, and pages of a thousand. */
final class JobRunrTimers implements TimerService {

    private static final Duration POLL = Duration.ofSeconds(5);
    private static final int THREADS = 32;
    private static final int PAGE = 1_000;

    private final JobRequestScheduler scheduler;
    private final BackgroundJobServer server;
    private final Firings firings;

    private JobRunrTimers(DataSource database, Firings firings) {
        var started = JobRunr.configure()
                .useJobActivator(new Activator(firings))
                .useStorageProvider(new PostgresStorageProvider(database))
                .useBackgroundJobServer(
                        BackgroundJobServerConfiguration.usingStandardBackgroundJobServerConfiguration()
                                .andPollInterval(POLL)
                                .andWorkerCount(THREADS)
                                .andScheduledJobsRequestSize(PAGE),
                        false)
                .initialize();
        this.scheduler = started.getJobRequestScheduler();
        this.server = started.getBackgroundJobServer();
        this.firings = firings;
    }

    static Kind kind() {
        return new Kind() {
            @Override
            public String name() {
                return "JobRunr";
            }

            @Override
            public Duration guess() {
                return Duration.ofNanos(500_000);
            }

            @Override
            public TimerService open(DataSource database, Firings firings) {
                return new JobRunrTimers(database, firings);
            }
        };
    }

    @Override
    public void schedule() {
        scheduler.create(IntStream.range(0, firings.count())
                .mapToObj(timer ->
                        JobBuilder.aJob().scheduleAt(firings.due(timer)).withJobRequest(new Fire(timer))));
    }

    @Override
    public void start() {
        server.start();
    }

    @Override
    public void close() {
        JobRunr.destroy();
    }

    /** What is kept of a timer; JobRunr reads its fields. */
    public static final class Fire implements JobRequest {

        private static final long serialVersionUID = 1;

        private int timer;

        Fire() {}

        private Fire(int timer) {
            this.timer = timer;
        }

        @Override
        public Class<FireHandler> getJobRequestHandler() {
            return FireHandler.class;
        }
    }

    /** Tells which timer fired. */
    public static final class FireHandler implements JobRequestHandler<Fire> {

        private final Firings firings;

        private FireHandler(Firings firings) {
            this.firings = firings;
        }

        @Override
        public void run(Fire request) {
            firings.fired(request.timer);
        }
    }

    /** Gives JobRunr the handler of this run. */
    private record Activator(Firings firings) implements JobActivator {

        @Override
        public <T> T activateJob(Class<T> type) {
            return type.cast(new FireHandler(firings));
        }
    }
}
