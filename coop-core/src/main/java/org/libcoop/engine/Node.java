package org.libcoop.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.libcoop.access.Operation;
import org.libcoop.chat.ChatId;
import org.libcoop.directory.Directory;
import org.libcoop.directory.HostDirectory;
import org.libcoop.directory.Policies;
import org.libcoop.presence.Presence;
import org.libcoop.refusal.Outcome;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.spi.Archive;
import org.libcoop.spi.AuditRecord;
import org.libcoop.spi.AuditTrail;
import org.libcoop.spi.Discussion;
import org.libcoop.spi.Discussions;
import org.libcoop.spi.Happening;
import org.libcoop.spi.Health;
import org.libcoop.spi.Post;
import org.libcoop.spi.RetentionRun;
import org.libcoop.spi.Store;
import org.libcoop.spi.StoreException;
import org.libcoop.spi.TicketOutbox;
import org.libcoop.spi.TicketQuery;
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

    /** An auditor that has not looked for so many sweeps counts as silent. */
    private static final int SILENT_SWEEPS = 5;

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
    private final Planning planning;
    private final Transcripts transcripts;
    private final FileCare fileCare;
    private final Files files;
    private final PatronBlocks blocks;
    private final Patrons patrons;
    private final TicketOffice office;
    private final Tickets tickets;
    private final Whispers whispers;
    private final PostOffice posts;
    private final StaffTalk talk;
    private final QaFeedback feedback;
    private final FactKeeper facts;
    private final Statistics statistics;
    private final StaffReports staffReports;
    private final Explainer explainer;
    private final Replies replies;
    private final FaqDesk faq;
    private final Archivist archivist;
    private final AuditLog audit;
    private final List<ExecutorService> ownExecutors = new ArrayList<>();
    private final IntervalKeeper intervals;
    private final Listeners listeners;
    private final AtomicReference<Health.State> toldState = new AtomicReference<>(Health.State.FENCED);
    private volatile Instant roundAt;
    private final Retention retention;
    private volatile boolean closed;

    private Node(NodeOptions options) {
        this.options = options;
        this.store = options.store();
        this.time = new EngineTime(options.clock(), store);
        this.roundAt = time.now();
        this.listeners = new Listeners(options.listeners(), time::now);
        this.desk = new DirectoryDesk(store);
        Directory wanted = DirectoryDesk.check(options.source().current(), options.records(), store.directory());
        this.life = new NodeLife(store, options.ids(), wanted.policies().lease(), listeners);
        this.presence = new Presence(desk.fill(life.node(), options.source().current(), options.records()));
        this.desk.picture(presence);
        this.heads = new Heads(store);
        Views views = new Views(presence, store, options.deviceReader());
        Ground ground = new Ground(store, time, life, presence, heads, views, new Audience(presence, views), listeners);
        Executor beside = executor(options, "coop-archive");
        this.dispatcher = new Dispatcher(ground, executor(options, "coop-engine"), this::revive);
        this.fileCare = new FileCare(options, beside);
        Discussions discussions = options.discussions();
        this.facts = new FactKeeper(options.facts(), discussions, options.deviceReader());
        this.archivist = new Archivist(options, beside, time, listeners, fileCare, facts);
        this.intervals = new IntervalKeeper(ground, options.archive(), facts, beside);
        this.audit = new AuditLog(ground, options.auditTrail(), executor(options, "coop-audit"));
        StrangerLimits limits = new StrangerLimits();
        this.doors = new Doors(ground, dispatcher, limits, audit);
        this.caretaker = new Caretaker(ground, dispatcher, desk::reread, doors, archivist, intervals);
        this.commands = new Commands(ground, dispatcher, limits, desk, caretaker, doors, audit, options.ids());
        this.questions = new Questions(ground, dispatcher, audit);
        this.planning = new Planning(ground, options, questions);
        this.files = new Files(ground, options, questions, commands, limits, executor(options, "coop-files"));
        this.explainer = new Explainer(store, options.archive(), dispatcher.lostClaims());
        this.transcripts = new Transcripts(
                ground, options.archive(), archivist, commands, audit, options.mailer(), files, explainer);
        this.blocks = new PatronBlocks(ground, options.archive(), archivist, commands, audit);
        Eraser eraser = new Eraser(ground, options.archive(), archivist, commands, beside);
        this.office = new TicketOffice(options, ground, audit, executor(options, "coop-tickets"));
        this.tickets = new Tickets(options, ground, office, limits, audit);
        this.retention =
                new Retention(ground, options.archive(), archivist, eraser, beside, this::retained, office::retain);
        caretaker.also(retention::tick);
        caretaker.also(now -> office.tick());
        caretaker.also(fileCare::tick);
        this.patrons = new Patrons(ground, options, archivist, eraser, audit);
        this.whispers = new Whispers(heads, ground.audience());
        this.posts = new PostOffice(ground, discussions, executor(options, "coop-talk"), this::tell);
        this.talk = new StaffTalk(ground, discussions, audit, posts);
        this.feedback = new QaFeedback(ground, transcripts, discussions, audit, posts, facts);
        this.statistics = new Statistics(ground, archivist, options.facts(), facts, audit);
        this.staffReports = new StaffReports(ground, options, statistics, planning);
        caretaker.also(posts::tick);
        archivist.alsoErase(facts::forget);
        archivist.alsoErase(chat -> discussions.erase(Discussion.on(chat)));
        archivist.alsoErase(chat -> options.ticketOutbox().erase(TicketQuery.of(chat), time.now()));
        FaqShelf shelf = new FaqShelf(options.faqs());
        this.replies = new Replies(ground, commands, new StaffingWatch(shelf, presence), audit);
        this.faq = new FaqDesk(ground, shelf, questions, replies, audit);
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
        if (!node.listeners.isEmpty()) {
            node.watch();
        }
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
                roundAt = now;
                time.wakeAt(now.plus(every), this::tick);
                time.wakeAt(now.plus(every).plus(every).plus(every), this::tick);
                caretaker.tick();
                tellHealth();
                audit.tick(now);
            }
        });
    }

    /** Looks at the state from outside, on the clock's thread: a dispatcher that is silent cannot say so (T4). */
    private void watch() {
        if (!closed) {
            tellHealth();
            time.wakeAt(now().plus(sweepEvery().multipliedBy(SILENT_SWEEPS)), this::watch);
        }
    }

    private void tellHealth() {
        if (!listeners.isEmpty()) {
            Instant now = now();
            Health.State state = state(now);
            Health.State before = toldState.getAndSet(state);
            if (state != before) {
                listeners.tell(new Happening.HealthChanged(now, before, state));
            }
        }
    }

    /** A transport gave a peer up (TR3). */
    public void peerDropped(Happening.PeerDropped.Why why) {
        listeners.tell(new Happening.PeerDropped(now(), why));
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

    private void tell(Post post) {
        switch (post.discussion().kind()) {
            case ROOM -> talk.tell(post);
            case FEEDBACK -> feedback.tell(post);
        }
    }

    /** Where the staff talk. */
    public StaffTalk talk() {
        return talk;
    }

    /** Where QA feedback is. */
    public QaFeedback feedback() {
        return feedback;
    }

    /** Where reports are made. */
    public Statistics statistics() {
        return statistics;
    }

    /** Where reports on who was there are made. */
    public StaffReports staffReports() {
        return staffReports;
    }

    /** Derives what reports count from the archive anew; how many chats that were. */
    public long rebuildFacts() {
        Instant now = time.now();
        facts.rebuildStaffed(options.archive(), presence.directory(), now);
        return facts.rebuild(options.archive(), now);
    }

    /** Where patrons are blocked. */
    public PatronBlocks blocks() {
        return blocks;
    }

    /** Where tickets are asked for. */
    public Tickets tickets() {
        return tickets;
    }

    /** Tickets on their way to the host's ticket system. */
    public TicketOutbox ticketOutbox() {
        return options.ticketOutbox();
    }

    /** Where transcripts are found. */
    public Transcripts transcripts() {
        return transcripts;
    }

    /** Where files are shared. */
    public Files files() {
        return files;
    }

    /** Where one patron's data is. */
    public Patrons patrons() {
        return patrons;
    }

    /** Where operators speak to patrons. */
    public Replies replies() {
        return replies;
    }

    /** Where FAQs are searched and read. */
    public FaqDesk faq() {
        return faq;
    }

    /** Where questions are answered. */
    public Questions questions() {
        return questions;
    }

    /** Where it is asked what would be. */
    public Planning planning() {
        return planning;
    }

    /** Where what is over is found. */
    public Archive archive() {
        return options.archive();
    }

    /** Where it is found who did what. */
    public AuditTrail auditTrail() {
        return options.auditTrail();
    }

    /** Takes every content of a chat that is over out of store and archive; whether there is such a chat (X2). */
    public boolean deleteContent(ChatId chat) {
        boolean there = archivist.deleteContent(chat);
        return erased(there, Operation.DELETE_CONTENT, chat, Map.of());
    }

    /** Puts another text in place of what a message of a chat that is over says; whether there is such a message (X3). */
    public boolean redact(ChatId chat, long seq, String replacement) {
        boolean there = archivist.redact(chat, seq, replacement);
        return erased(there, Operation.REDACT, chat, Map.of("entry", seq));
    }

    private boolean erased(boolean there, Operation operation, ChatId chat, Map<String, Long> counts) {
        if (there) {
            audit.done(new AuditLog.Deed(AuditRecord.Who.HOST, operation, Concerned.chat(chat)), counts);
        }
        return there;
    }

    /** Why a chat was offered to whom (E1). */
    public Explainer explainer() {
        return explainer;
    }

    /** Does a round of retention now (X6); refused if store or archive did not answer. */
    public CompletionStage<Outcome<List<RetentionRun>>> retain() {
        AuditLog.Deed deed =
                new AuditLog.Deed(AuditRecord.Who.HOST, Operation.ADMINISTER, AuditRecord.Thing.deployment());
        return audit.noting(deed, retention.run().handle((runs, broken) -> {
            if (broken == null) {
                return Outcome.done(runs);
            }
            return broken instanceof StoreException away
                    ? Outcome.refused(StoreTrouble.refusal(away))
                    : Outcome.refused(RefusalCode.UNAVAILABLE, "retention could not be done now");
        }));
    }

    /** X6: every round that found something is on record. */
    private void retained(RetentionRun run) {
        AuditRecord.Thing thing = AuditRecord.Thing.of(
                AuditRecord.Kind.INSTITUTION, run.institution().value());
        audit.done(
                new AuditLog.Deed(AuditRecord.Who.SYSTEM, Operation.ADMINISTER, thing),
                Map.of(
                        "anonymised", (long) run.anonymised(),
                        "deleted", (long) run.deleted(),
                        "failed", (long) run.failed()));
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
        Duration silentFor = Duration.between(roundAt, now);
        return new Health(
                state(now),
                caretaker.worstOverdue(),
                dispatcher.worstLateness(),
                caretaker.checkedAt(),
                silentFor.isNegative() ? Duration.ZERO : silentFor,
                heads.size(),
                heads.waiting(),
                dispatcher.trouble().since(),
                archivist.awaySince(),
                archivist.left(),
                listeners.slowest(),
                office.awaySince(),
                office.backlog());
    }

    private Health.State state(Instant now) {
        if (closed) {
            return Health.State.CLOSED;
        }
        if (!life.mayDecide(now)) {
            return Health.State.FENCED;
        }
        boolean silent = now.isAfter(caretaker.checkedAt().plus(sweepEvery().multipliedBy(SILENT_SWEEPS)));
        boolean late = caretaker.worstOverdue().compareTo(sweepEvery().multipliedBy(2)) > 0;
        return silent || late ? Health.State.LATE : Health.State.UP;
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
        retention.close();
        office.close();
        posts.close();
        fileCare.close();
        ownExecutors.forEach(ExecutorService::shutdown);
        ownExecutors.forEach(Node::awaitEnd);
        audit.close();
        try {
            store.leave(life.node());
        } catch (StoreException away) {
            LOG.warn("The store does not answer; the lease of node {} ends by itself", life.node(), away);
        }
        tellHealth();
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
