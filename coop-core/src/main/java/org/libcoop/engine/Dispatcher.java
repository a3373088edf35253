package org.libcoop.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.libcoop.chat.Chat;
import org.libcoop.chat.ChatCommand;
import org.libcoop.chat.ChatEvent;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Logged;
import org.libcoop.chat.Phase;
import org.libcoop.directory.OperatorId;
import org.libcoop.presence.OperatorPresence;
import org.libcoop.presence.Presence;
import org.libcoop.presence.SignOff;
import org.libcoop.refusal.Outcome;
import org.libcoop.refusal.Refusal;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.spi.Change;
import org.libcoop.spi.Committed;
import org.libcoop.spi.Store;
import org.libcoop.spi.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one path of every change: decide, commit, then tell. Whoever sent a command is answered after the commit, never before;
 * what was lost is decided again on the fresh state, a bounded number of times. Runs on the pipeline only.
 */
final class Dispatcher {

    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
    private static final int TRIES = 20;

    /** How often a commit that may have happened is tried again at once, to learn whether it did (G6). */
    private static final int UNKNOWN_TRIES = 3;

    /** A wake-up that has not come by then counts as lost, and another one is asked for. */
    private static final Duration LOST_AFTER = Duration.ofMillis(100);

    private static final Refusal BUSY = Refusal.of(RefusalCode.BUSY, "too many others change the same chat");

    private final Store store;
    private final EngineTime time;
    private final NodeLife life;
    private final Heads heads;
    private final Presence presence;
    private final Audience audience;
    private final Pipeline pipeline;
    private final Runnable afterwards;
    private final LostClaims lostClaims = new LostClaims();
    private final StoreTrouble trouble;
    private final Listeners listeners;
    private final Lookout lookout;
    /** Chats of the batch at hand on which something is to be decided again. */
    private final Set<ChatId> postponed = new HashSet<>();

    private volatile Duration worstLateness = Duration.ZERO;

    /** @param afterwards is run after every batch: whoever does anything also keeps the rest alive (T4) */
    Dispatcher(Ground ground, Executor executor, Runnable afterwards) {
        this.afterwards = afterwards;
        this.store = ground.store();
        this.time = ground.time();
        this.life = ground.life();
        this.heads = ground.heads();
        this.presence = ground.presence();
        this.audience = ground.audience();
        this.listeners = ground.listeners();
        this.trouble = new StoreTrouble(time, listeners);
        this.pipeline = new Pipeline(executor, () -> trouble.guarded(this::timersDue), this::handle);
        this.lookout = new Lookout(ground, pipeline);
    }

    LostClaims lostClaims() {
        return lostClaims;
    }

    Pipeline pipeline() {
        return pipeline;
    }

    Lookout lookout() {
        return lookout;
    }

    StoreTrouble trouble() {
        return trouble;
    }

    Duration worstLateness() {
        return worstLateness;
    }

    private void handle(List<Work> batch) {
        Work first = batch.get(0);
        if (first instanceof Work.OfTask task) {
            run(task);
        } else if (!life.mayDecide(time.now())) {
            Refusal refusal = Refusal.of(RefusalCode.UNAVAILABLE, "this node has no lease at the moment");
            batch.forEach(work -> work.refuse(refusal));
        } else if (first instanceof Work.OfPresence change) {
            changePresence(change, 1);
        } else {
            changeChats(batch);
        }
        wakeForTimers();
        afterwards.run();
    }

    private void run(Work.OfTask task) {
        try {
            task.task().run();
        } catch (StoreException failed) {
            trouble.note(failed);
            task.refuse(StoreTrouble.refusal(failed));
        }
    }

    // ---- Chats

    private void changeChats(List<Work> batch) {
        Round round = newRound();
        postponed.clear();
        for (Work work : batch) {
            Work.OfChat ofChat = (Work.OfChat) work;
            try {
                if (!waitsItsTurn(ofChat) && !round.decide(ofChat, time.now())) {
                    commit(round.pending());
                    round = newRound();
                    if (!waitsItsTurn(ofChat)) {
                        round.decide(ofChat, time.now());
                    }
                }
            } catch (StoreException failed) {
                trouble.note(failed);
                work.refuse(StoreTrouble.refusal(failed));
            } catch (RuntimeException broken) {
                // A chat that cannot be read, or breaks a rule, is its own trouble and nobody else's.
                LOG.error("A command on chat {} broke", ofChat.chat, broken);
                work.refuse(Refusal.of(RefusalCode.INTERNAL, "internal error; it has been logged"));
            }
        }
        commit(round.pending());
    }

