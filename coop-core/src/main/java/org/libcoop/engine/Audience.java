package org.libcoop.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.libcoop.chat.Chat;
import org.libcoop.chat.ChatEvent;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.ChatRules;
import org.libcoop.chat.Logged;
import org.libcoop.chat.Phase;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Stage;
import org.libcoop.presence.OperatorPresence;
import org.libcoop.presence.Presence;
import org.libcoop.spi.Notice;

/**
 * Who of those connected to this node is told what. The lists of waiting and offered chats are what {@link ChatRules#openTo} says, asked
 * again after every change, so what is shown, what is notified and what may be claimed are one set (R6). Used by the pipeline;
 * connections may be added from any thread.
 */
final class Audience {

    /** Of so many chats it is remembered how far those connected here have been told; beyond that they may be told twice. */
    private static final int REMEMBERED = 100_000;

    /** In whose lists a chat is, and how often it had been owned when it came there. */
    private record Shown(Set<OperatorId> to, int ownerships) {

        static final Shown NOBODY = new Shown(Set.of(), 0);
    }

    private final Presence presence;
    private final Views views;
    private final Map<OperatorId, List<OperatorConnection>> operators = new ConcurrentHashMap<>();
    private final Map<String, List<PatronConnection>> patrons = new ConcurrentHashMap<>();
    private final Set<Connection> remote = Collections.synchronizedSet(new LinkedHashSet<>());
    private final Map<OperatorId, Instant> acts = new ConcurrentHashMap<>();
    private final Map<ChatId, Shown> listed = new HashMap<>();
    private final Map<ChatId, Long> told = Collections.synchronizedMap(new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ChatId, Long> eldest) {
            return size() > REMEMBERED;
        }
    });

    Audience(Presence presence, Views views) {
        this.presence = presence;
        this.views = views;
    }

    // ---- Connections

    void add(OperatorConnection connection) {
        watch(connection);
        operators
                .computeIfAbsent(connection.operator(), o -> new CopyOnWriteArrayList<>())
                .add(connection);
    }

    void add(PatronConnection connection) {
        watch(connection);
        patrons.computeIfAbsent(connection.keyHash(), k -> new CopyOnWriteArrayList<>())
                .add(connection);
    }

    private void watch(Connection connection) {
        if (connection.isRemote()) {
            remote.add(connection);
        }
    }

    void remove(OperatorConnection connection) {
        remote.remove(connection);
        if (operators.computeIfPresent(connection.operator(), (o, all) -> without(all, connection)) == null) {
            acts.remove(connection.operator());
        }
    }

    void remove(PatronConnection connection) {
        remote.remove(connection);
        patrons.computeIfPresent(connection.keyHash(), (k, all) -> without(all, connection));
    }

    private static <C> @Nullable List<C> without(List<C> all, C one) {
        all.remove(one);
        return all.isEmpty() ? null : all;
    }

    /** An operator did something through a connection of this node (P5). From any thread. */
    void acted(OperatorId operator, Instant now) {
        acts.merge(operator, now, (known, next) -> next.isAfter(known) ? next : known);
    }

    /** When an operator who is connected here last did something; long ago if never. */
    Instant lastAct(OperatorId operator) {
        return acts.getOrDefault(operator, Instant.MIN);
    }

    /** The operators who are connected here. */
    Set<OperatorId> connected() {
        return Set.copyOf(operators.keySet());
    }

    List<OperatorConnection> of(OperatorId operator) {
        return operators.getOrDefault(operator, List.of());
    }

    List<PatronConnection> of(String keyHash) {
        return patrons.getOrDefault(keyHash, List.of());
    }

    /** The connections without a sign of life for {@code lease}. */
    List<Connection> silentFor(Duration lease, Instant now) {
        synchronized (remote) {
            return remote.stream()
                    .filter(connection -> connection.silentFor(lease, now))
                    .toList();
        }
    }

    /** Every connection of this node. */
    List<Connection> all() {
        List<Connection> all = new ArrayList<>();
        operators.values().forEach(all::addAll);
        patrons.values().forEach(all::addAll);
        return all;
    }

    // ---- Notices

    /** Whether nobody is connected here at all. */
    boolean isEmpty() {
        return operators.isEmpty() && patrons.isEmpty();
    }

    /** The chats of which those connected here were told something. */
    Set<ChatId> known() {
        Set<ChatId> known;
        synchronized (told) {
            known = new HashSet<>(told.keySet());
        }
        known.addAll(listed.keySet());
        return known;
    }

    /**
     * From here on those connected are told: what came up to {@code seq} they read themselves, later than that was read here. From
     * any thread.
     */
    void toldFrom(ChatId chat, long seq) {
        told.putIfAbsent(chat, seq);
    }

    /** Up to which entry of a chat those connected here have been told; {@code otherwise} if that is not remembered. */
    long toldUpTo(ChatId chat, long otherwise) {
        return told.getOrDefault(chat, otherwise);
    }

    /** Whether a page of the patron's is connected here that knows nothing of the chat yet: it began on another node just now. */
    boolean isNews(Chat chat) {
        return of(chat.patronKeyHash()).stream()
                .anyMatch(connection -> !chat.id().equals(connection.chat()));
    }

    /** Names the chats of which those connected here may be told next; what their previews need is then read for all at once. */
    void expect(Collection<ChatId> chats) {
        views.expect(operators.isEmpty() ? List.of() : chats);
    }

    /** Tells of committed entries of a chat, and puts the lists right; {@code before} is the head they followed, if known. */
    void committed(@Nullable Chat before, Chat chat, List<Logged> entries, Instant now) {
        if (isEmpty() && listed.isEmpty()) {
            forgetIfOver(chat);
            return;
        }
        if (before == null && entries.size() == chat.seq()) {
            views.begun(chat.id(), entries);
        }
        told.put(chat.id(), chat.seq());
        tellPatron(chat, entries);
        tellOwners(before, chat, entries);
        refresh(chat, now);
    }

    /** Puts the lists of waiting chats right for one chat. */
    void refresh(Chat chat, Instant now) {
        forgetIfOver(chat);
        if (operators.isEmpty() && listed.isEmpty()) {
            return;
        }
        Map<OperatorId, Stage> eligible = ChatRules.openTo(chat, presence, now);
        Shown shown = listed.getOrDefault(chat.id(), Shown.NOBODY);
        Set<OperatorId> before = shown.to();
        Set<OperatorId> after = eligible.keySet();
        after.retainAll(operators.keySet());
        views.listed(chat, eligible).forEach((notice, those) -> those.forEach(operator -> tell(operator, notice)));
        if (!after.containsAll(before)) {
            Notice.Unlisted gone = gone(chat, chat.ownerships().size() > shown.ownerships(), now);
            before.stream().filter(operator -> !after.contains(operator)).forEach(operator -> tell(operator, gone));
        }
        if (after.isEmpty()) {
            listed.remove(chat.id());
        } else {
            listed.put(chat.id(), new Shown(after, chat.ownerships().size()));
        }
    }

    private void forgetIfOver(Chat chat) {
        if (chat.over()) {
            views.forget(chat.id());
        }
    }

    /** Puts one waiting or offered chat into the list of an operator who has just connected. */
    void list(OperatorId operator, Chat chat, Instant now) {
        if (ChatRules.openTo(chat, operator, presence, now).isPresent() && operators.containsKey(operator)) {
            Set<OperatorId> more =
                    new HashSet<>(listed.getOrDefault(chat.id(), Shown.NOBODY).to());
            more.add(operator);
            listed.put(chat.id(), new Shown(more, chat.ownerships().size()));
            tell(operator, new Notice.Listed(views.summary(chat, operator, now)));
        }
    }

    void tellSelf(OperatorPresence row) {
        tell(row.operator(), new Notice.Self(row));
    }

    /** Tells one operator, wherever connected here. From any thread. */
    void tell(OperatorId operator, Notice notice) {
        of(operator).forEach(connection -> connection.tell(notice));
    }

    /** @param taken whether somebody claimed or accepted the chat since it came into the list */
    private Notice.Unlisted gone(Chat chat, boolean taken, Instant now) {
        Phase.Ownership ownership = chat.ownership().orElse(null);
        if (ownership != null && taken) {
            return new Notice.Unlisted(
                    chat.id(),
                    Notice.Unlisted.Reason.CLAIMED,
                    views.nameOf(ownership),
                    views.nameOf(ownership.institution()),
                    ownership.since());
        }
        Notice.Unlisted.Reason reason = chat.over() ? Notice.Unlisted.Reason.OVER : Notice.Unlisted.Reason.NOT_ELIGIBLE;
        return new Notice.Unlisted(chat.id(), reason, null, null, now);
    }

    private void tellPatron(Chat chat, List<Logged> entries) {
        List<PatronConnection> there = of(chat.patronKeyHash());
        if (there.isEmpty()) {
            return;
        }
        Notice.State state = new Notice.State(views.state(chat));
        for (PatronConnection connection : there) {
            connection.isAbout(chat.id());
            for (Logged entry : entries) {
                if (Views.forPatron(entry)) {
                    connection.tell(new Notice.Entry(chat.id(), entry));
                }
            }
            connection.tell(state);
        }
    }

    /** Who owns the chat now, or owned it last if it is over, and who owned it when these entries began, up to where it was taken or handed over. */
    private void tellOwners(@Nullable Chat before, Chat chat, List<Logged> entries) {
        OperatorId owner = chat.ownership().map(Phase.Ownership::owner).orElse(null);
        OperatorId had = before == null
                ? null
                : before.ownership().map(Phase.Ownership::owner).orElse(null);
        Phase.Ownership last = chat.over() ? chat.lastOwnership() : null;
        OperatorId concerned = owner == null ? had : owner;
        if (concerned == null && last != null) {
            concerned = last.owner();
        }
        if (concerned != null) {
            tell(concerned, chat.id(), entries, new Notice.State(views.state(chat)));
        }
        if (had != null && !had.equals(concerned)) {
            tell(had, chat.id(), untilNotOwned(had, entries), new Notice.Released(chat.id()));
        }
    }

    private void tell(OperatorId operator, ChatId chat, List<Logged> entries, Notice last) {
        for (OperatorConnection connection : of(operator)) {
            entries.forEach(entry -> connection.tell(new Notice.Entry(chat, entry.withoutAddress())));
            connection.tell(last);
        }
    }

    /** The entries up to the one with which {@code owner} stops being owner. */
    private static List<Logged> untilNotOwned(OperatorId owner, List<Logged> entries) {
        for (int i = 0; i < entries.size(); i++) {
            ChatEvent event = entries.get(i).event();
            boolean lost =
                    event instanceof ChatEvent.OwnerLost loss && loss.owner().equals(owner);
            if (lost || event instanceof ChatEvent.Transferred) {
                return entries.subList(0, i + 1);
            }
        }
        return entries;
    }
}
