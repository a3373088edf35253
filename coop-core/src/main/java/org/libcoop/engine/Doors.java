package org.libcoop.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.libcoop.access.Access;
import org.libcoop.access.Operation;
import org.libcoop.access.Relation;
import org.libcoop.chat.ChatCommand;
import org.libcoop.chat.ChatId;
import org.libcoop.directory.Directory;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.Policies;
import org.libcoop.engine.AuditLog.Deed;
import org.libcoop.presence.Attachment;
import org.libcoop.presence.NodeId;
import org.libcoop.presence.OperatorPresence;
import org.libcoop.presence.Presence;
import org.libcoop.presence.SignOff;
import org.libcoop.presence.Status;
import org.libcoop.refusal.Outcome;
import org.libcoop.refusal.Refusal;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.spi.AuditRecord.Kind;
import org.libcoop.spi.AuditRecord.Thing;
import org.libcoop.spi.AuditRecord.Who;
import org.libcoop.spi.Happening;
import org.libcoop.spi.Happening.CommandRefused.About;
import org.libcoop.spi.Peer;
import org.libcoop.spi.Principal;
import org.libcoop.spi.Store;
import org.libcoop.spi.StoreException;
import org.libcoop.spi.Topic;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Connections of operators and patrons, and with them who shows signs of life (P4, C7, T5). Safe for use by several threads. */
public final class Doors {

    /** An act is told to the other nodes once it is later than what they know by this part of the idle limit. */
    private static final int ACTS_TOLD_PER_LIMIT = 10;

    private static final Logger LOG = LoggerFactory.getLogger(Doors.class);

    private final Store store;
    private final EngineTime time;
    private final NodeLife life;
    private final Presence presence;
    private final Heads heads;
    private final Audience audience;
    private final Dispatcher dispatcher;
    private final StrangerLimits limits;
    private final Listeners listeners;
    private final AuditLog audit;

    Doors(Ground ground, Dispatcher dispatcher, StrangerLimits limits, AuditLog audit) {
        this.store = ground.store();
        this.time = ground.time();
        this.life = ground.life();
        this.presence = ground.presence();
        this.heads = ground.heads();
        this.audience = ground.audience();
        this.dispatcher = dispatcher;
        this.limits = limits;
        this.listeners = ground.listeners();
        this.audit = audit;
    }

    /** Opens a connection of an operator (P4, T5). */
    public Outcome<OperatorConnection> connect(OperatorId operator, Peer peer, boolean remote) {
        if (directory().operator(operator).isEmpty()) {
            return refused(RefusalCode.NOT_FOUND, "there is no such operator");
        }
        if (audience.of(operator).size() >= policies().operatorConnections()) {
            return refused(RefusalCode.RATE_LIMITED, "too many connections");
        }
        OperatorConnection connection = new OperatorConnection(operator, peer, remote, now());
        audience.add(connection);
        attach(operator);
        task(() -> listWaiting(operator));
        return Outcome.done(connection);
    }

    /** Opens a connection of a patron, who goes on with a chat that is not over (C7, T5). */
    public Outcome<PatronConnection> connect(Principal.OfPatron patron, String address, Peer peer, boolean remote) {
        String keyHash = Secrets.hash(patron.key());
        if (audience.of(keyHash).size() >= policies().patronConnections()) {
            return refused(RefusalCode.RATE_LIMITED, "too many connections");
        }
        if (!limits.connected(address, policies())) {
            return refused(RefusalCode.RATE_LIMITED, "too many connections from your address");
        }
        PatronConnection connection = new PatronConnection(keyHash, address, peer, remote, now());
        tellFromHere(keyHash);
        audience.add(connection);
        resume(connection);
        return Outcome.done(connection);
    }

    /** A patron who is not connected by this, for what comes another way: it counts in no limit of connections and is no sign of life. */
    public PatronConnection stranger(Principal.OfPatron patron, String address) {
        return new PatronConnection(Secrets.hash(patron.key()), address, notice -> {}, false, now());
    }