    /** Whether something asked before on the same chat is to be decided again: then this goes behind it (M3). */
    private boolean waitsItsTurn(Work.OfChat work) {
        boolean waits = postponed.contains(work.chat);
        if (waits) {
            pipeline.urgent(work);
        }
        return waits;
    }

    private Round newRound() {
        return new Round(store, heads, presence, lostClaims, this::refreshLists, this::resent);
    }

    /** Commits what is pending and answers it; returns why the store does not answer, null if it does. */
    private @Nullable StoreException commit(List<Round.Pending> pending) {
        List<Committed> outcomes;
        try {
            outcomes = pending.isEmpty() ? List.of() : store.commit(life.node(), changes(pending));
        } catch (StoreException failed) {
            if (failed.refused()) {
                return commitByHalves(pending, failed);
            }
            trouble.fallBehind(failed);
            pending.forEach(p -> failed(p, failed));
            return failed;
        } catch (RuntimeException broken) {
            return commitByHalves(pending, broken);
        }
        audience.expect(pending.stream()
                .map(p -> p.change().chat())
                .filter(chat -> chat.phase() instanceof Phase.Waiting)
                .map(Chat::id)
                .toList());
        for (int i = 0; i < pending.size(); i++) {
            Round.Pending done = pending.get(i);
            switch (outcomes.get(i).outcome()) {
                case APPLIED -> applied(done);
                case LOST -> lost(done);
                case REPEATED -> repeated(done, outcomes.get(i));
                case FENCED -> refuse(done, Refusal.of(RefusalCode.UNAVAILABLE, "this node has no lease any more"));
            }
        }
        audience.expect(List.of());
        return null;
    }

    private static List<Change> changes(List<Round.Pending> pending) {
        List<Change> changes = new ArrayList<>(pending.size());
        pending.forEach(p -> changes.add(p.change()));
        return changes;
    }

    /**
     * A batch with something in it that the store does not take, although it is there: the two halves go by themselves, down to
     * single changes, so that the one to blame is refused alone and the others are kept (G14). That is safe whatever became of
     * the batch, for what was applied nevertheless loses or is known by its command.
     */
    private @Nullable StoreException commitByHalves(List<Round.Pending> pending, RuntimeException failure) {
        if (pending.size() == 1) {
            notKept(pending.get(0), failure);
            return null;
        }
        int middle = pending.size() / 2;
        StoreException away = commit(pending.subList(0, middle));
        List<Round.Pending> rest = pending.subList(middle, pending.size());
        if (away == null) {
            return commit(rest);
        }
        // Nobody waits for a store that is away once for each half. What only broke may have been applied in part.
        StoreException same =
                failure instanceof StoreException ? away : new StoreException("a batch broke", failure, true);
        rest.forEach(p -> failed(p, same));
        return away;
    }

    /** A change that the store cannot keep, whatever it is asked with. */
    private void notKept(Round.Pending refused, RuntimeException failure) {
        heads.forget(refused.work().chat);
        LOG.error("The store does not take a change of chat {}", refused.work().chat, failure);
        refused.work().refuse(StoreTrouble.NOT_KEPT);
        // What hung on it saw a state that never was.
        again(refused.after().stream().map(Round.After::work).toList(), TRIES, BUSY);
    }

    private void applied(Round.Pending done) {
        Change.OfChat change = done.change();
        Chat chat = change.chat();
        heads.put(chat);
        heads.arm(chat.id(), change.dueAt());
        note(change.entries());
        trouble.guarded(() -> {
            lookAtLoad(change);
            audience.committed(done.before(), chat, untold(change), change.at());
        });
        Refusal refusal = done.refusal();
        if (refusal != null) {
            done.work().refuse(refusal);
        } else {
            done.work().answer(chat.id(), chat.seq());
        }
        for (Round.After after : done.after()) {
            if (after.refusal() != null) {
                after.work().refuse(after.refusal());
            } else {
                after.work().answer(chat.id(), after.seq());
            }
        }
        listeners.committed(done.before(), change);
    }

