package org.libcoop.routing;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.libcoop.directory.Coop;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.Directory;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.Option;
import org.libcoop.directory.Stage;
import org.libcoop.directory.Widget;

/**
 * A widget's route as one chat takes it along: frozen at the chat's start, with the timed fallback and without the
 * options outside coverage then, and without the co-ops in which the patron was blocked (R12, R15, C15). Plans are equal for chats that start alike and may be shared.
 * <em>Immutable.</em>
 *
 * @param outsideCoverage what the route names but coverage took out (R12), kept for the explanation (E1)
 * @param blockedIn the co-ops of the home institution, in the route or not, in which the patron was blocked (C15): the chat never
 *     comes to them
 */
public record RoutePlan(
        InstitutionId home,
        List<Leg> legs,
        Duration timedFallback,
        Set<Option> outsideCoverage,
        Set<CoopId> blockedIn) {

    public RoutePlan {
        Objects.requireNonNull(home, "home");
        Objects.requireNonNull(timedFallback, "timedFallback");
        legs = List.copyOf(legs);
        outsideCoverage = Set.copyOf(outsideCoverage);
        blockedIn = Set.copyOf(blockedIn);
    }

    /** The plan for a patron who is blocked nowhere. */
    public RoutePlan(InstitutionId home, List<Leg> legs, Duration timedFallback, Set<Option> outsideCoverage) {
        this(home, legs, timedFallback, outsideCoverage, Set.of());
    }

    /**
     * One option of the plan with its stages. {@code backup} is null for all but a global co-op, {@code backupDelay} is
     * zero then.
     */
    public record Leg(Stage stage, @Nullable Stage backup, Duration backupDelay) {

        public Leg {
            Objects.requireNonNull(stage, "stage");
            Objects.requireNonNull(backupDelay, "backupDelay");
        }

        /** The stages of this option: itself and, for a global co-op, its backup stage. */
        public List<Stage> stages() {
            return backup == null ? List.of(stage) : List.of(stage, backup);
        }

        /** Whether this is a co-op, the only kind of option that opens by time (R5). */
        public boolean coop() {
            return stage.option().kind() == Option.Kind.COOP;
        }
    }

    /** The plan of a chat that starts on {@code widget} at {@code at}, of a patron who is blocked nowhere (R12, R15). */
    public static RoutePlan of(Directory directory, Widget widget, Instant at) {
        return of(directory, widget, at, Set.of());
    }

    /** The same for a patron who is blocked in these co-ops (C15). */
    public static RoutePlan of(Directory directory, Widget widget, Instant at, Set<CoopId> blockedIn) {
        List<Leg> legs = new ArrayList<>();
        Set<Option> outside = new HashSet<>();
        for (Option option : widget.route()) {
            if (option instanceof Option.OfCoop shared && blockedIn.contains(shared.coop())) {
                continue;
            }
            if (directory.covered(widget.institution(), option, at)) {
                legs.add(leg(directory, option));
            } else {
                outside.add(option);
            }
        }
        return new RoutePlan(widget.institution(), legs, widget.timedFallback(), outside, blockedIn);
    }

    /** The same with another timed fallback. */
    public RoutePlan withTimedFallback(Duration other) {
        return new RoutePlan(home, legs, other, outsideCoverage, blockedIn);
    }

    private static Leg leg(Directory directory, Option option) {
        Stage stage = Stage.of(option);
        if (option instanceof Option.OfCoop coopOption) {
            Coop coop = directory.coop(coopOption.coop()).orElse(null);
            if (coop != null && coop.kind() == Coop.Kind.GLOBAL) {
                return new Leg(stage, Stage.backup(coop.id()), coop.backupDelay());
            }
        }
        return new Leg(stage, null, Duration.ZERO);
    }

    /** The co-ops of the route, for those who may learn that the chat exists (A9). */
    public Set<CoopId> coops() {
        Set<CoopId> coops = new HashSet<>();
        for (Leg leg : legs) {
            if (leg.stage().option() instanceof Option.OfCoop coopOption) {
                coops.add(coopOption.coop());
            }
        }
        return coops;
    }
}
