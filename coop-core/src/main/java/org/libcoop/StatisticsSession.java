package org.libcoop;

import java.time.ZoneId;
import java.util.Objects;
import org.libcoop.access.TranscriptPath;
import org.libcoop.annotation.Beta;
import org.libcoop.directory.OperatorId;
import org.libcoop.engine.Statistics;
import org.libcoop.refusal.Outcome;
import org.libcoop.report.Balance;
import org.libcoop.report.FactQuery;
import org.libcoop.report.Part;
import org.libcoop.report.PartTallies;
import org.libcoop.report.Timetable;

/**
 * The reports that one operator sees (S1–S3, S6–S8), over the same chats as the transcripts, along the same two {@linkplain
 * TranscriptPath paths} (A1–A4): at home, what the own library's patrons asked, for its admins all of it; on a co-op's path what was
 * answered through it, by oneself, one's library, or anybody. What {@code filter} asks for narrows that down and never widens it; where
 * the two exclude each other the report is empty.
 *
 * <p>A chat counts once, at its start, for its last owner, whether it is over or not; one that ends at this very moment may be missing.
 * Of those that are not over, the first 20,000 are counted, and it is not known where they came from. {@link org.libcoop.report.Tables}
 * makes tables of a report, to be written out.
 *
 * <p>Calls ask store, archive and facts on the caller's thread. {@code not-allowed} on the path of a co-op without a place there;
 * {@code unavailable} if one of them does not answer, {@code unsupported} where the engine was given a store and no archive.
 * <em>Safe for use by several threads.</em>
 */
@Beta
public final class StatisticsSession {

    private final Statistics statistics;
    private final OperatorId operator;

    StatisticsSession(Statistics statistics, OperatorId operator) {
        this.statistics = statistics;
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
}
