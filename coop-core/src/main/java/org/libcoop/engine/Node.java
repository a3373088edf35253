package org.libcoop.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.libcoop.chat.ChatId;
import org.libcoop.directory.Directory;
import org.libcoop.directory.HostDirectory;
import org.libcoop.directory.Policies;
import org.libcoop.presence.Presence;
import org.libcoop.spi.Archive;
import org.libcoop.spi.Health;
import org.libcoop.spi.Store;
import org.libcoop.spi.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One node: what the role-typed handles stand on. Commands go into the pipeline and come back as completed stages; questions
 * are answered at once from what this node sees. Safe for use by several threads.
 */
public final class Node implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Node.class);

    /** How long what is at work may take to end. */
    private static final long END_SECONDS = 5;

    private final NodeOptions options;
    private final Store store;
    private final EngineTime time;
    private final NodeLife life;
    private final DirectoryDesk desk;
    private final Presence presence;
    private final Heads heads;
    private final Dispatcher dispatcher;
    private final Caretaker caretaker;
    private final Doors doors;
    private final Commands commands;
    private final Questions questions;
    private final Transcripts transcripts;
    private final Whispers whispers;
    private final Archivist archivist;
    private final List<ExecutorService> ownExecutors = new ArrayList<>();
    private final IntervalKeeper intervals;
    private volatile boolean closed;

    private Node(NodeOptions options) {
        this.options = options;
        this.store = options.store();
        this.time = new EngineTime(options.clock(), store);
        this.desk = new DirectoryDesk(store);
        Directory wanted = DirectoryDesk.check(options.source().current(), options.records(), store.directory());
        this.life = new NodeLife(store, options.ids(), wanted.policies().lease());
        this.presence = new Presence(desk.fill(life.node(), options.source().current(), options.records()));
        this.desk.picture(presence);
        this.heads = new Heads(store);
        Views views = new Views(presence, store);
        Ground ground = new Ground(store, time, life, presence, heads, views, new Audience(presence, views));
        Executor beside = executor(options, "coop-archive");
        this.dispatcher = new Dispatcher(ground, executor(options, "coop-engine"), this::revive);
        this.archivist = new Archivist(options, beside);
        this.intervals = new IntervalKeeper(ground, options.archive(), beside);
        StrangerLimits limits = new StrangerLimits();
        this.doors = new Doors(ground, dispatcher, limits);
        this.caretaker = new Caretaker(ground, dispatcher, desk::reread, doors, archivist, intervals);
        this.commands = new Commands(ground, dispatcher, limits, desk, caretaker, doors, options.ids());
        this.questions = new Questions(ground, dispatcher);
        this.transcripts = new Transcripts(ground, options.archive(), archivist, commands, options.mailer());
        this.whispers = new Whispers(heads, ground.audience());
    }

    /** The host's executor, or a daemon thread of the node's own. */
    private Executor executor(NodeOptions options, String name) {
        Executor given = options.executor();
        if (given != null) {
            return given;
        }
        ExecutorService own = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
        ownExecutors.add(own);
        return own;
    }

    /** Starts a node: takes a lease, reads or fills the directory, and looks at every live chat. */
    public static Node start(NodeOptions options) {
        Node node = new Node(options);
        node.store.onChange(node::feedHint);
        node.options.source().onRevision(node::revise);
        node.task(node.caretaker::lookAtEverything);
        node.tick();
        return node;
    }

    /** Takes a revision of the host's; tried again with each sweep until the store has it, or a newer one came. */
    private void revise(HostDirectory host) {
        newestRevision = host;
        tryToRevise(host);
    }

    private void tryToRevise(HostDirectory host) {
        Runnable again = () -> tryToRevise(host);
        Runnable task = () -> {
            if (host.equals(newestRevision) && !desk.revise(life.node(), host)) {
                dispatcher.trouble().later(again);
            }
            caretaker.follow();
        };
        dispatcher
                .pipeline()
                .submit(new Work.OfTask(task, refusal -> dispatcher.trouble().later(again)));
    }

    private volatile @Nullable HostDirectory newestRevision;
    private volatile boolean followAsked;

    private void feedHint() {
        if (!followAsked) {
            followAsked = true;
            task(() -> {
                followAsked = false;
                caretaker.follow();
            });
        }
    }

    private @Nullable Instant tickedAt;

    /** Cares, and asks to be woken for the next time; twice, because a wake-up may be lost. */
    private void tick() {
        task(() -> {
            Instant now = time.now();
            Duration every = sweepEvery();
            if (tickedAt == null || !now.isBefore(tickedAt.plus(every))) {
                tickedAt = now;
                time.wakeAt(now.plus(every), this::tick);
                time.wakeAt(now.plus(every).plus(every).plus(every), this::tick);
                caretaker.tick();
            }
        });
    }

    /** Every wake-up of the tick may have been lost: then the next thing that happens here, whatever it is, brings it back. */
    private void revive() {
        Duration every = sweepEvery();
        if (tickedAt != null && !time.now().isBefore(tickedAt.plus(every).plus(every))) {
            tick();
        }
    }

    private Duration sweepEvery() {
        Duration renew = policies().renewEvery();
        return renew.compareTo(options.sweepEvery()) < 0 ? renew : options.sweepEvery();
    }

    private void task(Runnable task) {
        dispatcher.pipeline().submit(new Work.OfTask(task));
    }

    /** Where connections come in. */
    public Doors doors() {
        return doors;
    }

    /** Where commands come in. */
    public Commands commands() {
        return commands;
    }

    /** What patron and owner let each other know without saying it. */
    public Whispers whispers() {
        return whispers;
    }

    /** Where transcripts are found. */
    public Transcripts transcripts() {
        return transcripts;
    }

    /** Where questions are answered. */
    public Questions questions() {
        return questions;
    }

    /** Where what is over is found. */
    public Archive archive() {
        return options.archive();
    }

    /** Takes every content of a chat that is over out of store and archive; whether there is such a chat (X2). */
    public boolean deleteContent(ChatId chat) {
        return archivist.deleteContent(chat);
    }

    /** Puts another text in place of what a message of a chat that is over says; whether there is such a message (X3). */
    public boolean redact(ChatId chat, long seq, String replacement) {
        return archivist.redact(chat, seq, replacement);
    }

    /** The engine's time (T1). */
    public Instant now() {
        return time.now();
    }

    /** Who is there, as this node knows it. */
    public Presence presence() {
        return presence;
    }

    /** T4. */
    public Health health() {
        Instant now = now();
        Duration overdue = caretaker.worstOverdue();
        boolean silent = now.isAfter(caretaker.checkedAt().plus(sweepEvery().multipliedBy(5)));
        Health.State state = Health.State.UP;
        if (closed) {
            state = Health.State.CLOSED;
        } else if (!life.mayDecide(now)) {
            state = Health.State.FENCED;
        } else if (silent || overdue.compareTo(sweepEvery().multipliedBy(2)) > 0) {
            state = Health.State.LATE;
        }
        return new Health(state, overdue, dispatcher.worstLateness(), caretaker.checkedAt(), heads.size());
    }

    private Policies policies() {
        return presence.directory().policies();
    }

    /** Ends the node: what waits is refused, what is at work ends, the lease is given up. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        dispatcher.pipeline().close();
        archivist.close();
        intervals.close();
        ownExecutors.forEach(ExecutorService::shutdown);
        ownExecutors.forEach(Node::awaitEnd);
        try {
            store.leave(life.node());
        } catch (StoreException away) {
            LOG.warn("The store does not answer; the lease of node {} ends by itself", life.node(), away);
        }
    }

    /** The host closes the store after this: a batch at work is given a while to be done with it. */
    private static void awaitEnd(ExecutorService executor) {
        try {
            if (!executor.awaitTermination(END_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("Work that began before the engine was closed goes on");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
