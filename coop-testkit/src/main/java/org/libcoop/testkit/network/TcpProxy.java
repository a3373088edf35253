package org.libcoop.testkit.network;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * A TCP proxy within the test's process: it listens on a free port of the loopback address, passes everything on to a target,
 * and fails in the ways in which networks and servers fail, whenever a test says so (G12).
 *
 * <p>Faults hold for all connections, those made later included, until {@link #heal}; a {@linkplain #resetConnections reset} and
 * a cut happen once. At most {@value #MAX_CONNECTIONS} connections are open at a time, further ones are closed at once; each
 * direction of each holds one buffer. <em>Safe for use by several threads.</em>
 */
public final class TcpProxy implements AutoCloseable {

    /** The most connections at a time. */
    public static final int MAX_CONNECTIONS = 256;

    static final int CONNECT_MILLIS = 10_000;

    private static final int BACKLOG = 64;
    private static final long JOIN_MILLIS = 10_000;

    private final InetSocketAddress target;
    private final ServerSocket listener;
    private final Faults faults = new Faults();
    private final Set<Link> links = new HashSet<>();
    private final Thread acceptor;
    private boolean closed;
    private long accepted;

    private TcpProxy(InetSocketAddress target) throws IOException {
        this.target = target;
        this.listener = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        this.acceptor = new Thread(this::acceptAll, "tcp-proxy-" + listener.getLocalPort());
        acceptor.setDaemon(true);
    }

    /**
     * Starts a proxy before this server; the server need not be there yet.
     *
     * @throws UncheckedIOException if no port can be opened
     */
    public static TcpProxy to(InetSocketAddress target) {
        try {
            TcpProxy proxy = new TcpProxy(requireNonNull(target, "target"));
            proxy.acceptor.start();
            return proxy;
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
    }

    /** Where clients connect instead of to the target. */
    public InetSocketAddress address() {
        return new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort());
    }

    /** The port of {@link #address}. */
    public int port() {
        return listener.getLocalPort();
    }

    /** How many connections are open. */
    public synchronized int connections() {
        return links.size();
    }

    /** From now on connections are closed as soon as they are made; open ones stay. */
    public void refuseConnections() {
        faults.refuse(true);
    }

    /** Resets all open connections, to the client and to the server (TCP RST); returns how many there were. */
    public int resetConnections() {
        List<Link> open;
        synchronized (this) {
            open = List.copyOf(links);
        }
        open.forEach(Link::reset);
        return open.size();
    }

    /** From now on nothing passes in this direction; connections stay open, and nobody is told. */
    public void stall(Direction direction) {
        faults.stall(requireNonNull(direction, "direction"));
    }

    /** From now on nothing passes in either direction; connections stay open, and nobody is told. */
    public void stall() {
        stall(Direction.TO_SERVER);
        stall(Direction.TO_CLIENT);
    }

    /** Ends every stall: what was held back passes on, in order. */
    public void resume() {
        faults.resume();
    }

    /**
     * From now on every read's worth of bytes passes on so much later, in each direction. It is also what limits throughput:
     * nothing else is read meanwhile.
     *
     * @throws IllegalArgumentException if the latency is negative
     */
    public void delay(Duration latency) {
        if (latency.isNegative()) {
            throw new IllegalArgumentException("latency must not be negative: " + latency);
        }
        faults.delay(latency.toNanos());
    }

    /**
     * Resets the first connection on which a client sends these bytes from now on; the read in which they end does not reach the
     * server, so that what they ask for certainly is not done.
     *
     * @return completed once the connection is reset; cancelled if another cut or {@link #heal} comes first
     * @throws IllegalArgumentException if the pattern is empty
     */
    public CompletableFuture<Void> cutBefore(byte[] pattern) {
        return arm(new Cut(pattern, Cut.Point.BEFORE_SERVER));
    }

    /**
     * Resets the first connection on which a client sends these bytes from now on, when the server answers them. They reach the
     * server, and so does what follows; nothing that the server says after them reaches the client. With a protocol in which the
     * client waits for each answer, and a pattern that is a commit, the commit is done and nobody is told.
     *
     * @return completed once the connection is reset; exceptionally if it ends without an answer; cancelled if another cut or
     *     {@link #heal} comes first
     * @throws IllegalArgumentException if the pattern is empty
     */
    public CompletableFuture<Void> cutAfter(byte[] pattern) {
        return arm(new Cut(pattern, Cut.Point.BEFORE_CLIENT));
    }

    /** Ends all faults that last; what was reset stays so. */
    public void heal() {
        faults.refuse(false);
        faults.delay(0);
        faults.resume();
        faults.arm(null);
    }

    /** Resets what is open and ends all threads, waiting for them. */
    @Override
    public void close() {
        List<Link> open;
        synchronized (this) {
            closed = true;
            open = new ArrayList<>(links);
        }
        Link.quietly(listener::close);
        open.forEach(Link::reset);
        faults.arm(null);
        try {
            acceptor.join(JOIN_MILLIS);
            for (Link link : open) {
                link.join(JOIN_MILLIS);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private CompletableFuture<Void> arm(Cut cut) {
        faults.arm(cut);
        return cut.done();
    }

    private void acceptAll() {
        while (true) {
            Socket client;
            try {
                client = listener.accept();
            } catch (IOException noMore) {
                return;
            }
            if (!opens(client)) {
                Link.quietly(client::close);
            }
        }
    }

    private synchronized boolean opens(Socket client) {
        if (closed || faults.refusing() || links.size() == MAX_CONNECTIONS) {
            return false;
        }
        accepted++;
        String name = acceptor.getName() + " connection " + accepted;
        Link link = new Link(client, target, faults, name, this::forget);
        links.add(link);
        link.start();
        return true;
    }

    private synchronized void forget(Link link) {
        links.remove(link);
    }
}
