package org.libcoop.directory;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.libcoop.refusal.CoopException;

/** A directory was refused; {@link #problems()} names every problem at once (D10). Immutable. */
public final class InvalidDirectoryException extends CoopException {

    private static final long serialVersionUID = 1L;

    /**
     * How many problems the message spells out: it goes into logs, where a broken directory of thousands should be one
     * line.
     */
    private static final int IN_MESSAGE = 20;

    private final ArrayList<Problem> problems;

    /** Creates the exception with all problems, of which there is at least one. */
    public InvalidDirectoryException(List<Problem> problems) {
        super(message(problems));
        this.problems = new ArrayList<>(problems);
    }

    /** Returns every problem, in the order found. */
    public List<Problem> problems() {
        return List.copyOf(problems);
    }

    private static String message(List<Problem> problems) {
        String first =
                problems.stream().limit(IN_MESSAGE).map(Problem::toString).collect(Collectors.joining("; "));
        String rest = problems.size() > IN_MESSAGE ? "; and " + (problems.size() - IN_MESSAGE) + " more" : "";
        return (problems.size() == 1 ? "1 problem: " : problems.size() + " problems: ") + first + rest;
    }
}
