package org.libcoop.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.libcoop.chat.Chat;
import org.libcoop.chat.ChatCommand;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.ChatRules;
import org.libcoop.chat.Decision;
import org.libcoop.chat.Phase;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Policies;
import org.libcoop.directory.Stage;
import org.libcoop.presence.Presence;
import org.libcoop.refusal.Refusal;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.spi.Change;
import org.libcoop.spi.CommandId;
import org.libcoop.spi.CommandResult;
import org.libcoop.spi.Store;
import org.libcoop.spi.Topic;

/**
 * One batch in the making: commands decided one after the other, and the changes that come of it, at most one a chat and a
 * presence row. A decision that changes nothing is taken on a head known to be fresh, or hangs on the change it
 * was decided on. Used by one thread.
 */
final class Round {

    /** A change and the work it answers. {@code before} is null for a new chat; {@code refusal}: only what was due is kept. */
    record Pending(
            Work.OfChat work,
            Change.OfChat change,
            @Nullable Chat before,
            @Nullable Refusal refusal,
            List<After> after) {}

    /** Work that changed nothing, decided on a change not yet committed. */
    record After(Work.OfChat work, long seq, @Nullable Refusal refusal) {}

    private final Store store;
    private final Heads heads;
    private final Presence presence;
    private final LostClaims lostClaims;
    private final Consumer<Chat> nothingNew;
    private final Consumer<ChatCommand> resent;
    private final List<Pending> pending = new ArrayList<>();
    private final Map<ChatId, Pending> newest = new HashMap<>();
    private final Set<OperatorId> rows = new HashSet<>();
    private final Set<ChatId> reloaded = new HashSet<>();

    /**
     * @param nothingNew is told of each chat that was looked at and on which nothing was due
     * @param resent is told of each command that turned out to have been applied before
     */
    Round(
            Store store,
            Heads heads,
            Presence presence,
            LostClaims lostClaims,
            Consumer<Chat> nothingNew,
            Consumer<ChatCommand> resent) {
        this.lostClaims = lostClaims;
        this.resent = resent;
        this.nothingNew = nothingNew;
        this.store = store;
        this.heads = heads;
        this.presence = presence;
    }

    List<Pending> pending() {
        return pending;
    }

    /**
     * Decides one command; false if it has to wait for what is pending. A change is never decided on one that is not committed:
     * if the first lost, the second would stand on a history that never was, under the same number. For the same reason an
     * operator's row is changed once a round.
     */
    boolean decide(Work.OfChat work, Instant now) {
        Pending open = newest.get(work.chat);
        Chat head = open != null ? open.change().chat() : heads.cached(work.chat);
        if (head == null) {
            head = reload(work.chat);
        }
        Decision decision = ChatRules.decide(head, work.command, presence, now);
        boolean fresh = open != null || reloaded.contains(work.chat);
        if (!fresh && !work.isLook() && decision.entries().isEmpty()) {
            head = reload(work.chat);
            decision = ChatRules.decide(head, work.command, presence, now);
        }
        if (decision.entries().isEmpty()) {
            settle(work, decision, open, now);
            return true;
        }
        if (open != null) {
            return false;
        }
        Refusal refusal = decision.refusal().orElse(null);
        if (refusal != null && answeredBefore(work, decision.chat())) {
            return true;
        }
        Change.OfChat change = change(head, decision, work, now);
        Set<OperatorId> changed = rowsOf(change);
        if (changed.stream().anyMatch(rows::contains)) {
            return false;
        }
        rows.addAll(changed);
        Pending next = new Pending(work, change, head, refusal, new ArrayList<>());
        pending.add(next);
        newest.put(work.chat, next);
        return true;
    }

    /** Once a round is enough: whatever is in it was asked before the round began. */
    private @Nullable Chat reload(ChatId chat) {
        reloaded.add(chat);
        return heads.reload(chat);
    }

    /** The operators whose rows a change changes. */
    private static Set<OperatorId> rowsOf(Change.OfChat change) {
        Set<OperatorId> changed = new HashSet<>();
        Change.Guard guard = change.guard();
        if (guard != null) {
            changed.add(guard.operator());
        }
        OperatorId lowered = change.lowers();
        if (lowered != null) {
            changed.add(lowered);
        }
        return changed;
    }

