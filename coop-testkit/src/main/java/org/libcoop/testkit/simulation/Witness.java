package org.libcoop.testkit.simulation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.libcoop.chat.Chat;
import org.libcoop.chat.ChatEvent;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Logged;
import org.libcoop.directory.Directory;
import org.libcoop.directory.OperatorId;
import org.libcoop.presence.NodeId;
import org.libcoop.presence.OperatorPresence;
import org.libcoop.spi.Change;
import org.libcoop.spi.Committed;
import org.libcoop.spi.NodeLease;
import org.libcoop.spi.Store;

/**
 * Sees every change as the store took it, and everything that was answered and told, and says what must not be. Reads the
 * store itself, never what a node says of it.
 */
final class Witness {

    private final Store store;
    private final VirtualTime time;
    private final Trace trace;
    private final Map<ChatId, ChatRecord> chats = new HashMap<>();
    private final List<ChatRecord> inOrder = new ArrayList<>();
    private final Map<String, Request> spoken = new HashMap<>();
    private final PresenceRecord presence = new PresenceRecord();
    private final Map<OperatorId, Integer> owned = new HashMap<>();
    private @Nullable Instant directoryChangedAt;
    private @Nullable String wrong;
    private long changes;

    Witness(Store store, VirtualTime time, Trace trace) {
        this.store = store;
        this.time = time;
        this.trace = trace;
    }

    /** What must not be, if it was seen: the first of it. */
    Optional<String> wrong() {
        return Optional.ofNullable(wrong);
    }

    void wrong(String what) {
        if (wrong == null) {
            wrong = what;
            trace.line("WRONG " + what);
        }
    }

    long changes() {
        return changes;
    }

    PresenceRecord presence() {
        return presence;
    }

    /** Every chat, in the order in which they began. */
    List<ChatRecord> chats() {
        return inOrder;
    }

    @Nullable
    ChatRecord chat(ChatId id) {
        return chats.get(id);
    }

    String name(ChatId id) {
        ChatRecord chat = chats.get(id);
        return chat == null ? "(no chat)" : chat.toString();
    }

    // ---- Changes
    // -----------------------------------------------------------------------------------------------------

    /** The store took, or did not take, one change. */
    void committed(SimulatedNode by, NodeId node, Change change, Committed.Outcome outcome) {
        if (outcome != Committed.Outcome.APPLIED) {
            trace.count("commit " + outcome);
            return;
        }
        changes++;
        List<NodeLease> leases = store.nodes();
        presence.leases(leases);
        boolean alive = leases.stream()
                .anyMatch(lease -> lease.node().equals(node) && time.now().isBefore(lease.endsAt()));
        if (!alive) {
            wrong(by + " changed something although its lease is over");
        }
        applied(by, change);
    }

    private void applied(SimulatedNode by, Change change) {
        if (change instanceof Change.OfChat ofChat) {
            Change.Guard guard = ofChat.guard();
            // The rows a change of a chat brings along hold after it.
            Deed deed = deed(by, ofChat.at(), changes);
            read(ofChat.chat().id(), deed);
            if (guard != null) {
                readRows(guard.operator(), by);
                limitHolds(guard.operator(), deed);
            }
            OperatorId lowers = ofChat.lowers();
            if (lowers != null) {
                // Lowering is not guarded: whoever did it knows the row only after reading it.
                readRows(lowers, null);
                limitHolds(lowers, deed);
            }
        } else if (change instanceof Change.OfPresence ofPresence) {
            readRows(ofPresence.presence().operator(), by);
            trace.line(by + " row " + Wording.of(ofPresence.presence(), trace));
        } else {
            directoryChangedAt = time.now();
        }
    }

    /** The node was not told that its changes numbered above {@code last} were taken. */
    void notTold(SimulatedNode by, long last) {
        presence.committerNotTold(by, last);
    }

    /** What {@code by} can know now, its newest change included. */
    Deed view(SimulatedNode by, Instant at) {
        return deed(by, at, changes + 1);
    }

    private Deed deed(SimulatedNode by, Instant at, long change) {
        Directory directory = by.engine().directory();
        Instant changed = directoryChangedAt;
        boolean sure =
                changed == null || changed.plus(directory.policies().lease()).isBefore(at);
        return new Deed(by, directory, presence, change, at, sure);
    }

