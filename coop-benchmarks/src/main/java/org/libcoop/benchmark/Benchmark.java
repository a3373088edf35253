package org.libcoop.benchmark;

import java.util.List;
import javax.sql.DataSource;

/** One question, put to several contestants in turn. */
interface Benchmark {

    /** The name to ask for it by. */
    String name();

    /** What is measured, in a line, with the number of its target. */
    String what();

    /** Who is measured; ratios are to the first. */
    List<Contestant> contestants();

    /** What our contestants ought to reach, compared within one run. */
    default List<Target> targets() {
        return List.of();
    }

    /** One way to do it: another library, plain SQL, or ours. */
    interface Contestant {

        /** Its name in the table. */
        String name();

        /** Whether the settings ask for it, besides by its name. */
        default boolean isWanted(Settings settings) {
            return true;
        }

        /**
         * Does it once.
         *
         * @param database a pool of connections to an empty database that is its own
         */
        Measurement run(Settings settings, DataSource database) throws Exception;
    }
}
