package org.libcoop.transport.websocket;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.libcoop.CoopEngine;
import org.libcoop.directory.Policies;
import org.libcoop.refusal.Outcome;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.spi.Happening.PeerDropped.Why;
import org.libcoop.spi.Principal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection from its handshake to its end: hello, authentication, then commands, questions and heartbeats. The container
 * hands in one message at a time; results, notices and the watchdog come from other threads.
 */
final class Connection {

    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
    private static final int FRAMES_PER_COMMAND = 3;

    private final WebSocketTransport transport;
    private final CoopEngine engine;
    private final Session session;
    private final Handshake.Facts handshake;
    private final Times times;
    private final Assembler assembler;
    private final FrameReader reader;
    private final Bucket commands;
    private final Bucket frames;
    private final Outbox outbox;
    private final Instant openedAt;
    private volatile Instant lastFrame;
    private volatile boolean counted;
    private volatile boolean ending;
    private boolean over;
    private @Nullable Party party;

    Connection(WebSocketTransport transport, CoopEngine engine, Session session) {
        this.transport = transport;
        this.engine = engine;
        this.session = session;
        this.handshake = Handshake.facts(session.getUserProperties());
        Policies policies = engine.directory().policies();
        this.times = transport.times(policies);
        this.openedAt = engine.now();
        this.lastFrame = openedAt;
        this.assembler = new Assembler(policies.frameLimitBytes());
        this.reader = transport.reader(policies);
        int perMinute = policies.connectionMessagesPerMinute();
        this.commands = new Bucket(perMinute, openedAt);
        this.frames = new Bucket(perMinute * FRAMES_PER_COMMAND, openedAt);
        RemoteEndpoint.Async remote = session.getAsyncRemote();
        this.outbox = new Outbox(
                new Outbox.Way(remote::sendText, transport.senders(), engine::now),
                policies.outboxNotices(),
                policies.outboxBytes(),
                this::lost);
    }

    /** Says hello, to whoever may be here at all. */
    void opened() {
        Policies policies = engine.directory().policies();
        if (!handshake.allowed()) {
            end(Ending.FOREIGN_ORIGIN);
            return;
        }
        if (!handshake.address().isEmpty()) {
            counted = transport.addresses().enter(handshake.address(), policies.addressConnections());
            if (!counted) {
                deny(RefusalCode.RATE_LIMITED, Ending.TOO_MANY);
                return;
            }
        }
        send(ServerFrames.hello(times, policies.frameLimitBytes(), engine.now()));
    }

    // ---- Inward
    // ------------------------------------------------------------------------------------------------------

    /** A part of a message. */
    void received(String part, boolean last) {
        if (ending) {
            return;
        }
        Instant now = engine.now();
        if (silent(now)) {
            end(Ending.SILENT); // the engine may have given the session up already
        } else if (!assembler.add(part)) {
            end(Ending.TOO_LARGE);
        } else if (last) {
            lastFrame = now;
            try {
                message(assembler.whole(), now);
            } catch (RuntimeException defect) {
                LOG.error("A frame could not be handled", defect);
                end(Ending.INTERNAL);
            }
        }
    }

    private void message(String text, Instant now) {
        if (!frames.take(now)) {
            end(Ending.TOO_MANY);
            return;
        }
        ClientFrame frame = reader.read(text);
        Party known = party();
        if (frame instanceof ClientFrame.Malformed) {
            end(Ending.MALFORMED);
        } else if (known == null) {
            if (frame instanceof ClientFrame.Auth auth) {
                authenticate(auth);
            } else {
                deny(RefusalCode.NOT_ALLOWED, Ending.UNAUTHORIZED);
            }
        } else {
            known.renew();
            handle(frame, known, now);
        }
    }

    private void handle(ClientFrame frame, Party known, Instant now) {
        switch (frame.kind()) {
            case PING -> reply(ServerFrames.pong(now));
            case COMMAND -> command((ClientFrame.Command) frame, known, now);
            case QUERY -> query((ClientFrame.Query) frame, known, now);
            case WHISPER -> whisper((ClientFrame.Whisper) frame, known);
            case AUTH -> send(ServerFrames.error("you are authenticated already"));
            case UNKNOWN -> send(ServerFrames.error("there is no such type of frame"));
            case MALFORMED -> end(Ending.MALFORMED);
        }
    }

    /** Acknowledged when its stage completes, which is after the commit (TR2). */
    private void command(ClientFrame.Command command, Party known, Instant now) {
        String id = command.id();
        try {
            CompletionStage<Outcome<ObjectNode>> done =
                    commands.take(now) ? known.perform(command) : CompletableFuture.completedFuture(tooMany());
            done.whenComplete((outcome, failure) ->
                    answer(id, failure == null ? outcome : Outcome.refused(ServerFrames.refusal(failure))));
        } catch (RuntimeException failure) {
            answer(id, Outcome.refused(ServerFrames.refusal(failure)));
        }
    }

    private void query(ClientFrame.Query query, Party known, Instant now) {
        Outcome<JsonNode> outcome;
        try {
            outcome = commands.take(now) ? known.answer(query) : tooMany();
        } catch (RuntimeException failure) {
            outcome = Outcome.refused(ServerFrames.refusal(failure));
        }
        reply(ServerFrames.result(query.id(), outcome.map(value -> Json.object().set("value", value))));
    }