    private void readRows(OperatorId operator, @Nullable SimulatedNode by) {
        long version = presence.newestVersion(operator);
        for (OperatorPresence row : store.presence(operator, version)) {
            if (row.version() != ++version) {
                wrong("presence of " + operator + " goes from version " + (version - 1) + " to " + row.version());
            }
            presence.add(new PresenceRecord.Row(row, changes, by));
        }
    }

    private void read(ChatId id, Deed deed) {
        ChatRecord chat = chats.get(id);
        List<Logged> fresh = store.log(id, chat == null ? 0 : chat.seq(), Store.PAGE);
        try {
            for (Logged entry : fresh) {
                OperatorId before = chat == null ? null : chat.owner();
                if (chat == null) {
                    chat = new ChatRecord("c" + (chats.size() + 1), id, entry);
                    chats.put(id, chat);
                    inOrder.add(chat);
                } else {
                    chat.add(entry, deed);
                }
                moved(before, chat.owner());
                spoken(chat, entry);
                trace.line(deed.node() + " " + chat + "#" + entry.seq() + " " + Wording.of(entry, trace));
                trace.count(transition(entry.event(), before));
            }
            Chat head = store.chat(id).orElse(null);
            if (chat == null || head == null) {
                throw new ChatRecord.Wrong("a chat was changed that is not there");
            }
            chat.complete(head, deed);
        } catch (ChatRecord.Wrong | IllegalArgumentException found) {
            wrong(String.valueOf(found.getMessage()));
        }
    }

    private static String transition(ChatEvent event, @Nullable OperatorId ownerBefore) {
        String what = event.kind().toString();
        if (event instanceof ChatEvent.StageOpened opened) {
            String stage = opened.stage().backup()
                    ? "BACKUP"
                    : opened.stage().option().kind().toString();
            return "opened " + stage + " " + opened.cause();
        }
        if (event instanceof ChatEvent.OwnerLost lost) {
            what += lost.signedOff() ? " signed off" : " silent";
        } else if (event instanceof ChatEvent.ChatMissed missed) {
            what += " " + missed.reason();
        } else if (event instanceof ChatEvent.ChatEnded ended) {
            what += ended.by() == null ? " SYSTEM" : " " + ended.by().kind();
        }
        return "transition " + (ownerBefore == null ? "WAITING " : "CLAIMED ") + what;
    }

    private void spoken(ChatRecord chat, Logged entry) {
        if (entry.content() instanceof org.libcoop.chat.Content.Text text
                && entry.event() instanceof ChatEvent.MessageSaid said
                && said.author().isPerson()) {
            Request request = spoken.get(text.text());
            if (request == null || request.refusedForGood()) {
                wrong(chat + " says \"" + text.text() + "\", which was "
                        + (request == null ? "never sent" : "refused"));
            }
        }
    }

    // ---- Load (C12)
    // --------------------------------------------------------------------------------------------------

    private void moved(@Nullable OperatorId before, @Nullable OperatorId after) {
        if (before != null && !before.equals(after)) {
            owned.merge(before, -1, Integer::sum);
        }
        if (after != null && !after.equals(before)) {
            owned.merge(after, 1, Integer::sum);
        }
    }

    /** C12, and that the counter is what the logs add up to. */
    private void limitHolds(OperatorId operator, Deed deed) {
        int counted = presence.newest(operator).openChats();
        int really = owned.getOrDefault(operator, 0);
        if (counted != really) {
            wrong(operator + " owns " + really + " chats, but the row counts " + counted);
        }
        int limit = deed.policies().operatorLimit().orElse(Integer.MAX_VALUE);
        if (really > limit) {
            wrong(operator + " owns " + really + " chats, more than the limit of " + limit);
        }
    }

    /** Somebody is about to say something. */
    void willSay(Request request) {
        spoken.put(request.text, request);
    }

    List<ChatRecord> waiting() {
        List<ChatRecord> waiting = new ArrayList<>();
        for (ChatRecord chat : inOrder) {
            if (chat.waiting()) {
                waiting.add(chat);
            }
        }
        return waiting;
    }
}
