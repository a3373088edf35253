package org.libcoop.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.libcoop.access.Access;
import org.libcoop.chat.Chat;
import org.libcoop.chat.ChatCommand;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.ChatRules;
import org.libcoop.chat.Content;
import org.libcoop.chat.Logged;
import org.libcoop.chat.Phase;
import org.libcoop.chat.Receipt;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.Directory;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.LibraryRecord;
import org.libcoop.directory.Membership;
import org.libcoop.directory.Operator;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.Policies;
import org.libcoop.directory.Stage;
import org.libcoop.directory.Widget;
import org.libcoop.directory.WidgetId;
import org.libcoop.presence.Attachment;
import org.libcoop.presence.NodeId;
import org.libcoop.presence.OperatorPresence;
import org.libcoop.presence.Presence;
import org.libcoop.presence.Status;
import org.libcoop.refusal.Outcome;
import org.libcoop.refusal.Refusal;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.routing.Opening;
import org.libcoop.routing.RoutePlan;
import org.libcoop.routing.Routing;
import org.libcoop.spi.CommandId;
import org.libcoop.spi.Health;
import org.libcoop.spi.Notice;
import org.libcoop.spi.OnlineOperator;
import org.libcoop.spi.Peer;
import org.libcoop.spi.Principal;
import org.libcoop.spi.Store;
import org.libcoop.spi.Topic;

/**
 * One node: what the role-typed handles stand on. Commands go into the pipeline and come back as completed stages; questions
 * are answered at once from what this node sees. Safe for use by several threads.
 */
public final class Node implements AutoCloseable {

    /** A chat as the host itself may see it. */
    public record Seen(Chat chat, List<Logged> log, Set<OperatorId> notified, Instant at) {}

