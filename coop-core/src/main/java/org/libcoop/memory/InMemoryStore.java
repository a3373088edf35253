package org.libcoop.memory;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.libcoop.chat.Chat;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Logged;
import org.libcoop.directory.HostDirectory;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.RecordKey;
import org.libcoop.presence.NodeId;
import org.libcoop.presence.OperatorPresence;
import org.libcoop.spi.Change;
import org.libcoop.spi.Clock;
import org.libcoop.spi.CommandId;
import org.libcoop.spi.CommandResult;
import org.libcoop.spi.Committed;
import org.libcoop.spi.Feed;
import org.libcoop.spi.NodeLease;
import org.libcoop.spi.Store;
import org.libcoop.spi.StoredDirectory;
import org.libcoop.spi.Topic;

/**
 * The store in memory: for tests, demos, and a first look. It forgets everything with the process, keeps the newest
 * {@value #KEPT_OVER} archived chats and first results of forgotten ones, and presence and directory revisions of the last
 * day. Several engines of one process may share it. <em>Safe for use by several threads</em>: one at a time gets in.
 */
public final class InMemoryStore implements Store {

    private static final int KEPT_OVER = 100_000;
    private static final int KEPT_HINTS = 100_000;
    private static final Duration KEPT_PRESENCE = Duration.ofDays(1);

    private final Supplier<Instant> time;
    private Instant latest = Instant.EPOCH;
    private final Map<ChatId, Stored> chats = new HashMap<>();
    private final Map<String, ChatId> chatOfPatron = new HashMap<>();
    private final NavigableSet<Due> due = byInstant();
    private final Map<Topic, NavigableSet<ChatId>> topics = new HashMap<>();
    private final NavigableSet<ChatId> live = new TreeSet<>();
    private final NavigableSet<ChatId> unarchived = new TreeSet<>();
    private final NavigableSet<Due> archived = byInstant();
    private final Map<ChatId, CommandResult> forgotten = new LinkedHashMap<>();
    private final TreeMap<OperatorId, List<OperatorPresence>> presence = new TreeMap<>();
    private final Map<NodeId, NodeLease> nodes = new HashMap<>();
    private final Map<RecordKey, StoredDirectory.Versioned> records = new LinkedHashMap<>();
    private final ArrayDeque<Undo> undos = new ArrayDeque<>();
    private @Nullable HostDirectory host;
    private long revision;
    private final List<Feed.Hint> hints = new ArrayList<>();
    private long firstHint;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    private record Due(Instant at, ChatId chat) {}

    private static NavigableSet<Due> byInstant() {
        return new TreeSet<>(Comparator.comparing(Due::at).thenComparing(Due::chat));
    }

    /** What takes the directory from one revision, given at {@code at}, back to the one before: a record or the host's part. */
    private record Undo(
            Instant at,
            @Nullable RecordKey key,
            StoredDirectory.@Nullable Versioned record,
            @Nullable HostDirectory host) {}

    private record CommandName(String scope, String id) {}

    private static final class Stored {
        private Chat chat;
        private @Nullable Instant dueAt;
        private Set<Topic> topics = Set.of();
        private Instant changedAt = Instant.EPOCH;
        private boolean contentDeleted;
        private final List<Logged> log = new ArrayList<>(4);
        private final Map<CommandName, CommandResult> results = new HashMap<>(4);

        Stored(Chat chat) {
            this.chat = chat;
        }
    }

    /** A store whose time is {@code clock}'s. */
    public InMemoryStore(Clock clock) {
        this.time = Objects.requireNonNull(clock, "clock")::now;
    }

    @Override
    public synchronized Instant now() {
        Instant now = time.get();
        latest = now.isAfter(latest) ? now : latest;
        return latest;
    }

    // ---- Nodes

    @Override
    public synchronized NodeLease join(NodeId node, Duration length) {
        if (nodes.containsKey(node)) {
            throw new IllegalArgumentException("node " + node + " had a lease before; take a new id");
        }
        Instant now = now();
        nodes.values().removeIf(lease -> lease.endsAt().isBefore(now.minus(KEPT_PRESENCE)));
        NodeLease lease = new NodeLease(node, now, length);
        nodes.put(node, lease);
        return lease;
    }

    @Override
    public synchronized Optional<NodeLease> renew(NodeId node) {
        if (fenced(node)) {
            return Optional.empty();
        }
        NodeLease old = Objects.requireNonNull(nodes.get(node));
        NodeLease renewed = new NodeLease(node, now(), old.length());
        nodes.put(node, renewed);
        return Optional.of(renewed);
    }

