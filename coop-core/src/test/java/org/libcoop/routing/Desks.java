package org.libcoop.routing;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.Stage;
import org.libcoop.presence.Availability;
import org.libcoop.routing.RoutePlan.Leg;

/**
 * Who is available, written down by hand in seconds after the chat's start: as simple as it can be, so that tests of the
 * routing rules depend on nothing else. A stage's letter decides its kind: {@code D} a department, {@code P} an operator's
 * personal line, {@code L} a local co-op, {@code G} a global one, {@code B} the backup stage of the global co-op of the same number.
 */
final class Desks implements Availability {

    static final Instant T0 = Instant.parse("2026-01-05T12:00:00Z");
    static final InstitutionId HOME = InstitutionId.of("springy");
    static final double EVER = 1_000_000;

    private record Shift(Stage stage, OperatorId operator, double from, double to) {
        boolean holds(Instant at) {
            return !at.isBefore(at(from)) && at.isBefore(at(to));
        }
    }

    private final List<Shift> shifts = new ArrayList<>();

    /** Nobody is anywhere. */
    static Desks empty() {
        return new Desks();
    }

    /** On each of these stages somebody is available at any time: the operator named like the stage. */
    static Desks staffed(String... stages) {
        Desks desks = new Desks();
        for (String stage : stages) {
            desks.shift(stage, -EVER, EVER);
        }
        return desks;
    }

    /** The operator named like the stage is available from the one instant, included, to the other, excluded. */
    Desks shift(String stage, double from, double to) {
        return shift(stage, stage.toLowerCase(Locale.ROOT), from, to);
    }

    Desks shift(String stage, String operator, double from, double to) {
        shifts.add(new Shift(stage(stage), OperatorId.of(operator), from, to));
        return this;
    }

    /** T0 and so many seconds, to the millisecond. */
    static Instant at(double seconds) {
        return T0.plusMillis(Math.round(seconds * 1000));
    }

    /** The stage of this name. */
    static Stage stage(String name) {
        return name.startsWith("B") ? new Stage(option("G" + name.substring(1)), true) : Stage.of(option(name));
    }

    private static Option option(String name) {
        return switch (name.charAt(0)) {
            case 'D' -> Option.department(name);
            case 'P' -> Option.operator(name);
            case 'L', 'G' -> Option.coop(name);
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** The name of a stage. */
    static String name(Stage stage) {
        return stage.backup()
                ? "B" + stage.option().id().substring(1)
                : stage.option().id();
    }

    /** A plan of these options with the timed fallback in seconds; backup stages 40 s after their co-op. */
    static RoutePlan plan(int timedFallback, String... options) {
        return plan(timedFallback, 40, options);
    }

    static RoutePlan plan(int timedFallback, double backupDelay, String... options) {
        return new RoutePlan(
                HOME,
                Stream.of(options).map(option -> leg(option, backupDelay)).toList(),
                Duration.ofSeconds(timedFallback),
                Set.of());
    }

    private static Leg leg(String option, double backupDelay) {
        return option.startsWith("G")
                ? new Leg(
                        stage(option),
                        stage("B" + option.substring(1)),
                        Duration.ofMillis(Math.round(backupDelay * 1000)))
                : new Leg(stage(option), null, Duration.ZERO);
    }

    /** What is open, in the order of opening: {@code D 0, G 30, B 70}. */
    static String opened(Progress progress) {
        return progress.openings().stream()
                .map(opening -> name(opening.stage()) + " " + seconds(opening.at()))
                .reduce((one, other) -> one + ", " + other)
                .orElse("");
    }

    /** The causes in the order of opening. */
    static List<Cause> causes(Progress progress) {
        return progress.openings().stream().map(Opening::cause).toList();
    }

    static String seconds(Instant at) {
        double seconds = Duration.between(T0, at).toMillis() / 1000.0;
        return seconds == Math.rint(seconds) ? Long.toString((long) seconds) : Double.toString(seconds);
    }

    @Override
    public String toString() {
        return shifts.stream()
                .map(shift -> shift.operator() + "@" + name(shift.stage()) + " " + shift.from() + ".." + shift.to())
                .toList()
                .toString();
    }

    // ---- The questions, answered by looking at every shift

    @Override
    public boolean served(InstitutionId home, Stage stage, Instant at) {
        return !available(home, stage, at).isEmpty();
    }

    @Override
    public Set<OperatorId> available(InstitutionId home, Stage stage, Instant at) {
        Set<OperatorId> there = new HashSet<>();
        for (Shift shift : shifts) {
            if (home.equals(HOME) && shift.stage().equals(stage) && shift.holds(at)) {
                there.add(shift.operator());
            }
        }
        return there;
    }

    @Override
    public boolean available(InstitutionId home, Stage stage, OperatorId operator, Instant at) {
        return available(home, stage, at).contains(operator);
    }

    @Override
    public boolean reached(InstitutionId home, Stage stage, OperatorId operator, Instant from, Instant to) {
        return shifts.stream()
                .anyMatch(shift -> shift.stage().equals(stage)
                        && shift.operator().equals(operator)
                        && !at(shift.from()).isAfter(to)
                        && at(shift.to()).isAfter(from));
    }

    @Override
    public Optional<Instant> firstLapse(InstitutionId home, Collection<Stage> stages, Instant after, Instant upTo) {
        return shifts.stream()
                .filter(shift -> stages.contains(shift.stage()))
                .map(shift -> at(shift.to()))
                .filter(end -> end.isAfter(after) && !end.isAfter(upTo))
                .filter(end -> stages.stream()
                        .anyMatch(stage -> served(home, stage, end.minusMillis(1)) && !served(home, stage, end)))
                .min(Instant::compareTo);
    }
}
