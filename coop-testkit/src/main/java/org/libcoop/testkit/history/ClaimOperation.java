package org.libcoop.testkit.history;

import static java.util.Objects.requireNonNull;

import org.libcoop.chat.ChatId;
import org.libcoop.directory.OperatorId;

/**
 * One claim as its caller saw it: when it was invoked, when it returned, and with what. <em>Immutable.</em>
 *
 * <p>The two stamps are of one clock for a whole history, in whatever unit; only their order counts. An operation
 * <em>precedes</em> another if it returned before the other was invoked; otherwise the two are concurrent. One with an unknown
 * outcome never returned in this sense: it may still take effect after its caller gave up.
 *
 * @param id unique in a history
 * @param chat the chat that was claimed
 * @param operator who claimed it
 * @param invoked when it was invoked, or a little earlier
 * @param returned when it returned, or a little later; {@link Long#MAX_VALUE} if it did not
 * @param outcome what the operator was told
 */
public record ClaimOperation(
        String id, ChatId chat, OperatorId operator, long invoked, long returned, ClaimOutcome outcome) {

    /**
     * Checks that it returned after it was invoked, and sets the return of an unknown outcome to never.
     *
     * @throws IllegalArgumentException if it returned before it was invoked
     */
    public ClaimOperation {
        requireNonNull(id, "id");
        requireNonNull(chat, "chat");
        requireNonNull(operator, "operator");
        requireNonNull(outcome, "outcome");
        if (returned < invoked) {
            throw new IllegalArgumentException(
                    "operation " + id + " returned at " + returned + ", before it was invoked at " + invoked);
        }
        if (outcome instanceof ClaimOutcome.Unknown) {
            returned = Long.MAX_VALUE;
        }
    }

    /** Whether it returned before {@code other} was invoked. */
    public boolean precedes(ClaimOperation other) {
        return returned < other.invoked;
    }
}