    /** Tells those who watch of a change whose commit failed, if it turns out to have been applied; before it is decided again. */
    private void tellIfApplied(Round.Pending unsure) {
        Runnable again = () -> tellIfApplied(unsure);
        Runnable task = () -> {
            Change.OfChat change = unsure.change();
            List<Logged> entries = change.entries();
            List<Logged> there = store.log(change.chat().id(), change.expectedSeq(), entries.size());
            if (there.equals(entries)) {
                listeners.committed(unsure.before(), change);
            }
        };
        pipeline.urgent(new Work.OfTask(task, refusal -> trouble.later(again)));
    }

    /** What those connected here have not been told of a chat: another node's entries may have come before these. */
    private List<Logged> untold(Change.OfChat change) {
        ChatId chat = change.chat().id();
        long told = audience.toldUpTo(chat, audience.isNews(change.chat()) ? 0 : change.expectedSeq());
        if (told >= change.expectedSeq()) {
            return change.entries();
        }
        return store.log(chat, told, Store.PAGE).stream()
                .filter(entry -> entry.seq() <= change.chat().seq())
                .toList();
    }

    /** The operators' rows as the store now has them, and what follows from them (C12, R7). */
    private void lookAtLoad(Change.OfChat change) {
        Change.Guard guard = change.guard();
        if (guard != null) {
            OperatorPresence row = presence.row(guard.operator()).oneChatMore(change.at());
            lookout.look(lookout.learn(row.successor()), change.at());
        }
        OperatorId lowered = change.lowers();
        if (lowered != null) {
            // Lowering was not guarded: the row may have changed meanwhile, and only the store knows how.
            lookout.refreshRow(lowered);
        }
    }

    private void note(List<Logged> entries) {
        for (Logged entry : entries) {
            if (entry.event() instanceof ChatEvent.StageOpened opened) {
                Duration late = Duration.between(entry.at(), opened.handled());
                worstLateness = late.compareTo(worstLateness) > 0 ? late : worstLateness;
            }
        }
    }

    /** A claim that had been applied without our knowing changed the claimer's row as well (G6). */
    private void resent(ChatCommand command) {
        if (command instanceof ChatCommand.Claim claim) {
            lookout.refreshRow(claim.by());
        }
    }

    private void repeated(Round.Pending done, Committed outcome) {
        trouble.guarded(() -> resent(done.work().command));
        if (outcome.earlier() != null) {
            Round.answerEarlier(done.work(), outcome.earlier());
        }
        // What hung on this change saw a state that never was.
        done.after().forEach(after -> after.work().refuse(Refusal.of(RefusalCode.BUSY, "repeat with the same id")));
    }

    /** Forgets what the change was decided on and has it decided again, before anything that waits. */
    private void lost(Round.Pending lost) {
        heads.forget(lost.work().chat);
        trouble.guarded(() -> {
            Change.Guard guard = lost.change().guard();
            if (guard != null) {
                lookout.refreshRow(guard.operator());
            }
            OperatorId lowers = lost.change().lowers();
            if (lowers != null) {
                lookout.refreshRow(lowers);
            }
        });
        again(works(lost), TRIES, BUSY);
    }

    /** A commit that failed: if it may have happened, the store is asked again, and answers with the result if it did (G6). */
    private void failed(Round.Pending failed, StoreException away) {
        heads.forget(failed.work().chat);
        if (away.outcomeUnknown()) {
            if (failed.change().expectedSeq() == 0) {
                // If it began after all, nobody was told of it: those connected are, from its first entry on (M4).
                audience.toldFrom(failed.work().chat, 0);
            }
            failed.work().mayHaveHappened = true;
            if (!listeners.isEmpty()) {
                tellIfApplied(failed);
            }
            again(works(failed), UNKNOWN_TRIES, StoreTrouble.refusal(away));
        } else {
            refuse(failed, StoreTrouble.refusal(away));
        }
    }

    private void again(List<Work.OfChat> undone, int limit, Refusal refusal) {
        for (Work.OfChat work : undone) {
            work.tries++;
            if (work.tries < limit) {
                postponed.add(work.chat);
                pipeline.urgent(work);
            } else {
                work.refuse(refusal);
            }
        }
    }

    private static void refuse(Round.Pending undone, Refusal refusal) {
        works(undone).forEach(work -> work.refuse(refusal));
    }

