package org.libcoop.testkit.history;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.libcoop.directory.OperatorId;
import org.libcoop.testkit.history.ClaimOutcome.AlreadyClaimed;
import org.libcoop.testkit.history.ClaimOutcome.Unknown;
import org.libcoop.testkit.history.ClaimOutcome.Won;
import org.libcoop.testkit.history.ClaimReport.Rule;

/**
 * Whether the claims on one chat are linearizable against "claim once". Exact: it finds a violation if and only if no order
 * explains the history. <em>Immutable.</em>
 *
 * <p>What one thread alone would see: the chat is free, or somebody has it. A claim on a free chat wins; the owner's next claim
 * wins again (C2); anybody else's is told "already claimed". A claim refused for another reason changes nothing and may be anywhere.
 * A claim with an unknown outcome may have taken effect at any instant after its invocation, or never (Herlihy and Wing, "Linearizability:
 * a correctness condition for concurrent objects", 1990: a pending invocation may be completed or left out).
 *
 * <p>In general one has to search through orders (Wing and Gong, "Testing and verifying concurrent objects", 1993). This object is so
 * simple that its orders have one shape: one claim comes first and takes the chat, and all who were told "you have it" or "already
 * claimed" come after. So there is an order if and only if some claim can be that first one, which means that
 *
 * <ul>
 * <li>it won, or is unknown; and nobody but its operator was told to have won,
 * <li>its operator was never told that somebody else has the chat, and nobody was told an owner other than its operator,
 * <li>and none of those told "you have it" or "already claimed" had returned before it was invoked.
 * </ul>
 *
 * <p>Precedence in time is transitive, so that no longer chain of operations can forbid what these pairs allow. Of one operator's
 * claims the one invoked first is the best choice for the third condition, so one candidate for each operator is enough.
 *
 * @param operations the operations on the chat, by invocation
 * @param rule what is wrong, if anything
 */
record ClaimCheck(List<ClaimOperation> operations, @Nullable Rule rule) {

    static ClaimCheck check(List<ClaimOperation> onOneChat) {
        List<ClaimOperation> operations = onOneChat.stream()
                .sorted(Comparator.comparingLong(ClaimOperation::invoked))
                .toList();
        return new ClaimCheck(operations, violated(operations));
    }

    boolean won() {
        return operations.stream().anyMatch(operation -> operation.outcome() instanceof Won);
    }

    boolean unresolved() {
        return !won() && operations.stream().anyMatch(operation -> operation.outcome() instanceof Unknown);
    }

    Optional<ClaimReport.Violation> violation() {
        return Optional.ofNullable(rule)
                .map(broken -> new ClaimReport.Violation(operations.get(0).chat(), broken, operations));
    }

    /** The rule that the likeliest owner breaks; none if somebody can be the owner, or nobody was told of one. */
    private static @Nullable Rule violated(List<ClaimOperation> operations) {
        Set<OperatorId> winners = operators(operations, Won.class);
        if (winners.size() > 1) {
            return Rule.TWO_WINNERS;
        }
        if (winners.isEmpty() && operators(operations, AlreadyClaimed.class).isEmpty()) {
            return null;
        }
        Set<OperatorId> candidates = winners.isEmpty() ? operators(operations, Unknown.class) : winners;
        Rule nearest = Rule.LOST_TO_NOBODY;
        for (OperatorId candidate : candidates) {
            Rule broken = brokenIfOwnedBy(candidate, operations);
            if (broken == null) {
                return null;
            }
            nearest = broken;
        }
        return nearest;
    }

    private static @Nullable Rule brokenIfOwnedBy(OperatorId owner, List<ClaimOperation> operations) {
        ClaimOperation first = operations.stream()
                .filter(operation -> operation.operator().equals(owner))
                .filter(operation -> operation.outcome() instanceof Won || operation.outcome() instanceof Unknown)
                .findFirst()
                .orElseThrow();
        for (ClaimOperation operation : operations) {
            if (operation.outcome() instanceof AlreadyClaimed lost) {
                if (operation.operator().equals(owner)) {
                    return Rule.WINNER_TOLD_LOST;
                }
                if (operation.precedes(first)) {
                    return Rule.LOST_TOO_EARLY;
                }
                if (!lost.owner().orElse(owner).equals(owner)) {
                    return Rule.WRONG_OWNER_NAMED;
                }
            }
        }
        return null;
    }

    private static Set<OperatorId> operators(List<ClaimOperation> operations, Class<? extends ClaimOutcome> told) {
        return operations.stream()
                .filter(operation -> told.isInstance(operation.outcome()))
                .map(ClaimOperation::operator)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
