package org.libcoop.testkit.junit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Content;
import org.libcoop.chat.Logged;
import org.libcoop.directory.InstitutionId;
import org.libcoop.memory.InMemoryArchive;
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

/** Archives that each break one rule, in a way that an adapter easily might. */
final class BrokenArchives {

    private BrokenArchives() {}

    /** Does everything right; what is broken overrides. */
    static class Proxy implements Archive {
        final Archive right = new InMemoryArchive();

        @Override
        public void keep(List<ArchivedChat> chats) {
            right.keep(chats);
        }

        @Override
        public Optional<ArchivedChat> chat(ChatId chat) {
            return right.chat(chat);
        }

        @Override
        public ArchivePage search(ArchiveQuery query, @Nullable String cursor, int limit) {
            return right.search(query, cursor, limit);
        }

        @Override
        public boolean deleteContent(ChatId chat) {
            return right.deleteContent(chat);
        }

        @Override
        public boolean redact(ChatId chat, long seq, String replacement) {
            return right.redact(chat, seq, replacement);
        }

        @Override
        public boolean anonymise(ChatId chat) {
            return right.anonymise(chat);
        }

        @Override
        public List<Expired> expired(
                Expired.Part part, InstitutionId home, Instant overUpTo, @Nullable Expired after, int limit) {
            return right.expired(part, home, overUpTo, after, limit);
        }

        @Override
        public List<InstitutionId> homes(@Nullable InstitutionId after, int limit) {
            return right.homes(after, limit);
        }

        @Override
        public List<ChatId> ofPatron(InstitutionId home, PatronTrace patron, @Nullable ChatId after, int limit) {
            return right.ofPatron(home, patron, after, limit);
        }

        @Override
        public void keepIntervals(List<MonitoringInterval> intervals) {
            right.keepIntervals(intervals);
        }

        @Override
        public IntervalPage intervals(IntervalQuery query, @Nullable String cursor, int limit) {
            return right.intervals(query, cursor, limit);
        }

        @Override
        public void close() {
            right.close();
        }
    }

    /** Reads a log in one page, and forgets that there may be another. */
    static final class CutsLongLogs extends Proxy {
        @Override
        public void keep(List<ArchivedChat> chats) {
            List<ArchivedChat> kept = new ArrayList<>(chats);
            kept.removeIf(chat -> chat.log().size() > 1_000);
            super.keep(kept);
        }
    }

    /** Replaces what it has. */
    static final class Overwrites extends Proxy {
        private final Map<ChatId, ArchivedChat> newest = new HashMap<>();

        @Override
        public synchronized void keep(List<ArchivedChat> chats) {
            chats.forEach(chat -> newest.put(chat.chat().id(), chat));
            super.keep(chats);
        }

        @Override
        public synchronized Optional<ArchivedChat> chat(ChatId chat) {
            return Optional.ofNullable(newest.get(chat));
        }
    }

    /** Leaves what it has, also when there is more. */
    static final class LeavesWhatGoesOn extends Proxy {
        @Override
        public synchronized void keep(List<ArchivedChat> chats) {
            for (ArchivedChat chat : chats) {
                if (right.chat(chat.chat().id()).isEmpty()) {
                    super.keep(List.of(chat));
                }
            }
        }
    }

    /** Takes whatever comes last, be it shorter. */
    static final class TakesTheLast extends Proxy {
        private final Map<ChatId, ArchivedChat> last = new HashMap<>();

        @Override
        public synchronized void keep(List<ArchivedChat> chats) {
            super.keep(chats);
            for (ArchivedChat chat : chats) {
                ArchivedChat before = last.get(chat.chat().id());
                if (before == null || before.log().size() != chat.log().size()) {
                    last.put(chat.chat().id(), chat);
                }
            }
        }

        @Override
        public synchronized Optional<ArchivedChat> chat(ChatId chat) {
            return Optional.ofNullable(last.get(chat));
        }
    }

    /** Lets a chat that goes on say again what was deleted: only what follows has content. */
    static final class KeepsWhatFollowsADeletion extends Proxy {
        private final Map<ChatId, ArchivedChat> more = new HashMap<>();

        @Override
        public synchronized void keep(List<ArchivedChat> chats) {
            for (ArchivedChat chat : chats) {
                ArchivedChat before = right.chat(chat.chat().id()).orElse(chat);
                if (before.log().size() < chat.log().size()) {
                    more.put(chat.chat().id(), chat);
                }
            }
            super.keep(chats);
        }

