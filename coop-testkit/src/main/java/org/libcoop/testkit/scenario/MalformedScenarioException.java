package org.libcoop.testkit.scenario;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.libcoop.refusal.CoopException;

/**
 * A scenario file, or a file with a directory, is not written as the format says. The message names file, line, what was
 * found and what was expected there. Immutable.
 */
public final class MalformedScenarioException extends CoopException {

    private static final long serialVersionUID = 1L;

    private final String file;
    private final int line;
    private final String problem;

    MalformedScenarioException(String file, int line, String problem, @Nullable Throwable cause) {
        super(file + ":" + line + ": " + problem, cause);
        this.file = Objects.requireNonNull(file, "file");
        this.line = line;
        this.problem = Objects.requireNonNull(problem, "problem");
    }

    /** Returns the file, as it was named when reading it. */
    public String file() {
        return file;
    }

    /** Returns the line, counted from 1. */
    public int line() {
        return line;
    }

    /** Returns what was found and what was expected, without file and line. */
    public String problem() {
        return problem;
    }
}
