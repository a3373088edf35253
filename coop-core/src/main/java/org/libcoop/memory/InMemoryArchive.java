package org.libcoop.memory;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import org.jspecify.annotations.Nullable;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Logged;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.OperatorId;
import org.libcoop.presence.MonitoringInterval;
import org.libcoop.spi.Archive;
import org.libcoop.spi.ArchiveCursor;
import org.libcoop.spi.ArchivePage;
import org.libcoop.spi.ArchiveQuery;
import org.libcoop.spi.ArchivedChat;
import org.libcoop.spi.ArchivedSummary;
import org.libcoop.spi.Expired;
import org.libcoop.spi.IntervalPage;
import org.libcoop.spi.IntervalQuery;
import org.libcoop.spi.PatronTrace;
import org.libcoop.spi.Topic;

/**
 * The archive in memory: for tests, demos, and a first look. It forgets everything with the process, and keeps the newest
 * {@value #KEPT_CHATS} chats and {@value #KEPT_INTERVALS} intervals; what is older it forgets without a trace. A search walks
 * through all of them, beside whatever is kept or deleted meanwhile. Several engines of one process may share it. <em>Safe for use by several threads.</em>
 */
public final class InMemoryArchive implements Archive {

    private static final int KEPT_CHATS = 100_000;
    private static final int KEPT_INTERVALS = 100_000;

    /** Where a chat stands in a search; its newest state is looked up, so that nothing deleted is found on the way. */
    private record Place(Instant startedAt, ChatId chat) {}

    private record Kept(ArchivedChat archived, boolean contentDeleted, boolean anonymised) {

        Instant overAt() {
            return archived.chat().phase().overSince().orElseThrow();
        }

        boolean has(Expired.Part part) {
            return !contentDeleted && !(part == Expired.Part.CONTACT && anonymised);
        }

        ArchivedSummary row() {
            return ArchivedSummary.of(archived, contentDeleted, anonymised);
        }

        boolean isOf(InstitutionId home) {
            return archived.chat().home().equals(home);
        }

        /** What is kept once the chat is brought again: what {@code brought} has more, and nothing of what was taken out (AR2). */
        Kept goneOn(ArchivedChat brought) {
            int known = archived.log().size();
            if (brought.log().size() <= known) {
                return this;
            }
            List<Logged> log = new ArrayList<>(archived.log());
            log.addAll((contentDeleted ? brought.withoutContent() : brought)
                    .log()
                    .subList(known, brought.log().size()));
            return new Kept(new ArchivedChat(brought.chat(), log), contentDeleted, anonymised);
        }
    }

    private record IntervalKey(Instant from, OperatorId operator, String stage) {
        static IntervalKey of(MonitoringInterval interval) {
            return new IntervalKey(
                    interval.from(),
                    interval.operator(),
                    Topic.stage(interval.stage()).key());
        }
    }

    private final int keptChats;
    private final int keptIntervals;
    private final Map<ChatId, Kept> chats = new ConcurrentHashMap<>();
    private final NavigableSet<Place> places = new ConcurrentSkipListSet<>(
            Comparator.comparing(Place::startedAt).reversed().thenComparing(Place::chat));
    private final Map<IntervalKey, MonitoringInterval> intervals = new ConcurrentHashMap<>();
    private final NavigableSet<IntervalKey> begins = new ConcurrentSkipListSet<>(Comparator.comparing(IntervalKey::from)
            .thenComparing(IntervalKey::operator)
            .thenComparing(IntervalKey::stage));

    /** An empty archive. */
    public InMemoryArchive() {
        this(KEPT_CHATS, KEPT_INTERVALS);
    }

    InMemoryArchive(int keptChats, int keptIntervals) {
        this.keptChats = keptChats;
        this.keptIntervals = keptIntervals;
    }

    // ---- Chats

    @Override
    public synchronized void keep(List<ArchivedChat> brought) {
        for (ArchivedChat archived : brought) {
            ChatId id = archived.chat().id();
            Kept kept = chats.get(id);
            if (kept == null) {
                chats.put(id, new Kept(archived, false, false));
                places.add(new Place(archived.chat().startedAt(), id));
                if (places.size() > keptChats) {
                    Place oldest = Objects.requireNonNull(places.pollLast());
                    chats.remove(oldest.chat());
                }
            } else {
                chats.put(id, kept.goneOn(archived));
            }
        }
    }

    @Override
    public Optional<ArchivedChat> chat(ChatId chat) {
        return Optional.ofNullable(chats.get(chat)).map(Kept::archived);
    }