        @Override
        public synchronized Optional<ArchivedChat> chat(ChatId id) {
            ArchivedChat longer = more.get(id);
            return super.chat(id).map(kept -> longer == null ? kept : withLast(kept, longer));
        }

        private static ArchivedChat withLast(ArchivedChat kept, ArchivedChat longer) {
            List<Logged> log = new ArrayList<>(kept.log());
            log.set(log.size() - 1, longer.log().get(log.size() - 1));
            return new ArchivedChat(kept.chat(), log);
        }
    }

    /** Redacts the transcript, and leaves the index of texts. */
    static final class FindsRedactedTexts extends Misreads {
        private final Map<ChatId, ArchivedChat> indexed = Collections.synchronizedMap(new HashMap<>());

        @Override
        public void keep(List<ArchivedChat> chats) {
            super.keep(chats);
            chats.forEach(chat -> indexed.put(chat.chat().id(), chat));
        }

        @Override
        public boolean deleteContent(ChatId chat) {
            indexed.remove(chat);
            return super.deleteContent(chat);
        }

        @Override
        boolean finds(ArchiveQuery query, ArchivedChat chat) {
            ArchivedChat index = indexed.get(chat.chat().id());
            return query.asksFor(index == null ? chat : index);
        }
    }

    /** Writes the other text whatever the entry is, and whether or not its content was deleted. */
    static final class RedactsAnything extends Proxy {
        private final Map<ChatId, Map<Long, String>> redacted = Collections.synchronizedMap(new HashMap<>());

        @Override
        public boolean redact(ChatId chat, long seq, String replacement) {
            boolean there = super.redact(chat, seq, replacement);
            if (there) {
                redacted.computeIfAbsent(chat, id -> new HashMap<>()).put(seq, replacement);
            }
            return there;
        }

        @Override
        public Optional<ArchivedChat> chat(ChatId chat) {
            Map<Long, String> texts = redacted.getOrDefault(chat, Map.of());
            return super.chat(chat)
                    .map(kept -> new ArchivedChat(
                            kept.chat(),
                            kept.log().stream()
                                    .map(entry -> texts.containsKey(entry.seq())
                                            ? new Logged(
                                                    entry.seq(),
                                                    entry.at(),
                                                    entry.event(),
                                                    new Content.Text(texts.get(entry.seq())))
                                            : entry)
                                    .toList()));
        }
    }

    /** Forgets redactions when the chat is brought again. */
    static final class RestoresRedactedTexts extends Proxy {
        private final Map<ChatId, ArchivedChat> brought = Collections.synchronizedMap(new HashMap<>());
        private final Set<ChatId> redacted = Collections.synchronizedSet(new HashSet<>());

        @Override
        public boolean redact(ChatId chat, long seq, String replacement) {
            redacted.add(chat);
            brought.remove(chat);
            return super.redact(chat, seq, replacement);
        }

        @Override
        public boolean deleteContent(ChatId chat) {
            redacted.remove(chat);
            return super.deleteContent(chat);
        }

        @Override
        public void keep(List<ArchivedChat> chats) {
            super.keep(chats);
            chats.forEach(chat -> brought.put(chat.chat().id(), chat));
        }

        @Override
        public Optional<ArchivedChat> chat(ChatId chat) {
            ArchivedChat again = redacted.contains(chat) ? brought.get(chat) : null;
            return again == null ? super.chat(chat) : Optional.of(again);
        }
    }

    /** Says of whatever entry that it was redacted. */
    static final class RedactsWhatIsNotThere extends Proxy {
        @Override
        public boolean redact(ChatId chat, long seq, String replacement) {
            boolean there = super.redact(chat, seq, replacement);
            return there || right.chat(chat).isPresent();
        }
    }

    /** Fails when somebody else was first. */
    static final class FailsWhenThere extends Proxy {
        @Override
        public synchronized void keep(List<ArchivedChat> chats) {
            for (ArchivedChat chat : chats) {
                if (right.chat(chat.chat().id()).isPresent()) {
                    throw new IllegalStateException("unique key violated");
                }
                super.keep(List.of(chat));
            }
        }
    }

