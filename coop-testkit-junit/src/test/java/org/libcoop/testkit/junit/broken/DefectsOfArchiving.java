package org.libcoop.testkit.junit.broken;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.libcoop.chat.Chat;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Content;
import org.libcoop.chat.Logged;
import org.libcoop.chat.Phase;
import org.libcoop.presence.NodeId;
import org.libcoop.spi.Change;
import org.libcoop.spi.Committed;
import org.libcoop.spi.Store;

/** ST11 and ST13 to ST16: what is lost on its way to the archive, and content that stays or comes back. */
final class DefectsOfArchiving {

    private DefectsOfArchiving() {}

    static List<Defect> all() {
        return List.of(
                Defect.of("st11", "forgets what is not archived", ForgetsUnarchived::new),
                Defect.of("st11", "forgets what began a chat", ForgetsTheFirstResult::new),
                Defect.of("st13", "takes any report for one of the last entry", TakesAnyReport::new),
                Defect.of("st13", "knows a reported chat as archived for ever", NeverUnarchivedAgain::new),
                Defect.of("st13", "finds only ended chats to archive", FindsTheEndedOnly::new),
                Defect.of("st13", "finds chats to archive on the first page only", FirstPageOnly::new),
                Defect.of("st13", "finds as many chats to archive as it likes", AnyNumber::new),
                Defect.of("st13", "finds a chat to forget a millisecond late", ForgettableLate::new),
                Defect.of("st13", "counts a chat's age from its end", ForgettableSinceItsEnd::new),
                Defect.of("st13", "finds what may be forgotten in no order", ForgettableInReverse::new),
                new Defect("st13", "forgets on reopening what it was told last", store -> store, 1),
                Defect.of("st14", "deletes the content of live chats", DeletesLiveContent::new),
                Defect.of("st14", "deletes what was said and not what is known of the patron", KeepsThePatron::new),
                Defect.of("st14", "keeps the content of what follows a deletion", KeepsWhatFollows::new),
                Defect.of("st14", "counts a second deletion as none", DeletesOnce::new),
                Defect.of("st14", "archives a chat by deleting its content", ArchivesByDeleting::new),
                Defect.of("st15", "redacts live chats", RedactsTheLiving::new),
                Defect.of("st15", "brings deleted messages back by redaction", RedactsTheDeleted::new),
                Defect.of("st15", "says of any entry that it was redacted", RedactsAnything::new),
                Defect.of("st15", "trims what it puts in place", TrimsReplacements::new),
                Defect.of("st16", "anonymises live chats", AnonymisesTheLiving::new),
                Defect.of("st16", "keeps the address of an anonymised chat", KeepsTheAddress::new),
                Defect.of("st16", "deletes a chat by anonymising it", DeletesByAnonymising::new));
    }

    private static Map<ChatId, Long> heads(Store store, Iterable<ChatId> ids) {
        Map<ChatId, Long> upTo = new HashMap<>();
        ids.forEach(id -> store.chat(id).ifPresent(chat -> upTo.put(id, chat.seq())));
        return upTo;
    }

    private static final class ForgetsUnarchived extends ForwardingStore {
        ForgetsUnarchived(Store store) {
            super(store);
        }

        @Override
        public void forget(List<ChatId> chats) {
            store.archived(heads(store, chats));
            store.forget(chats);
        }
    }

    private static final class ForgetsTheFirstResult extends ForwardingStore {
        private final Set<ChatId> gone = ConcurrentHashMap.newKeySet();

        ForgetsTheFirstResult(Store store) {
            super(store);
        }

        @Override
        public void forget(List<ChatId> chats) {
            store.forget(chats);
            chats.stream().filter(chat -> store.chat(chat).isEmpty()).forEach(gone::add);
        }

        @Override
        public List<Committed> commit(NodeId node, List<Change> batch) {
            List<Change> begun = new ArrayList<>();
            for (Change change : batch) {
                begun.add(
                        change instanceof Change.OfChat of
                                        && gone.contains(of.chat().id())
                                ? OneByOne.withResult(of, null)
                                : change);
            }
            return store.commit(node, begun);
        }
    }

    private static final class TakesAnyReport extends ForwardingStore {
        TakesAnyReport(Store store) {
            super(store);
        }

        @Override
        public void archived(Map<ChatId, Long> upTo) {
            store.archived(heads(store, upTo.keySet()));
        }
    }

    private static final class NeverUnarchivedAgain extends ForwardingStore {
        private final Set<ChatId> reported = ConcurrentHashMap.newKeySet();

        NeverUnarchivedAgain(Store store) {
            super(store);
        }

