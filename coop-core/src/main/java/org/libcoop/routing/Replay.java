package org.libcoop.routing;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.libcoop.directory.Option;
import org.libcoop.directory.Stage;
import org.libcoop.presence.Availability;

/**
 * How far a chat came before somebody claimed it, or it ended: to a co-op behind its first option, to backup staff. Asked of what was,
 * and of what would have been by another plan, with everybody acting as they did. <em>Immutable.</em>
 *
 * @param coop whether a co-op behind the first option had opened
 * @param backup whether a backup stage had
 */
public record Replay(boolean coop, boolean backup) {

    /** How far a chat had come by {@code until}, which counts: who claims at the instant of an opening has been reached (R14). */
    public static Replay of(Progress progress, Instant until) {
        boolean coop = false;
        boolean backup = false;
        for (Opening opening : opened(progress, until)) {
            backup |= opening.stage().backup();
            coop |= !opening.stage().backup() && isBehind(progress.plan(), opening);
        }
        return new Replay(coop, backup);
    }

    private static List<Opening> opened(Progress progress, Instant until) {
        Objects.requireNonNull(until, "until");
        return progress.openings().stream()
                .filter(opening -> !opening.at().isAfter(until))
                .toList();
    }

    private static boolean isBehind(RoutePlan plan, Opening opening) {
        boolean first = !plan.legs().isEmpty() && plan.legs().get(0).stage().equals(opening.stage());
        return !first && opening.stage().option().kind() == Option.Kind.COOP;
    }

    /** How far a chat of {@code plan} would have come from {@code start} to {@code until}, with those who were there. */
    public static Replay of(RoutePlan plan, Instant start, Instant until, Availability availability) {
        return of(course(plan, start, until, availability), until);
    }

    /**
     * Whether the course that {@code had} took up to {@code until} follows from {@code availability}: if not, that is not who was there,
     * or somebody asked for a stage (C13), and nothing can be said of another plan.
     */
    public static boolean follows(Progress had, Instant start, Instant until, Availability availability) {
        return places(had, until).equals(places(course(had.plan(), start, until, availability), until));
    }

    /** What opened when; clocks that stood still later do not matter (R16). */
    private static List<Map.Entry<Stage, Instant>> places(Progress progress, Instant until) {
        return opened(progress, until).stream()
                .map(opening -> Map.entry(opening.stage(), opening.at()))
                .toList();
    }

    private static Progress course(RoutePlan plan, Instant start, Instant until, Availability availability) {
        return Routing.advance(Routing.begin(plan, start, availability), start, until, availability);
    }
}
