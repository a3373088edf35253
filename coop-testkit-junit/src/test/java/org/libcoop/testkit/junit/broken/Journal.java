package org.libcoop.testkit.junit.broken;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.libcoop.chat.ChatId;
import org.libcoop.memory.InMemoryStore;
import org.libcoop.presence.NodeId;
import org.libcoop.spi.Change;
import org.libcoop.spi.Clock;
import org.libcoop.spi.Committed;
import org.libcoop.spi.NodeLease;
import org.libcoop.spi.Store;

/** The store in memory, made durable: what was done to it can be done again to a new one, at the same instants. */
final class Journal {

    private record Entry(Instant at, Function<Store, ?> call) {}

    /** A clock that shows an earlier instant while a journal is read. */
    private static final class ReadingClock implements Clock {
        private final Clock clock;
        private @Nullable Instant earlier;

        ReadingClock(Clock clock) {
            this.clock = clock;
        }

        @Override
        public Instant now() {
            Instant shown = earlier;
            return shown == null ? clock.now() : shown;
        }

        @Override
        public void wakeAt(Instant at, Runnable hint) {
            clock.wakeAt(at, hint);
        }
    }

    private final Clock clock;
    private final List<Entry> entries = new ArrayList<>();

    Journal(Clock clock) {
        this.clock = clock;
    }

    /** A new store with everything that is written down but the last calls. */
    @SuppressWarnings("ReturnValueIgnored") // what a call answers it answered before
    synchronized Store open(int lost) {
        ReadingClock time = new ReadingClock(clock);
        InMemoryStore memory = new InMemoryStore(time);
        for (Entry entry : entries.subList(0, Math.max(0, entries.size() - lost))) {
            time.earlier = entry.at();
            entry.call().apply(memory);
        }
        time.earlier = null;
        return new Written(memory);
    }

    private <T> T write(Store memory, Function<Store, T> call) {
        synchronized (this) {
            Instant at = memory.now();
            T answer = call.apply(memory);
            entries.add(new Entry(at, call));
            return answer;
        }
    }

    /** Writes down what changes the store and was not refused. */
    private final class Written extends ForwardingStore {

        Written(Store memory) {
            super(memory);
        }

        @Override
        public NodeLease join(NodeId node, Duration length) {
            return write(store, memory -> memory.join(node, length));
        }

        @Override
        public Optional<NodeLease> renew(NodeId node) {
            return write(store, memory -> memory.renew(node));
        }

        @Override
        public void leave(NodeId node) {
            write(store, memory -> {
                memory.leave(node);
                return node;
            });
        }

        @Override
        public List<Committed> commit(NodeId node, List<Change> batch) {
            List<Change> kept = List.copyOf(batch);
            return write(store, memory -> memory.commit(node, kept));
        }

        @Override
        public void archived(Map<ChatId, Long> upTo) {
            Map<ChatId, Long> kept = Map.copyOf(upTo);
            write(store, memory -> {
                memory.archived(kept);
                return kept;
            });
        }

        @Override
        public boolean deleteContent(ChatId chat) {
            return write(store, memory -> memory.deleteContent(chat));
        }

        @Override
        public boolean redact(ChatId chat, long seq, String replacement) {
            return write(store, memory -> memory.redact(chat, seq, replacement));
        }

        @Override
        public boolean anonymise(ChatId chat) {
            return write(store, memory -> memory.anonymise(chat));
        }

        @Override
        public void forget(List<ChatId> chats) {
            List<ChatId> kept = List.copyOf(chats);
            write(store, memory -> {
                memory.forget(kept);
                return kept;
            });
        }
    }
}