    private <T> Outcome<T> refused(RefusalCode code, String message) {
        return listeners.refused(About.CONNECTION, null, Outcome.refused(code, message));
    }

    /**
     * What comes from now on is told: known before the peer reads for itself where its chat stands, or what another node brings in
     * between would be neither read nor told (M4). If the store does not answer, it does not answer the peer, either.
     */
    private void tellFromHere(String keyHash) {
        try {
            store.chatOfPatron(keyHash)
                    .filter(chat -> !chat.over())
                    .ifPresent(chat -> audience.toldFrom(chat.id(), chat.seq()));
        } catch (StoreException away) {
            LOG.debug("Where a patron's chat stands is learnt once the store answers", away);
        }
    }

    private void resume(PatronConnection connection) {
        tellChat(connection.keyHash(), connection::isOpen, () -> new ChatCommand.PatronReturned(life.node()));
    }

    /** Tells a patron's live chat, if {@code still} so; tried again with each sweep until the store has answered. */
    private void tellChat(String keyHash, BooleanSupplier still, Supplier<ChatCommand> command) {
        Runnable again = () -> tellChat(keyHash, still, command);
        Runnable task = () -> store.chatOfPatron(keyHash)
                .filter(chat -> !chat.over() && still.getAsBoolean())
                .ifPresent(chat -> {
                    audience.toldFrom(chat.id(), chat.seq());
                    Work.OfChat work = new Work.OfChat(chat.id(), command.get(), null);
                    againIfRefused(work.answer, again);
                    dispatcher.pipeline().urgent(work);
                });
        dispatcher
                .pipeline()
                .submit(new Work.OfTask(task, refusal -> dispatcher.trouble().later(again)));
    }

    private void attach(OperatorId operator) {
        steadily(operator, (row, now) -> Outcome.done(attached(row, now)));
    }

    /** Changes a row; tried again with each sweep until the store has answered. */
    private void steadily(
            OperatorId operator, BiFunction<OperatorPresence, Instant, Outcome<OperatorPresence>> change) {
        againIfRefused(row(operator, change), () -> steadily(operator, change));
    }

    private void againIfRefused(CompletionStage<? extends Outcome<?>> answer, Runnable again) {
        answer.thenAccept(outcome -> {
            RefusalCode code = outcome.refusal().map(Refusal::code).orElse(null);
            if (code == RefusalCode.UNAVAILABLE || code == RefusalCode.UNKNOWN_OUTCOME || code == RefusalCode.BUSY) {
                dispatcher.trouble().later(again);
            }
        });
    }

    /** Closes a connection; life ends one lease after its last sign (P4, C6). */
    public void disconnect(OperatorConnection connection) {
        if (!connection.isOpen()) {
            return;
        }
        Instant last = sign(connection);
        connection.closed();
        audience.remove(connection);
        OperatorId operator = connection.operator();
        NodeId node = life.node();
        steadily(operator, (row, now) -> {
            boolean others = !audience.of(operator).isEmpty();
            boolean vouched = row.attachments().contains(new Attachment(node, null));
            Instant from = last.isBefore(row.changedAt()) ? row.changedAt() : last;
            return Outcome.done(others || !vouched ? row : row.attached(new Attachment(node, last), this::dead, from));
        });
    }

    /** Closes a connection; the patron counts as gone from the last sign of life on (C7). */
    public void disconnect(PatronConnection connection) {
        if (!connection.isOpen()) {
            return;
        }
        sign(connection);
        connection.closed();
        audience.remove(connection);
        limits.disconnected(connection.address());
        gone(connection, life.node());
    }

    /** C7: nobody is there any more for a chat that {@code node} vouches for, unless through another connection. */
    private void gone(PatronConnection connection, NodeId node) {
        Instant last = connection.lastRenewal();
        tellChat(
                connection.keyHash(),
                () -> audience.of(connection.keyHash()).isEmpty(),
                () -> new ChatCommand.PatronLost(node, last));
    }

