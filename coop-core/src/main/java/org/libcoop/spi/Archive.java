package org.libcoop.spi;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.libcoop.chat.ChatId;
import org.libcoop.directory.InstitutionId;
import org.libcoop.presence.MonitoringInterval;

/**
 * What is over, for as long as it is kept: chats with their logs, and who monitored what when. The engine brings it there
 * soon after the end, and again whenever the log has grown; hosts search it. Nothing in it is changed but by deletion,
 * redaction and anonymisation.
 *
 * <ol>
 * <li>AR1 What {@link #keep} came back from is kept: every chat of the list with its head and its whole log, read so by every
 *     later call on any node. If it fails, each chat of the list is kept whole or not at all.
 * <li>AR2 A chat is there once, also when several bring it at once. Brought again with a longer log, it gets the head and the
 *     entries that follow; the entries that are kept already, and a chat whose log is not longer, are left as they are.
 * <li>AR3 Texts keep every character, instants their milliseconds.
 * <li>AR4 {@link #search} finds the chats for which {@link ArchiveQuery#asksFor} says so, all of them and no others.
 * <li>AR5 The newest start comes first; chats that started at one instant come in an order that is the adapter's own, and
 *     always the same.
 * <li>AR6 Pages follow each other by cursor without a gap and without a repetition, whatever is kept meanwhile; a cursor is
 *     null exactly when nothing follows. It holds on every node, and for as long as the archive does.
 * <li>AR7 A page has at most {@link #PAGE} rows, however many are asked for, and fewer than asked for only if it is the last.
 *     A limit below 1 is an {@link IllegalArgumentException}.
 * <li>AR8 What is no cursor, or a cursor of another query, is an {@link IllegalArgumentException}.
 * <li>AR9 {@link #deleteContent} takes every content of the chat at once and for good: nothing reads it or finds it by text
 *     any more, and keeping the chat again neither brings it back nor adds any (X2). Everything else of the chat stays, its
 *     row in a search too, marked. It answers whether there is such a chat, the second time as the first.
 * <li>AR10 Of the intervals of an operator on a stage that begin at one instant the first that is kept stays.
 * <li>AR11 {@link #intervals} finds the intervals for which {@link IntervalQuery#asksFor} says so, the earliest begin first,
 *     those of one instant in an order that is always the same; its pages are as those of a search.
 * <li>AR12 {@link #redact} puts another text in place of that of one message, or of the name and type of a shared file, for good: nothing reads what was there or finds
 *     the chat by it, and keeping the chat again does not bring it back (X3). Everything else of the entry stays, and so does
 *     what was deleted. It answers whether there is such a message, the second time as the first.
 * <li>AR13 {@link #anonymise} takes what says who the patron was out of the chat's first entry ({@link ArchivedChat#anonymised}) at once
 *     and for good (X6): nothing reads it or finds the chat by it any more, and keeping the chat again does not bring it back.
 *     Everything else stays, and so does what was deleted; the row in a search is marked. It answers whether there is such a chat,
 *     the second time as the first.
 * <li>AR14 {@link #expired} finds the chats of a home that were over at an instant or before and still have that part: CONTACT
 *     until they are anonymised or their content is deleted, CONTENT until it is deleted. In the order of {@link Expired}, or in one
 *     that differs in the order of ids only; at most {@link #PAGE}, and fewer than asked for only if nothing follows.
 * <li>AR15 {@link #homes} names every home of a chat, each once, in an order that is always the same; pages as in AR14.
 * <li>AR16 {@link #ofPatron} finds the chats of a home for which {@link PatronTrace#leadsTo} says so of the key and what the first
 *     entry has still, by id; pages as in AR14.
 * </ol>
 *
 * <em>Safe for use by several threads.</em> Every call may throw {@link StoreException}; it ends within the adapter's deadline.
 */
public interface Archive extends AutoCloseable {

    /** The most rows a page may have. */
    int PAGE = 200;

    /** Keeps chats that are over (AR1–AR3). */
    void keep(List<ArchivedChat> chats);

    /** A chat with its log; without any content if that was deleted (AR9). */
    Optional<ArchivedChat> chat(ChatId chat);

    /** The chats that {@code query} asks for, after {@code cursor}, at most {@code limit} (AR4–AR8). */
    ArchivePage search(ArchiveQuery query, @Nullable String cursor, int limit);

    /** Deletes every content of a chat; whether there is such a chat (AR9). */
    boolean deleteContent(ChatId chat);

    /** Puts {@code replacement} in place of what entry {@code seq} says; whether that is a message of the chat (AR12). */
    boolean redact(ChatId chat, long seq, String replacement);

    /** Takes out what says who the patron was; whether there is such a chat (AR13). */
    boolean anonymise(ChatId chat);

    /** Chats of {@code home} over at {@code overUpTo} or before that still have {@code part}, after {@code after} (AR14). */
    List<Expired> expired(Expired.Part part, InstitutionId home, Instant overUpTo, @Nullable Expired after, int limit);

    /** The homes there are chats of, after {@code after} (AR15). */
    List<InstitutionId> homes(@Nullable InstitutionId after, int limit);

    /** Chats of one patron of {@code home}, after {@code after} (AR16). */
    List<ChatId> ofPatron(InstitutionId home, PatronTrace patron, @Nullable ChatId after, int limit);

    /** Keeps intervals that have ended (AR10). */
    void keepIntervals(List<MonitoringInterval> intervals);

    /** The intervals that {@code query} asks for, after {@code cursor}, at most {@code limit} (AR11). */
    IntervalPage intervals(IntervalQuery query, @Nullable String cursor, int limit);

    /** Gives back what the archive holds. */
    @Override
    void close();
}
