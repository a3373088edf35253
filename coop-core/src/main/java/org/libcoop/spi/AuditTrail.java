package org.libcoop.spi;

import java.time.Instant;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Who did what that takes special rights, and who was denied what (A8, A9). The engine brings records here; hosts and local admins
 * read them. There is no content in any: ids, codes and counts only.
 *
 * <ol>
 * <li>AT1 What {@link #record} came back from is kept: every record of the list, whole, read so by every later call on any
 *     node. If it fails, each record of the list is kept whole or not at all.
 * <li>AT2 A record is there once, also when several bring it at once: of those with one id the first stays as it is.
 * <li>AT3 Ids keep every character, instants their milliseconds, counts every number.
 * <li>AT4 {@link #search} finds the records for which {@link AuditQuery#asksFor} says so, all of them and no others.
 * <li>AT5 The newest comes first; records of one instant come in an order that is the adapter's own, and always the same.
 * <li>AT6 Pages follow each other by cursor without a gap and without a repetition, whatever is recorded meanwhile; a cursor is
 *     null exactly when nothing follows. It holds on every node, and for as long as the trail does.
 * <li>AT7 A page has at most {@link #PAGE} rows, however many are asked for, and fewer than asked for only if it is the last. A
 *     limit below 1 is an {@link IllegalArgumentException}.
 * <li>AT8 What is no cursor, or a cursor of another query, is an {@link IllegalArgumentException}.
 * <li>AT9 {@link #forget} takes the records from before an instant, all of them and no others, for good; those of that instant
 *     stay. It says how many there were.
 * </ol>
 *
 * <em>Safe for use by several threads.</em> Every call may throw {@link StoreException}; it ends within the adapter's deadline.
 */
public interface AuditTrail extends AutoCloseable {

    /** The most rows a page may have. */
    int PAGE = 200;

    /** Keeps records (AT1–AT3). */
    void record(Collection<AuditRecord> records);

    /** The records that {@code query} asks for, after {@code cursor}, at most {@code limit} (AT4–AT8). */
    AuditPage search(AuditQuery query, @Nullable String cursor, int limit);

    /** Forgets what happened before {@code instant}; how many records that were (AT9). */
    long forget(Instant instant);

    /** Gives back what the trail holds. */
    @Override
    void close();
}
