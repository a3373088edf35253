package org.libcoop.testkit.simulation;

import java.util.List;
import org.libcoop.refusal.CoopException;

/**
 * Something happened in a simulated run that must never happen. The message says what, at which step of which seed, how to
 * repeat it with one command, and what went before.
 */
public final class SimulationFailure extends CoopException {

    private static final long serialVersionUID = 1L;

    private final long seed;
    private final long step;
    private final String what;

    SimulationFailure(SimulationOptions options, long step, String what, List<String> trace) {
        super("seed %d, step %d: %s%nTo repeat: %s%nBefore that:%n  %s"
                .formatted(options.seed(), step, what, command(options), String.join("\n  ", trace)));
        this.seed = options.seed();
        this.step = step;
        this.what = what;
    }

    /** The command that repeats the run, to be given at the top of the project's tree. */
    static String command(SimulationOptions options) {
        StringBuilder command = new StringBuilder("mvn -q -pl coop-testkit -am test -Dtest=SimulatorTest")
                .append(" -Dsurefire.failIfNoSpecifiedTests=false -Dsimulation.seed=")
                .append(options.seed());
        if (options.chats() != SimulationOptions.DEFAULT_CHATS) {
            command.append(" -Dsimulation.chats=").append(options.chats());
        }
        if (options.disturbance() != SimulationOptions.Disturbance.EVERYTHING) {
            command.append(" -Dsimulation.disturbance=").append(options.disturbance());
        }
        return command.toString();
    }

    /** The run's seed. */
    public long seed() {
        return seed;
    }

    /** The step at which it was seen, counted from 1. */
    public long step() {
        return step;
    }

    /** What must not have happened, in one line. */
    public String what() {
        return what;
    }
}
