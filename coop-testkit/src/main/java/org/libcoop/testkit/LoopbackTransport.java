package org.libcoop.testkit;

import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.libcoop.CoopEngine;
import org.libcoop.OperatorSession;
import org.libcoop.PatronSession;
import org.libcoop.refusal.Outcome;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.spi.Authenticator;
import org.libcoop.spi.Happening;
import org.libcoop.spi.Notice;
import org.libcoop.spi.Peer;
import org.libcoop.spi.Principal;
import org.libcoop.spi.Transport;

/**
 * A transport within one process: the far end is a {@link Peer}, and commands are calls. It keeps the rules of every transport, so
 * that what is tried on it is true of a network: a peer authenticates first, is told one notice at a time on an executor, falls
 * behind at the limit of the outbox (T5), and has to show signs of life. <em>Safe for use by several threads.</em>
 */
public final class LoopbackTransport implements Transport<CoopEngine> {

    private final Authenticator authenticator;
    private final Executor executor;
    private final Set<Line> lines = ConcurrentHashMap.newKeySet();
    private volatile @Nullable CoopEngine engine;
    private volatile boolean closed;

    /**
     * A transport that is not started yet.
     *
     * @param executor delivers notices; never used for one peer twice at a time
     */
    public LoopbackTransport(Authenticator authenticator, Executor executor) {
        this.authenticator = Objects.requireNonNull(authenticator, "authenticator");
        this.executor = Objects.requireNonNull(executor, "executor");
    }

    @Override
    public void start(CoopEngine door) {
        engine = Objects.requireNonNull(door, "door");
    }

    /**
     * A new connection, of somebody who has yet to say who it is.
     *
     * @throws IllegalStateException before the start and after the end
     */
    public Line connect(Peer peer) {
        CoopEngine door = engine;
        if (door == null || closed) {
            throw new IllegalStateException("the transport takes no connections");
        }
        Line line = new Line(door, Objects.requireNonNull(peer, "peer"));
        lines.add(line);
        if (closed) {
            line.close();
        }
        return line;
    }

    /** How many connections there are. */
    public int connections() {
        return lines.size();
    }

    @Override
    public void close() {
        closed = true;
        lines.forEach(Line::close);
    }

    /** One connection. <em>Safe for use by several threads.</em> */
    public final class Line implements AutoCloseable {

        private final CoopEngine door;
        private final Peer peer;
        private final Queue<Notice> waiting = new ArrayDeque<>();
        private boolean delivering;
        private boolean over;
        private @Nullable AutoCloseable session;

        private Line(CoopEngine door, Peer peer) {
            this.door = door;
            this.peer = peer;
        }

        /** A patron's session; {@code not-allowed}, and the connection is over, if the token is nobody's (TR1). */
        public Outcome<PatronSession> patron(String token) {
            Principal principal = authenticated("patron", token);
            return opened(
                    principal instanceof Principal.OfPatron patron
                            ? door.connectPatron(patron, "", this::queue, true)
                            : denied());
        }

        /** An operator's session; {@code not-allowed}, and the connection is over, if the token is nobody's (TR1). */
        public Outcome<OperatorSession> operator(String token) {
            Principal principal = authenticated("operator", token);
            return opened(
                    principal instanceof Principal.OfOperator staff
                            ? door.connectOperator(staff.operator(), this::queue, true)
                            : denied());
        }

        /** Whether the connection is over, for whatever reason. */
        public synchronized boolean isOver() {
            return over;
        }

        /** Ends the connection. */
        @Override
        public void close() {
            AutoCloseable open;
            synchronized (this) {
                over = true;
                open = session;
                session = null;
                waiting.clear();
            }
            lines.remove(this);
            if (open instanceof PatronSession patron) {
                patron.disconnect();
            } else if (open instanceof OperatorSession operator) {
                operator.disconnect();
            }
        }

        private @Nullable Principal authenticated(String role, String token) {
            synchronized (this) {
                if (over || session != null) {
                    return null;
                }
            }
            return authenticator
                    .authenticate(new Authenticator.Credentials(role, token))
                    .orElse(null);
        }

        private <S extends AutoCloseable> Outcome<S> opened(Outcome<S> outcome) {
            S opened = outcome.value().orElse(null);
            boolean late;
            synchronized (this) {
                late = over;
                session = opened;
            }
            if (late || opened == null) {
                close();
            }
            return outcome;
        }

        private static <S> Outcome<S> denied() {
            return Outcome.refused(RefusalCode.NOT_ALLOWED, "not authenticated");
        }

        /** Takes a notice from the engine; who has too many waiting is sent away (TR3). */
        private void queue(Notice notice) {
            boolean tooMany;
            boolean begin;
            synchronized (this) {
                if (over) {
                    return;
                }
                tooMany = waiting.size() >= door.directory().policies().outboxNotices();
                waiting.add(notice);
                begin = !delivering && !tooMany;
                delivering |= begin;
            }
            if (tooMany) {
                door.peerDropped(Happening.PeerDropped.Why.TOO_SLOW);
                close();
            } else if (begin) {
                executor.execute(this::deliver);
            }
        }

        private void deliver() {
            for (Notice next = next(); next != null; next = next()) {
                peer.deliver(next);
            }
        }

        private synchronized @Nullable Notice next() {
            Notice next = over ? null : waiting.poll();
            delivering = next != null;
            return next;
        }
    }
}