    /** Nobody waits for an answer, so a malformed one is left lying. */
    private static void whisper(ClientFrame.Whisper whisper, Party known) {
        try {
            known.whisper(whisper);
        } catch (Fields.Invalid malformed) {
            LOG.debug("A whisper said nothing: {}", malformed.explanation());
        }
    }

    private static <T> Outcome<T> tooMany() {
        return Outcome.refused(RefusalCode.RATE_LIMITED, "too many messages; wait a little");
    }

    // ---- Authentication
    // ----------------------------------------------------------------------------------------------

    private void authenticate(ClientFrame.Auth auth) {
        Principal principal = transport.authenticate(auth);
        Outcome<Party> opened = open(auth.role(), principal);
        Party known = opened.value().orElse(null);
        if (known == null) {
            boolean tooMany = opened.refusal()
                    .filter(r -> r.code() == RefusalCode.RATE_LIMITED)
                    .isPresent();
            deny(
                    tooMany ? RefusalCode.RATE_LIMITED : RefusalCode.NOT_ALLOWED,
                    tooMany ? Ending.TOO_MANY : Ending.UNAUTHORIZED);
            return;
        }
        synchronized (this) {
            if (!over) {
                party = known;
            }
        }
        if (party() == null) {
            known.disconnect(); // the connection ended meanwhile
            return;
        }
        leaveAddress(); // from here on the engine counts
        if (!outbox.open(Json.write(known.welcome(auth)))) {
            end(Ending.TOO_SLOW);
        }
    }

    private Outcome<Party> open(String role, @Nullable Principal principal) {
        if (principal instanceof Principal.OfPatron patron && role.equals("patron")) {
            return PatronParty.open(engine, patron, handshake, this);
        }
        boolean ownPage = handshake.origin() == null;
        return principal instanceof Principal.OfOperator staff && role.equals("operator") && ownPage
                ? OperatorParty.open(engine, staff.operator(), this)
                : Outcome.refused(RefusalCode.NOT_ALLOWED, "not authenticated");
    }

    private void deny(RefusalCode code, Ending why) {
        send(ServerFrames.denied(code));
        ending = true;
        outbox.finish(() -> end(why));
    }

    // ---- Outward
    // -----------------------------------------------------------------------------------------------------

    /** What operators of this door are told in the same words. */
    Encodings encodings() {
        return transport.encodings();
    }

    /** Takes a notice as its text, from the engine's thread: queues it and returns (PE1). */
    void push(Outgoing notice) {
        if (!outbox.notice(notice)) {
            end(Ending.TOO_SLOW);
        }
    }

    /** Asks the client to come again through another connection. */
    void askToReconnect(Duration within) {
        send(ServerFrames.reconnect(within));
    }

    /** From the container's thread, which sends it if nothing is under way. */
    private void reply(ObjectNode frame) {
        if (!outbox.reply(Json.write(frame))) {
            end(Ending.TOO_SLOW);
        }
    }

    private void answer(String id, Outcome<ObjectNode> outcome) {
        send(ServerFrames.result(id, outcome));
    }

    private void send(ObjectNode frame) {
        if (!outbox.frame(Json.write(frame))) {
            end(Ending.TOO_SLOW);
        }
    }

    // ---- The end
    // -----------------------------------------------------------------------------------------------------

    /** The watchdog's look: whatever takes too long ends the connection. */
    void check(Instant now) {
        Party known = party();
        if (outbox.stuck(times.send(), now)) {
            end(Ending.TOO_SLOW);
        } else if (known == null && !now.isBefore(openedAt.plus(times.auth()))) {
            end(Ending.AUTH_TIMEOUT);
        } else if (silent(now)) {
            end(Ending.SILENT);
        } else if (known != null && !known.isKnown()) {
            end(Ending.UNAUTHORIZED);
        } else if (foreign()) {
            end(Ending.FOREIGN_ORIGIN);
        }
    }

    /** The page's origin was some widget's, and is not any more (G20). */
    private boolean foreign() {
        String origin = handshake.origin();
        return origin != null && !transport.origins().embeds(origin);
    }

    private boolean silent(Instant now) {
        return party() != null && !now.isBefore(lastFrame.plus(times.silence()));
    }

    /** Ends the connection from this side. */
    void end(Ending why) {
        if (release()) {
            LOG.debug("A connection is ended: {}", why);
            if (why == Ending.TOO_SLOW || why == Ending.SILENT) {
                engine.peerDropped(why == Ending.SILENT ? Why.SILENT : Why.TOO_SLOW);
            }
            transport.close(session, why.reason());
        }
    }

    /** The other side has ended it, or it broke. */
    void closed() {
        release();
    }

    /** A send failed: what the container may not have noticed yet. */
    private void lost() {
        end(Ending.TOO_SLOW);
    }

    /** Gives back everything, once; the engine hears of it at once, whatever the container does with the socket. */
    private boolean release() {
        Party known;
        synchronized (this) {
            if (over) {
                return false;
            }
            over = true;
            known = party;
        }
        ending = true;
        outbox.close();
        leaveAddress();
        transport.forget(this);
        if (known != null) {
            known.disconnect();
        }
        return true;
    }

    private synchronized void leaveAddress() {
        if (counted) {
            counted = false;
            transport.addresses().leave(handshake.address());
        }
    }

    private synchronized @Nullable Party party() {
        return party;
    }
}
