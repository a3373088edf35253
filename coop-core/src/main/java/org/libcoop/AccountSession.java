package org.libcoop;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.libcoop.annotation.Beta;
import org.libcoop.directory.BlockScope;
import org.libcoop.directory.CannedMessages;
import org.libcoop.directory.CoopAccount;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.Directory;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Policies;
import org.libcoop.directory.RecordKey;
import org.libcoop.directory.Widget;
import org.libcoop.directory.WidgetWarning;
import org.libcoop.engine.Node;
import org.libcoop.refusal.Outcome;
import org.libcoop.spi.AuditPage;
import org.libcoop.spi.AuditQuery;

/**
 * What one operator sees and changes of the accounts in co-ops, as the access table allows at that moment (A2, A3, A6). A stage
 * completes after the store committed, on the engine's thread; a refusal is an {@link Outcome}, never an exception. <em>Safe for
 * use by several threads.</em>
 */
@Beta
public final class AccountSession {

    private final Node node;
    private final OperatorId operator;

    AccountSession(Node node, OperatorId operator) {
        this.node = node;
        this.operator = operator;
    }

    /** The accounts of a co-op that this operator may see: those it manages, its own, those of its admins (S4). {@code not-allowed} without a place there. */
    public Outcome<List<CoopAccount>> accounts(CoopId coop) {
        return node.questions().accounts(operator, Objects.requireNonNull(coop, "coop"));
    }

    /**
     * Who did what that takes an admin's rights, and who was denied what, of the people and things of {@code institution}, the newest
     * first, for its local admins (A8, A10); that other institutions are concerned, too, is not said. {@code not-allowed} for others,
     * {@code unavailable} if the audit trail does not answer. Asks it on the caller's thread.
     *
     * @param query what to find; the institution in it is put in its place
     * @param cursor null for the first page, {@link AuditPage#next} for the one behind it; {@code invalid} with another query
     * @param limit at least 1; a page has at most 200 rows
     */
    public Outcome<AuditPage> audit(InstitutionId institution, AuditQuery query, @Nullable String cursor, int limit) {
        return node.questions()
                .audit(
                        operator,
                        Objects.requireNonNull(institution, "institution"),
                        Objects.requireNonNull(query, "query"),
                        cursor,
                        limit);
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

    /** The canned messages of this operator's institution, or of a co-op in which it has a place (M6); {@code not-allowed} of others. */
    public Outcome<CannedMessages> canned(BlockScope scope) {
        return node.questions().canned(operator, Objects.requireNonNull(scope, "scope"));
    }

    /**
     * Puts these in place of all canned messages of the own institution, as its local admin, or of a co-op, as its COOP_ADMIN (M6); {@code
     * not-allowed} for everybody else, whether or not there is such an institution or co-op.
     */
    public CompletionStage<Outcome<CannedMessages>> saveCanned(CannedMessages messages) {
        return node.commands()
                .saveCanned(operator, Objects.requireNonNull(messages, "messages"))
                .thenApply(outcome -> outcome.map(directory -> messages));
    }

    /**
     * Adds or changes a widget of the own institution, as its local admin (A10); the outcome is what about it is allowed and probably
     * not meant (W8). {@code not-allowed} for others and for another institution's widget, {@code invalid} with every problem named
     * if the directory with it were not valid (D10).
     */
    public CompletionStage<Outcome<List<WidgetWarning>>> saveWidget(Widget widget) {
        return node.commands()
                .saveWidget(operator, Objects.requireNonNull(widget, "widget"))
                .thenApply(outcome -> outcome.map(directory -> directory.warnings(widget)));
    }

    /**
     * Sets after how long the own institution anonymises transcripts and deletes their content, counted from a chat's end, null for
     * never (A10, X6). Local admins only, {@code not-allowed} for another institution whether or not it exists; {@code invalid} for
     * less than a day or more than 36,500, with the bounds named. What is due by that is done within the hour. The outcome is the
     * policies that hold then.
     */
    public CompletionStage<Outcome<Policies>> setRetention(
            InstitutionId institution, @Nullable Duration anonymiseAfter, @Nullable Duration deleteAfter) {
        return node.commands()
                .retain(operator, Objects.requireNonNull(institution, "institution"), anonymiseAfter, deleteAfter)
                .thenApply(outcome -> outcome.map(Directory::policies));
    }
}