    @Override
    public ArchivePage search(ArchiveQuery query, @Nullable String cursor, int limit) {
        int wanted = page(limit);
        NavigableSet<Place> rest = places;
        if (cursor != null) {
            List<String> key = ArchiveCursor.read(query, cursor, 2);
            rest = places.tailSet(new Place(instant(key.get(0)), new ChatId(key.get(1))), false);
        }
        List<ArchivedSummary> rows = new ArrayList<>();
        for (Place place : rest) {
            Kept kept = chats.get(place.chat());
            if (kept != null && query.asksFor(kept.archived())) {
                if (rows.size() == wanted) {
                    ArchivedSummary last = rows.get(wanted - 1);
                    return new ArchivePage(
                            rows,
                            ArchiveCursor.after(
                                    query,
                                    last.startedAt().toString(),
                                    last.chat().value()));
                }
                rows.add(kept.row());
            }
        }
        return new ArchivePage(rows, null);
    }

    @Override
    public synchronized boolean deleteContent(ChatId chat) {
        return chats.computeIfPresent(
                        chat, (id, kept) -> new Kept(kept.archived().withoutContent(), true, true))
                != null;
    }

    @Override
    public synchronized boolean redact(ChatId chat, long seq, String replacement) {
        Kept kept = chats.get(chat);
        if (kept == null || !kept.archived().hasMessage(seq)) {
            return false;
        }
        chats.put(chat, new Kept(kept.archived().redacted(seq, replacement), kept.contentDeleted(), kept.anonymised()));
        return true;
    }

    @Override
    public synchronized boolean anonymise(ChatId chat) {
        return chats.computeIfPresent(
                        chat, (id, kept) -> new Kept(kept.archived().anonymised(), kept.contentDeleted(), true))
                != null;
    }

    @Override
    public List<Expired> expired(
            Expired.Part part, InstitutionId home, Instant overUpTo, @Nullable Expired after, int limit) {
        return chats.entrySet().stream()
                .filter(entry -> entry.getValue().isOf(home) && entry.getValue().has(part))
                .map(entry -> new Expired(entry.getValue().overAt(), entry.getKey()))
                .filter(expired -> !expired.overAt().isAfter(overUpTo))
                .filter(expired -> after == null || expired.compareTo(after) > 0)
                .sorted()
                .limit(page(limit))
                .toList();
    }

    @Override
    public List<InstitutionId> homes(@Nullable InstitutionId after, int limit) {
        return chats.values().stream()
                .map(kept -> kept.archived().chat().home())
                .distinct()
                .filter(home -> after == null || home.compareTo(after) > 0)
                .sorted()
                .limit(page(limit))
                .toList();
    }

    @Override
    public List<ChatId> ofPatron(InstitutionId home, PatronTrace patron, @Nullable ChatId after, int limit) {
        return chats.entrySet().stream()
                .filter(entry -> entry.getValue().isOf(home)
                        && leadsTo(patron, entry.getValue().archived()))
                .map(Map.Entry::getKey)
                .filter(chat -> after == null || chat.compareTo(after) > 0)
                .sorted()
                .limit(page(limit))
                .toList();
    }

    private static boolean leadsTo(PatronTrace patron, ArchivedChat archived) {
        return patron.leadsTo(
                archived.chat().patronKeyHash(), archived.log().get(0).content());
    }

    // ---- Intervals

    @Override
    public synchronized void keepIntervals(List<MonitoringInterval> kept) {
        for (MonitoringInterval interval : kept) {
            IntervalKey key = IntervalKey.of(interval);
            if (intervals.putIfAbsent(key, interval) == null) {
                begins.add(key);
                if (begins.size() > keptIntervals) {
                    intervals.remove(Objects.requireNonNull(begins.pollFirst()));
                }
            }
        }
    }

    @Override
    public IntervalPage intervals(IntervalQuery query, @Nullable String cursor, int limit) {
        int wanted = page(limit);
        NavigableSet<IntervalKey> rest = begins;
        if (cursor != null) {
            List<String> key = ArchiveCursor.read(query, cursor, 3);
            rest = begins.tailSet(new IntervalKey(instant(key.get(0)), new OperatorId(key.get(1)), key.get(2)), false);
        }
        List<MonitoringInterval> page = new ArrayList<>();
        for (IntervalKey key : rest) {
            if (!key.from().isBefore(query.to())) {
                break;
            }
            MonitoringInterval interval = intervals.get(key);
            if (interval != null && query.asksFor(interval)) {
                if (page.size() == wanted) {
                    IntervalKey last = IntervalKey.of(page.get(wanted - 1));
                    return new IntervalPage(
                            page,
                            ArchiveCursor.after(
                                    query,
                                    last.from().toString(),
                                    last.operator().value(),
                                    last.stage()));
                }
                page.add(interval);
            }
        }
        return new IntervalPage(page, null);
    }

    private static Instant instant(String written) {
        try {
            return Instant.parse(written);
        } catch (DateTimeParseException malformed) {
            throw new IllegalArgumentException("not a cursor of this query", malformed);
        }
    }

    private static int page(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be at least 1: " + limit);
        }
        return Math.min(limit, PAGE);
    }

    /** Keeps everything: the archive may be shared. */
    @Override
    public void close() {
        // Nothing is held that has to be given back.
    }
}
