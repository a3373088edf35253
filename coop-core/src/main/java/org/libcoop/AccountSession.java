package org.libcoop;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.libcoop.access.Accounts;
import org.libcoop.directory.CoopAccount;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.RecordKey;
import org.libcoop.engine.Node;
import org.libcoop.refusal.Outcome;

/**
 * What one operator sees and changes of the accounts in co-ops, as the access table allows at that moment (A2, A3, A6). A stage
 * completes after the store committed, on the engine's thread; a refusal is an {@link Outcome}, never an exception. <em>Safe for
 * use by several threads.</em>
 */
public final class AccountSession {

    private final Node node;
    private final OperatorId operator;

    AccountSession(Node node, OperatorId operator) {
        this.node = node;
        this.operator = operator;
    }

    /** The accounts of a co-op that this operator may see: those it manages, its own, those of its admins (S4). {@code not-allowed} without a place there. */
    public Outcome<List<CoopAccount>> accounts(CoopId coop) {
        return Accounts.visible(node.presence().directory(), operator, Objects.requireNonNull(coop, "coop"));
    }

    /**
     * Gives an operator an account, or another level (A2, A3). {@code not-allowed} for whom or what this operator does not manage,
     * whether or not it exists, and for the last admin of a level who steps down (A6). Doing it twice changes nothing more.
     */
    public CompletionStage<Outcome<CoopAccount>> grant(OperatorId who, CoopId coop, CoopAccount.Level level) {
        CoopAccount account = new CoopAccount(coop, who, level);
        return node.commands().grant(operator, who, coop, level).thenApply(outcome -> outcome.map(d -> account));
    }

    /**
     * Takes an operator's account away; monitoring through it ends at once, claimed chats run on (A7). Refused as {@link #grant};
     * {@code not-found} for one whom this operator manages and who has none. The outcome is the account that was taken.
     */
    public CompletionStage<Outcome<CoopAccount>> revoke(OperatorId who, CoopId coop) {
        Objects.requireNonNull(who, "who");
        Objects.requireNonNull(coop, "coop");
        return node.commands()
                .revoke(operator, who, coop)
                .thenApply(outcome -> outcome.map(directory ->
                        (CoopAccount) directory.record(RecordKey.of(coop, who)).orElseThrow()));
    }
}
