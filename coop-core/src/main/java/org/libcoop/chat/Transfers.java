package org.libcoop.chat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.libcoop.access.Operation;
import org.libcoop.chat.ChatEvent.OfferDeclined;
import org.libcoop.chat.ChatEvent.TransferOffered;
import org.libcoop.chat.ChatEvent.TransferOver;
import org.libcoop.chat.ChatEvent.Transferred;
import org.libcoop.directory.Coop;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.Directory;
import org.libcoop.directory.Operator;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.Stage;
import org.libcoop.presence.Presence;
import org.libcoop.refusal.Refusal;
import org.libcoop.refusal.RefusalCode;

/** To whom an owner may hand a chat over, and what becomes of the offer (C8–C10). Pure. */
final class Transfers {

    private Transfers() {}

    /**
     * C8: who would be offered the chat, now: nobody where the target is none, or nobody is there. The same co-op is the one the chat
     * was claimed through. A co-op in which the patron was blocked when the chat started is no target (C15).
     */
    static Set<OperatorId> audience(Chat chat, Option to, OperatorId owner, Presence world, Instant now) {
        Set<OperatorId> there = new HashSet<>();
        if (to instanceof Option.OfOperator one) {
            if (isColleague(chat, one.operator(), world.directory())) {
                there.add(one.operator());
            }
        } else if (to instanceof Option.OfDepartment desk) {
            boolean ofHome = world.directory()
                    .department(desk.department())
                    .filter(found -> found.institution().equals(chat.home()))
                    .isPresent();
            if (ofHome) {
                there.addAll(world.available(chat.home(), Stage.of(to), now));
                there.remove(owner);
                if (there.isEmpty()) {
                    there.addAll(world.directory().operatorsOf(Stage.of(to)));
                }
            }
        } else if (to instanceof Option.OfCoop shared
                && !shared.coop().equals(claimedThrough(chat))
                && !chat.progress().plan().blockedIn().contains(shared.coop())) {
            there.addAll(world.available(chat.home(), Stage.of(to), now));
        }
        there.removeIf(operator -> operator.equals(owner) || !world.online(operator, now) || world.atLimit(operator));
        return there;
    }

    /** C8: every target with somebody there. */
    static Map<Option, Set<OperatorId>> targets(Chat chat, Presence world, Instant now) {
        Directory directory = world.directory();
        List<Option> candidates = new ArrayList<>();
        directory.operators(chat.home()).forEach(operator -> candidates.add(Option.operator(operator.id())));
        CoopId same = claimedThrough(chat);
        if (same != null) {
            Stream.of(Stage.of(Option.coop(same)), Stage.backup(same))
                    .flatMap(stage -> directory.operatorsOf(stage).stream())
                    .forEach(operator -> candidates.add(Option.operator(operator)));
        }
        directory.departments().stream()
                .filter(department -> department.institution().equals(chat.home()))
                .forEach(department -> candidates.add(Option.department(department.id())));
        directory.memberships(chat.home()).forEach(membership -> candidates.add(Option.coop(membership.coop())));
        Map<Option, Set<OperatorId>> targets = new HashMap<>();
        OperatorId owner = chat.ownership().orElseThrow().owner();
        for (Option candidate : candidates) {
            Set<OperatorId> there = audience(chat, candidate, owner, world, now);
            if (!there.isEmpty()) {
                targets.put(candidate, there);
            }
        }
        return targets;
    }

    /** Whether the chat may be handed to this one operator: of the home institution, or of the co-op it was claimed through. */
    private static boolean isColleague(Chat chat, OperatorId operator, Directory directory) {
        boolean ofHome = directory
                .operator(operator)
                .filter(found -> found.institution().equals(chat.home()))
                .isPresent();
        CoopId coop = claimedThrough(chat);
        return ofHome
                || (coop != null
                        && (directory.hasAccess(operator, Stage.of(Option.coop(coop)))
                                || directory.hasAccess(operator, Stage.backup(coop))));
    }

    /** The co-op through which the chat was claimed, or null where it was claimed at home. */
    private static @Nullable CoopId claimedThrough(Chat chat) {
        Phase.Ownership last = chat.lastOwnership();
        return last != null && last.claimedOn().option() instanceof Option.OfCoop shared ? shared.coop() : null;
    }