    @Override
    public synchronized void leave(NodeId node) {
        NodeLease old = nodes.get(node);
        if (old != null && !fenced(node)) {
            nodes.put(node, new NodeLease(node, now(), Duration.ZERO));
        }
    }

    @Override
    public synchronized List<NodeLease> nodes() {
        return List.copyOf(nodes.values());
    }

    private boolean fenced(NodeId node) {
        NodeLease lease = nodes.get(node);
        return lease == null || !now().isBefore(lease.endsAt());
    }

    // ---- Changes

    @Override
    public List<Committed> commit(NodeId node, List<Change> batch) {
        List<Committed> outcomes = new ArrayList<>(batch.size());
        boolean changed = false;
        synchronized (this) {
            for (Change change : batch) {
                Committed outcome = fenced(node) ? Committed.FENCED : apply(change);
                changed |= outcome.outcome() == Committed.Outcome.APPLIED;
                outcomes.add(outcome);
            }
        }
        if (changed) {
            listeners.forEach(Runnable::run);
        }
        return outcomes;
    }

    private Committed apply(Change change) {
        if (change instanceof Change.OfChat ofChat) {
            return applyChat(ofChat);
        }
        if (change instanceof Change.OfPresence ofPresence) {
            return applyPresence(ofPresence.presence());
        }
        if (change instanceof Change.OfRecord ofRecord) {
            return applyRecord(ofRecord);
        }
        return applyHost((Change.OfHost) change);
    }

    private Committed applyChat(Change.OfChat change) {
        ChatId id = change.chat().id();
        Stored stored = chats.get(id);
        CommandResult result = change.result();
        CommandResult earlier = result == null ? null : earlier(id, name(result.command()));
        if (earlier != null) {
            return Committed.repeated(earlier);
        }
        Change.Guard guard = change.guard();
        boolean asExpected = (stored == null ? 0 : stored.chat.seq()) == change.expectedSeq();
        if (!asExpected || (guard != null && row(guard.operator()).version() != guard.expectedVersion())) {
            return Committed.LOST;
        }
        if (stored == null) {
            stored = new Stored(change.chat());
            chats.put(id, stored);
            chatOfPatron.put(change.chat().patronKeyHash(), id);
            live.add(id);
        }
        if (guard != null) {
            put(row(guard.operator()).oneChatMore(change.at()).successor());
        }
        OperatorId lowers = change.lowers();
        if (lowers != null) {
            put(row(lowers).oneChatLess(change.releasedAt()).successor());
        }
        if (result != null) {
            stored.results.put(name(result.command()), result);
        }
        stored.chat = change.chat();
        for (Logged entry : change.entries()) {
            stored.log.add(stored.contentDeleted ? entry.withoutContent() : entry);
        }
        index(stored, change);
        hint(new Feed.Hint.OfChat(id, change.expectedSeq(), change.chat().seq()));
        return Committed.APPLIED;
    }

    private @Nullable CommandResult earlier(ChatId chat, CommandName command) {
        Stored stored = chats.get(chat);
        if (stored != null) {
            return stored.results.get(command);
        }
        CommandResult first = forgotten.get(chat);
        return first != null && name(first.command()).equals(command) ? first : null;
    }

    private void index(Stored stored, Change.OfChat change) {
        ChatId id = change.chat().id();
        if (stored.dueAt != null) {
            due.remove(new Due(stored.dueAt, id));
        }
        stored.dueAt = change.dueAt();
        if (stored.dueAt != null) {
            due.add(new Due(stored.dueAt, id));
        }
        for (Topic topic : stored.topics) {
            NavigableSet<ChatId> waiting = topics.get(topic);
            if (waiting != null && !change.topics().contains(topic)) {
                waiting.remove(id);
                if (waiting.isEmpty()) {
                    topics.remove(topic);
                }
            }
        }
        stored.topics = change.topics();
        stored.topics.forEach(
                topic -> topics.computeIfAbsent(topic, t -> new TreeSet<>()).add(id));
        archived.remove(new Due(stored.changedAt, id));
        stored.changedAt = change.at();
        if (change.chat().over()) {
            live.remove(id);
            unarchived.add(id);
        }
    }

    private void forget(ChatId id) {
        Stored gone = chats.remove(id);
        if (gone != null) {
            chatOfPatron.remove(gone.chat.patronKeyHash(), id);
            gone.results.values().stream()
                    .min(Comparator.comparing(CommandResult::seq))
                    .ifPresent(first -> forgotten.put(id, first));
            if (forgotten.size() > KEPT_OVER) {
                forgotten.remove(forgotten.keySet().iterator().next());
            }
        }
    }

