package org.libcoop.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.libcoop.chat.Chat;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Logged;
import org.libcoop.directory.Policies;
import org.libcoop.directory.Stage;
import org.libcoop.presence.NodeId;
import org.libcoop.presence.OperatorPresence;
import org.libcoop.presence.Presence;
import org.libcoop.spi.Feed;
import org.libcoop.spi.NodeLease;
import org.libcoop.spi.Store;
import org.libcoop.spi.StoreException;
import org.libcoop.spi.Topic;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a node does whether or not anybody asks: keeps its lease, follows the feed, notices nodes and connections that fell
 * silent, adopts deadlines that others left (the sweep), measures how overdue the worst one is (T3, T4), and has what is over
 * archived. Nothing here decides anything: it looks, and looking is an ordinary command. Runs on the pipeline only.
 */
final class Caretaker {

    private static final Logger LOG = LoggerFactory.getLogger(Caretaker.class);
    private static final Duration KEPT = Duration.ofMinutes(30);
    private static final int FEED_PAGE = 1_000;

    private final Store store;
    private final EngineTime time;
    private final NodeLife life;
    private final Heads heads;
    private final Presence presence;
    private final Audience audience;
    private final Dispatcher dispatcher;
    private final Roll roll;
    private final Doors doors;
    private final Archivist archivist;
    private final IntervalKeeper intervals;
    private final List<Consumer<Instant>> others = new ArrayList<>();
    private final Set<NodeId> dead = new HashSet<>();
    private String cursor;
    private Instant forgotAt;
    private volatile Duration worstOverdue = Duration.ZERO;
    private volatile Instant checkedAt;

    /** Where the directory comes from and how it is read again. */
    interface Roll {
        /** Reads the directory from the store, if it changed; the stages whose service that touched. */
        Set<Stage> reread(Instant now);
    }

    Caretaker(
            Ground ground,
            Dispatcher dispatcher,
            Roll roll,
            Doors doors,
            Archivist archivist,
            IntervalKeeper intervals) {
        this.store = ground.store();
        this.time = ground.time();
        this.life = ground.life();
        this.heads = ground.heads();
        this.presence = ground.presence();
        this.audience = ground.audience();
        this.dispatcher = dispatcher;
        this.roll = roll;
        this.doors = doors;
        this.archivist = archivist;
        this.intervals = intervals;
        this.cursor = ground.store().cursor();
        this.forgotAt = ground.time().now();
        this.checkedAt = forgotAt;
    }

    Duration worstOverdue() {
        return worstOverdue;
    }

    Instant checkedAt() {
        return checkedAt;
    }

    /** Has {@code other} done in every round, too. Before the first one. */
    void also(Consumer<Instant> other) {
        others.add(other);
    }

    /** One round of care. What the store does not answer is done in the next one. */
    void tick() {
        boolean behind = dispatcher.trouble().takeBehind();
        try {
            time.measure();
            Instant now = time.now();
            boolean renewed = life.renewed(now, presence.directory().policies().renewEvery());
            if (!renewed) {
                LOG.warn("The lease of node {} is over; it starts anew under another name", life.node());
                life.rejoin(presence.directory().policies().lease(), now);
            }
            if (behind || !renewed) {
                lookAtEverything();
                doors.attachAll();
            }
            follow();
            deadNodes();
            doors.dropSilent();
            dispatcher.signOff(presence.signOffsDue(now));
            doors.tellActs(now);
            intervals.tick(now);
            sweep(null);
            dispatcher.timersDue();
            dispatcher.tryAgain();
            forget(now);
            archivist.tick(now);
            others.forEach(other -> other.accept(now));
            dispatcher.trouble().well();
        } catch (StoreException away) {
            dispatcher.trouble().fallBehind(away);
        }
    }

    /** At start, after a time without a lease or a store, and when the feed left us behind: everything may have changed. */
    void lookAtEverything() {
        Instant now = time.now();
        heads.forgetAll();
        guarded("the directory", () -> roll.reread(now));
        List<Chat> live = new ArrayList<>();
        List<Chat> page = store.live(null);
        while (!page.isEmpty()) {
            live.addAll(page);
            page = page.size() < Store.PAGE
                    ? List.of()
                    : store.live(page.get(page.size() - 1).id());
        }
        // A chat is judged from where it was judged before: so far back presence has to be known.
        Instant since = now.minus(KEPT);
        for (Chat chat : live) {
            since = chat.judged().isBefore(since) ? chat.judged() : since;
        }
        for (OperatorPresence row : store.presenceSince(since)) {
            dispatcher.lookout().learn(row);
        }
        for (Chat chat : live) {
            heads.put(chat);
            heads.arm(chat.id(), chat.dueAt(presence.directory().policies()));
            dispatcher.lookout().lookAt(chat.id(), null);
        }
        for (ChatId id : audience.known()) {
            guarded(id, () -> store.chat(id).ifPresent(chat -> tellOrList(chat, now)));
        }
        life.viewed(now);
    }

    /** What cannot be read or looked at is left out, and keeps nothing else from being looked at (G14). */
    private static void guarded(Object what, Runnable look) {
        try {
            look.run();
        } catch (StoreException away) {
            if (!away.refused()) {
                throw away;
            }
            LOG.error("The store refuses to tell of {}", what, away);
        } catch (RuntimeException broken) {
            LOG.error("A look at {} broke", what, broken);
        }
    }

