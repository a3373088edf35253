package org.libcoop.benchmark;

import java.time.Duration;
import javax.sql.DataSource;

/** Something that keeps due instants in a database and tells when they are reached. <em>One thread at a time.</em> */
interface TimerService extends AutoCloseable {

    /** Makes all timers of the firings durable; none fires before {@link #start}. */
    void schedule() throws Exception;

    /** Begins to fire what is due. */
    void start() throws Exception;

    @Override
    void close();

    /** A kind of service. */
    interface Kind {

        String name();

        /** What making one timer durable may take; if it takes longer, a run is begun anew with more time. */
        Duration guess();

        /** Makes its tables in an empty database; what fires is told to {@code firings}. */
        TimerService open(DataSource database, Firings firings) throws Exception;
    }
}
