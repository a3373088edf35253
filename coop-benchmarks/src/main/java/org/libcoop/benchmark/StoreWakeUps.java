package org.libcoop.benchmark;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import javax.sql.DataSource;
import org.libcoop.chat.Audience;
import org.libcoop.chat.Author;
import org.libcoop.chat.Chat;
import org.libcoop.chat.ChatCommand;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.ChatRules;
import org.libcoop.chat.Decision;
import org.libcoop.presence.NodeId;
import org.libcoop.presence.Presence;
import org.libcoop.spi.Change;
import org.libcoop.spi.Committed;
import org.libcoop.spi.Topic;
import org.libcoop.store.jdbc.JdbcStore;

/**
 * Three nodes' stores on one database, each committing batch after batch, a message in each of its chats: with PostgreSQL waking the
 * others after each batch, or without. All three poll every 100 ms and are told of changes either way.
 */
record StoreWakeUps(String name, boolean waking) implements Benchmark.Contestant {

    private static final int NODES = 3;
    private static final int BATCH = 200;
    private static final int BATCHES_EACH = 5;
    private static final int WARM_UP = 5;

    @Override
    public Measurement run(Settings settings, DataSource database) throws Exception {
        List<JdbcStore> stores = new ArrayList<>();
        try (WaitingChats chats = new WaitingChats(database, Libraries.deskAndCoop())) {
            chats.atWork(Libraries.AT_THE_DESK, Libraries.DESK);
            chats.start(
                    WaitingChats.id(0, 0), Libraries.ASK, chats.store().now().minusSeconds(60));
            chats.settle(NODES * BATCHES_EACH * BATCH - 1);
            for (int i = 0; i < NODES; i++) {
                JdbcStore.Builder builder = JdbcStore.builder(database);
                stores.add((waking ? builder.wakeUps(database) : builder).build());
            }
            return measure(stores, chats.world(), settings.span());
        } finally {
            stores.forEach(JdbcStore::close);
        }
    }

    private static Measurement measure(List<JdbcStore> stores, Presence world, Duration span) throws Exception {
        LongAdder hints = new LongAdder();
        List<Writer> ready = new ArrayList<>();
        for (int i = 0; i < NODES; i++) {
            stores.get(i).onChange(hints::increment);
            ready.add(new Writer(stores.get(i), i, world));
        }
        long begin = System.nanoTime() + span.dividedBy(WARM_UP).toNanos();
        List<Callable<Writer>> writers = new ArrayList<>();
        for (Writer writer : ready) {
            writers.add(() -> {
                writer.run(begin, begin + span.toNanos());
                return writer;
            });
        }
        ExecutorService threads = Executors.newFixedThreadPool(NODES);
        try {
            long written = 0;
            long last = begin + 1;
            for (Future<Writer> writer : threads.invokeAll(writers)) {
                written += writer.get().written;
                last = Math.max(last, writer.get().last);
            }
            double seconds = (last - begin) / 1e9;
            return Measurement.of("won/s", written / seconds).with("hints/s", hints.sum() / seconds);
        } finally {
            threads.shutdownNow();
        }
    }

    /** One node: knows the heads of its chats, and writes them one batch after another, round and round. */
    private static final class Writer {

        private final JdbcStore store;
        private final NodeId node;
        private final Presence world;
        private final List<Chat> heads = new ArrayList<>();
        private long written;
        private long last;

        Writer(JdbcStore store, int number, Presence world) {
            this.store = store;
            this.node = new NodeId("node-" + number);
            this.world = world;
            store.join(node, Duration.ofHours(1));
            for (int i = 0; i < BATCHES_EACH * BATCH; i++) {
                int chat = i * NODES + number;
                heads.add(store.chat(ChatId.of(WaitingChats.id(0, chat))).orElseThrow());
            }
        }

        /** Writes until the end, and one batch at least. */
        void run(long begin, long end) {
            for (int first = 0; written == 0 || last < end; first = (first + BATCH) % heads.size()) {
                Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
                List<Change> changes = new ArrayList<>();
                for (int i = first; i < first + BATCH; i++) {
                    changes.add(message(heads.get(i), now));
                }
                List<Committed> outcomes = store.commit(node, changes);
                if (!outcomes.stream().allMatch(Committed.APPLIED::equals)) {
                    throw new IllegalStateException("not written: " + outcomes);
                }
                for (int i = 0; i < BATCH; i++) {
                    heads.set(first + i, ((Change.OfChat) changes.get(i)).chat());
                }
                last = System.nanoTime();
                written += last >= begin ? BATCH : 0;
            }
        }

        private Change message(Chat head, Instant now) {
            ChatCommand.Say say = new ChatCommand.Say(Author.patron(), Audience.PATRON_AND_STAFF, "Is anybody there?");
            Decision decision = ChatRules.decide(head, say, world, now);
            Chat chat = decision.chat();
            if (chat == null || !decision.accepted()) {
                throw new IllegalStateException("not said: " + decision);
            }
            Set<Topic> topics = WaitingChats.topics(chat);
            return new Change.OfChat(
                    chat,
                    head.seq(),
                    now,
                    decision.entries(),
                    null,
                    null,
                    null,
                    chat.dueAt(world.directory().policies()),
                    topics,
                    topics);
        }
    }
}
