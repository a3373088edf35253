package org.libcoop.testkit.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One client's connection and the one to the server that stands for it, with a thread and one buffer for each direction: what
 * does not fit waits in the sender's kernel, as on any slow network.
 */
final class Link {

    private static final int BUFFER = 16 * 1024;

    private final Socket client;
    private final Socket server = new Socket();
    private final InetSocketAddress target;
    private final Faults faults;
    private final Consumer<Link> whenOver;
    private final AtomicInteger running = new AtomicInteger(1);
    private final Thread forth;
    private final Thread back;
    private volatile boolean over;
    private volatile @Nullable Cut cutting;

    Link(Socket client, InetSocketAddress target, Faults faults, String name, Consumer<Link> whenOver) {
        this.client = client;
        this.target = target;
        this.faults = faults;
        this.whenOver = whenOver;
        this.forth = thread(name + " to server", () -> {
            server.connect(target, TcpProxy.CONNECT_MILLIS);
            server.setTcpNoDelay(true);
            client.setTcpNoDelay(true);
            running.incrementAndGet();
            back().start();
            pumpToServer();
        });
        this.back = thread(name + " to client", this::pumpToClient);
    }

    void start() {
        forth.start();
    }

    /** Resets both connections: whoever reads or writes gets an error, and what is under way is lost. */
    void reset() {
        over = true;
        abort(client);
        abort(server);
        faults.changed();
    }

    /** Waits for both threads, at most {@code millis} for each. */
    void join(long millis) throws InterruptedException {
        forth.join(millis);
        back.join(millis);
    }

    private Thread back() {
        return back;
    }

    private void pumpToServer() throws IOException, InterruptedException {
        byte[] buffer = new byte[BUFFER];
        Cut.@Nullable Search search = null;
        for (int read = read(client, buffer, Direction.TO_SERVER);
                read >= 0;
                read = read(client, buffer, Direction.TO_SERVER)) {
            Cut armed = faults.armed();
            if (armed == null) {
                search = null;
            } else {
                search = search == null || search.cut() != armed ? armed.search() : search;
                if (search.ends(buffer, read) && armed.take()) {
                    cutting = armed;
                    if (armed.point() == Cut.Point.BEFORE_SERVER) {
                        cut(armed);
                        return;
                    }
                }
            }
            server.getOutputStream().write(buffer, 0, read);
        }
        server.shutdownOutput();
    }

    private void pumpToClient() throws IOException, InterruptedException {
        byte[] buffer = new byte[BUFFER];
        for (int read = read(server, buffer, Direction.TO_CLIENT);
                read >= 0;
                read = read(server, buffer, Direction.TO_CLIENT)) {
            Cut ordered = cutting;
            if (ordered != null && !ordered.done().isCancelled()) {
                cut(ordered);
                return;
            }
            client.getOutputStream().write(buffer, 0, read);
        }
        client.shutdownOutput();
    }

    private int read(Socket from, byte[] buffer, Direction direction) throws IOException, InterruptedException {
        int read = from.getInputStream().read(buffer);
        faults.await(direction, System.nanoTime(), () -> over);
        return read;
    }

    private void cut(Cut ordered) {
        reset();
        ordered.done().complete(null);
    }

    /** Runs one direction; the connections end when both directions have, or at once when one of them fails. */
    private Thread thread(String name, Pump pump) {
        Thread thread = new Thread(
                () -> {
                    try {
                        pump.run();
                    } catch (IOException failed) {
                        reset();
                    } catch (InterruptedException interrupted) {
                        Thread.currentThread().interrupt();
                        reset();
                    }
                    if (running.decrementAndGet() == 0) {
                        ends();
                    }
                },
                name);
        thread.setDaemon(true);
        return thread;
    }

    private void ends() {
        quietly(client::close);
        quietly(server::close);
        Cut ordered = cutting;
        if (ordered != null) {
            ordered.done().completeExceptionally(new IOException("the connection to " + target + " ended unanswered"));
        }
        whenOver.accept(this);
    }

    /** Closes so that the other side gets a reset instead of an orderly end. */
    private static void abort(Socket socket) {
        quietly(() -> socket.setSoLinger(true, 0));
        quietly(socket::close);
    }

    static void quietly(Closing closing) {
        try {
            closing.run();
        } catch (IOException | UncheckedIOException alreadyClosed) {
            // Nothing is left to close, which is what was wanted.
        }
    }

    /** One direction's work. */
    private interface Pump {
        void run() throws IOException, InterruptedException;
    }

    /** Something that ends a socket. */
    interface Closing {
        void run() throws IOException;
    }
}
