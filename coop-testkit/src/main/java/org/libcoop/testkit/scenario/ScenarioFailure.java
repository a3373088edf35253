package org.libcoop.testkit.scenario;

import java.util.Objects;

/**
 * A step of a scenario that did not come out as written. <em>Immutable.</em>
 *
 * @param file the file, as it was named when reading it
 * @param line the step's line
 * @param at the step's offset, such as {@code 75s}
 * @param step the step in words
 * @param expected what was expected
 * @param seen what was seen
 * @param explanation the chat's explanation at that instant (E1); empty when the step is about no chat
 */
public record ScenarioFailure(
        String file, int line, String at, String step, String expected, String seen, String explanation) {

    public ScenarioFailure {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(step, "step");
        Objects.requireNonNull(expected, "expected");
        Objects.requireNonNull(seen, "seen");
        Objects.requireNonNull(explanation, "explanation");
    }

    /** Returns all of it, several lines for people. */
    @Override
    public String toString() {
        String said =
                "%s:%d: at %s, %s%n  expected: %s%n  seen:     %s".formatted(file, line, at, step, expected, seen);
        return explanation.isEmpty()
                ? said
                : said + System.lineSeparator() + explanation.indent(2).stripTrailing();
    }
}
