package org.libcoop.spi;

import org.libcoop.annotation.Beta;

/**
 * The host's ticket system (K1). The engine asks it on a thread of its own, again and again until it has answered, so it may be away
 * for as long as it likes. Several nodes may ask for the same ticket at once.
 *
 * <ol>
 * <li>TD1 Asking for a ticket whose id was asked for before makes no second one, also when both ask at once, and answers the same
 *     reference.
 * <li>TD2 {@link #create} returns once the ticket is kept, and throws otherwise. It may have been made although it throws.
 * <li>TD3 A ticket keeps every character of question, name, email and conversation.
 * <li>TD4 What {@link #forget} came back from is gone: question, name, email and conversation of that ticket, and of no other.
 *     Doing it again, or for a ticket that was never made, changes nothing and is no failure.
 * <li>TD5 A ticket made after it was forgotten is forgotten when that is asked for once more.
 * </ol>
 *
 * <em>Safe for use by several threads.</em> Every call ends within a time of its own: a desk that hangs holds up other tickets of its
 * node, though no chat.
 */
@Beta
public interface TicketDesk {

    /** The longest reference that is kept, in characters. */
    int LONGEST_REFERENCE = 200;

    /**
     * Makes a ticket in the queue of {@link TicketOrigin#home}; any exception means that it is to be asked for again (TD1–TD3).
     *
     * @return what the ticket is called there, for people: 1 to {@value #LONGEST_REFERENCE} characters
     */
    String create(TicketOrder order);

    /** Removes what the desk has of the patron with this ticket (TD4, TD5); any exception means that it is to be asked for again. */
    void forget(TicketId ticket);
}
