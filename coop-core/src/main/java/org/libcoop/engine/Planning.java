package org.libcoop.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.libcoop.chat.Chat;
import org.libcoop.directory.Directory;
import org.libcoop.directory.Stage;
import org.libcoop.directory.Widget;
import org.libcoop.directory.WidgetId;
import org.libcoop.presence.Availability;
import org.libcoop.presence.MonitoringInterval;
import org.libcoop.presence.Presence;
import org.libcoop.refusal.Outcome;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.report.ReplayReport;
import org.libcoop.report.WidgetSpan;
import org.libcoop.routing.Replay;
import org.libcoop.routing.RoutePlan;
import org.libcoop.routing.Staffing;
import org.libcoop.spi.Archive;
import org.libcoop.spi.ArchivePage;
import org.libcoop.spi.ArchiveQuery;
import org.libcoop.spi.ArchivedChat;
import org.libcoop.spi.ArchivedSummary;
import org.libcoop.spi.IntervalQuery;

/**
 * What would be, and what was not but might have been (E2, S5): the function that routes, asked for whole weeks, or for chats that are
 * over. Asks the archive on the caller's thread. Safe for use by several threads.
 */
public final class Planning {

    /** So many moments of a widget are looked at: the minutes of five weeks. */
    static final int MOST_MOMENTS = 5 * 7 * 24 * 60;

    /** So many chats are replayed. */
    static final int MOST_CHATS = 10_000;

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Presence presence;
    private final Archive archive;
    private final boolean archiving;
    private final Questions questions;

    Planning(Ground ground, NodeOptions options, Questions questions) {
        this.presence = ground.presence();
        this.archive = options.archive();
        this.archiving = options.archiving();
        this.questions = questions;
    }

    // ---- Widgets

    /** E2: who would answer, moment by moment, with who is there now but nobody on {@code unstaffed}. */
    public Outcome<List<WidgetSpan>> sweep(WidgetId id, Instant from, Instant to, Duration step, Set<Stage> unstaffed) {
        return widget(id, from, to, step)
                .map(widget -> spans(widget, from, to, step, questions.thereNow(widget, unstaffed)));
    }

    /** S5: who would have answered, minute by minute. */
    public Outcome<List<WidgetSpan>> coverage(WidgetId id, Instant from, Instant to) {
        if (!archiving) {
            return unsupported();
        }
        return widget(id, from, to, MINUTE)
                .flatMap(widget -> Stored.answered(() -> {
                    Set<Stage> stages = new HashSet<>();
                    widget.route().forEach(option -> stages.addAll(Questions.stagesOf(option)));
                    return Outcome.done(spans(widget, from, to, MINUTE, past(stages, from, to)));
                }));
    }

    private Outcome<Widget> widget(WidgetId id, Instant from, Instant to, Duration step) {
        boolean moments = from.isBefore(to)
                && step.compareTo(MINUTE) >= 0
                && Duration.between(from, to).dividedBy(step) <= MOST_MOMENTS;
        if (!moments) {
            return Outcome.refused(
                    RefusalCode.INVALID,
                    "a time has a begin, an end, and 1 to " + MOST_MOMENTS + " steps of a minute or more");
        }
        return questions.widget(id);
    }

    private List<WidgetSpan> spans(Widget widget, Instant from, Instant to, Duration step, Availability there) {
        List<WidgetSpan> spans = new ArrayList<>();
        Instant begin = from;
        Staffing last = null;
        for (Instant at = from; at.isBefore(to); at = at.plus(step)) {
            Staffing now = Staffing.of(RoutePlan.of(directory(), widget, at), at, there);
            if (last != null && now != last) {
                spans.add(new WidgetSpan(begin, at, last));
                begin = at;
            }
            last = now;
        }
        if (last != null) {
            spans.add(new WidgetSpan(begin, to, last));
        }
        return spans;
    }

    // ---- Chats

    /** E2: how far chats came, and how far they would have come by another plan than theirs. */
    public Outcome<ReplayReport> replay(ArchiveQuery chats, Function<Chat, RoutePlan> otherwise) {
        if (!archiving) {
            return unsupported();
        }
        return Stored.answered(() -> {
            ReplayReport report = ReplayReport.NONE;
            String cursor = null;
            do {
                ArchivePage page = archive.search(chats, cursor, Archive.PAGE);
                for (ArchivedSummary row : page.rows()) {
                    Chat chat = archive.chat(row.chat()).map(ArchivedChat::chat).orElse(null);
                    report = chat == null ? report : replayed(report, chat, otherwise.apply(chat));
                }
                cursor = page.next();
            } while (cursor != null && report.chats() + report.unknown() < MOST_CHATS);
            return Outcome.done(report);
        });
    }

    private ReplayReport replayed(ReplayReport report, Chat chat, RoutePlan otherwise) {
        Instant start = chat.startedAt();
        Instant until = chat.ownerships().isEmpty()
                ? chat.phase().overSince().orElseThrow()
                : chat.ownerships().get(0).since();
        Set<Stage> stages = new HashSet<>();
        for (RoutePlan plan : List.of(chat.progress().plan(), otherwise)) {
            plan.legs().forEach(leg -> stages.addAll(leg.stages()));
        }
        Availability there = past(stages, start, until.plusMillis(1));
        return Replay.follows(chat.progress(), start, until, there)
                ? report.plus(Replay.of(chat.progress(), until), Replay.of(otherwise, start, until, there))
                : report.withUnknown();
    }

    private Availability past(Set<Stage> stages, Instant from, Instant to) {
        List<MonitoringInterval> intervals = new ArrayList<>();
        if (!stages.isEmpty()) {
            Intervals.each(archive, IntervalQuery.on(stages, from, to), intervals::addAll);
        }
        return Availability.past(intervals);
    }

    private static <T> Outcome<T> unsupported() {
        return Outcome.refused(RefusalCode.UNSUPPORTED, "this deployment keeps no record of what was");
    }

    private Directory directory() {
        return presence.directory();
    }
}
