package org.libcoop;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.libcoop.annotation.Beta;
import org.libcoop.directory.Directory;
import org.libcoop.directory.Stage;
import org.libcoop.directory.Widget;
import org.libcoop.directory.WidgetId;
import org.libcoop.engine.Node;
import org.libcoop.engine.Planning;
import org.libcoop.refusal.Outcome;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.report.ReplayReport;
import org.libcoop.report.WidgetSpan;
import org.libcoop.routing.RoutePlan;
import org.libcoop.spi.ArchiveQuery;

/**
 * The function that routes, asked for whole weeks and for chats that are over: when a widget would be answered and by whom, when it was,
 * and how another timed fallback or route would have changed what chats came to (E2, S5). For the host itself: nothing here asks who may
 * see it (A8).
 *
 * <p>Calls that ask the archive do so on the caller's thread; refused {@code unavailable} if it does not answer, {@code unsupported}
 * where the engine was given a store and no archive. A time of more than five weeks in minutes is {@code invalid}, an unknown widget
 * {@code not-found}. <em>Safe for use by several threads.</em>
 */
@Beta
public final class PlanningSession {

    private final Planning planning;
    private final Node node;

    PlanningSession(Node node) {
        this.node = node;
        this.planning = node.planning();
    }

    /**
     * E2: as {@link CoopEngine#preview}, moment by moment: when the widget's options would answer, when backup staff alone, and when nobody,
     * with who is there now but nobody on {@code unstaffed}. What changes meanwhile is coverage (D6).
     *
     * @param step from one moment to the next, a minute or more
     */
    public Outcome<List<WidgetSpan>> sweep(
            WidgetId widget, Instant from, Instant to, Duration step, Set<Stage> unstaffed) {
        return planning.sweep(
                Objects.requireNonNull(widget, "widget"),
                Objects.requireNonNull(from, "from"),
                Objects.requireNonNull(to, "to"),
                Objects.requireNonNull(step, "step"),
                Set.copyOf(unstaffed));
    }

    /**
     * S5: when a widget's options were staffed, when backup staff alone, and when nobody was there, at the begin of each minute, by the
     * widget's route and coverage as they are now. Who was there is known some minutes after each noon and midnight of UTC: what is later
     * than the last of these counts as nobody there.
     */
    public Outcome<List<WidgetSpan>> coverage(WidgetId widget, Instant from, Instant to) {
        return planning.coverage(
                Objects.requireNonNull(widget, "widget"),
                Objects.requireNonNull(from, "from"),
                Objects.requireNonNull(to, "to"));
    }

    /**
     * E2: how many of the chats asked for came to a co-op behind their first option, and to backup staff, before they were claimed or
     * ended; and how many would have with another timed fallback, had everybody been there and claimed as they did. At most 10,000 chats,
     * the newest first, with two questions to the archive each; those of which it is not known who was there are counted apart.
     * {@code invalid} for less than 0 or more than an hour.
     */
    public Outcome<ReplayReport> replay(ArchiveQuery chats, Duration timedFallback) {
        Objects.requireNonNull(chats, "chats");
        if (timedFallback.isNegative() || timedFallback.compareTo(Widget.MAX_TIMED_FALLBACK) > 0) {
            return Outcome.refused(
                    RefusalCode.INVALID,
                    "a timed fallback is 0 to " + Widget.MAX_TIMED_FALLBACK.toSeconds() + " seconds");
        }
        return planning.replay(chats, chat -> chat.progress().plan().withTimedFallback(timedFallback));
    }

    /**
     * The same of the chats of {@code changed}, with its route and timed fallback: a widget as it is not saved, or not yet. Its co-ops and
     * coverage are those of now, judged at each chat's start.
     */
    public Outcome<ReplayReport> replay(ArchiveQuery chats, Widget changed) {
        Directory directory = node.presence().directory();
        return planning.replay(
                chats.widget(changed.id()),
                chat -> RoutePlan.of(
                        directory,
                        changed,
                        chat.startedAt(),
                        chat.progress().plan().blockedIn()));
    }
}