    private Committed applyPresence(OperatorPresence next) {
        if (row(next.operator()).version() != next.version() - 1) {
            return Committed.LOST;
        }
        put(next);
        return Committed.APPLIED;
    }

    private OperatorPresence row(OperatorId operator) {
        List<OperatorPresence> rows = presence.get(operator);
        return rows == null ? OperatorPresence.unknown(operator) : rows.get(rows.size() - 1);
    }

    private void put(OperatorPresence next) {
        List<OperatorPresence> rows = presence.computeIfAbsent(next.operator(), o -> new ArrayList<>(2));
        rows.add(next);
        Instant horizon = now().minus(KEPT_PRESENCE);
        while (rows.size() > 1 && rows.get(1).changedAt().isBefore(horizon)) {
            rows.remove(0);
        }
        hint(new Feed.Hint.OfPresence(next.operator(), next.version()));
    }

    private Committed applyRecord(Change.OfRecord change) {
        StoredDirectory.Versioned stored = records.get(change.record().key());
        Long expected = change.expectedRevision();
        boolean asDecided = expected == null || expected == revision;
        if (!asDecided || (stored == null ? 0 : stored.version()) != change.expectedVersion()) {
            return Committed.LOST;
        }
        RecordKey key = change.record().key();
        records.put(key, new StoredDirectory.Versioned(change.record(), change.expectedVersion() + 1));
        return revised(new Undo(now(), key, stored, null));
    }

    private Committed applyHost(Change.OfHost change) {
        if (revision != change.expectedRevision()) {
            return Committed.LOST;
        }
        Undo undo = new Undo(now(), null, null, host);
        host = change.host();
        return revised(undo);
    }

    private Committed revised(Undo undo) {
        revision++;
        undos.push(undo);
        Instant horizon = now().minus(KEPT_PRESENCE);
        while (undos.getLast().at().isBefore(horizon)) {
            undos.removeLast();
        }
        hint(new Feed.Hint.OfDirectory());
        return Committed.APPLIED;
    }

    private static CommandName name(CommandId command) {
        return new CommandName(command.scope(), command.id());
    }

    // ---- Questions

    @Override
    public synchronized Optional<Chat> chat(ChatId chat) {
        return Optional.ofNullable(chats.get(chat)).map(stored -> stored.chat);
    }

    @Override
    public synchronized Optional<Chat> chatOfPatron(String patronKeyHash) {
        return Optional.ofNullable(chatOfPatron.get(patronKeyHash)).flatMap(this::chat);
    }

    @Override
    public synchronized List<Logged> log(ChatId chat, long afterSeq, int limit) {
        Stored stored = chats.get(chat);
        if (stored == null || afterSeq >= stored.log.size()) {
            return List.of();
        }
        int from = (int) Math.max(0, afterSeq);
        int to = Math.min(stored.log.size(), from + page(limit));
        return List.copyOf(stored.log.subList(from, to));
    }

    @Override
    public synchronized Optional<CommandResult> result(ChatId chat, String scope, String id) {
        return Optional.ofNullable(earlier(chat, new CommandName(scope, id)));
    }

    @Override
    public synchronized List<Chat> due(Instant upTo, int limit) {
        List<Chat> page = new ArrayList<>();
        for (Due next : due) {
            if (next.at().isAfter(upTo) || page.size() == page(limit)) {
                break;
            }
            page.add(head(next.chat()));
        }
        return page;
    }

    @Override
    public synchronized List<ChatId> waitingOn(Topic topic, @Nullable ChatId after) {
        return page(topics.getOrDefault(topic, new TreeSet<>()), after);
    }

    @Override
    public synchronized List<Chat> live(@Nullable ChatId after) {
        return page(live, after).stream().map(this::head).toList();
    }

    @Override
    public synchronized List<Chat> unarchived(@Nullable ChatId after, int limit) {
        return page(unarchived, after).stream()
                .limit(page(limit))
                .map(this::head)
                .toList();
    }

    @Override
    public synchronized void archived(Map<ChatId, Long> upTo) {
        upTo.forEach((id, seq) -> {
            if (unarchived.contains(id) && head(id).seq() == seq) {
                unarchived.remove(id);
                archived.add(new Due(stored(id).changedAt, id));
            }
        });
        while (archived.size() > KEPT_OVER) {
            forget(List.of(archived.first().chat()));
        }
    }

    @Override
    public synchronized List<ChatId> forgettable(Instant upTo, int limit) {
        return archived.stream()
                .takeWhile(next -> !next.at().isAfter(upTo))
                .limit(page(limit))
                .map(Due::chat)
                .toList();
    }

