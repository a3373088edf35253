package org.libcoop;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.libcoop.chat.BlockOrder;
import org.libcoop.chat.Blocked;
import org.libcoop.chat.ChatId;
import org.libcoop.directory.BlockId;
import org.libcoop.directory.BlockScope;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.PatronBlock;
import org.libcoop.engine.PatronBlocks;
import org.libcoop.refusal.Outcome;

/**
 * How one operator keeps patrons from starting chats, as the access table allows at that moment (C15). A stage completes after the
 * store committed, on the engine's thread; a refusal is an {@link Outcome}, never an exception. <em>Safe for use by several
 * threads.</em>
 *
 * <p>From a block on, until its end, chats that the patron starts are refused as if the widget were offline: at an institution on all
 * of its widgets; in a co-op only where nothing but that co-op is left of the route, for the co-op is passed over. Chats that run go
 * on, on the route they started with.
 */
public final class BlockSession {

    private final PatronBlocks blocks;
    private final OperatorId operator;

    BlockSession(PatronBlocks blocks, OperatorId operator) {
        this.blocks = blocks;
        this.operator = operator;
    }

    /**
     * Blocks the patron of a chat: at this operator's institution as the chat's owner, as long as it owns it, or as local admin of
     * the patron's library, also long after the chat; in a co-op of the chat's route, or through which the chat was answered, as its
     * COOP_ADMIN. An owner from another library blocks at that one, not at the patron's. Ending a running chat needs to be its owner,
     * a local admin of the patron's library or a COOP_ADMIN of the co-op through which it is claimed. Asking twice for the same
     * makes one block.
     *
     * <p>{@code not-found} and {@code not-allowed} for everybody else, and then nothing is done of what was asked for; {@code
     * invalid} if the reason or the end is out of bounds ({@link PatronBlock}), and if only the address is to count and it is not
     * known, or was deleted with the chat's content; {@code busy} where the scope has no slot left.
     */
    public CompletionStage<Outcome<Blocked>> block(ChatId chat, BlockOrder order) {
        return blocks.block(operator, Objects.requireNonNull(chat, "chat"), Objects.requireNonNull(order, "order"));
    }

    /**
     * The blocks at this operator's institution, as its local admin, or in a co-op, as its COOP_ADMIN: the newest first, those that
     * are over as long as they are kept. {@code not-allowed} for everybody else.
     */
    public Outcome<List<PatronBlock>> blocks(BlockScope scope) {
        return blocks.blocks(operator, Objects.requireNonNull(scope, "scope"));
    }

    /**
     * Lifts a block, for those who see it. {@code not-allowed} for everybody else, whoever made it, and whether or not there is one;
     * {@code not-found} if there is none, or none any more. Lifting one that is over changes nothing.
     */
    public CompletionStage<Outcome<PatronBlock>> lift(BlockScope scope, BlockId id) {
        return blocks.lift(operator, Objects.requireNonNull(scope, "scope"), Objects.requireNonNull(id, "id"));
    }
}