        @Override
        public void archived(Map<ChatId, Long> upTo) {
            reported.addAll(upTo.keySet());
            store.archived(upTo);
        }

        @Override
        public List<Chat> unarchived(@Nullable ChatId after, int limit) {
            return store.unarchived(after, limit).stream()
                    .filter(chat -> !reported.contains(chat.id()))
                    .toList();
        }
    }

    private static final class FindsTheEndedOnly extends ForwardingStore {
        FindsTheEndedOnly(Store store) {
            super(store);
        }

        @Override
        public List<Chat> unarchived(@Nullable ChatId after, int limit) {
            return store.unarchived(after, limit).stream()
                    .filter(chat -> chat.phase().kind() == Phase.Kind.ENDED)
                    .toList();
        }
    }

    private static final class FirstPageOnly extends ForwardingStore {
        FirstPageOnly(Store store) {
            super(store);
        }

        @Override
        public List<Chat> unarchived(@Nullable ChatId after, int limit) {
            return after == null ? store.unarchived(null, limit) : List.of();
        }
    }

    private static final class AnyNumber extends ForwardingStore {
        AnyNumber(Store store) {
            super(store);
        }

        @Override
        public List<Chat> unarchived(@Nullable ChatId after, int limit) {
            return store.unarchived(after, PAGE);
        }
    }

    private static final class ForgettableLate extends ForwardingStore {
        ForgettableLate(Store store) {
            super(store);
        }

        @Override
        public List<ChatId> forgettable(Instant upTo, int limit) {
            return store.forgettable(upTo.minusMillis(1), limit);
        }
    }

    private static final class ForgettableSinceItsEnd extends ForwardingStore {
        ForgettableSinceItsEnd(Store store) {
            super(store);
        }

        @Override
        public List<ChatId> forgettable(Instant upTo, int limit) {
            return store.forgettable(Instant.ofEpochMilli(Long.MAX_VALUE / 2), limit).stream()
                    .filter(id -> !store.chat(id)
                            .orElseThrow()
                            .phase()
                            .overSince()
                            .orElseThrow()
                            .isAfter(upTo))
                    .toList();
        }
    }

    private static final class ForgettableInReverse extends ForwardingStore {
        ForgettableInReverse(Store store) {
            super(store);
        }

        @Override
        public List<ChatId> forgettable(Instant upTo, int limit) {
            List<ChatId> page = new ArrayList<>(store.forgettable(upTo, limit));
            Collections.reverse(page);
            return page;
        }
    }

    /** A store that shows logs otherwise than they are. */
    private abstract static class Shows extends ForwardingStore {
        Shows(Store store) {
            super(store);
        }

        abstract Logged shown(ChatId chat, Logged entry);

        @Override
        public List<Logged> log(ChatId chat, long afterSeq, int limit) {
            return store.log(chat, afterSeq, limit).stream()
                    .map(entry -> shown(chat, entry))
                    .toList();
        }
    }

    private static final class DeletesLiveContent extends Shows {
        private final Set<ChatId> deleted = ConcurrentHashMap.newKeySet();

        DeletesLiveContent(Store store) {
            super(store);
        }

        @Override
        public boolean deleteContent(ChatId chat) {
            deleted.add(chat);
            return store.deleteContent(chat);
        }

        @Override
        Logged shown(ChatId chat, Logged entry) {
            return deleted.contains(chat) ? entry.withoutContent() : entry;
        }
    }

    private static final class KeepsThePatron extends Shows {
        private final Map<ChatId, Content> known = new ConcurrentHashMap<>();

        KeepsThePatron(Store store) {
            super(store);
        }

        @Override
        public boolean deleteContent(ChatId chat) {
            store.log(chat, 0, 1).forEach(first -> {
                if (first.content() != null) {
                    known.put(chat, first.content());
                }
            });
            return store.deleteContent(chat);
        }

        @Override
        Logged shown(ChatId chat, Logged entry) {
            return entry.seq() == 1 && entry.content() == null
                    ? new Logged(1, entry.at(), entry.event(), known.get(chat))
                    : entry;
        }
    }

    private static final class KeepsWhatFollows extends Shows {
        private final Map<ChatId, Map<Long, Logged>> written = new ConcurrentHashMap<>();
        private final Set<ChatId> deleted = ConcurrentHashMap.newKeySet();

        KeepsWhatFollows(Store store) {
            super(store);
        }

        @Override
        public boolean deleteContent(ChatId chat) {
            deleted.add(chat);
            return store.deleteContent(chat);
        }