    private Stored stored(ChatId id) {
        return Objects.requireNonNull(chats.get(id));
    }

    private Chat head(ChatId id) {
        return stored(id).chat;
    }

    @Override
    public synchronized void forget(List<ChatId> ids) {
        for (ChatId id : ids) {
            Stored stored = chats.get(id);
            if (stored != null && archived.remove(new Due(stored.changedAt, id))) {
                forget(id);
            }
        }
    }

    @Override
    public synchronized boolean deleteContent(ChatId chat) {
        Stored stored = chats.get(chat);
        if (stored == null || !stored.chat.over()) {
            return false;
        }
        stored.contentDeleted = true;
        stored.log.replaceAll(Logged::withoutContent);
        return true;
    }

    @Override
    public synchronized boolean redact(ChatId chat, long seq, String replacement) {
        Stored stored = chats.get(chat);
        if (stored == null || !stored.chat.over() || seq < 1 || seq > stored.log.size()) {
            return false;
        }
        Logged entry = stored.log.get((int) seq - 1);
        stored.log.set((int) seq - 1, entry.redacted(replacement));
        return entry.isRedactable();
    }

    @Override
    public synchronized boolean anonymise(ChatId chat) {
        Stored stored = chats.get(chat);
        if (stored == null || !stored.chat.over()) {
            return false;
        }
        stored.log.set(0, stored.log.get(0).anonymised());
        return true;
    }

    @Override
    public synchronized List<OperatorPresence> presence(OperatorId operator, long afterVersion) {
        List<OperatorPresence> newer = new ArrayList<>(presence.getOrDefault(operator, List.of()));
        newer.removeIf(row -> row.version() <= afterVersion);
        return newer;
    }

    @Override
    public synchronized List<OperatorPresence> presenceSince(Instant since) {
        List<OperatorPresence> all = new ArrayList<>();
        for (List<OperatorPresence> rows : presence.values()) {
            for (int i = 0; i < rows.size(); i++) {
                boolean last = i == rows.size() - 1;
                if (last || !rows.get(i + 1).changedAt().isBefore(since)) {
                    all.add(rows.get(i));
                }
            }
        }
        return all;
    }

    @Override
    public synchronized StoredDirectory directory() {
        return new StoredDirectory(host, revision, records);
    }

    @Override
    public synchronized Optional<StoredDirectory> directory(long number) {
        long back = revision - number;
        if (number < 1 || back < 0 || back > undos.size()) {
            return Optional.empty();
        }
        HostDirectory hostThen = host;
        Map<RecordKey, StoredDirectory.Versioned> then = new LinkedHashMap<>(records);
        for (Undo undo : undos) {
            if (back-- == 0) {
                break;
            }
            if (undo.key() == null) {
                hostThen = undo.host();
            } else if (undo.record() == null) {
                then.remove(undo.key());
            } else {
                then.put(undo.key(), undo.record());
            }
        }
        return Optional.of(new StoredDirectory(hostThen, number, then));
    }

    @Override
    public synchronized Optional<Instant> revisedAt(long number) {
        long back = revision - number;
        return number < 1 || back < 0
                ? Optional.empty()
                : undos.stream().skip(back).findFirst().map(Undo::at);
    }

    private static List<ChatId> page(NavigableSet<ChatId> ids, @Nullable ChatId after) {
        List<ChatId> page = new ArrayList<>();
        for (ChatId id : after == null ? ids : ids.tailSet(after, false)) {
            page.add(id);
            if (page.size() == PAGE) {
                break;
            }
        }
        return page;
    }

    private static int page(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be at least 1: " + limit);
        }
        return Math.min(limit, PAGE);
    }

    // ---- Feed

    private void hint(Feed.Hint hint) {
        hints.add(hint);
        if (hints.size() > 2 * KEPT_HINTS) {
            hints.subList(0, KEPT_HINTS).clear();
            firstHint += KEPT_HINTS;
        }
    }

    @Override
    public synchronized Feed changes(String cursor, int limit) {
        long next = Long.parseLong(cursor);
        if (next < firstHint) {
            return new Feed(List.of(), cursor(), true);
        }
        int from = (int) Math.min(next - firstHint, hints.size());
        List<Feed.Hint> page = hints.subList(from, Math.min(hints.size(), from + page(limit)));
        return new Feed(page, Long.toString(next + page.size()), false);
    }

    @Override
    public synchronized String cursor() {
        return Long.toString(firstHint + hints.size());
    }

    @Override
    public void onChange(Runnable hint) {
        listeners.add(hint);
    }

    @Override
    public void close() {
        listeners.clear();
    }
}
