package org.libcoop.routing;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Stage;
import org.libcoop.presence.Availability;
import org.libcoop.routing.RoutePlan.Leg;

/**
 * The timed fallback: what of a chat's route is open when, and why. One pure function over the frozen plan, what opened
 * when, who is available when, and the time. Who is notified, who may claim, whether a widget is online, what opens next
 * and the preview of a widget are the same function asked differently; there is no second copy of the rule.
 *
 * <p>Stages of a chat that starts at {@code t0} with the timed fallback {@code T}:
 *
 * <table>
 * <caption>Where each rule lives</caption>
 * <tr><th>rule</th><th>what</th><th>where</th></tr>
 * <tr><td>R1</td><td>at {@code t0}, in order, up to and including the first served option</td><td>{@link #begin}</td></tr>
 * <tr><td>R2</td><td>served: a member of the option is available; backup staff do not count</td><td>{@link #served}</td></tr>
 * <tr><td>R3</td><td>first co-op behind the first option at {@code t0 + T}, each next one {@code T} after the one before</td><td>{@link #nextCoop}</td></tr>
 * <tr><td>R4</td><td>a co-op due on which nobody is there takes the next co-op along</td><td>{@link #openDue}</td></tr>
 * <tr><td>R5</td><td>departments and operators never open by time</td><td>{@link #nextCoop}</td></tr>
 * <tr><td>R6, R8</td><td>opening adds; eligible is who is available on an open stage now</td><td>{@link #eligible}, {@link #claimStages}</td></tr>
 * <tr><td>R7</td><td>nobody left on what is open: further options, in order, up to the first served one</td><td>{@link #openByAbsence}</td></tr>
 * <tr><td>R9–R11</td><td>backup stages, {@code backupDelay} after their co-op; with {@code T = 0} after {@code t0} as well</td><td>{@link #nextBackup}</td></tr>
 * <tr><td>R12, R15</td><td>outside coverage is not in the plan; the plan is frozen</td><td>{@link RoutePlan#of}</td></tr>
 * <tr><td>R13, R17</td><td>ends and notices cut the advance at their own instants</td><td>{@code chat.ChatRules}</td></tr>
 * <tr><td>R14</td><td>due instants, not handling instants; stages before presence changes at one instant</td><td>{@link #advance}</td></tr>
 * <tr><td>R16</td><td>a returned chat's clocks stood still while it was owned</td><td>{@link #resume}</td></tr>
 * <tr><td>C2</td><td>the stage a claim is recorded on</td><td>{@link #claimStage}, {@link #claimStages}</td></tr>
 * <tr><td>C13</td><td>the next one now</td><td>{@link #openAsked}</td></tr>
 * <tr><td>W3</td><td>online</td><td>{@link #online}</td></tr>
 * </table>
 *
 * <p>Instants have millisecond precision; <em>reached</em> means not before. All methods are pure and so <em>safe for use
 * by several threads</em>.
 */
public final class Routing {

    /** The grain of time. What held just before an instant held one grain earlier. */
    private static final Duration GRAIN = Duration.ofMillis(1);

    private Routing() {}

    /** R1: a chat begins at {@code t0}. What is passed over opens too and costs no waiting time; if nobody is there, all open. */
    public static Progress begin(RoutePlan plan, Instant t0, Availability availability) {
        return openInOrder(Progress.start(plan, t0), t0, Cause.INITIAL, availability);
    }

    /**
     * Brings an unclaimed chat from {@code from} to {@code to}: everything that was due by then and every desk that
     * emptied by then, in the order in which it happened, judged by who was there at that instant (R14). Handling it late,
     * or twice, gives the same.
     *
     * @param from what was judged before; may lie before that when news of an earlier change came late
     */
    public static Progress advance(Progress progress, Instant from, Instant to, Availability availability) {
        Progress now = openByAbsence(progress, from, availability);
        Instant judged = from;
        while (true) {
            Pending due = next(now).filter(p -> !p.due().isAfter(to)).orElse(null);
            Instant lapse = availability
                    .firstLapse(now.plan().home(), options(now), judged, to)
                    .orElse(null);
            if (due != null && (lapse == null || !due.due().isAfter(lapse))) {
                now = openDue(now, due, availability);
            } else if (lapse != null) {
                now = openByAbsence(now, lapse, availability);
                judged = lapse;
            } else {
                return now;
            }
        }
    }

