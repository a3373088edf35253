package org.libcoop.testkit.junit.broken;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.libcoop.presence.NodeId;
import org.libcoop.spi.Change;
import org.libcoop.spi.Committed;
import org.libcoop.spi.Feed;
import org.libcoop.spi.Store;

/** ST8: changes of which somebody never hears. */
final class DefectsOfTheFeed {

    private DefectsOfTheFeed() {}

    static List<Defect> all() {
        return List.of(
                Defect.of("st08", "drops a hint now and then", pages(DefectsOfTheFeed::withoutEveryFifth)),
                Defect.of("st08", "tells nothing of presence", pages(DefectsOfTheFeed::withoutPresence)),
                Defect.of("st08", "tells the newest first", pages(DefectsOfTheFeed::reversed)),
                Defect.of("st08", "calls every cursor too old", pages(page -> new Feed(List.of(), page.next(), true))),
                Defect.of("st08", "goes on from the end when a page was full", GoesOnFromTheEnd::new),
                Defect.of("st08", "wakes nobody", WakesNobody::new),
                Defect.of("st08", "passes over what is still on its way", new PassesOverWhatIsOnItsWay()));
    }

    private static UnaryOperator<Store> pages(UnaryOperator<Feed> other) {
        return inner -> new ForwardingStore(inner) {
            @Override
            public Feed changes(String cursor, int limit) {
                return other.apply(store.changes(cursor, limit));
            }
        };
    }

    private static Feed withoutEveryFifth(Feed page) {
        List<Feed.Hint> hints = new ArrayList<>(page.hints());
        hints.removeIf(hint -> hint instanceof Feed.Hint.OfChat ofChat && ofChat.seq() % 5 == 0);
        return new Feed(hints, page.next(), page.tooOld());
    }

    private static Feed withoutPresence(Feed page) {
        List<Feed.Hint> hints = new ArrayList<>(page.hints());
        hints.removeIf(Feed.Hint.OfPresence.class::isInstance);
        return new Feed(hints, page.next(), page.tooOld());
    }

    private static Feed reversed(Feed page) {
        List<Feed.Hint> hints = new ArrayList<>(page.hints());
        Collections.reverse(hints);
        return new Feed(hints, page.next(), page.tooOld());
    }

    private static final class GoesOnFromTheEnd extends ForwardingStore {
        GoesOnFromTheEnd(Store store) {
            super(store);
        }

        @Override
        public Feed changes(String cursor, int limit) {
            Feed page = store.changes(cursor, limit);
            return new Feed(page.hints(), store.cursor(), page.tooOld());
        }
    }

    private static final class WakesNobody extends ForwardingStore {
        WakesNobody(Store store) {
            super(store);
        }

        @Override
        public void onChange(Runnable hint) {}
    }

    /**
     * Numbers a change when it begins and shows it when it is done, as a database's sequence does: who reads in between goes on
     * after a number that is still to come.
     */
    private static final class PassesOverWhatIsOnItsWay implements UnaryOperator<Store> {

        private record Log(AtomicLong next, ConcurrentSkipListMap<Long, Feed.Hint> hints) {}

        private final Map<Store, Log> logs = Collections.synchronizedMap(new WeakHashMap<>());

        @Override
        public Store apply(Store inner) {
            Log log = logs.computeIfAbsent(inner, s -> new Log(new AtomicLong(), new ConcurrentSkipListMap<>()));
            return new OneByOne(inner) {
                @Override
                Committed commit(NodeId node, Change change) {
                    long number = log.next().getAndIncrement();
                    if (number % 3 == 0) {
                        LockSupport.parkNanos(1_000_000);
                    }
                    Committed outcome = applied(node, change);
                    if (change instanceof Change.OfChat c && outcome.equals(Committed.APPLIED)) {
                        log.hints()
                                .put(
                                        number,
                                        new Feed.Hint.OfChat(
                                                c.chat().id(),
                                                c.expectedSeq(),
                                                c.chat().seq()));
                    }
                    return outcome;
                }

                @Override
                public Feed changes(String cursor, int limit) {
                    List<Feed.Hint> page = new ArrayList<>();
                    long next = Long.parseLong(cursor);
                    for (Map.Entry<Long, Feed.Hint> entry :
                            log.hints().tailMap(next, true).entrySet()) {
                        if (page.size() == limit) {
                            break;
                        }
                        page.add(entry.getValue());
                        next = entry.getKey() + 1;
                    }
                    return new Feed(page, Long.toString(next), false);
                }

                @Override
                public String cursor() {
                    return log.hints().isEmpty()
                            ? "0"
                            : Long.toString(log.hints().lastKey() + 1);
                }
            };
        }
    }
}