    /** A chat may begin, with {@code node} vouching, after its patron was gone: then the chat is told so at once. */
    void begins(CompletionStage<?> start, PatronConnection connection, NodeId node) {
        start.thenAccept(begun -> {
            if (!connection.isOpen()) {
                gone(connection, node);
            }
        });
    }

    /** The last sign of life of a connection that closes; one that lives with the process gives it now. */
    private Instant sign(Connection connection) {
        if (!connection.isRemote()) {
            connection.renew(now());
        }
        return connection.lastRenewal();
    }

    void dropSilent() {
        for (Connection connection : audience.silentFor(policies().lease(), now())) {
            connection.dropped();
            listeners.tell(new Happening.PeerDropped(now(), Happening.PeerDropped.Why.SILENT));
            if (connection instanceof OperatorConnection operator) {
                disconnect(operator);
            } else if (connection instanceof PatronConnection patron) {
                disconnect(patron);
            }
        }
    }

    /** After a new start under another name: everybody connected here is vouched for by the new node. */
    void attachAll() {
        for (Connection connection : audience.all()) {
            if (connection instanceof OperatorConnection operator) {
                attach(operator.operator());
            } else if (connection instanceof PatronConnection patron) {
                resume(patron);
            }
        }
    }

    private OperatorPresence attached(OperatorPresence row, Instant now) {
        Attachment mine = new Attachment(life.node(), null);
        boolean connected = !audience.of(row.operator()).isEmpty();
        return !connected || row.attachments().contains(mine) ? row : row.attached(mine, this::dead, now);
    }

    private boolean dead(NodeId node) {
        return presence.lastRenewalOfDead(node).isPresent();
    }

    private void listWaiting(OperatorId operator) {
        Instant now = now();
        for (Topic topic : dispatcher.lookout().topicsOf(operator)) {
            List<ChatId> waiting = dispatcher.lookout().waitingOn(topic);
            audience.expect(waiting);
            for (ChatId id : waiting) {
                heads.find(id).ifPresent(chat -> audience.list(operator, chat, now));
            }
        }
    }

    // ---- Presence

    /** P2. */
    public CompletionStage<Outcome<OperatorPresence>> signIn(OperatorId operator) {
        return noted(own(operator, Operation.SIGN_IN), operator, (row, now) -> {
            if (!mayBeThere(operator)) {
                return Outcome.refused(Access.denied(Operation.SIGN_IN));
            }
            boolean here = row.signedIn() && row.status() == Status.ONLINE && presence.live(operator, now);
            return Outcome.done(here ? row : attached(row.signedIn(now), now));
        });
    }

    /** C6: at once. */
    public CompletionStage<Outcome<OperatorPresence>> signOut(OperatorId operator) {
        return noted(own(operator, Operation.SIGN_OUT), operator, (row, now) -> {
            SignOff how = SignOff.self(operator);
            return Outcome.done(row.signedIn() ? row.signedOut(now, how) : row);
        });
    }

    /** P5: an admin of the institution ends the session of a colleague; claimed chats lose their owner at once (C6). */
    public CompletionStage<Outcome<OperatorPresence>> endSession(OperatorId by, OperatorId colleague) {
        Thing thing = Thing.of(Kind.OPERATOR, colleague.value());
        return noted(new Deed(Who.operator(by), Operation.END_SESSION, thing), colleague, (row, now) -> {
            Predicate<Relation> relations = Access.to(colleague, by, directory());
            Optional<Refusal> refusal = Access.refusal(Operation.KNOW_COLLEAGUE, relations)
                    .or(() -> Access.refusal(Operation.END_SESSION, relations));
            if (refusal.isPresent()) {
                return Outcome.refused(refusal.get());
            }
            return Outcome.done(row.signedIn() ? row.signedOut(now, SignOff.colleague(by)) : row);
        });
    }