    private void tellOrList(Chat chat, Instant now) {
        if (audience.toldUpTo(chat.id(), -1) < 0) {
            audience.refresh(chat, now);
        } else {
            tell(chat, null, chat.seq(), now);
        }
    }

    // ---- The feed

    /** Follows the feed to its end. */
    void follow() {
        Instant now = time.now();
        Feed feed = store.changes(cursor, FEED_PAGE);
        if (feed.tooOld()) {
            lookAtEverything();
            cursor = feed.next();
            return;
        }
        while (!feed.hints().isEmpty()) {
            boolean directory = false;
            for (Feed.Hint hint : feed.hints()) {
                directory |= hint instanceof Feed.Hint.OfDirectory;
                guarded(hint, () -> take(hint, now));
            }
            if (directory) {
                guarded("the directory", () -> dispatcher.lookout().look(roll.reread(now), now));
                presence.rows().forEach(row -> dispatcher.lookout().lookAtChatsOf(row.operator()));
            }
            cursor = feed.next();
            feed = store.changes(cursor, FEED_PAGE);
        }
        if (!dispatcher.trouble().isBehind()) {
            life.viewed(now);
        }
    }

    private void take(Feed.Hint hint, Instant now) {
        if (hint instanceof Feed.Hint.OfPresence of) {
            if (presence.row(of.operator()).version() < of.version()
                    && dispatcher.lookout().refreshRow(of.operator())) {
                dispatcher.lookout().lookAtChatsOf(of.operator());
            }
        } else if (hint instanceof Feed.Hint.OfChat of) {
            Chat known = heads.cached(of.chat());
            if (known != null && known.seq() < of.seq()) {
                heads.forget(of.chat());
            }
            if (!audience.isEmpty() && audience.toldUpTo(of.chat(), of.afterSeq()) < of.seq()) {
                tell(of, known, now);
            }
        }
    }

    /** A chat changed on another node: those connected here are told what they have not been told. */
    private void tell(Feed.Hint.OfChat hint, @Nullable Chat known, Instant now) {
        Chat chat = heads.reload(hint.chat());
        if (chat != null) {
            tell(chat, known, hint.afterSeq(), now);
        }
    }

    private void tell(Chat chat, @Nullable Chat known, long afterSeq, Instant now) {
        List<Logged> entries = new ArrayList<>();
        List<Logged> page = store.log(chat.id(), audience.toldUpTo(chat.id(), afterSeq), Store.PAGE);
        while (!page.isEmpty()) {
            entries.addAll(page);
            page = store.log(chat.id(), page.get(page.size() - 1).seq(), Store.PAGE);
        }
        entries.removeIf(entry -> entry.seq() > chat.seq());
        audience.committed(known, chat, entries, now);
    }

    // ---- What fell silent

    /** Nodes whose lease ended: their operators' presence ended, their patrons were last seen with them (T3). */
    private void deadNodes() {
        Instant now = store.now();
        List<NodeLease> leases = store.nodes();
        Set<NodeId> known = new HashSet<>();
        leases.forEach(lease -> known.add(lease.node()));
        intervals.nodes(leases, now);
        dead.retainAll(known);
        for (NodeId forgotten : presence.vouchersOutside(known)) {
            dispatcher.lookout().look(presence.learnEnd(forgotten, Instant.EPOCH), null);
        }
        for (NodeLease lease : leases) {
            if (!now.isBefore(lease.endsAt()) && dead.add(lease.node())) {
                Set<Stage> touched = presence.learnEnd(lease.node(), lease.renewedAt());
                dispatcher.lookout().look(touched, lease.renewedAt());
                for (ChatId chat : dispatcher.lookout().waitingOn(Topic.node(lease.node()))) {
                    dispatcher.lookout().lookAt(chat, null);
                }
            }
        }
    }

    /** Deadlines that are due and were not handled: looked at here, whoever should have (T3); the worst is measured (T4). */
    private void sweep(@Nullable ChatId firstBefore) {
        Instant now = time.now();
        Policies policies = presence.directory().policies();
        Duration worst = Duration.ZERO;
        List<Chat> left = store.due(now, Store.PAGE);
        for (Chat chat : left) {
            Instant due = chat.dueAt(policies);
            Duration overdue = due == null ? Duration.ZERO : Duration.between(due, now);
            worst = overdue.compareTo(worst) > 0 ? overdue : worst;
            heads.put(chat);
            dispatcher.lookout().lookAt(chat.id(), null);
        }
        if (left.size() == Store.PAGE && !left.get(0).id().equals(firstBefore)) {
            // These are looked at first, then the next page: however much a dead node left, it need not wait for the
            // next sweep. If these are still there then, they cannot be handled now.
            ChatId first = left.get(0).id();
            dispatcher.pipeline().submit(new Work.OfTask(() -> sweep(first)));
        }
        // A page behind another tells nothing of the page before it, which may hold the worst.
        worstOverdue = firstBefore != null && worstOverdue.compareTo(worst) > 0 ? worstOverdue : worst;
        checkedAt = now;
    }

    private void forget(Instant now) {
        if (now.isBefore(forgotAt.plus(KEPT.dividedBy(2)))) {
            return;
        }
        forgotAt = now;
        Instant horizon = heads.oldestStart(now).minus(KEPT);
        presence.forgetBefore(horizon);
    }
}