        @Override
        public List<Committed> commit(NodeId node, List<Change> batch) {
            for (Change change : batch) {
                if (change instanceof Change.OfChat of
                        && deleted.contains(of.chat().id())) {
                    of.entries()
                            .forEach(entry -> written.computeIfAbsent(of.chat().id(), c -> new ConcurrentHashMap<>())
                                    .put(entry.seq(), entry));
                }
            }
            return store.commit(node, batch);
        }

        @Override
        Logged shown(ChatId chat, Logged entry) {
            return written.getOrDefault(chat, Map.of()).getOrDefault(entry.seq(), entry);
        }
    }

    private static final class DeletesOnce extends ForwardingStore {
        private final Set<ChatId> deleted = ConcurrentHashMap.newKeySet();

        DeletesOnce(Store store) {
            super(store);
        }

        @Override
        public boolean deleteContent(ChatId chat) {
            return store.deleteContent(chat) && deleted.add(chat);
        }
    }

    private static final class ArchivesByDeleting extends ForwardingStore {
        ArchivesByDeleting(Store store) {
            super(store);
        }

        @Override
        public boolean deleteContent(ChatId chat) {
            store.archived(heads(store, List.of(chat)));
            return store.deleteContent(chat);
        }
    }

    private static final class RedactsTheLiving extends Shows {
        private final Map<ChatId, String> redacted = new ConcurrentHashMap<>();

        RedactsTheLiving(Store store) {
            super(store);
        }

        @Override
        public boolean redact(ChatId chat, long seq, String replacement) {
            boolean live = store.chat(chat).filter(head -> !head.over()).isPresent();
            if (live) {
                redacted.put(chat, replacement);
            }
            return store.redact(chat, seq, replacement) || live;
        }

        @Override
        Logged shown(ChatId chat, Logged entry) {
            String text = redacted.get(chat);
            return text == null ? entry : entry.redacted(text);
        }
    }

    private static final class RedactsTheDeleted extends Shows {
        private final Map<ChatId, Map<Long, String>> redacted = new ConcurrentHashMap<>();

        RedactsTheDeleted(Store store) {
            super(store);
        }

        @Override
        public boolean redact(ChatId chat, long seq, String replacement) {
            boolean there = store.redact(chat, seq, replacement);
            if (there) {
                redacted.computeIfAbsent(chat, c -> new ConcurrentHashMap<>()).put(seq, replacement);
            }
            return there;
        }

        @Override
        Logged shown(ChatId chat, Logged entry) {
            String text = redacted.getOrDefault(chat, Map.of()).get(entry.seq());
            return text == null ? entry : new Logged(entry.seq(), entry.at(), entry.event(), new Content.Text(text));
        }
    }

    private static final class RedactsAnything extends ForwardingStore {
        RedactsAnything(Store store) {
            super(store);
        }

        @Override
        public boolean redact(ChatId chat, long seq, String replacement) {
            store.redact(chat, seq, replacement);
            return store.chat(chat).filter(Chat::over).isPresent();
        }
    }

    private static final class TrimsReplacements extends ForwardingStore {
        TrimsReplacements(Store store) {
            super(store);
        }

        @Override
        public boolean redact(ChatId chat, long seq, String replacement) {
            return store.redact(chat, seq, replacement.strip());
        }
    }

    private static final class AnonymisesTheLiving extends Shows {
        private final Set<ChatId> anonymised = ConcurrentHashMap.newKeySet();

        AnonymisesTheLiving(Store store) {
            super(store);
        }

        @Override
        public boolean anonymise(ChatId chat) {
            anonymised.add(chat);
            return store.anonymise(chat);
        }

        @Override
        Logged shown(ChatId chat, Logged entry) {
            return anonymised.contains(chat) ? entry.anonymised() : entry;
        }
    }

    private static final class KeepsTheAddress extends Shows {
        private final Map<ChatId, Content> known = new ConcurrentHashMap<>();

        KeepsTheAddress(Store store) {
            super(store);
        }

        @Override
        public boolean anonymise(ChatId chat) {
            store.log(chat, 0, 1).forEach(first -> {
                if (first.content() instanceof Content.PatronDetails patron && patron.address() != null) {
                    known.put(chat, patron.anonymised().from(patron.address()));
                }
            });
            return store.anonymise(chat);
        }

        @Override
        Logged shown(ChatId chat, Logged entry) {
            return entry.seq() == 1 && entry.content() != null && known.containsKey(chat)
                    ? new Logged(1, entry.at(), entry.event(), known.get(chat))
                    : entry;
        }
    }

    private static final class DeletesByAnonymising extends ForwardingStore {
        DeletesByAnonymising(Store store) {
            super(store);
        }

        @Override
        public boolean anonymise(ChatId chat) {
            return store.deleteContent(chat);
        }
    }
}