    /** P5: an operator did something, from which the idle limit counts; not a sign of life. */
    public void acted(OperatorConnection connection) {
        if (connection.isOpen()) {
            audience.acted(connection.operator(), now());
        }
    }

    /**
     * P5: lets the other nodes know of what operators connected here did, by their rows: seldom, for a row costs a write, and
     * before the limit is over, so that no node signs off somebody who is at work on another.
     */
    void tellActs(Instant now) {
        Duration limit = policies().idleLimit().orElse(null);
        if (limit == null) {
            return;
        }
        for (OperatorId operator : audience.connected()) {
            Instant act = audience.lastAct(operator);
            Instant active = act.isAfter(presence.idleFrom()) ? act : presence.idleFrom();
            Instant known = presence.row(operator).changedAt();
            if (!active.isBefore(known.plus(limit.dividedBy(ACTS_TOLD_PER_LIMIT))) && !active.isAfter(now)) {
                steadily(operator, (row, later) -> {
                    boolean counts = row.signedIn() && row.openChats() == 0 && active.isAfter(row.changedAt());
                    return Outcome.done(counts ? row.active(active) : row);
                });
            }
        }
    }

    /** P1. */
    public CompletionStage<Outcome<OperatorPresence>> status(OperatorId operator, Status status) {
        return noted(own(operator, Operation.SIGN_IN), operator, (row, now) -> {
            if (!mayBeThere(operator)) {
                return Outcome.refused(Access.denied(Operation.SIGN_IN));
            }
            if (!row.signedIn()) {
                return Outcome.refused(RefusalCode.NOT_ALLOWED, "sign in first");
            }
            return Outcome.done(row.status() == status ? row : row.withStatus(status, now));
        });
    }

    /** P2, P3, A5. */
    public CompletionStage<Outcome<OperatorPresence>> monitor(OperatorId operator, Option option, boolean on) {
        Deed deed = new Deed(Who.operator(operator), Operation.MONITOR, Concerned.option(option));
        return noted(deed, operator, (row, now) -> {
            boolean may =
                    mayBeThere(operator) && Access.allows(Operation.MONITOR, Access.to(option, operator, directory()));
            if (on && !may) {
                return Outcome.refused(Access.denied(Operation.MONITOR));
            }
            return Outcome.done(row.switches().contains(option) == on ? row : row.withSwitch(option, on, now));
        });
    }

    private boolean mayBeThere(OperatorId operator) {
        return Access.allows(Operation.SIGN_IN, Access.toOwnPresence(operator, directory()));
    }

    private static Deed own(OperatorId operator, Operation operation) {
        return new Deed(Who.operator(operator), operation, Thing.of(Kind.OPERATOR, operator.value()));
    }

    /** A change that somebody asked for: whoever watches is told if it is refused, and the audit trail if it was denied. */
    private CompletionStage<Outcome<OperatorPresence>> noted(
            Deed deed, OperatorId operator, BiFunction<OperatorPresence, Instant, Outcome<OperatorPresence>> change) {
        return audit.noting(deed, listeners.watched(About.PRESENCE, null, row(operator, change)));
    }

    private CompletionStage<Outcome<OperatorPresence>> row(
            OperatorId operator, BiFunction<OperatorPresence, Instant, Outcome<OperatorPresence>> change) {
        CompletableFuture<Outcome<OperatorPresence>> answer = new CompletableFuture<>();
        dispatcher.pipeline().submit(new Work.OfPresence(operator, change, answer));
        return answer;
    }

    private void task(Runnable task) {
        dispatcher.pipeline().submit(new Work.OfTask(task));
    }

    private Directory directory() {
        return presence.directory();
    }

    private Policies policies() {
        return directory().policies();
    }

    private Instant now() {
        return time.now();
    }
}