    /** A column type that pads and trims. */
    static final class TrimsTexts extends Proxy {
        @Override
        public void keep(List<ArchivedChat> chats) {
            super.keep(chats.stream().map(TrimsTexts::trimmed).toList());
        }

        private static ArchivedChat trimmed(ArchivedChat chat) {
            List<Logged> log = new ArrayList<>();
            for (Logged entry : chat.log()) {
                Content content = entry.content() instanceof Content.Text text
                        ? new Content.Text(text.text().stripTrailing())
                        : entry.content();
                log.add(new Logged(entry.seq(), entry.at(), entry.event(), content));
            }
            return new ArchivedChat(chat.chat(), log);
        }
    }

    /** A column type of whole seconds, in the rows of a search. */
    static final class CutsMilliseconds extends Proxy {
        @Override
        public ArchivePage search(ArchiveQuery query, @Nullable String cursor, int limit) {
            ArchivePage page = super.search(query, cursor, limit);
            return new ArchivePage(
                    page.rows().stream().map(CutsMilliseconds::cut).toList(), page.next());
        }

        private static ArchivedSummary cut(ArchivedSummary row) {
            Instant over = Instant.ofEpochSecond(row.overAt().getEpochSecond());
            return new ArchivedSummary(
                    row.chat(),
                    row.home(),
                    row.widget(),
                    row.startedAt(),
                    row.firstClaimAt(),
                    over.isBefore(row.startedAt()) ? row.startedAt() : over,
                    row.lastOwner(),
                    row.answeredBy(),
                    row.through(),
                    row.outcome(),
                    row.messages(),
                    row.contentDeleted(),
                    row.anonymised());
        }
    }

    /** Filters what it finds by a wrong reading of the query; pages are right. */
    abstract static class Misreads extends Proxy {
        private final Set<ChatId> known = Collections.synchronizedSet(new HashSet<>());

        @Override
        public void keep(List<ArchivedChat> chats) {
            super.keep(chats);
            chats.forEach(chat -> known.add(chat.chat().id()));
        }

        abstract boolean finds(ArchiveQuery query, ArchivedChat chat);

        @Override
        public ArchivePage search(ArchiveQuery query, @Nullable String cursor, int limit) {
            super.search(query, cursor, limit);
            List<ArchivedSummary> rows = new ArrayList<>();
            for (ArchivedSummary row : allOf(right)) {
                if (finds(query, right.chat(row.chat()).orElseThrow())) {
                    rows.add(row);
                }
            }
            return rows.size() <= limit ? new ArchivePage(rows, null) : super.search(query, cursor, limit);
        }

        private static List<ArchivedSummary> allOf(Archive archive) {
            List<ArchivedSummary> rows = new ArrayList<>();
            ArchivePage page = archive.search(ArchiveQuery.ALL, null, PAGE);
            rows.addAll(page.rows());
            while (page.next() != null) {
                page = archive.search(ArchiveQuery.ALL, page.next(), PAGE);
                rows.addAll(page.rows());
            }
            return rows;
        }
    }

    /** Asks for operator and co-op in two conditions instead of one. */
    static final class MixesOwnerships extends Misreads {
        @Override
        boolean finds(ArchiveQuery query, ArchivedChat chat) {
            ArchiveQuery rest = new ArchiveQuery(
                    query.homes(),
                    query.answeredBy(),
                    query.operator(),
                    null,
                    false,
                    query.widget(),
                    query.outcome(),
                    query.startedFrom(),
                    query.startedTo(),
                    query.text(),
                    query.chat());
            return rest.asksFor(chat)
                    && (query.coop() == null
                            || ArchiveQuery.ALL.coop(query.coop()).asksFor(chat))
                    && (!query.anyCoop() || ArchiveQuery.ALL.throughAnyCoop().asksFor(chat));
        }
    }

    /** Takes any co-op for no matter what. */
    static final class TakesADeskForACoop extends Misreads {
        @Override
        boolean finds(ArchiveQuery query, ArchivedChat chat) {
            ArchiveQuery rest = new ArchiveQuery(
                    query.homes(),
                    query.answeredBy(),
                    query.operator(),
                    query.coop(),
                    false,
                    query.widget(),
                    query.outcome(),
                    query.startedFrom(),
                    query.startedTo(),
                    query.text(),
                    query.chat());
            return rest.asksFor(chat)
                    && (!query.anyCoop() || !chat.chat().ownerships().isEmpty());
        }
    }

