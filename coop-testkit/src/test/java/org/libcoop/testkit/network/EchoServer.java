package org.libcoop.testkit.network;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Answers every read with the same bytes, and keeps what it heard and how each connection ended. */
final class EchoServer implements AutoCloseable {

    private final ServerSocket listener;
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> endings = new LinkedBlockingQueue<>();

    EchoServer() throws IOException {
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::acceptAll);
    }

    InetSocketAddress address() {
        return new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort());
    }

    /** What one read brought, in order; "nothing" after a while. */
    String heard() throws InterruptedException {
        String next = heard.poll(20, TimeUnit.SECONDS);
        return next == null ? "nothing" : next;
    }

    /** Whether there is anything that {@link #heard} would give. */
    boolean heardAnything() {
        return !heard.isEmpty();
    }

    /** How the next connection ended: "end" or "reset". */
    String ending() throws InterruptedException {
        String next = endings.poll(20, TimeUnit.SECONDS);
        return next == null ? "none" : next;
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    private void acceptAll() {
        while (true) {
            try {
                Socket client = listener.accept();
                start(() -> echo(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void echo(Socket client) {
        byte[] buffer = new byte[4096];
        try (client) {
            for (int read = client.getInputStream().read(buffer);
                    read >= 0;
                    read = client.getInputStream().read(buffer)) {
                heard.add(new String(buffer, 0, read, StandardCharsets.UTF_8));
                client.getOutputStream().write(buffer, 0, read);
            }
            endings.add("end");
        } catch (SocketException reset) {
            endings.add("reset");
        } catch (IOException other) {
            endings.add(other.toString());
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "echo-server");
        thread.setDaemon(true);
        thread.start();
    }
}
