package org.libcoop;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import org.libcoop.access.TranscriptPath;
import org.libcoop.annotation.Beta;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.WidgetId;
import org.libcoop.engine.Node;
import org.libcoop.engine.StaffReports;
import org.libcoop.engine.Statistics;
import org.libcoop.refusal.Outcome;
import org.libcoop.report.Activity;
import org.libcoop.report.Balance;
import org.libcoop.report.FactQuery;
import org.libcoop.report.OwnActivity;
import org.libcoop.report.Part;
import org.libcoop.report.PartTallies;
import org.libcoop.report.Summary;
import org.libcoop.report.Timetable;
import org.libcoop.report.WidgetSpan;

/**
 * The reports that one operator sees (S1–S8), over the same chats as the transcripts, along the same two {@linkplain
 * TranscriptPath paths} (A1–A4): at home, what the own library's patrons asked, for its admins all of it; on a co-op's path what was
 * answered through it, by oneself, one's library, or anybody. What {@code filter} asks for narrows that down and never widens it; where
 * the two exclude each other the report is empty.
 *
 * <p>A chat counts once, at its start, for its last owner, whether it is over or not; one that ends at this very moment may be missing.
 * Of those that are not over, the first 20,000 are counted, and it is not known where they came from. {@link org.libcoop.report.Tables}
 * makes tables of a report, to be written out.
 *
 * <p>Who was there is known some minutes after each noon and midnight of UTC; what is later counts as nobody. Where signs of life ceased
 * it counts up to the last of them (P7).
 *
 * <p>Calls ask store, archive and facts on the caller's thread. {@code not-allowed} on the path of a co-op without a place there;
 * {@code unavailable} if one of them does not answer, {@code unsupported} where the engine was given a store and no archive.
 * <em>Safe for use by several threads.</em>
 */
@Beta
public final class StatisticsSession {

    private final Statistics statistics;
    private final StaffReports staffReports;
    private final OperatorId operator;

    StatisticsSession(Node node, OperatorId operator) {
        this.statistics = node.statistics();
        this.staffReports = node.staffReports();
        this.operator = operator;
    }

    /** When the chats began, by month, weekday and hour of {@code zone}, and what they came to (S1, S6). */
    public Outcome<Timetable> timetable(TranscriptPath path, FactQuery filter, ZoneId zone) {
        return statistics.timetable(
                operator,
                Objects.requireNonNull(path, "path"),
                Objects.requireNonNull(filter, "filter"),
                Objects.requireNonNull(zone, "zone"));
    }

    /**
     * The chats told apart by one part: where they came from (S2), or who answered them (S3).
     *
     * @param most how many rows at most, 1 to {@link PartTallies#MOST}; {@code invalid} for another number
     */
    public Outcome<PartTallies> parts(TranscriptPath path, FactQuery filter, Part part, int most) {
        return statistics.parts(
                operator,
                Objects.requireNonNull(path, "path"),
                Objects.requireNonNull(filter, "filter"),
                Objects.requireNonNull(part, "part"),
                most);
    }

    /**
     * What libraries did for each other's patrons, among these chats (S7): on a co-op's path what they gave each other through it, at home
     * what the own library received. {@code too-large} for more institutions than {@link PartTallies#MOST}.
     */
    public Outcome<Balance> balance(TranscriptPath path, FactQuery filter) {
        return statistics.balance(
                operator, Objects.requireNonNull(path, "path"), Objects.requireNonNull(filter, "filter"));
    }

    /**
     * S5: when institutions were there, by week, and by weekday and hour, and how many chats of the same time their people answered. On a
     * co-op's path, when it was monitored, on its backup stage too: of every institution for its COOP_ADMINs, of the own one for its
     * INSTITUTION_ADMINs and the admins of the backup staff's provider; at home, when any of the own departments was.
     * {@code not-allowed} for those who see only their own chats on the path; {@code invalid} for more than 53 weeks or less than nothing.
     */
    public Outcome<Activity> activity(TranscriptPath path, Instant from, Instant to, ZoneId zone) {
        return staffReports.activity(
                operator,
                Objects.requireNonNull(path, "path"),
                Objects.requireNonNull(from, "from"),
                Objects.requireNonNull(to, "to"),
                Objects.requireNonNull(zone, "zone"));
    }

    /** S5: what the operator monitored, and the chats of the same time that the operator answered; {@code invalid} as {@link #activity}. */
    public Outcome<OwnActivity> ownActivity(Instant from, Instant to, ZoneId zone) {
        return staffReports.own(
                operator,
                Objects.requireNonNull(from, "from"),
                Objects.requireNonNull(to, "to"),
                Objects.requireNonNull(zone, "zone"));
    }

    /** S4: the same for the last week, this month and twelve months, by the calendar of {@code zone}, and the operator's co-ops. */
    public Outcome<Summary> summary(ZoneId zone) {
        return staffReports.summary(operator, Objects.requireNonNull(zone, "zone"));
    }

    /**
     * S5: when a widget of the own library was staffed, as {@link PlanningSession#coverage} says, for those who see all of its chats;
     * {@code not-allowed} for everybody else, and for widgets of others or none.
     */
    public Outcome<List<WidgetSpan>> coverage(WidgetId widget, Instant from, Instant to) {
        return staffReports.coverage(
                operator,
                Objects.requireNonNull(widget, "widget"),
                Objects.requireNonNull(from, "from"),
                Objects.requireNonNull(to, "to"));
    }
}
