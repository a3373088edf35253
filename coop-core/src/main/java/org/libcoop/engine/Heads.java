package org.libcoop.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.libcoop.chat.Chat;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Phase;
import org.libcoop.directory.Policies;
import org.libcoop.spi.Store;

/**
 * The heads of live chats as this node last saw them, and the exact timers of those it handled. Both only save time: every
 * change is decided anew if the store says that the head was another (T2), and a timer that fires for nothing looks and goes.
 * A timer is an entry in a heap; none is ever taken out, what no longer holds is dropped when it comes up. Written by the
 * pipeline alone, read by any thread.
 */
final class Heads {

    private record Timer(Instant at, ChatId chat) implements Comparable<Timer> {
        @Override
        public int compareTo(Timer other) {
            return at.compareTo(other.at);
        }
    }

    private final Store store;
    private final Map<ChatId, Chat> heads = new ConcurrentHashMap<>();
    private final PriorityQueue<Timer> timers = new PriorityQueue<>();

    Heads(Store store) {
        this.store = store;
    }

    @Nullable
    Chat cached(ChatId id) {
        return heads.get(id);
    }

    /** The head as cached, else as stored. */
    Optional<Chat> find(ChatId id) {
        Chat cached = heads.get(id);
        return cached != null ? Optional.of(cached) : store.chat(id);
    }

    /** The head as stored, which becomes the cached one. Pipeline only. */
    @Nullable
    Chat reload(ChatId id) {
        Chat stored = store.chat(id).orElse(null);
        if (stored == null) {
            heads.remove(id);
        } else {
            put(stored);
        }
        return stored;
    }

    /** Pipeline only. */
    void put(Chat chat) {
        if (chat.over()) {
            heads.remove(chat.id());
        } else {
            heads.put(chat.id(), chat);
        }
    }

    /** Pipeline only. */
    void forget(ChatId id) {
        heads.remove(id);
    }

    /** Pipeline only. */
    void forgetAll() {
        heads.clear();
        timers.clear();
    }

    /** When the oldest live chat known here began; {@code now} when there is none. Pipeline only. */
    Instant oldestStart(Instant now) {
        Instant oldest = now;
        for (Chat chat : heads.values()) {
            oldest = chat.startedAt().isBefore(oldest) ? chat.startedAt() : oldest;
        }
        return oldest;
    }

    int size() {
        return heads.size();
    }

    /** How many of them nobody owns. */
    int waiting() {
        return (int) heads.values().stream()
                .filter(chat -> chat.phase().kind() == Phase.Kind.WAITING)
                .count();
    }

    /** Sets a timer for {@code dueAt}, if something is due. Pipeline only. */
    void arm(ChatId id, @Nullable Instant dueAt) {
        if (dueAt != null) {
            timers.add(new Timer(dueAt, id));
        }
    }

    /** Takes out the chats whose timers were reached and still hold. Pipeline only. */
    List<ChatId> due(Instant now, Policies policies) {
        List<ChatId> due = new ArrayList<>();
        for (Timer next = timers.peek(); next != null && !next.at().isAfter(now); next = timers.peek()) {
            timers.remove();
            Chat chat = heads.get(next.chat());
            if (chat != null && next.at().equals(chat.dueAt(policies))) {
                due.add(next.chat());
            }
        }
        return due;
    }

    /** When the first timer is due, or null. Pipeline only. */
    @Nullable
    Instant nextTimer() {
        Timer next = timers.peek();
        return next == null ? null : next.at();
    }
}