    private static List<Work.OfChat> works(Round.Pending undone) {
        List<Work.OfChat> works = new ArrayList<>();
        works.add(undone.work());
        undone.after().forEach(after -> works.add(after.work()));
        return works;
    }

    // ---- Presence

    private void changePresence(Work.OfPresence work, int tries) {
        try {
            lookout.refreshRow(work.operator());
            OperatorPresence before = presence.row(work.operator());
            Instant now = time.now();
            OperatorPresence timely = timely(before, now);
            Outcome<OperatorPresence> wanted = timely == null ? work.change().apply(before, now) : Outcome.done(timely);
            OperatorPresence next = wanted.value().orElse(null);
            if (next == null || next.equals(before)) {
                work.answer().complete(wanted);
                return;
            }
            OperatorPresence stored = next.successor();
            Committed outcome = store.commit(life.node(), List.of(new Change.OfPresence(stored)))
                    .get(0);
            if (outcome.outcome() == Committed.Outcome.APPLIED) {
                trouble.guarded(() -> {
                    lookout.look(lookout.learn(stored), stored.changedAt());
                    lookout.lookAtChatsOf(stored.operator());
                });
                if (timely == null) {
                    work.answer().complete(Outcome.done(stored));
                } else {
                    changePresence(work, tries);
                }
            } else if (outcome.outcome() == Committed.Outcome.FENCED || tries >= TRIES) {
                work.refuse(Refusal.of(RefusalCode.UNAVAILABLE, "the change could not be made now"));
            } else {
                changePresence(work, tries + 1);
            }
        } catch (StoreException failed) {
            trouble.note(failed);
            work.refuse(StoreTrouble.refusal(failed));
        }
    }

    /** P5: a row is brought to the present first, so that a sign-off comes before what is asked at that instant or later (R14). */
    private @Nullable OperatorPresence timely(OperatorPresence row, Instant now) {
        Presence.DueSignOff due = presence.signOffDue(row.operator(), now).orElse(null);
        if (due == null) {
            return null;
        }
        Instant act = audience.lastAct(row.operator());
        boolean unheardOf = due.how().why() == SignOff.Why.IDLE && act.isAfter(row.changedAt());
        return unheardOf ? row.active(act) : row.signedOut(due.at(), due.how());
    }

    /** P5: signs off those whose time has come, whichever node should have. */
    void signOff(Collection<OperatorId> operators) {
        for (OperatorId operator : operators) {
            pipeline.urgent(new Work.OfPresence(operator, (row, now) -> Outcome.done(row), new CompletableFuture<>()));
        }
    }

    private void refreshLists(Chat chat) {
        audience.refresh(chat, time.now());
    }

    /** Tries again what failed before. */
    void tryAgain() {
        trouble.takeLater().forEach(task -> pipeline.submit(new Work.OfTask(task)));
    }

    // ---- Timers

    /** Looks at everything whose time has come: chats' deadlines and ends of presence. */
    void timersDue() {
        Instant now = time.now();
        Set<OperatorId> ended = presence.endedByTime(now);
        signOff(ended.stream()
                .filter(operator -> presence.signOffDue(operator, now).isPresent())
                .toList());
        for (OperatorId operator : ended) {
            lookout.look(presence.stagesOf(operator), null);
            lookout.lookAtChatsOf(operator);
        }
        for (ChatId chat : heads.due(now, presence.directory().policies())) {
            lookout.lookAt(chat, null);
        }
    }

    private @Nullable Instant armed;

    /** Asks for a wake-up at the next instant at which something is due, unless one is asked for already. */
    private void wakeForTimers() {
        Instant next = heads.nextTimer();
        Instant end = presence.nextEnd().orElse(null);
        if (next == null || (end != null && end.isBefore(next))) {
            next = end;
        }
        boolean lost = armed != null && !time.now().isBefore(armed.plus(LOST_AFTER));
        if (next != null && (armed == null || lost || next.isBefore(armed))) {
            Instant asked = next;
            armed = asked;
            time.wakeAt(asked, () -> pipeline.submit(new Work.OfTask(() -> woken(asked))));
        }
    }

    /** A wake-up that comes twice must not ask for two next ones. */
    private void woken(Instant asked) {
        if (asked.equals(armed)) {
            armed = null;
        }
        timersDue();
    }
}
