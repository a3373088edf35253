package org.libcoop.spi;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.libcoop.annotation.Beta;
import org.libcoop.directory.InstitutionId;

/**
 * Tickets on their way to the host's {@link TicketDesk} (K1): put here before they are acknowledged, taken from here until the desk has
 * them. What somebody wrote is here only so long; the row without it stays. The conversation is never here.
 *
 * <ol>
 * <li>TO1 What {@link #put} came back from is kept, whole, and read so by every later call on any node. If it fails, the ticket is
 *     there whole or not at all.
 * <li>TO2 A ticket is there once: of those brought with one id, also by several at once, one is {@code KEPT}. The same digest again
 *     {@code WAS_THERE}, another one is {@code OTHER}; neither changes anything, whatever became of the ticket meanwhile.
 * <li>TO3 Texts keep every character, instants their milliseconds.
 * <li>TO4 {@link #take} gives what is due at {@code now} or before, in whatever state, what has been due longest first, at most so many.
 *     Each is given to one taker alone, who has it until {@code until}: from then on it is due again. Its {@code tries} count that.
 * <li>TO5 After {@link #done} a waiting ticket is {@code DELIVERED}: nothing of its content is kept, its reference is, and it is not
 *     due any more, whoever took it last. Doing it again changes nothing.
 * <li>TO6 {@link #later} makes due at another instant what the same taker still has: what was taken again since, or is not due at
 *     all, stays as it is.
 * <li>TO7 {@link #erase} takes content and trace of the tickets for which {@link TicketQuery#asksFor} says so, of all of them and of no
 *     others, at once. Those that nobody ever took are {@code FORGOTTEN}. Those that the desk has, or may have, are
 *     {@code FORGETTING}: due now where they were delivered, else when they would have been. It says of how many it took
 *     something; those that are erased stay as they are.
 * <li>TO8 {@link #forgotten} ends that, unless it was taken again since. {@link #done} of a ticket that is {@code FORGETTING} or
 *     {@code FORGOTTEN} makes it {@code FORGETTING}, due now, and counts as a try: the desk got it too late to forget it.
 * <li>TO9 {@link #find} gives what {@link TicketQuery#asksFor}, all of it and nothing else, the newest first; those of one instant in
 *     an order that is the adapter's own, and always the same. Pages follow each other without a gap and without a repetition,
 *     whatever is put meanwhile; a cursor is null exactly when nothing follows.
 * <li>TO10 A page has at most {@link #PAGE} rows, however many are asked for. A limit below 1, what is no cursor, and a cursor of
 *     another query are an {@link IllegalArgumentException}; so is a limit of {@link #take} below 1.
 * <li>TO11 {@link #backlog} counts what is {@code WAITING} and what is {@code FORGETTING}; {@link #homes} names the institutions of all
 *     tickets that are neither {@code FORGETTING} nor {@code FORGOTTEN}, each once.
 * </ol>
 *
 * <em>Safe for use by several threads</em> and several engines. Every call may throw {@link StoreException}; it ends within the
 * adapter's deadline.
 */
@Beta
public interface TicketOutbox extends AutoCloseable {

    /** The most rows a page may have, and the most that are taken at once. */
    int PAGE = 200;

    /** What became of a ticket that was brought. */
    enum Put {
        /** It is kept now. */
        KEPT,
        /** It was there, with the same digest. */
        WAS_THERE,
        /** Another one was there with its id. */
        OTHER
    }

    /** Keeps a ticket, due at once (TO1–TO3). */
    Put put(NewTicket ticket);

    /** Takes what is due, until another instant, at most {@code limit} (TO4). */
    List<StoredTicket> take(Instant now, Instant until, int limit);

    /** The desk has the ticket, and calls it {@code reference} (TO5, TO8). */
    void done(TicketId ticket, String reference, Instant now);

    /** The desk is to be asked again at {@code at}; {@code tries} as {@link #take} gave it (TO6). */
    void later(TicketId ticket, int tries, Instant at);

    /** The desk has forgotten the ticket's patron; {@code tries} as {@link #take} gave it (TO8). */
    void forgotten(TicketId ticket, int tries);

    /** Erases the patrons of tickets; of how many (TO7). */
    long erase(TicketQuery query, Instant now);

    /** One ticket. */
    Optional<StoredTicket> ticket(TicketId id);

    /** The tickets that {@code query} asks for, after {@code cursor}, at most {@code limit} (TO9, TO10). */
    TicketPage find(TicketQuery query, @Nullable String cursor, int limit);

    /** What the desk has yet to take (TO11). */
    TicketBacklog backlog();

    /** Whose tickets have a patron who was not erased (TO11). */
    List<InstitutionId> homes();

    /** Gives back what the outbox holds. */
    @Override
    void close();
}