    private final NodeOptions options;
    private final Store store;
    private final EngineTime time;
    private final NodeLife life;
    private final DirectoryDesk desk;
    private final Presence presence;
    private final Heads heads;
    private final Views views;
    private final Audience audience;
    private final Dispatcher dispatcher;
    private final Caretaker caretaker;
    private final StrangerLimits limits = new StrangerLimits();
    private final @Nullable ExecutorService ownExecutor;
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
        this.views = new Views(presence, store);
        this.audience = new Audience(presence, views);
        Executor given = options.executor();
        this.ownExecutor = given == null ? daemon() : null;
        this.dispatcher = new Dispatcher(
                store,
                time,
                life,
                heads,
                presence,
                audience,
                ownExecutor == null ? Objects.requireNonNull(given) : ownExecutor);
        this.caretaker = new Caretaker(
                store,
                time,
                life,
                heads,
                presence,
                audience,
                dispatcher,
                desk::reread,
                this::attachAll,
                this::dropSilent);
    }

    private static ExecutorService daemon() {
        return new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
            Thread thread = new Thread(task, "coop-engine");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Starts a node: takes a lease, reads or fills the directory, and looks at every live chat. */
    public static Node start(NodeOptions options) {
        Node node = new Node(options);
        node.store.onChange(node::feedHint);
        node.options
                .source()
                .onRevision(host -> node.task(() -> {
                    node.desk.revise(node.life.node(), host);
                    node.caretaker.follow();
                }));
        node.task(node.caretaker::lookAtEverything);
        node.tick();
        return node;
    }

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
                time.wakeAt(now.plus(every.multipliedBy(3)), this::tick);
                caretaker.tick();
            }
        });
    }

    private Duration sweepEvery() {
        Duration renew = policies().renewEvery();
        return renew.compareTo(options.sweepEvery()) < 0 ? renew : options.sweepEvery();
    }

    private void task(Runnable task) {
        dispatcher.pipeline().submit(new Work.OfTask(task));
    }

    // ---- Connections
    // -------------------------------------------------------------------------------------------------

    /** Opens a connection of an operator (P4, T5). */
    public Outcome<OperatorConnection> connect(OperatorId operator, Peer peer, boolean remote) {
        if (directory().operator(operator).isEmpty()) {
            return Outcome.refused(RefusalCode.NOT_FOUND, "there is no such operator");
        }
        if (audience.of(operator).size() >= policies().operatorConnections()) {
            return Outcome.refused(RefusalCode.RATE_LIMITED, "too many connections");
        }
        OperatorConnection connection = new OperatorConnection(operator, peer, remote, now());
        audience.add(connection);
        row(operator, (row, now) -> Outcome.done(attached(row, now)));
        task(() -> listWaiting(operator));
        return Outcome.done(connection);
    }

    /** Opens a connection of a patron, who goes on with a chat that is not over (C7, T5). */
    public Outcome<PatronConnection> connect(Principal.OfPatron patron, String address, Peer peer, boolean remote) {
        String keyHash = Secrets.hash(patron.key());
        if (audience.of(keyHash).size() >= policies().patronConnections()) {
            return Outcome.refused(RefusalCode.RATE_LIMITED, "too many connections");
        }
        if (!limits.connected(address, policies())) {
            return Outcome.refused(RefusalCode.RATE_LIMITED, "too many connections from your address");
        }
        PatronConnection connection = new PatronConnection(keyHash, address, peer, remote, now());
        audience.add(connection);
        resume(connection);
        return Outcome.done(connection);
    }

    private void resume(PatronConnection connection) {
        task(() -> store.chatOfPatron(connection.keyHash())
                .filter(chat -> !chat.over())
                .ifPresent(chat -> dispatcher
                        .pipeline()
                        .urgent(new Work.OfChat(chat.id(), new ChatCommand.PatronReturned(life.node()), null))));
    }

    /** Closes a connection; life ends one lease after its last sign (P4, C6). */
    public void disconnect(OperatorConnection connection) {
        if (!connection.isOpen()) {
            return;
        }
        Instant last = lastSign(connection);
        connection.closed();
        audience.remove(connection);
        OperatorId operator = connection.operator();
        NodeId node = life.node();
        row(operator, (row, now) -> {
            boolean others = !audience.of(operator).isEmpty();
            boolean vouched = row.attachments().contains(new Attachment(node, null));
            Instant from = last.isBefore(row.changedAt()) ? row.changedAt() : last;
            return Outcome.done(others || !vouched ? row : row.attached(new Attachment(node, last), from));
        });
    }

    /** Closes a connection; the patron counts as gone from the last sign of life on (C7). */
    public void disconnect(PatronConnection connection) {
        if (!connection.isOpen()) {
            return;
        }
        Instant last = lastSign(connection);
        connection.closed();
        audience.remove(connection);
        limits.disconnected(connection.address());
        NodeId node = life.node();
        task(() -> {
            if (audience.of(connection.keyHash()).isEmpty()) {
                store.chatOfPatron(connection.keyHash())
                        .filter(chat -> !chat.over())
                        .ifPresent(chat -> dispatcher
                                .pipeline()
                                .urgent(new Work.OfChat(chat.id(), new ChatCommand.PatronLost(node, last), null)));
            }
        });
    }

    private Instant lastSign(Connection connection) {
        if (!connection.isRemote()) {
            connection.renew(now());
        }
        return connection.lastRenewal();
    }

    private void dropSilent() {
        Instant now = now();
        for (Connection connection : audience.all()) {
            if (connection.silentFor(policies().lease(), now)) {
                if (connection instanceof OperatorConnection operator) {
                    disconnect(operator);
                } else if (connection instanceof PatronConnection patron) {
                    disconnect(patron);
                }
            }
        }
    }

    /** After a new start under another name: everybody connected here is vouched for by the new node. */
    private void attachAll() {
        for (Connection connection : audience.all()) {
            if (connection instanceof OperatorConnection operator) {
                row(operator.operator(), (row, now) -> Outcome.done(attached(row, now)));
            } else if (connection instanceof PatronConnection patron) {
                resume(patron);
            }
        }
    }

    private OperatorPresence attached(OperatorPresence row, Instant now) {
        Attachment mine = new Attachment(life.node(), null);
        boolean connected = !audience.of(row.operator()).isEmpty();
        return !connected || row.attachments().contains(mine) ? row : row.attached(mine, now);
    }

    private void listWaiting(OperatorId operator) {
        Instant now = now();
        for (Stage stage : presence.stagesOf(operator)) {
            for (ChatId id : dispatcher.waitingOn(Topic.stage(stage))) {
                heads.find(id).ifPresent(chat -> audience.list(operator, chat, now));
            }
        }
    }

    // ---- Presence
    // ----------------------------------------------------------------------------------------------------

    /** P2. */
    public CompletionStage<Outcome<OperatorPresence>> signIn(OperatorId operator) {
        return row(operator, (row, now) -> {
            if (!enabled(operator)) {
                return notAllowed("chat is not enabled for this operator");
            }
            boolean here = row.signedIn() && row.status() == Status.ONLINE && presence.live(operator, now);
            return Outcome.done(here ? row : attached(row.signedIn(now), now));
        });
    }

    /** C6: at once. */
    public CompletionStage<Outcome<OperatorPresence>> signOut(OperatorId operator) {
        return row(operator, (row, now) -> Outcome.done(row.signedIn() ? row.signedOut(now) : row));
    }

    /** P1. */
    public CompletionStage<Outcome<OperatorPresence>> status(OperatorId operator, Status status) {
        return row(operator, (row, now) -> {
            if (!row.signedIn() || !enabled(operator)) {
                return notAllowed("sign in first");
            }
            return Outcome.done(row.status() == status ? row : row.withStatus(status, now));
        });
    }

    /** P2, P3, A5. */
    public CompletionStage<Outcome<OperatorPresence>> monitor(OperatorId operator, Option option, boolean on) {
        return row(operator, (row, now) -> {
            if (on && !(enabled(operator) && hasAccess(operator, option))) {
                return notAllowed("you cannot monitor " + option);
            }
            return Outcome.done(row.switches().contains(option) == on ? row : row.withSwitch(option, on, now));
        });
    }

    private boolean enabled(OperatorId operator) {
        return directory().operator(operator).filter(Operator::chatEnabled).isPresent();
    }

    private boolean hasAccess(OperatorId operator, Option option) {
        return directory().hasAccess(operator, Stage.of(option))
                || (option instanceof Option.OfCoop coop && directory().hasAccess(operator, Stage.backup(coop.coop())));
    }

    private static Outcome<OperatorPresence> notAllowed(String message) {
        return Outcome.refused(RefusalCode.NOT_ALLOWED, message);
    }

    private CompletionStage<Outcome<OperatorPresence>> row(
            OperatorId operator, BiFunction<OperatorPresence, Instant, Outcome<OperatorPresence>> change) {
        CompletableFuture<Outcome<OperatorPresence>> answer = new CompletableFuture<>();
        dispatcher.pipeline().submit(new Work.OfPresence(operator, change, answer));
        return answer;
    }

    // ---- Commands
    // ----------------------------------------------------------------------------------------------------

    /** Sends a command about {@code chat}; {@code content} is what the same id must mean again (G5). */
    public CompletionStage<Outcome<Receipt>> command(
            ChatId chat, ChatCommand command, String scope, String commandId, String content) {
        if (commandId.isBlank() || commandId.length() > CommandId.MAX_LENGTH) {
            return refused(RefusalCode.INVALID, "a command id has 1 to " + CommandId.MAX_LENGTH + " characters");
        }
        CommandId id = new CommandId(scope, commandId, Secrets.hash(content));
        Work.OfChat work = new Work.OfChat(chat, command, id);
        dispatcher.pipeline().submit(work);
        return work.answer;
    }

    /** Sends a command of a patron about the patron's newest chat, within the limits of T5. */
    public CompletionStage<Outcome<Receipt>> command(
            PatronConnection connection, ChatCommand command, String commandId, String content) {
        boolean allowed = limits.mayWrite(connection, policies(), now());
        if (!allowed) {
            return refused(RefusalCode.RATE_LIMITED, "too many messages; wait a little");
        }
        Chat chat = store.chatOfPatron(connection.keyHash()).orElse(null);
        return chat == null
                ? refused(RefusalCode.NOT_FOUND, "you have no chat")
                : command(chat.id(), command, scope(connection), commandId, content);
    }

    /** Starts a patron's chat; the same command again finds the chat it started (G5), another one a chat that is not over. */
    public CompletionStage<Outcome<Receipt>> startChat(
            PatronConnection connection,
            WidgetId widget,
            Content.PatronDetails details,
            @Nullable String question,
            String commandId) {
        if (!limits.mayStart(connection.address(), policies(), chat -> heads.cached(chat) != null, now())) {
            return refused(RefusalCode.RATE_LIMITED, "too many chats were started from your address; wait a little");
        }
        // The id is made of the key and the command, so a resend on any node names the same chat.
        ChatId named =
                ChatId.of(Secrets.hash(connection.keyHash() + ' ' + commandId).substring(0, 22));
        CompletableFuture<Outcome<Receipt>> answer = new CompletableFuture<>();
        task(() -> {
            Chat running = store.chatOfPatron(connection.keyHash())
                    .filter(chat -> !chat.over())
                    .orElse(null);
            ChatId chat = running == null ? named : running.id();
            String hash = connection.keyHash();
            ChatCommand start = new ChatCommand.Start(chat, widget, details, question, hash, life.node());
            limits.started(connection.address(), chat);
            dispatcher.pipeline().urgent(new Work.OfChat(chat, start, null, answer));
        });
        return answer;
    }

    private static String scope(PatronConnection connection) {
        return "patron:" + connection.keyHash();
    }

    private static CompletionStage<Outcome<Receipt>> refused(RefusalCode code, String message) {
        return CompletableFuture.completedFuture(Outcome.refused(Refusal.of(code, message)));
    }

    // ---- Directory
    // ---------------------------------------------------------------------------------------------------

    /** D9–D11. */
    public CompletionStage<Outcome<Directory>> save(LibraryRecord record) {
        return change(directory -> Outcome.done(record));
    }

    /** D9. */
    public CompletionStage<Outcome<Directory>> endMembership(InstitutionId institution, CoopId coop) {
        return change(directory -> directory
                .membership(coop, institution)
                .map(m -> Outcome.<LibraryRecord>done(
                        new Membership(m.coop(), m.institution(), m.kind(), m.coverage(), true)))
                .orElseGet(() -> Outcome.refused(RefusalCode.NOT_FOUND, "there is no such membership")));
    }

    private CompletionStage<Outcome<Directory>> change(Function<Directory, Outcome<LibraryRecord>> change) {
        CompletableFuture<Outcome<Directory>> answer = new CompletableFuture<>();
        task(() -> {
            if (!life.mayDecide(now())) {
                answer.complete(Outcome.refused(RefusalCode.UNAVAILABLE, "this node has no lease at the moment"));
                return;
            }
            Outcome<Directory> outcome = desk.change(life.node(), change);
            caretaker.follow();
            task(() -> answer.complete(outcome));
        });
        return answer;
    }

    // ---- Questions
    // ---------------------------------------------------------------------------------------------------

    /** The engine's time (T1). */
    public Instant now() {
        return time.now();
    }

    /** Who is there, as this node knows it. */
    public Presence presence() {
        return presence;
    }

    /** A new command id. */
    public String newId() {
        return options.ids().next();
    }

    /** W3. */
    public boolean online(Widget widget) {
        Instant now = now();
        return Routing.online(RoutePlan.of(directory(), widget, now), now, presence);
    }

    /** E2, with who is there now. */
    public List<Opening> preview(Widget widget, Instant at) {
        RoutePlan plan = RoutePlan.of(directory(), widget, at);
        Instant now = now();
        if (!Routing.online(plan, now, presence)) {
            return List.of();
        }
        Duration ahead = Duration.between(now, at);
        return Routing.preview(plan, now, presence).stream()
                .map(o -> Opening.of(o.stage(), o.at().plus(ahead), o.cause()))
                .toList();
    }

    /** R6, C4. */
    public List<Notice.ChatSummary> waitingFor(OperatorId operator) {
        Instant now = now();
        List<Notice.ChatSummary> waiting = new ArrayList<>();
        presence.stagesOf(operator).stream()
                .flatMap(stage -> dispatcher.waitingOn(Topic.stage(stage)).stream())
                .distinct()
                .flatMap(id -> heads.find(id).stream())
                .map(chat -> ChatRules.present(chat, presence, now))
                .filter(chat -> chat.phase() instanceof Phase.Waiting)
                .filter(chat -> Routing.claimStage(chat.progress(), operator, now, presence)
                        .isPresent())
                .forEach(chat -> waiting.add(views.summary(chat, operator, now)));
        waiting.sort(Comparator.comparing(Notice.ChatSummary::startedAt)
                .thenComparing(summary -> summary.chat().value()));
        return waiting;
    }

    /** C1. */
    public Outcome<Notice.ChatSummary> preview(OperatorId operator, ChatId id) {
        Instant now = now();
        Chat chat = store.chat(id).orElse(null);
        if (chat == null) {
            return Outcome.refused(RefusalCode.NOT_FOUND, "there is no such chat for you");
        }
        Refusal refusal =
                ChatRules.previewRefusal(chat, operator, presence, now).orElse(null);
        return refusal != null
                ? Outcome.refused(refusal)
                : Outcome.done(views.summary(ChatRules.present(chat, presence, now), operator, now));
    }

    /** The chats an operator owns now. */
    public List<Notice.ChatState> ownedBy(OperatorId operator) {
        return dispatcher.waitingOn(Topic.owner(operator)).stream()
                .flatMap(id -> heads.find(id).stream())
                .filter(chat -> chat.ownedBy(operator))
                .map(views::state)
                .toList();
    }

    /** A chat's log for its owner. */
    public Outcome<List<Logged>> conversation(OperatorId operator, ChatId id, long afterSeq) {
        Chat chat = store.chat(id).orElse(null);
        boolean known = chat != null && Access.mayLearnOf(chat.progress(), chat.startedAt(), operator, presence, now());
        if (chat == null || !known) {
            return Outcome.refused(RefusalCode.NOT_FOUND, "there is no such chat for you");
        }
        Phase.Ownership last = chat.lastOwnership();
        return last == null || !last.owner().equals(operator)
                ? Outcome.refused(RefusalCode.NOT_OWNER, "only the owner may read along")
                : Outcome.done(store.log(id, afterSeq, Store.PAGE));
    }

    /** The patron's newest chat. */
    public Optional<Notice.ChatState> chatOf(PatronConnection connection) {
        return store.chatOfPatron(connection.keyHash()).map(views::state);
    }

    /** The patron's newest chat's log, as far as it is for the patron (M1). */
    public List<Logged> conversation(PatronConnection connection, long afterSeq) {
        return store.chatOfPatron(connection.keyHash())
                .map(chat -> store.log(chat.id(), afterSeq, Store.PAGE).stream()
                        .filter(Views::forPatron)
                        .toList())
                .orElse(List.of());
    }

    /** P6, for one who has access to the stage. */
    public Outcome<List<OnlineOperator>> onlineFor(OperatorId viewer, Stage stage) {
        return directory().hasAccess(viewer, stage)
                ? Outcome.done(onlineOn(stage))
                : Outcome.refused(RefusalCode.NOT_ALLOWED, "you have no access there");
    }

    /** P6. */
    public List<OnlineOperator> onlineOn(Stage stage) {
        Instant now = now();
        return presence.rows().stream()
                .filter(row -> presence.monitors(row.operator(), stage, now))
                .flatMap(row -> directory().operator(row.operator()).stream()
                        .map(o -> new OnlineOperator(o, row.status(), row.onlineSince(), row.openChats())))
                .sorted(Comparator.comparing(online -> online.operator().id()))
                .toList();
    }

    /** For the host itself. */
    public Optional<Seen> inspect(ChatId id) {
        Instant now = now();
        return store.chat(id).map(stored -> {
            Chat chat = ChatRules.present(stored, presence, now);
            Set<OperatorId> notified =
                    chat.phase() instanceof Phase.Waiting ? Routing.eligible(chat.progress(), now, presence) : Set.of();
            List<Logged> log = new ArrayList<>();
            List<Logged> page = store.log(id, 0, Store.PAGE);
            while (!page.isEmpty()) {
                log.addAll(page);
                page = store.log(id, log.size(), Store.PAGE);
            }
            return new Seen(chat, log, notified, now);
        });
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

    private Directory directory() {
        return presence.directory();
    }

    private Policies policies() {
        return directory().policies();
    }

    /** Ends the node: what waits is refused, the lease is given up. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        dispatcher.pipeline().close();
        if (ownExecutor != null) {
            ownExecutor.shutdown();
        }
        store.leave(life.node());
    }
}