    /**
     * Whether one to whom {@code offer} was made still has what made it possible: the account, the desk, for a co-op the membership of
     * the patron's institution and the switch. A place on its backup list counts once the backup staff have joined.
     */
    static boolean stillAdmitted(Chat chat, Offer offer, OperatorId operator, Presence world, Instant now) {
        if (offer.to() instanceof Option.OfOperator) {
            return isColleague(chat, operator, world.directory());
        }
        if (offer.to() instanceof Option.OfCoop shared) {
            return world.directory().reachable(chat.home(), offer.to())
                    && (world.monitors(operator, Stage.of(offer.to()), now)
                            || (offer.backupDue() == null
                                    && world.monitors(operator, Stage.backup(shared.coop()), now)));
        }
        return world.directory().hasAccess(operator, Stage.of(offer.to()));
    }

    static @Nullable Refusal offer(Course course, ChatCommand.Transfer transfer) {
        Refusal refusal = ChatRules.turn(course, Operation.TRANSFER, transfer.by());
        if (refusal != null) {
            return refusal;
        }
        Instant now = course.now();
        Presence world = course.world();
        Set<OperatorId> there = audience(course.chat(), transfer.to(), transfer.by(), world, now);
        if (there.isEmpty()) {
            return Refusal.of(RefusalCode.NOT_ALLOWED, "nobody is there to whom the chat could be handed over");
        }
        if (course.chat().offer().isPresent()) {
            course.happens(now, new TransferOver(TransferOver.Why.WITHDRAWN), null);
        }
        course.happens(
                now, new TransferOffered(transfer.to(), there, backupDue(transfer.to(), world.directory(), now)), null);
        return null;
    }

    private static @Nullable Instant backupDue(Option to, Directory directory, Instant now) {
        Coop coop = to instanceof Option.OfCoop shared
                ? directory.coop(shared.coop()).orElse(null)
                : null;
        return coop == null || coop.kind() != Coop.Kind.GLOBAL ? null : now.plus(coop.backupDelay());
    }

    /** One winner, as with a claim; who repeats it wins again. */
    static @Nullable Refusal accept(Course course, OperatorId by) {
        Chat chat = course.chat();
        if (chat.phase() instanceof Phase.Claimed claimed && chat.ownedBy(by) && accepted(chat, claimed)) {
            return null;
        }
        Refusal refusal = ChatRules.turn(course, Operation.TAKE_OFFER, by);
        if (refusal != null) {
            return refusal;
        }
        if (course.world().atLimit(by)) {
            return ChatRules.atLimit();
        }
        Directory directory = course.world().directory();
        Operator operator = directory.operator(by).orElseThrow();
        course.happens(course.now(), new Transferred(by, operator.institution(), through(chat, by, directory)), null);
        ChatRules.greet(course, operator, directory);
        return null;
    }

    /** Whether the owner accepted the chat in this round: there was another owner since its claim, be it in the same millisecond. */
    private static boolean accepted(Chat chat, Phase.Claimed claimed) {
        return chat.ownerships().stream()
                        .filter(ownership -> !ownership.since().isBefore(claimed.claimedAt()))
                        .count()
                > 1;
    }

    /** The stage that an offered chat counts as claimed on once {@code by} accepts it: see {@link Phase.Ownership}. */
    static Stage through(Chat chat, OperatorId by, Directory directory) {
        Option to = chat.offer().orElseThrow().to();
        if (to instanceof Option.OfCoop shared) {
            return directory.hasAccess(by, Stage.of(to)) ? Stage.of(to) : Stage.backup(shared.coop());
        }
        return chat.ownership().orElseThrow().claimedOn();
    }

    static @Nullable Refusal decline(Course course, OperatorId by) {
        Refusal refusal = ChatRules.turn(course, Operation.TAKE_OFFER, by);
        if (refusal == null) {
            leaves(course, by, course.now(), false);
        }
        return refusal;
    }

    static @Nullable Refusal withdraw(Course course, OperatorId by) {
        Refusal refusal = ChatRules.turn(course, Operation.TRANSFER, by);
        if (refusal != null) {
            return refusal;
        }
        if (course.chat().offer().isEmpty()) {
            return Refusal.of(RefusalCode.NOT_ELIGIBLE, "the chat is not offered to anybody");
        }
        course.happens(course.now(), new TransferOver(TransferOver.Why.WITHDRAWN), null);
        return null;
    }

    /** An offer loses one to whom it was made, and is void with the last. */
    static void leaves(Course course, OperatorId operator, Instant at, boolean absent) {
        course.happens(at, new OfferDeclined(operator, absent), null);
        if (course.chat().offer().orElseThrow().offeredTo().isEmpty()) {
            course.happens(at, new TransferOver(TransferOver.Why.VOID), null);
        }
    }
}
