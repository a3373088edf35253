package org.libcoop.chat;

import java.time.Instant;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.libcoop.access.Access;
import org.libcoop.access.Operation;
import org.libcoop.access.Relation;
import org.libcoop.directory.Directory;
import org.libcoop.directory.OperatorId;
import org.libcoop.presence.Presence;
import org.libcoop.refusal.Refusal;
import org.libcoop.routing.Routing;

/** What an operator is to a chat as its head stands, asked one relation at a time (A8): most questions need one or two. Pure. */
final class Relations {

    private Relations() {}

    /** What {@code operator} is to {@code chat} at {@code now}. */
    static Predicate<Relation> of(Chat chat, OperatorId operator, Presence world, Instant now) {
        return relation -> holds(relation, chat, operator, world, now);
    }

    private static boolean holds(Relation relation, Chat chat, OperatorId operator, Presence world, Instant now) {
        Directory directory = world.directory();
        return switch (relation) {
            case OWNER -> chat.ownedBy(operator);
            case COOP_CHAT_OWNER ->
                chat.ownedBy(operator) && BlockRules.claimedThrough(chat).isPresent();
            case LAST_OWNER -> {
                Phase.Ownership last = chat.lastOwnership();
                yield last != null && last.owner().equals(operator);
            }
            case PAST_OWNER -> exists(operator, directory) && chat.everOwnedBy(operator);
            case ELIGIBLE ->
                chat.phase() instanceof Phase.Waiting
                        && Routing.claimStage(chat.progress(), operator, now, world)
                                .isPresent();
            case OFFERED -> chat.offer().filter(offer -> offer.isTo(operator)).isPresent();
            case HOME_STAFF ->
                directory
                        .operator(operator)
                        .filter(found -> found.institution().equals(chat.home()))
                        .isPresent();
            case HOME_ADMIN ->
                directory
                        .operator(operator)
                        .filter(found -> found.admin() && found.institution().equals(chat.home()))
                        .isPresent();
            case CLAIM_ADMIN ->
                BlockRules.claimedThrough(chat)
                        .filter(coop -> BlockRules.isAdmin(coop, operator, directory))
                        .isPresent();
            case ROUTE_PLACE ->
                chat.progress().plan().coops().stream().anyMatch(coop -> directory.hasPlaceIn(operator, coop));
            case REACHED ->
                exists(operator, directory)
                        && (chat.offeredTo().contains(operator)
                                || Routing.reached(chat.progress(), operator, chat.startedAt(), now, world));
            default -> false;
        };
    }

    private static boolean exists(OperatorId operator, Directory directory) {
        return directory.operator(operator).isPresent();
    }

    /** A9: whether {@code operator} may learn that the chat exists. */
    static boolean known(Chat chat, OperatorId operator, Presence world, Instant now) {
        return Access.allows(Operation.KNOW_CHAT, of(chat, operator, world, now));
    }

    /**
     * Why {@code operator} may not do something on a chat, null if it may: first whether it may know of the chat, then whether the
     * chat is over, then the table.
     */
    static @Nullable Refusal refusal(Chat chat, Operation operation, OperatorId operator, Presence world, Instant now) {
        if (!known(chat, operator, world, now)) {
            return Access.denied(Operation.KNOW_CHAT);
        }
        return chat.over() && operation.subject() == Operation.Subject.LIVE_CHAT
                ? ChatRules.chatOver()
                : Access.refusal(operation, of(chat, operator, world, now)).orElse(null);
    }
}
