package org.libcoop.testkit.junit.broken;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.libcoop.chat.Chat;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Logged;
import org.libcoop.spi.Change;
import org.libcoop.spi.Store;
import org.libcoop.spi.Topic;

/** ST7 and ST9: chats that are not found when they should be, and instants that are not what they were. */
final class DefectsOfIndexes {

    private DefectsOfIndexes() {}

    static List<Defect> all() {
        return List.of(
                Defect.of("st07", "finds a chat due a millisecond late", DueLate::new),
                Defect.of("st07", "finds what is due in no order", DueInReverse::new),
                Defect.of(
                        "st07",
                        "keeps a chat on topics it no longer waits on",
                        OneByOne.withChats(DefectsOfIndexes::allTopics)),
                Defect.of("st07", "forgets one of several topics", OneByOne.withChats(DefectsOfIndexes::fewTopics)),
                Defect.of("st07", "finds live chats on the first page only", FirstPageOnly::new),
                Defect.of("st07", "takes ids for equal that differ in case", IgnoresCase::new),
                Defect.of("st07", "forgets live chats that are claimed", ForgetsTheClaimed::new),
                Defect.of("st09", "keeps seconds only", KeepsSeconds::new),
                Defect.of("st09", "compares seconds only", ComparesSeconds::new),
                Defect.of("st09", "lets time run back", RunsBack::new),
                Defect.of("st09", "tells microseconds", TellsMicroseconds::new));
    }

    private static Change.OfChat withTopics(Change.OfChat change, Set<Topic> topics) {
        return new Change.OfChat(
                change.chat(),
                change.expectedSeq(),
                change.at(),
                change.entries(),
                change.guard(),
                change.lowers(),
                change.result(),
                change.dueAt(),
                change.formerTopics(),
                topics);
    }

    private static Change allTopics(Store store, Change.OfChat change) {
        Set<Topic> topics = new HashSet<>(change.formerTopics());
        topics.addAll(change.topics());
        return withTopics(change, topics);
    }

    private static Change fewTopics(Store store, Change.OfChat change) {
        return change.topics().size() < 2
                ? change
                : withTopics(change, Set.of(change.topics().iterator().next()));
    }

    private static final class DueLate extends ForwardingStore {
        DueLate(Store store) {
            super(store);
        }

        @Override
        public List<Chat> due(Instant upTo, int limit) {
            return store.due(upTo.minusMillis(1), limit);
        }
    }

    private static final class DueInReverse extends ForwardingStore {
        DueInReverse(Store store) {
            super(store);
        }

        @Override
        public List<Chat> due(Instant upTo, int limit) {
            List<Chat> due = new ArrayList<>(store.due(upTo, limit));
            Collections.reverse(due);
            return due;
        }
    }

    private static final class FirstPageOnly extends ForwardingStore {
        FirstPageOnly(Store store) {
            super(store);
        }

        @Override
        public List<Chat> live(@Nullable ChatId after) {
            return after == null ? store.live(null) : List.of();
        }
    }

    /** Pages on by an order in which "a" and "A" stand at one place. */
    private static final class IgnoresCase extends ForwardingStore {
        IgnoresCase(Store store) {
            super(store);
        }

        @Override
        public List<ChatId> waitingOn(Topic topic, @Nullable ChatId after) {
            return store.waitingOn(topic, after).stream()
                    .filter(id -> after == null || id.value().compareToIgnoreCase(after.value()) > 0)
                    .toList();
        }
    }

    private static final class ForgetsTheClaimed extends ForwardingStore {
        ForgetsTheClaimed(Store store) {
            super(store);
        }

        @Override
        public List<Chat> live(@Nullable ChatId after) {
            return store.live(after).stream()
                    .filter(chat -> chat.ownership().isEmpty())
                    .toList();
        }
    }

    private static final class KeepsSeconds extends ForwardingStore {
        KeepsSeconds(Store store) {
            super(store);
        }

        @Override
        public List<Logged> log(ChatId chat, long afterSeq, int limit) {
            return store.log(chat, afterSeq, limit).stream()
                    .map(e -> new Logged(e.seq(), e.at().truncatedTo(ChronoUnit.SECONDS), e.event(), e.content()))
                    .toList();
        }
    }

    private static final class ComparesSeconds extends ForwardingStore {
        ComparesSeconds(Store store) {
            super(store);
        }

        @Override
        public List<Chat> due(Instant upTo, int limit) {
            return store.due(upTo.truncatedTo(ChronoUnit.SECONDS), limit);
        }
    }

    private static final class RunsBack extends ForwardingStore {
        private final AtomicLong asked = new AtomicLong();

        RunsBack(Store store) {
            super(store);
        }

        @Override
        public Instant now() {
            return store.now().minusMillis(asked.incrementAndGet() % 3);
        }
    }

    private static final class TellsMicroseconds extends ForwardingStore {
        TellsMicroseconds(Store store) {
            super(store);
        }

        @Override
        public Instant now() {
            return store.now().plusNanos(1_000);
        }
    }
}
