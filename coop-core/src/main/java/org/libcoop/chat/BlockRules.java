package org.libcoop.chat;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.libcoop.access.Access;
import org.libcoop.access.Blocks;
import org.libcoop.access.Operation;
import org.libcoop.access.Relation;
import org.libcoop.directory.BlockId;
import org.libcoop.directory.BlockScope;
import org.libcoop.directory.CoopAccount.Level;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.Directory;
import org.libcoop.directory.LibraryRecord;
import org.libcoop.directory.Operator;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.presence.Presence;
import org.libcoop.refusal.Outcome;
import org.libcoop.refusal.Refusal;
import org.libcoop.refusal.RefusalCode;

/**
 * Who may block the patron of a chat, and what record comes of it (C15). The owner means who owns the chat at this instant; admins may
 * as long as the chat is known. Pure, so <em>safe for use by several threads</em>.
 */
public final class BlockRules {

    private BlockRules() {}

    /**
     * Decides an order on a directory as stored. Whoever may not know of the chat is told of none (A9); whoever may block and not end
     * the chat, though that is asked for, gets neither.
     *
     * @param stored the chat's head, whether or not what was due has been handled
     * @param addressDigest of the address that the chat came from; null where it is not known, or not any more
     * @param id of the block, if one is made
     */
    public static Outcome<LibraryRecord> block(
            Chat stored,
            BlockOrder order,
            @Nullable String addressDigest,
            OperatorId by,
            BlockId id,
            Directory directory,
            Presence world,
            Instant now) {
        Chat chat = ChatRules.present(stored, world, now);
        Operation denied = denied(chat, order, by, directory, world, now);
        Operator blocker = directory.operator(by).orElse(null);
        if (denied != null || blocker == null) {
            return Outcome.refused(Access.denied(
                    denied != null && Relations.known(chat, by, world, now) ? denied : Operation.KNOW_CHAT));
        }
        String keyHash = order.byKey() ? chat.patronKeyHash() : null;
        String digest = order.byAddress() ? addressDigest : null;
        if (keyHash == null && digest == null) {
            return Outcome.refused(
                    RefusalCode.INVALID,
                    order.byAddress()
                            ? "the chat's address is not known, or not any more"
                            : "a block is by key, by address or by both");
        }
        BlockScope scope = order.coop() == null ? BlockScope.of(blocker.institution()) : BlockScope.of(order.coop());
        return Blocks.add(directory, scope, id, keyHash, digest, order.reason(), by, now, order.until());
    }

    /** The operation that is asked for and not allowed, the block's before the end's; null if all of it is. */
    private static @Nullable Operation denied(
            Chat chat, BlockOrder order, OperatorId by, Directory directory, Presence world, Instant now) {
        CoopId coop = order.coop();
        Operation blocking = coop == null ? Operation.BLOCK : Operation.BLOCK_IN_COOP;
        Predicate<Relation> relations = relation -> relation == Relation.ROUTE_ADMIN
                ? coop != null && isRouteAdmin(chat, coop, by, directory)
                : Relations.of(chat, by, world, now).test(relation);
        if (!Access.allows(blocking, relations)) {
            return blocking;
        }
        boolean ends = order.endAs() != null && !chat.over();
        return ends && !Access.allows(Operation.EXPEL, Relations.of(chat, by, world, now)) ? Operation.EXPEL : null;
    }

    /** Whether {@code by} is COOP_ADMIN of a co-op of the frozen route, or of one through which somebody owned the chat. */
    private static boolean isRouteAdmin(Chat chat, CoopId coop, OperatorId by, Directory directory) {
        boolean touched = chat.progress().plan().coops().contains(coop)
                || chat.ownerships().stream()
                        .anyMatch(ownership -> ownership.claimedOn().option().equals(Option.coop(coop)));
        return touched && isAdmin(coop, by, directory);
    }

    static boolean isAdmin(CoopId coop, OperatorId by, Directory directory) {
        return Access.level(coop, by, directory)
                .filter(Level.COOP_ADMIN::equals)
                .isPresent();
    }

    /** The end of a chat whose patron was just blocked: dismissed if it was never owned, ended otherwise. */
    static @Nullable Refusal expel(Course course, ChatCommand.Expel expel) {
        Refusal refusal = ChatRules.turn(course, Operation.EXPEL, expel.by());
        if (refusal != null) {
            return refusal;
        }
        ChatEvent event = course.chat().lastOwnership() == null
                ? new ChatEvent.ChatDismissed(expel.by(), ChatCommand.Expel.REASON)
                : new ChatEvent.ChatEnded(Author.operator(expel.by()), expel.disposition(), false);
        course.happens(course.now(), event, null);
        return null;
    }

    /** The co-op through which the chat is claimed now. */
    static Optional<CoopId> claimedThrough(Chat chat) {
        return chat.ownership()
                .map(ownership -> ownership.claimedOn().option())
                .filter(Option.OfCoop.class::isInstance)
                .map(option -> ((Option.OfCoop) option).coop());
    }
}
