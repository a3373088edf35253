package org.libcoop.transport.websocket;

import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be sent on one connection. At most one send is in flight, whatever the container allows or promises about
 * more; the next begins when its callback comes. Notices that wait together leave in one frame, and a newer one takes the place
 * of a waiting older one about the same thing. Whoever adds is never made to wait: what does not fit is told, and the
 * connection is ended (TR3).
 *
 * <p>Bounded by characters, and by the count of what nothing newer can replace. Until {@link #open} notices are kept back, so
 * that a snapshot comes before what happened after it. <em>Safe for use by several threads.</em>
 */
final class Outbox {

    /** The container's way to send, and where time comes from. */
    record Way(Sender sender, Executor executor, Supplier<Instant> now) {}

    /** Sends one text message without waiting, and tells the handler once. */
    @FunctionalInterface
    interface Sender {
        void send(String frame, SendHandler done);
    }

    /** So many characters of notices may share a frame. */
    private static final int PACK = 64 * 1024;

    private static final long NONE = Long.MAX_VALUE;

    private final Way way;
    private final int itemLimit;
    private final long characterLimit;
    private final Runnable broken;
    /** By what they are about, in order of arrival. */
    private final Map<Object, Outgoing> waiting = new LinkedHashMap<>();

    private final Map<Object, Outgoing> heldBack = new LinkedHashMap<>();
    private boolean held = true;
    private boolean closed;
    private boolean pumping;
    private long characters;
    private int irreplaceable;
    private @Nullable Runnable atEnd;
    /** In milliseconds, as everything that changes with each text: references from what is old to what is new keep the collector busy. */
    private volatile long inFlightSince = NONE;

    /** {@code broken} is run once a send has failed. */
    Outbox(Way way, int itemLimit, long characterLimit, Runnable broken) {
        this.way = way;
        this.itemLimit = itemLimit;
        this.characterLimit = characterLimit;
        this.broken = broken;
    }

    /** Adds a frame; false if it does not fit. */
    boolean frame(String json) {
        return add(Outgoing.frame(json), false);
    }

    /**
     * Adds a frame for the thread that asked for it and may well send it: it does, if nothing is under way. False if it does not
     * fit.
     */
    boolean reply(String json) {
        return add(Outgoing.frame(json), true);
    }

    /**
     * Adds a notice; false if it does not fit. A fleeting one may be lost: it is, where a quarter of the room is taken or the client
     * has no snapshot yet (M5).
     */
    boolean notice(Outgoing notice) {
        if (notice.isFleeting() && isBusy()) {
            return true;
        }
        return add(notice, false);
    }

    private synchronized boolean isBusy() {
        return held || irreplaceable > itemLimit / 4 || characters > characterLimit / 4;
    }

    /** Sends {@code welcome}, then what was kept back, then whatever comes. */
    boolean open(String welcome) {
        boolean fits = frame(welcome);
        synchronized (this) {
            held = false;
            waiting.putAll(heldBack);
            heldBack.clear();
        }
        start();
        return fits;
    }

    /** Sends what waits, takes nothing more, then runs {@code last}. */
    void finish(Runnable last) {
        synchronized (this) {
            heldBack.values().forEach(this::forget);
            heldBack.clear();
            held = false;
            atEnd = last;
        }
        start();
    }

    /** Forgets what waits, and takes nothing more. */
    synchronized void close() {
        closed = true;
        waiting.clear();
        heldBack.clear();
        characters = 0;
        irreplaceable = 0;
        atEnd = null;
    }

    /** Whether the send in flight has been under way for {@code limit}. */
    boolean stuck(Duration limit, Instant now) {
        long since = inFlightSince;
        return since != NONE && now.toEpochMilli() - since >= limit.toMillis();
    }

    private boolean add(Outgoing item, boolean here) {
        Object about = item.about();
        boolean next;
        synchronized (this) {
            if (closed || atEnd != null) {
                return true;
            }
            Map<Object, Outgoing> line = held && item.isNotice() ? heldBack : waiting;
            if (about != null) {
                forget(line.remove(about));
            }
            if (!fits(item)) {
                dropFleeting();
                if (!fits(item)) {
                    return false;
                }
            }
            characters += item.json().length();
            irreplaceable += item.isReplaceable() ? 0 : 1;
            next = line != heldBack && waiting.isEmpty() && !pumping;
            if (next) {
                pumping = true;
            } else {
                line.put(about == null ? new Object() : about, item);
            }
        }
        if (next && here) {
            sendOne(item);
        } else if (next) {
            handOver(item);
        }
        return true;
    }

    private boolean fits(Outgoing item) {
        boolean empty = characters == 0;
        boolean room = item.isReplaceable() || irreplaceable < itemLimit;
        return empty || (room && characters + item.json().length() <= characterLimit);
    }

    private void dropFleeting() {
        waiting.values().removeIf(item -> {
            if (item.isFleeting()) {
                forget(item);
            }
            return item.isFleeting();
        });
    }

    private void forget(@Nullable Outgoing item) {
        if (item != null) {
            characters -= item.json().length();
            irreplaceable -= item.isReplaceable() ? 0 : 1;
        }
    }

    private void start() {
        synchronized (this) {
            if (pumping || closed || (waiting.isEmpty() && atEnd == null)) {
                return;
            }
            pumping = true;
        }
        handOver(null);
    }

    /** Has the senders go on, with what need not wait in a line because nothing else does. */
    private void handOver(@Nullable Outgoing first) {
        try {
            way.executor().execute(() -> pump(first));
        } catch (RejectedExecutionException stopping) {
            close();
        }
    }

    /** Sends one frame and leaves the rest to the others: whoever called has more to do. */
    private void sendOne(Outgoing first) {
        String frame = next(first);
        if (frame != null && send(frame)) {
            synchronized (this) {
                pumping = false;
            }
            start();
        }
    }

    /** Sends one frame after the other. Where the callback comes within the call the loop goes on, so nothing ever nests. */
    private void pump(@Nullable Outgoing first) {
        String frame = next(first);
        while (frame != null && send(frame)) {
            frame = next(null);
        }
    }

    /** Whether the callback came within the call; if not, it will go on. */
    private boolean send(String frame) {
        inFlightSince = way.now().get().toEpochMilli();
        AtomicBoolean second = new AtomicBoolean();
        try {
            way.sender().send(frame, result -> sent(result, second));
        } catch (RuntimeException failed) {
            fail();
            return false;
        }
        return !second.compareAndSet(false, true);
    }

    private void sent(SendResult result, AtomicBoolean second) {
        inFlightSince = NONE;
        if (!result.isOK()) {
            fail();
            return;
        }
        if (!second.compareAndSet(false, true)) {
            pump(null);
        }
    }

    private void fail() {
        inFlightSince = NONE;
        close();
        broken.run();
    }

    /** The next frame, which begins with {@code first} if that is given; null when nothing waits, and then nobody pumps any more. */
    private @Nullable String next(@Nullable Outgoing first) {
        Runnable last = null;
        synchronized (this) {
            if (!closed && (first != null || !waiting.isEmpty())) {
                Iterator<Outgoing> line = waiting.values().iterator();
                return packed(first == null ? taken(line) : first, line);
            }
            pumping = false;
            if (!closed && atEnd != null) {
                last = atEnd;
                closed = true;
            }
        }
        if (last != null) {
            last.run();
        }
        return null;
    }

    private static Outgoing taken(Iterator<Outgoing> line) {
        Outgoing item = line.next();
        line.remove();
        return item;
    }

    /** One frame, or as many of the notices that come next as may share one. */
    private String packed(Outgoing first, Iterator<Outgoing> line) {
        forget(first);
        StringBuilder frame = null;
        int length = first.json().length();
        while (first.isNotice() && line.hasNext()) {
            Outgoing item = line.next();
            length += item.json().length();
            if (!item.isNotice() || length > PACK) {
                break;
            }
            line.remove();
            forget(item);
            frame = frame == null ? first.begin() : frame;
            frame.append(',').append(item.json());
        }
        return frame == null ? first.frame() : Outgoing.end(frame);
    }
}
