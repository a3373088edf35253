package org.libcoop.testkit.junit.broken;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.libcoop.chat.Chat;
import org.libcoop.chat.ChatEvent.ChatEnded;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Content;
import org.libcoop.chat.Logged;
import org.libcoop.directory.HostDirectory;
import org.libcoop.directory.OperatorId;
import org.libcoop.presence.Attachment;
import org.libcoop.presence.OperatorPresence;
import org.libcoop.spi.Store;
import org.libcoop.spi.StoredDirectory;

/** ST3 and ST6: what is not kept, or not read as it was kept. */
final class DefectsOfReads {

    private DefectsOfReads() {}

    static List<Defect> all() {
        return List.of(
                Defect.of("st03", "forgets content", entries(e -> new Logged(e.seq(), e.at(), e.event(), null))),
                Defect.of("st03", "forgets that a ticket was offered", entries(DefectsOfReads::withoutTicket)),
                Defect.of("st03", "takes no content for empty content", entries(DefectsOfReads::withContent)),
                Defect.of("st03", "forgets up to when a chat was judged", ForgetsJudged::new),
                Defect.of("st03", "remembers a head it has read", RemembersHeads::new),
                Defect.of("st03", "keeps only the newest row of an operator", KeepsTheNewestRow::new),
                Defect.of("st03", "forgets when a node stopped vouching", VouchesAgain::new),
                Defect.of("st03", "keeps no order among the host's things", SortsTheHost::new),
                new Defect("st03", "loses the last commit when reopened", store -> store, 1),
                Defect.of("st06", "reads from the entry on, not after it", ReadsFrom::new),
                Defect.of("st06", "ignores the limit of a log", IgnoresTheLimit::new),
                Defect.of("st06", "skips an entry between pages", SkipsBetweenPages::new),
                Defect.of("st06", "begins a hundred logs at once, no more", BeginsAHundred::new));
    }

    private static UnaryOperator<Store> entries(UnaryOperator<Logged> other) {
        return inner -> new ForwardingStore(inner) {
            @Override
            public List<Logged> log(ChatId chat, long afterSeq, int limit) {
                return store.log(chat, afterSeq, limit).stream().map(other).toList();
            }
        };
    }

    private static Logged withoutTicket(Logged entry) {
        return entry.event() instanceof ChatEnded ended
                ? new Logged(
                        entry.seq(), entry.at(), new ChatEnded(ended.by(), ended.disposition(), false), entry.content())
                : entry;
    }

    private static Logged withContent(Logged entry) {
        return entry.content() == null
                ? new Logged(entry.seq(), entry.at(), entry.event(), new Content.Text(""))
                : entry;
    }

    private static final class ForgetsJudged extends ForwardingStore {
        ForgetsJudged(Store store) {
            super(store);
        }

        @Override
        public Optional<Chat> chat(ChatId id) {
            return store.chat(id)
                    .map(chat -> new Chat(
                            chat.id(),
                            chat.seq(),
                            chat.widget(),
                            chat.patronKeyHash(),
                            chat.startedAt(),
                            chat.progress(),
                            chat.phase(),
                            chat.ownerships(),
                            chat.offeredTo(),
                            chat.patron(),
                            chat.startedAt(),
                            chat.uploads()));
        }
    }

    private static final class RemembersHeads extends ForwardingStore {
        private final Map<ChatId, Optional<Chat>> read = new ConcurrentHashMap<>();

        RemembersHeads(Store store) {
            super(store);
        }

        @Override
        public Optional<Chat> chat(ChatId id) {
            return read.computeIfAbsent(id, store::chat);
        }
    }

    private static final class KeepsTheNewestRow extends ForwardingStore {
        KeepsTheNewestRow(Store store) {
            super(store);
        }

        @Override
        public List<OperatorPresence> presenceSince(Instant since) {
            List<OperatorPresence> rows = store.presenceSince(since);
            return rows.stream()
                    .filter(row -> rows.stream()
                            .noneMatch(other ->
                                    other.operator().equals(row.operator()) && other.version() > row.version()))
                    .toList();
        }
    }

    private static final class VouchesAgain extends ForwardingStore {
        VouchesAgain(Store store) {
            super(store);
        }

        @Override
        public List<OperatorPresence> presence(OperatorId operator, long afterVersion) {
            return store.presence(operator, afterVersion).stream()
                    .map(row -> new OperatorPresence(
                            row.operator(),
                            row.version(),
                            row.signedIn(),
                            row.status(),
                            row.switches(),
                            row.attachments().stream()
                                    .map(word -> new Attachment(word.node(), null))
                                    .toList(),
                            row.onlineSince(),
                            row.changedAt(),
                            row.openChats(),
                            row.signOff()))
                    .toList();
        }
    }

    private static final class SortsTheHost extends ForwardingStore {
        SortsTheHost(Store store) {
            super(store);
        }

        @Override
        public StoredDirectory directory() {
            StoredDirectory stored = store.directory();
            HostDirectory host = stored.host();
            return host == null
                    ? stored
                    : new StoredDirectory(
                            HostDirectory.of(
                                    sorted(host.institutions()), sorted(host.operators()), sorted(host.departments())),
                            stored.revision(),
                            stored.records());
        }

        private static <I extends Comparable<I>, T> List<T> sorted(Map<I, T> things) {
            return things.entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .map(Map.Entry::getValue)
                    .toList();
        }
    }

    private static final class ReadsFrom extends ForwardingStore {
        ReadsFrom(Store store) {
            super(store);
        }

        @Override
        public List<Logged> log(ChatId chat, long afterSeq, int limit) {
            return store.log(chat, afterSeq - 1, limit);
        }
    }

    private static final class IgnoresTheLimit extends ForwardingStore {
        IgnoresTheLimit(Store store) {
            super(store);
        }

        @Override
        public List<Logged> log(ChatId chat, long afterSeq, int limit) {
            return store.log(chat, afterSeq, PAGE);
        }
    }

    private static final class BeginsAHundred extends ForwardingStore {
        BeginsAHundred(Store store) {
            super(store);
        }

        @Override
        public Map<ChatId, List<Logged>> beginnings(Collection<ChatId> chats, int limit) {
            return store.beginnings(chats.stream().limit(100).toList(), limit);
        }
    }

    private static final class SkipsBetweenPages extends ForwardingStore {
        SkipsBetweenPages(Store store) {
            super(store);
        }

        @Override
        public List<Logged> log(ChatId chat, long afterSeq, int limit) {
            return store.log(chat, afterSeq == 0 ? 0 : afterSeq + 1, limit);
        }
    }
}