    /** Takes the last instant in. */
    static final class TakesTheLastInstantIn extends Misreads {
        @Override
        boolean finds(ArchiveQuery query, ArchivedChat chat) {
            Instant to = query.startedTo();
            return query.started(query.startedFrom(), to == null ? null : to.plusMillis(1))
                    .asksFor(chat);
        }
    }

    /** Looks for texts with {@code LIKE}, and does not say that a per cent sign is one. */
    static final class TakesTextForAPattern extends Misreads {
        @Override
        boolean finds(ArchiveQuery query, ArchivedChat chat) {
            String text = query.text();
            if (text == null) {
                return query.asksFor(chat);
            }
            String pattern = Pattern.quote(ArchiveQuery.fold(text))
                    .replace("%", "\\E.*\\Q")
                    .replace("_", "\\E.\\Q");
            Pattern like = Pattern.compile(pattern, Pattern.DOTALL);
            return withoutText(query).asksFor(chat)
                    && chat.log().stream()
                            .anyMatch(entry -> entry.content() instanceof Content.Text said
                                    && like.matcher(ArchiveQuery.fold(said.text()))
                                            .find());
        }

        private static ArchiveQuery withoutText(ArchiveQuery query) {
            return new ArchiveQuery(
                    query.homes(),
                    query.answeredBy(),
                    query.operator(),
                    query.coop(),
                    query.anyCoop(),
                    query.widget(),
                    query.outcome(),
                    query.startedFrom(),
                    query.startedTo(),
                    null,
                    query.chat());
        }
    }

    /** Compares texts as they are. */
    static final class LooksAtCase extends Misreads {
        @Override
        boolean finds(ArchiveQuery query, ArchivedChat chat) {
            String text = query.text();
            return query.asksFor(chat)
                    && (text == null
                            || chat.log().stream()
                                    .anyMatch(entry -> entry.content() instanceof Content.Text said
                                            && said.text().contains(text)));
        }
    }

    /** The oldest first. */
    static final class OldestFirst extends Proxy {
        @Override
        public ArchivePage search(ArchiveQuery query, @Nullable String cursor, int limit) {
            ArchivePage page = super.search(query, cursor, limit);
            List<ArchivedSummary> rows = new ArrayList<>(page.rows());
            Collections.reverse(rows);
            return new ArchivePage(rows, page.next());
        }
    }

    /** Counts rows instead of remembering where it was. */
    static final class PagesByNumber extends Proxy {
        @Override
        public ArchivePage search(ArchiveQuery query, @Nullable String cursor, int limit) {
            int from = 0;
            if (cursor != null) {
                from = Integer.parseInt(ArchiveCursor.read(query, cursor, 1).get(0));
            }
            List<ArchivedSummary> all = super.search(query, null, PAGE).rows();
            int wanted = Math.min(limit, PAGE);
            if (limit < 1) {
                throw new IllegalArgumentException("limit");
            }
            int to = Math.min(all.size(), from + wanted);
            String next = to < all.size() ? ArchiveCursor.after(query, Integer.toString(to)) : null;
            return new ArchivePage(all.subList(Math.min(from, to), to), next);
        }
    }

    /** Says that something follows whenever a page is full. */
    static final class GuessesThatSomethingFollows extends Proxy {
        @Override
        public ArchivePage search(ArchiveQuery query, @Nullable String cursor, int limit) {
            ArchivePage page = super.search(query, cursor, limit);
            if (page.next() != null || page.rows().size() != limit) {
                return page;
            }
            ArchivedSummary last = page.rows().get(limit - 1);
            return new ArchivePage(
                    page.rows(),
                    ArchiveCursor.after(
                            query, last.startedAt().toString(), last.chat().value()));
        }
    }

    /** Gives as much as is asked for. */
    static final class GivesAnyNumber extends Proxy {
        @Override
        public ArchivePage search(ArchiveQuery query, @Nullable String cursor, int limit) {
            ArchivePage page = super.search(query, cursor, limit);
            List<ArchivedSummary> rows = new ArrayList<>(page.rows());
            while (page.next() != null && rows.size() < limit) {
                page = super.search(query, page.next(), limit - rows.size());
                rows.addAll(page.rows());
            }
            return new ArchivePage(rows, page.next());
        }
    }