    private void settle(Work.OfChat work, Decision decision, @Nullable Pending open, Instant now) {
        if (work.isLook()) {
            Chat looked = decision.chat();
            if (looked != null && open == null) {
                // What is only pending in this round is told of once it is committed.
                nothingNew.accept(looked);
            }
            work.answer(work.chat, 0);
            return;
        }
        if (answeredBefore(work, decision.chat())) {
            return;
        }
        if (open != null && resends(work, open)) {
            open.after().add(new After(work, open.change().chat().seq(), null));
            return;
        }
        Refusal refusal = decision.refusal().orElse(null);
        Chat chat = decision.chat();
        if (chat != null
                && refusal != null
                && refusal.code() == RefusalCode.ALREADY_CLAIMED
                && work.command instanceof ChatCommand.Claim claim) {
            lostClaims.add(chat, claim.by(), now);
        }
        long seq = chat == null ? 0 : chat.seq();
        if (open != null) {
            open.after().add(new After(work, seq, refusal));
        } else if (refusal != null) {
            work.refuse(refusal);
        } else {
            work.answer(work.chat, seq);
        }
    }

    /** G5: whether the command that made the pending change comes again while that is on its way. */
    private static boolean resends(Work.OfChat work, Pending open) {
        CommandResult result = open.change().result();
        return result != null && result.command().equals(work.id);
    }

    /** G5: a resend gets the first result, even if it would be refused now. */
    private boolean answeredBefore(Work.OfChat work, @Nullable Chat chat) {
        if (work.id == null || neverWon(work, chat)) {
            return false;
        }
        CommandResult earlier =
                store.result(work.chat, work.id.scope(), work.id.id()).orElse(null);
        if (earlier != null) {
            resent.accept(work.command);
            answerEarlier(work, earlier);
        }
        return earlier != null;
    }

    /** Most who lose a claim come too late for the chat's first owner: they need not be looked up one by one. */
    private static boolean neverWon(Work.OfChat work, @Nullable Chat chat) {
        return chat != null && work.command instanceof ChatCommand.Claim claim && !chat.everOwnedBy(claim.by());
    }

    /** Answers with what the command came to before; another content under the same id is refused. */
    static void answerEarlier(Work.OfChat work, CommandResult earlier) {
        if (work.id != null && work.id.digest().equals(earlier.command().digest())) {
            work.answer(earlier.chat(), earlier.seq());
        } else {
            work.refuse(Refusal.of(RefusalCode.COMMAND_ID_REUSED, "this id was used for another command"));
        }
    }

    private Change.OfChat change(@Nullable Chat before, Decision decision, Work.OfChat work, Instant now) {
        Chat after = decision.chat();
        if (after == null) {
            throw new IllegalStateException("entries without a chat: " + decision);
        }
        Phase.Ownership had = before == null ? null : before.ownership().orElse(null);
        Phase.Ownership has = after.ownership().orElse(null);
        Change.Guard guard = null;
        OperatorId lowers = null;
        if (has != null && !has.equals(had)) {
            guard = new Change.Guard(has.owner(), presence.row(has.owner()).version());
        }
        if (had != null && !had.equals(has)) {
            lowers = had.owner();
        }
        CommandId id = decision.accepted() ? work.id : null;
        return new Change.OfChat(
                after,
                before == null ? 0 : before.seq(),
                now,
                decision.entries(),
                guard,
                lowers,
                id == null ? null : new CommandResult(id, after.id(), after.seq()),
                after.dueAt(policies()),
                before == null ? Set.of() : topics(before),
                topics(after));
    }

    private Policies policies() {
        return presence.directory().policies();
    }

    /** What a chat waits on: its open stages or its owner, and the node that vouches for its patron. */
    static Set<Topic> topics(Chat chat) {
        Set<Topic> topics = new HashSet<>();
        if (chat.over()) {
            return topics;
        }
        if (chat.patron().goneSince() == null) {
            topics.add(Topic.node(chat.patron().node()));
        }
        Phase.Ownership ownership = chat.ownership().orElse(null);
        if (ownership != null) {
            topics.add(Topic.owner(ownership.owner()));
            chat.offer().ifPresent(offer -> offer.offeredTo().keySet().forEach(o -> topics.add(Topic.owner(o))));
        } else {
            for (Stage stage : chat.progress().openStages()) {
                topics.add(Topic.stage(stage));
            }
        }
        return topics;
    }
}