    /** What opens next by time, if nothing happens before: the countdown. Empty when no timed stage is left. */
    public static Optional<Pending> next(Progress progress) {
        Pending next = nextCoop(progress);
        for (Leg leg : progress.plan().legs()) {
            Pending backup = nextBackup(progress, leg);
            if (backup != null && (next == null || comesBefore(progress.plan(), backup, next))) {
                next = backup;
            }
        }
        return Optional.ofNullable(next);
    }

    /** C13: opens what {@link #next} names at once, if anything is left; R4 applies, later clocks run from here. */
    public static Progress openAsked(Progress progress, Instant now, Availability availability) {
        Pending next = next(progress).orElse(null);
        if (next == null) {
            return progress;
        }
        return open(progress, next.stage(), now, Cause.ASKED, now, availability);
    }

    /** R16: an owner was lost at {@code returned}. What was open is open, every clock stood still since {@code claimed}. */
    public static Progress resume(Progress progress, Instant claimed, Instant returned, Availability availability) {
        return openByAbsence(progress.paused(Duration.between(claimed, returned)), returned, availability);
    }

    /** R6: exactly who is notified of an unclaimed chat at {@code at}, sees it listed, and may claim it. Once each (R11, C4). */
    public static Set<OperatorId> eligible(Progress progress, Instant at, Availability availability) {
        return claimStages(progress, at, availability).keySet();
    }

    /** R6, C2: all who are {@link #eligible}, each with the stage that {@link #claimStage} names. A new map of the caller's. */
    public static Map<OperatorId, Stage> claimStages(Progress progress, Instant at, Availability availability) {
        Map<OperatorId, Stage> stages = new HashMap<>();
        for (Stage open : progress.openStages()) {
            for (OperatorId operator : availability.available(progress.plan().home(), open, at)) {
                stages.putIfAbsent(operator, open);
            }
        }
        return stages;
    }

    /**
     * C2: the stage {@code operator} may claim an unclaimed chat on at {@code at}: the first open one in order of the route
     * on which the operator is available, a member stage before its backup stage. Empty when not eligible.
     */
    public static Optional<Stage> claimStage(
            Progress progress, OperatorId operator, Instant at, Availability availability) {
        for (Stage stage : progress.openStages()) {
            if (availability.available(progress.plan().home(), stage, operator, at)) {
                return Optional.of(stage);
            }
        }
        return Optional.empty();
    }

    /** Whether {@code operator} was eligible at some instant from {@code from} to {@code to} (C2: reached in this round). */
    public static boolean reached(
            Progress progress, OperatorId operator, Instant from, Instant to, Availability availability) {
        for (Opening opening : progress.openings()) {
            Instant since = later(from, opening.at());
            if (!since.isAfter(to)
                    && availability.reached(progress.plan().home(), opening.stage(), operator, since, to)) {
                return true;
            }
        }
        return false;
    }

    /** W3: online exactly when an option is served, or backup staff of a global co-op are on duty. */
    public static boolean online(RoutePlan plan, Instant at, Availability availability) {
        for (Leg leg : plan.legs()) {
            if (served(plan, leg.stage(), at, availability)
                    || (leg.backup() != null && served(plan, leg.backup(), at, availability))) {
                return true;
            }
        }
        return false;
    }

    /**
     * E2: what would happen to a chat that starts at {@code t0} and is never claimed, as long as those there at {@code t0}
     * stay. In the order of opening.
     */
    public static List<Opening> preview(RoutePlan plan, Instant t0, Availability availability) {
        Progress progress = begin(plan, t0, availability);
        Pending due = next(progress).orElse(null);
        while (due != null) {
            progress = open(progress, due.stage(), due.due(), due.cause(), t0, availability);
            due = next(progress).orElse(null);
        }
        return progress.openings();
    }

    // ---- R1, R7: by absence

    /** R7, judged for {@code at}: when no option open by then is served, the next ones open, up to the first served one. */
    private static Progress openByAbsence(Progress progress, Instant at, Availability availability) {
        for (Leg leg : progress.plan().legs()) {
            if (openBy(progress, leg, at) && served(progress.plan(), leg.stage(), at, availability)) {
                return progress;
            }
        }
        return openInOrder(progress, at, Cause.ABSENCE, availability);
    }