    /** Begins anew where it does not understand a cursor. */
    static final class TakesAnyCursor extends Proxy {
        @Override
        public ArchivePage search(ArchiveQuery query, @Nullable String cursor, int limit) {
            try {
                return super.search(query, cursor, limit);
            } catch (IllegalArgumentException wrong) {
                if (limit < 1) {
                    throw wrong;
                }
                return super.search(query, null, limit);
            }
        }
    }

    /** Takes the chat away with its content. */
    static final class DeletesTheWholeChat extends Proxy {
        private final Set<ChatId> deleted = Collections.synchronizedSet(new HashSet<>());

        @Override
        public boolean deleteContent(ChatId chat) {
            deleted.add(chat);
            return super.deleteContent(chat);
        }

        @Override
        public Optional<ArchivedChat> chat(ChatId chat) {
            return deleted.contains(chat) ? Optional.empty() : super.chat(chat);
        }
    }

    /** Forgets that content was deleted when the chat is brought again. */
    static final class RestoresDeletedContent extends Proxy {
        private final Map<ChatId, ArchivedChat> broughtAgain = Collections.synchronizedMap(new HashMap<>());
        private final Set<ChatId> deleted = Collections.synchronizedSet(new HashSet<>());

        @Override
        public boolean deleteContent(ChatId chat) {
            deleted.add(chat);
            broughtAgain.remove(chat);
            return super.deleteContent(chat);
        }

        @Override
        public void keep(List<ArchivedChat> chats) {
            super.keep(chats);
            for (ArchivedChat chat : chats) {
                if (deleted.contains(chat.chat().id())) {
                    broughtAgain.put(chat.chat().id(), chat);
                }
            }
        }

        @Override
        public Optional<ArchivedChat> chat(ChatId chat) {
            ArchivedChat again = broughtAgain.get(chat);
            return again == null ? super.chat(chat) : Optional.of(again);
        }
    }

    /** Answers how many rows the deletion took. */
    static final class DeletesOnce extends Proxy {
        private final Set<ChatId> deleted = Collections.synchronizedSet(new HashSet<>());

        @Override
        public boolean deleteContent(ChatId chat) {
            return super.deleteContent(chat) && deleted.add(chat);
        }
    }

    /** Leaves deleted texts in the index. */
    static final class FindsDeletedTexts extends Misreads {
        private final Map<ChatId, ArchivedChat> indexed = Collections.synchronizedMap(new HashMap<>());

        @Override
        public void keep(List<ArchivedChat> chats) {
            super.keep(chats);
            chats.forEach(chat -> indexed.put(chat.chat().id(), chat));
        }

        @Override
        boolean finds(ArchiveQuery query, ArchivedChat chat) {
            ArchivedChat index = indexed.get(chat.chat().id());
            return query.asksFor(index == null ? chat : index);
        }
    }

    /** The newest interval wins, by being moved on to an instant of its own. */
    static final class KeepsIntervalsTwice extends Proxy {
        private final Set<MonitoringInterval> known = new HashSet<>();

        @Override
        public synchronized void keepIntervals(List<MonitoringInterval> intervals) {
            for (MonitoringInterval interval : intervals) {
                boolean again = !known.add(interval);
                super.keepIntervals(List.of(again ? later(interval) : interval));
            }
        }

        private static MonitoringInterval later(MonitoringInterval one) {
            Duration moved = Duration.ofMillis(1);
            Instant ended = one.leaseEndedAt();
            return new MonitoringInterval(
                    one.operator(),
                    one.stage(),
                    one.from().plus(moved),
                    one.to().plus(moved),
                    one.why(),
                    ended == null ? null : ended.plus(moved));
        }
    }

    /** Looks at what counts only. */
    static final class ForgetsLeases extends Proxy {
        @Override
        public IntervalPage intervals(IntervalQuery query, @Nullable String cursor, int limit) {
            IntervalPage page = super.intervals(query, cursor, limit);
            return new IntervalPage(
                    page.intervals().stream()
                            .filter(interval -> interval.to().isAfter(query.from()))
                            .toList(),
                    page.next());
        }
    }

    /** Takes in what ends where the question begins. */
    static final class TakesTouchingIntervals extends Proxy {
        @Override
        public IntervalPage intervals(IntervalQuery query, @Nullable String cursor, int limit) {
            IntervalQuery wider = new IntervalQuery(
                    query.operator(), query.stages(), query.from().minusMillis(1), query.to());
            return cursor == null ? super.intervals(wider, null, limit) : super.intervals(query, cursor, limit);
        }
    }

