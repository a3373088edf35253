package org.libcoop.testkit.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.libcoop.chat.ChatEvent;
import org.libcoop.chat.Logged;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Stage;
import org.libcoop.routing.Cause;
import org.libcoop.routing.RoutePlan;

/**
 * Whether a chat's stages open when they may, each judged by what its node could know: R1, R7 by who was there, R3, R9, R10 by
 * the {@link Timetable}, R4 by both, R5 and R6 always.
 */
final class Openings {

    private static final Duration GRAIN = Duration.ofMillis(1);

    private final Timetable timetable;
    private final RoutePlan plan;
    private final Instant start;
    private @Nullable Stage lastTaken;
    private @Nullable Instant lastTakenAt;
    private @Nullable Instant lastJudgedAt;

    Openings(Timetable timetable, Instant start) {
        this.timetable = timetable;
        this.plan = timetable.plan();
        this.start = start;
    }

    /** The open stages in order of the route, a co-op's backup stage directly behind it. */
    List<Stage> inOrder() {
        List<Stage> open = new ArrayList<>();
        for (RoutePlan.Leg leg : plan.legs()) {
            if (timetable.isOpen(leg.stage())) {
                open.add(leg.stage());
            }
            Stage backup = leg.backup();
            if (backup != null && timetable.isOpen(backup)) {
                open.add(backup);
            }
        }
        return open;
    }

    void opened(Logged entry, ChatEvent.StageOpened event, Deed deed, ChatRecord chat) {
        Stage stage = event.stage();
        Instant at = entry.at();
        boolean known = plan.legs().stream().anyMatch(leg -> leg.stage().equals(stage) || stage.equals(leg.backup()));
        chat.require(known, () -> "opens " + stage + ", which is not in its route");
        chat.require(!timetable.isOpen(stage), () -> "opens " + stage + " twice");
        chat.require(!event.handled().isBefore(at), () -> "opens " + stage + " before its time");
        chat.require(!event.handled().isAfter(deed.at()), () -> "handled " + stage + " after deciding it");
        switch (event.cause()) {
            case INITIAL, ABSENCE -> byAbsence(stage, at, event.cause(), deed, chat);
            case TIME -> byTime(stage, at, at.minus(GRAIN), deed, chat);
            case BACKUP -> {
                chat.require(stage.backup(), () -> "opens " + stage + " as if it were a backup stage");
                chat.require(at.equals(timetable.due().get(stage)), () -> "opens " + stage + " at the wrong instant");
            }
            case ASKED -> asked(stage, at, event, deed, chat);
        }
        timetable.opened(stage, at);
    }

    /** R1, R7: in order, and only past what nobody serves. */
    private void byAbsence(Stage stage, Instant at, Cause cause, Deed deed, ChatRecord chat) {
        chat.require(!stage.backup(), () -> "opens the backup stage " + stage + " by absence");
        chat.require(cause == Cause.ABSENCE || at.equals(start), () -> "opens " + stage + " initially, but later");
        boolean before = true;
        for (RoutePlan.Leg leg : plan.legs()) {
            if (leg.stage().equals(stage)) {
                before = false;
                continue;
            }
            Instant opened = timetable.opened().get(leg.stage());
            chat.require(!before || opened != null, () -> "opens " + stage + " before " + leg.stage());
            boolean counts = before || (opened != null && !opened.isAfter(at));
            OperatorId there =
                    counts && deed.sureOfDirectory() ? deed.surelyServedBy(plan.home(), leg.stage(), at) : null;
            chat.require(
                    there == null,
                    () -> "opens " + stage + " by absence at " + at + " although " + there + " serves " + leg.stage());
        }
    }

    /** R3, R4, R5. */
    private void byTime(Stage stage, Instant at, Instant judgedAt, Deed deed, ChatRecord chat) {
        chat.require(!stage.backup() && isCoop(stage), () -> "opens " + stage + " by time");
        boolean due = at.equals(timetable.due().get(stage));
        chat.require(
                due || takenAlong(stage, at, deed, chat), () -> "opens " + stage + " by time at the wrong instant");
        lastTaken = stage;
        lastTakenAt = at;
        lastJudgedAt = judgedAt;
    }

    /** C13: what is due first, now; a co-op nobody serves takes the next one along. */
    private void asked(Stage stage, Instant at, ChatEvent.StageOpened event, Deed deed, ChatRecord chat) {
        chat.require(event.askedBy() != null, () -> "opens " + stage + " as asked for by nobody");
        Instant due = timetable.due().get(stage);
        boolean first = due != null && due.equals(timetable.next());
        chat.require(first || takenAlong(stage, at, deed, chat), () -> "opens " + stage + " out of turn");
        if (!stage.backup()) {
            lastTaken = stage;
            lastTakenAt = at;
            lastJudgedAt = at;
        }
    }

    /** R4: whether {@code stage} is the next co-op behind one that opened at the same instant with nobody there. */
    private boolean takenAlong(Stage stage, Instant at, Deed deed, ChatRecord chat) {
        Stage before = lastTaken;
        Instant judgedAt = lastJudgedAt;
        if (before == null || judgedAt == null || !at.equals(lastTakenAt)) {
            return false;
        }
        boolean empty = !deed.sureOfDirectory() || deed.surelyServedBy(plan.home(), before, judgedAt) == null;
        chat.require(empty, () -> "takes " + stage + " along although " + before + " is served");
        return !deed.sureOfDirectory()
                || stage.equals(toTakeAlong(before, open -> deed.surelyServedBy(plan.home(), open, judgedAt) != null));
    }

    /** The next co-op behind {@code stage} that is not open yet, unless an open and served one stands before it. */
    private @Nullable Stage toTakeAlong(Stage stage, Predicate<Stage> served) {
        boolean behind = false;
        for (RoutePlan.Leg leg : plan.legs()) {
            if (behind && leg.coop()) {
                if (!timetable.isOpen(leg.stage())) {
                    return leg.stage();
                }
                if (served.test(leg.stage())) {
                    return null;
                }
            }
            behind |= leg.stage().equals(stage);
        }
        return null;
    }

    /** A change that leaves the chat waiting has gone all the way: R4 to a served co-op, R7 likewise. */
    void complete(Deed deed, ChatRecord chat) {
        Stage last = lastTaken;
        Instant judgedAt = lastJudgedAt;
        lastTaken = null;
        lastTakenAt = null;
        lastJudgedAt = null;
        if (!deed.sureOfDirectory()) {
            return;
        }
        if (last != null && judgedAt != null && !deed.maybeServed(plan.home(), last, judgedAt)) {
            chat.require(
                    toTakeAlong(last, open -> deed.maybeServed(plan.home(), open, judgedAt)) == null,
                    () -> "does not go on past " + last + ", where nobody is");
        }
        notStranded(deed, chat);
    }

    /** R7: some open option is served, or all are open. */
    void notStranded(Deed deed, ChatRecord chat) {
        boolean allOpen = true;
        boolean served = false;
        for (RoutePlan.Leg leg : plan.legs()) {
            boolean open = timetable.isOpen(leg.stage());
            allOpen &= open;
            served |= open && deed.maybeServed(plan.home(), leg.stage(), deed.at());
        }
        chat.require(allOpen || served, "waits where nobody is, with options left unopened");
    }

    private boolean isCoop(Stage stage) {
        return stage.option().kind() == org.libcoop.directory.Option.Kind.COOP;
    }
}
