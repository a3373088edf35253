package org.libcoop.spi;

import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.libcoop.annotation.Beta;
import org.libcoop.chat.ChatId;
import org.libcoop.report.ChatFact;
import org.libcoop.report.FactQuery;
import org.libcoop.report.Part;
import org.libcoop.report.PartTallies;
import org.libcoop.report.StaffedHours;
import org.libcoop.report.StaffedQuery;
import org.libcoop.report.StaffedTime;
import org.libcoop.report.Timetable;

/**
 * What reports count: one fact a chat that is over, and when institutions were there (section 11). The engine brings it there along with
 * the archive, and again whenever something of it changed; it can be made anew from the archive at any time. Who may see which report is
 * not asked here.
 *
 * <ol>
 * <li>FA1 What {@link #keep} came back from is kept and counted by every later call on any node. If it fails, each fact is kept whole or
 *     not at all.
 * <li>FA2 A chat counts once, as the {@linkplain ChatFact#merge merge} of all facts of it that were ever brought, in whatever order, also
 *     when several bring some at once.
 * <li>FA3 {@link #fact} gives the fact of a chat as it counts. Texts keep every character, instants and durations their milliseconds.
 * <li>FA4 {@link #timetable} counts the chats for which {@link FactQuery#asksFor} says so, all of them and no others, each where
 *     {@link Timetable.Sum} puts it.
 * <li>FA5 {@link #parts} counts the same chats, told apart as {@link PartTallies.Sum} does. {@code most} out of its bounds is an
 *     {@link IllegalArgumentException}.
 * <li>FA6 {@link #recount} makes anew what the adapter keeps beside the facts to count them sooner; what is brought meanwhile is
 *     counted too. It changes no report of an adapter that is in order.
 * <li>FA7 What {@link #keepStaffed} came back from is kept and counted by every later call on any node. A moment counts once for a stage
 *     and an institution, in whatever order its times were brought, how often, and by how many at once. If it fails, each time is kept
 *     whole or not at all.
 * <li>FA8 {@link #staffed} counts what {@link StaffedQuery} asks for as {@link StaffedHours.Sum} does: exact to the millisecond, for each
 *     institution all its stages together.
 * </ol>
 *
 * <em>Safe for use by several threads.</em> Every call may throw {@link StoreException}; all but {@link #recount} end within the adapter's
 * deadline.
 */
@Beta
public interface Facts extends AutoCloseable {

    /** Keeps what is known of chats (FA1, FA2). */
    void keep(List<ChatFact> facts);

    /** The fact of a chat (FA3). */
    Optional<ChatFact> fact(ChatId chat);

    /** When the chats asked for began (FA4). */
    Timetable timetable(FactQuery query, ZoneId zone);

    /** The chats asked for, told apart (FA5). */
    PartTallies parts(FactQuery query, Part part, int most);

    /** Keeps when institutions were there (FA7). */
    void keepStaffed(List<StaffedTime> times);

    /** When institutions were there (FA8). */
    StaffedHours staffed(StaffedQuery query, ZoneId zone);

    /** Makes anew what is derived from the facts (FA6). */
    void recount();

    /** Gives back what the adapter holds. */
    @Override
    void close();
}