    /** Overlooks where else the address stands. */
    static final class KeepsTheEmailAddress extends Proxy {
        private final Map<ChatId, String> emails = Collections.synchronizedMap(new HashMap<>());
        private final Set<ChatId> deleted = Collections.synchronizedSet(new HashSet<>());

        @Override
        public boolean deleteContent(ChatId chat) {
            deleted.add(chat);
            return super.deleteContent(chat);
        }

        @Override
        public boolean anonymise(ChatId chat) {
            right.chat(chat)
                    .map(kept -> kept.log().get(0).content())
                    .filter(Content.PatronDetails.class::isInstance)
                    .map(known -> ((Content.PatronDetails) known).email())
                    .ifPresent(email -> emails.put(chat, email));
            return super.anonymise(chat);
        }

        @Override
        public Optional<ArchivedChat> chat(ChatId chat) {
            String email = deleted.contains(chat) ? null : emails.get(chat);
            return email == null
                    ? super.chat(chat)
                    : super.chat(chat)
                            .map(kept -> withFirst(kept, new Content.PatronDetails(null, email, null, null, false)));
        }

        private static ArchivedChat withFirst(ArchivedChat kept, Content content) {
            List<Logged> log = new ArrayList<>(kept.log());
            Logged first = log.get(0);
            log.set(0, new Logged(1, first.at(), first.event(), content));
            return new ArchivedChat(kept.chat(), log);
        }
    }

    /** Answers how many rows it changed. */
    static final class AnonymisesOnce extends Proxy {
        private final Set<ChatId> done = Collections.synchronizedSet(new HashSet<>());

        @Override
        public boolean anonymise(ChatId chat) {
            return super.anonymise(chat) && done.add(chat);
        }
    }

    /** Takes a chat for due a millisecond late. */
    static final class ExpiresLate extends Proxy {
        @Override
        public List<Expired> expired(
                Expired.Part part, InstitutionId home, Instant overUpTo, @Nullable Expired after, int limit) {
            return super.expired(part, home, overUpTo.minusMillis(1), after, limit);
        }
    }

    /** Looks at the age alone. */
    static final class FindsWhatWasDone extends Proxy {
        @Override
        public List<Expired> expired(
                Expired.Part part, InstitutionId home, Instant overUpTo, @Nullable Expired after, int limit) {
            return super.expired(Expired.Part.CONTENT, home, overUpTo, after, limit);
        }
    }

    /** Forgets that there may be another page. */
    static final class NamesHomesOfOnePage extends Proxy {
        @Override
        public List<InstitutionId> homes(@Nullable InstitutionId after, int limit) {
            return after == null ? super.homes(null, limit) : List.of();
        }
    }

    /** Has an index of addresses of its own, which nobody empties. */
    static final class FindsErasedPatrons extends Proxy {
        private final Map<ChatId, ArchivedChat> indexed = Collections.synchronizedMap(new HashMap<>());

        @Override
        public void keep(List<ArchivedChat> chats) {
            super.keep(chats);
            chats.forEach(chat -> indexed.putIfAbsent(chat.chat().id(), chat));
        }

        @Override
        public List<ChatId> ofPatron(InstitutionId home, PatronTrace patron, @Nullable ChatId after, int limit) {
            return indexed.values().stream()
                    .filter(chat -> chat.chat().home().equals(home))
                    .filter(chat -> patron.leadsTo(
                            chat.chat().patronKeyHash(), chat.log().get(0).content()))
                    .map(chat -> chat.chat().id())
                    .filter(chat -> after == null || chat.compareTo(after) > 0)
                    .sorted()
                    .limit(limit)
                    .toList();
        }
    }

    /** Looks for the patron wherever the patron was. */
    static final class FindsPatronsOfAnyHome extends Proxy {
        @Override
        public List<ChatId> ofPatron(InstitutionId home, PatronTrace patron, @Nullable ChatId after, int limit) {
            return right.homes(null, PAGE).stream()
                    .flatMap(any -> right.ofPatron(any, patron, null, PAGE).stream())
                    .filter(chat -> after == null || chat.compareTo(after) > 0)
                    .sorted()
                    .limit(limit)
                    .toList();
        }
    }
}