    private static Progress openInOrder(Progress progress, Instant at, Cause cause, Availability availability) {
        Progress now = progress;
        for (Leg leg : progress.plan().legs()) {
            if (!openBy(progress, leg, at)) {
                now = now.open(Opening.of(leg.stage(), at, cause));
                if (served(progress.plan(), leg.stage(), at, availability)) {
                    break;
                }
            }
        }
        return now;
    }

    private static boolean openBy(Progress progress, Leg leg, Instant at) {
        Opening opening = progress.opening(leg.stage());
        return opening != null && !opening.at().isAfter(at);
    }

    // ---- R3, R4, R5: co-ops by time

    /** R3: the first co-op behind the first option that is not open yet; its clock is the co-op before it, or the chat's start. */
    private static @Nullable Pending nextCoop(Progress progress) {
        Duration fallback = progress.plan().timedFallback();
        if (fallback.isZero()) {
            return null;
        }
        Instant clock = progress.clock();
        List<Leg> legs = progress.plan().legs();
        for (Leg leg : legs.subList(Math.min(1, legs.size()), legs.size())) {
            if (leg.coop()) {
                Opening opening = progress.opening(leg.stage());
                if (opening == null) {
                    return new Pending(leg.stage(), clock.plus(fallback), Cause.TIME);
                }
                clock = opening.clock();
            }
        }
        return null;
    }

    /** R14: what is due opens at its due instant, judged by who was there just before. */
    private static Progress openDue(Progress progress, Pending due, Availability availability) {
        return open(progress, due.stage(), due.due(), due.cause(), due.due().minus(GRAIN), availability);
    }

    /** R4: a co-op on which nobody is there when it opens takes the next co-op along, until one is served. */
    private static Progress open(
            Progress progress, Stage stage, Instant at, Cause cause, Instant judgedAt, Availability availability) {
        Progress now = progress.open(Opening.of(stage, at, cause));
        if (stage.backup() || served(progress.plan(), stage, judgedAt, availability)) {
            return now;
        }
        boolean behind = false;
        for (Leg leg : progress.plan().legs()) {
            if (behind && leg.coop()) {
                now = now.open(Opening.of(leg.stage(), at, cause));
                if (served(progress.plan(), leg.stage(), judgedAt, availability)) {
                    break;
                }
            }
            behind |= leg.stage().equals(stage);
        }
        return now;
    }

    // ---- R9, R10, R11: backup stages

    /** R9: a delay after the co-op opened; R10: without a timed fallback also a delay after the chat's start; the earlier holds. */
    private static @Nullable Pending nextBackup(Progress progress, Leg leg) {
        Stage backup = leg.backup();
        if (backup == null || progress.isOpen(backup)) {
            return null;
        }
        Opening coop = progress.opening(leg.stage());
        Instant clock = coop == null ? null : coop.clock();
        if (progress.plan().timedFallback().isZero()
                && (clock == null || progress.clock().isBefore(clock))) {
            clock = progress.clock();
        }
        return clock == null ? null : new Pending(backup, clock.plus(leg.backupDelay()), Cause.BACKUP);
    }

    // ---- Order and service

    /** By due instant; among equals by place in the route, a member stage before a backup stage (C13). */
    private static boolean comesBefore(RoutePlan plan, Pending one, Pending other) {
        int byTime = one.due().compareTo(other.due());
        return byTime != 0 ? byTime < 0 : place(plan, one.stage()) < place(plan, other.stage());
    }

    private static int place(RoutePlan plan, Stage stage) {
        int place = 0;
        for (Leg leg : plan.legs()) {
            if (stage.equals(leg.stage())) {
                return place;
            }
            if (stage.equals(leg.backup())) {
                return place + 1;
            }
            place += 2;
        }
        return place;
    }

    /** R2. A backup stage is asked for W3 only: it neither ends R1 and R4 nor holds back R7. */
    private static boolean served(RoutePlan plan, Stage stage, Instant at, Availability availability) {
        return availability.served(plan.home(), stage, at);
    }

    private static List<Stage> options(Progress progress) {
        List<Stage> options = new ArrayList<>(progress.openings().size());
        for (Opening opening : progress.openings()) {
            if (!opening.stage().backup()) {
                options.add(opening.stage());
            }
        }
        return options;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
