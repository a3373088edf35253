package org.libcoop.testkit.junit.broken;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.libcoop.chat.Chat;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Logged;
import org.libcoop.presence.NodeId;
import org.libcoop.spi.Change;
import org.libcoop.spi.CommandResult;
import org.libcoop.spi.Committed;
import org.libcoop.spi.Store;
import org.libcoop.spi.StoredDirectory;

/** ST11 and ST12: what is forgotten too much or too little, and directories that are not what they were. */
final class DefectsOfMemory {

    private DefectsOfMemory() {}

    static List<Defect> all() {
        return List.of(
                Defect.of("st11", "forgets live chats too", ForgetsTheLiving::new),
                Defect.of("st11", "leaves the log of what it forgets", LeavesTheLog::new),
                Defect.of("st11", "leaves the results of what it forgets", LeavesTheResults::new),
                Defect.of("st11", "forgets nothing", ForgetsNothing::new),
                Defect.of("st11", "forgets every chat that is over", ForgetsAll::new),
                Defect.of("st12", "knows the newest revision only", NewestOnly::new),
                Defect.of("st12", "shows the newest for every revision", NewestForAll::new),
                Defect.of("st12", "keeps the newest host for every revision", NewestHost::new),
                Defect.of("st12", "gives the newest instant for every revision", NewestInstant::new),
                Defect.of("st12", "keeps no revision from the middle of a batch", OnlyEndsOfBatches::new));
    }

    private static final class ForgetsTheLiving extends ForwardingStore {
        private final Set<ChatId> gone = ConcurrentHashMap.newKeySet();

        ForgetsTheLiving(Store store) {
            super(store);
        }

        @Override
        public void forget(List<ChatId> chats) {
            store.forget(chats);
            gone.addAll(chats);
        }

        @Override
        public List<Chat> live(@Nullable ChatId after) {
            return store.live(after).stream()
                    .filter(chat -> !gone.contains(chat.id()))
                    .toList();
        }
    }

    private static final class LeavesTheLog extends ForwardingStore {
        private final Map<ChatId, List<Logged>> left = new ConcurrentHashMap<>();

        LeavesTheLog(Store store) {
            super(store);
        }

        @Override
        public void forget(List<ChatId> chats) {
            chats.forEach(chat -> left.put(chat, store.log(chat, 0, PAGE)));
            store.forget(chats);
        }

        @Override
        public List<Logged> log(ChatId chat, long afterSeq, int limit) {
            List<Logged> log = store.log(chat, afterSeq, limit);
            return log.isEmpty() && afterSeq == 0 ? left.getOrDefault(chat, List.of()) : log;
        }
    }

    private static final class LeavesTheResults extends ForwardingStore {
        private final Map<ChatId, CommandResult> left = new ConcurrentHashMap<>();

        LeavesTheResults(Store store) {
            super(store);
        }

        @Override
        public List<Committed> commit(NodeId node, List<Change> batch) {
            for (Change change : batch) {
                if (change instanceof Change.OfChat ofChat && ofChat.result() != null) {
                    left.put(ofChat.chat().id(), ofChat.result());
                }
            }
            return store.commit(node, batch);
        }

        @Override
        public Optional<CommandResult> result(ChatId chat, String scope, String id) {
            return store.result(chat, scope, id).or(() -> Optional.ofNullable(left.get(chat)));
        }
    }

    private static final class ForgetsNothing extends ForwardingStore {
        ForgetsNothing(Store store) {
            super(store);
        }

        @Override
        public void forget(List<ChatId> chats) {}
    }

    private static final class ForgetsAll extends ForwardingStore {
        ForgetsAll(Store store) {
            super(store);
        }

        @Override
        public void forget(List<ChatId> chats) {
            store.forget(store.forgettable(now().plusSeconds(1_000_000), PAGE));
        }
    }

    private static final class NewestOnly extends ForwardingStore {
        NewestOnly(Store store) {
            super(store);
        }

        @Override
        public Optional<StoredDirectory> directory(long revision) {
            return Optional.of(store.directory()).filter(newest -> newest.revision() == revision);
        }
    }

    private static final class NewestForAll extends ForwardingStore {
        NewestForAll(Store store) {
            super(store);
        }

        @Override
        public Optional<StoredDirectory> directory(long revision) {
            return store.directory(revision).map(then -> store.directory());
        }
    }

    private static final class NewestHost extends ForwardingStore {
        NewestHost(Store store) {
            super(store);
        }

        @Override
        public Optional<StoredDirectory> directory(long revision) {
            return store.directory(revision)
                    .map(then -> new StoredDirectory(store.directory().host(), then.revision(), then.records()));
        }
    }

    private static final class NewestInstant extends ForwardingStore {
        NewestInstant(Store store) {
            super(store);
        }

        @Override
        public Optional<Instant> revisedAt(long revision) {
            return store.revisedAt(revision)
                    .flatMap(then -> store.revisedAt(store.directory().revision()));
        }
    }

    /** Keeps what the directory was after each batch, and nothing of what it was in the middle of one. */
    private static final class OnlyEndsOfBatches extends ForwardingStore {
        private final Set<Long> ends = ConcurrentHashMap.newKeySet();

        OnlyEndsOfBatches(Store store) {
            super(store);
        }

        @Override
        public List<Committed> commit(NodeId node, List<Change> batch) {
            List<Committed> outcomes = store.commit(node, batch);
            ends.add(store.directory().revision());
            return outcomes;
        }

        @Override
        public Optional<StoredDirectory> directory(long revision) {
            return store.directory(revision).filter(then -> ends.contains(revision));
        }
    }
}
