package org.libcoop.testkit.history;

import java.util.ArrayList;
import java.util.List;
import org.libcoop.chat.ChatId;

/**
 * What the check of a history found (G1).
 *
 * <p>A history is <em>linearizable</em> (Herlihy and Wing, 1990) if every operation can be given one instant between its invocation
 * and its return at which it took effect, such that the operations in the order of these instants are what one thread alone could
 * have seen. It is if and only if its part on each object, here each chat, is: the check looks at one chat after another.
 *
 * <p>A winner per chat is not part of that: if nobody asks successfully, nobody wins. So chats without one are counted, for the
 * test to compare with what it expects.
 *
 * @param operations how many operations were checked
 * @param chats on how many chats
 * @param won chats somebody was told to have won
 * @param unresolved chats nobody was told to have won while the outcome of some claim is unknown
 * @param unclaimed chats nobody can have won
 * @param violations the chats whose history no order explains, by chat
 */
public record ClaimReport(
        int operations, int chats, int won, int unresolved, int unclaimed, List<Violation> violations) {

    public ClaimReport {
        violations = List.copyOf(violations);
    }

    /** What cannot be right about a chat's history; where several apply, the first. */
    public enum Rule {
        /** Two operators were told that they have the chat. */
        TWO_WINNERS,
        /** The operator who has the chat was told that somebody else does. */
        WINNER_TOLD_LOST,
        /** Somebody was told "already claimed", and every claim that can have won began after that. */
        LOST_TOO_EARLY,
        /** Somebody was told "already claimed", and nobody can have won. */
        LOST_TO_NOBODY,
        /** Somebody was told a wrong owner. */
        WRONG_OWNER_NAMED
    }

    /**
     * A chat whose history no order explains.
     *
     * @param chat the chat
     * @param rule what is wrong
     * @param operations all operations on the chat, by invocation
     */
    public record Violation(ChatId chat, Rule rule, List<ClaimOperation> operations) {

        public Violation {
            operations = List.copyOf(operations);
        }

        /** The chat, the rule and every operation, on several lines. */
        @Override
        public String toString() {
            StringBuilder text =
                    new StringBuilder("chat ").append(chat).append(": ").append(rule);
            operations.forEach(operation -> text.append("\n  ").append(operation));
            return text.toString();
        }
    }

    /** Whether every chat's history can be explained. */
    public boolean linearizable() {
        return violations.isEmpty();
    }

    static ClaimReport of(List<ClaimCheck> chats) {
        int operations = 0;
        int won = 0;
        int unresolved = 0;
        List<Violation> violations = new ArrayList<>();
        for (ClaimCheck chat : chats) {
            operations += chat.operations().size();
            won += chat.won() ? 1 : 0;
            unresolved += chat.unresolved() ? 1 : 0;
            chat.violation().ifPresent(violations::add);
        }
        return new ClaimReport(operations, chats.size(), won, unresolved, chats.size() - won - unresolved, violations);
    }
}
