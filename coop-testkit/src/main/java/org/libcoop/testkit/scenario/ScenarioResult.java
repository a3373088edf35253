package org.libcoop.testkit.scenario;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** How a scenario came out: every step that did not come out as written, in order. <em>Immutable.</em> */
public record ScenarioResult(ScenarioFile file, int steps, List<ScenarioFailure> failures) {

    public ScenarioResult {
        Objects.requireNonNull(file, "file");
        failures = List.copyOf(failures);
    }

    /** Whether every step came out as written. */
    public boolean passed() {
        return failures.isEmpty();
    }

    /** Returns all failures, several lines for people; one line if there are none. */
    @Override
    public String toString() {
        return passed()
                ? file + ": passed"
                : failures.stream().map(ScenarioFailure::toString).collect(Collectors.joining(System.lineSeparator()));
    }
}
