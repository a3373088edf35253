package org.libcoop.testkit.history;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libcoop.directory.OperatorId;

/**
 * Looks for an order that explains a history by trying them all (Wing and Gong): exponential, and plainly right. What
 * {@link ClaimCheck} says is compared with it.
 */
final class OrderSearch {

    private final List<ClaimOperation> history;

    OrderSearch(List<ClaimOperation> history) {
        this.history = history;
    }

    boolean findsOne() {
        return explains(history, null);
    }

    /** Whether some order of the operations left explains them, the chat being {@code owner}'s. */
    private static boolean explains(List<ClaimOperation> left, @Nullable OperatorId owner) {
        boolean allUnknown = left.stream().allMatch(operation -> operation.outcome() instanceof ClaimOutcome.Unknown);
        if (allUnknown) {
            return true;
        }
        for (ClaimOperation next : left) {
            if (left.stream().noneMatch(other -> other.precedes(next)) && mayAnswer(next, owner)) {
                List<ClaimOperation> rest = new ArrayList<>(left);
                rest.remove(next);
                if (explains(rest, ownerAfter(next, owner))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean mayAnswer(ClaimOperation next, @Nullable OperatorId owner) {
        ClaimOutcome outcome = next.outcome();
        if (outcome instanceof ClaimOutcome.Won) {
            return owner == null || owner.equals(next.operator());
        }
        if (outcome instanceof ClaimOutcome.AlreadyClaimed lost) {
            return owner != null
                    && !owner.equals(next.operator())
                    && lost.owner().orElse(owner).equals(owner);
        }
        return true;
    }

    private static @Nullable OperatorId ownerAfter(ClaimOperation next, @Nullable OperatorId owner) {
        boolean applied = next.outcome() instanceof ClaimOutcome.Won || next.outcome() instanceof ClaimOutcome.Unknown;
        return owner == null && applied ? next.operator() : owner;
    }
}
