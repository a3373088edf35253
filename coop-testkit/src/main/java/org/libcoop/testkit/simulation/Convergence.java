package org.libcoop.testkit.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.libcoop.chat.Chat;
import org.libcoop.chat.ChatId;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Policies;
import org.libcoop.spi.Archive;
import org.libcoop.spi.ArchivePage;
import org.libcoop.spi.ArchiveQuery;
import org.libcoop.spi.ArchivedChat;
import org.libcoop.spi.Store;

/** What must hold once it has been calm for a while: nothing overdue, nobody forgotten, every node of one mind. */
final class Convergence {

    /** A late wake-up asked for while things went wrong may still come so much later. */
    private static final Duration LATE_WAKE_UPS = Duration.ofSeconds(5);

    private final Simulation simulation;
    private final People people;
    private final Store store;

    Convergence(Simulation simulation, People people, Store store) {
        this.simulation = simulation;
        this.people = people;
        this.store = store;
    }

    /** How long the consequences of what went wrong last: leases and graces run out, sweeps come round. */
    Duration settling() {
        Policies policies = simulation.directory().policies();
        return policies.lease()
                .plus(policies.ownerGrace())
                .plus(simulation.sweepEvery().multipliedBy(4))
                .plus(LATE_WAKE_UPS);
    }

    /** Checks one instant of the calm, with no task left to run. */
    void check() {
        Witness witness = simulation.witness();
        Instant now = simulation.time().now();
        checkDue();
        for (SimulatedNode node : simulation.alive()) {
            if (node.view().viewedAt().isBefore(twoSweepsAgo())) {
                witness.wrong(node + " has not followed the feed for two sweeps");
            }
        }
        for (Librarian librarian : people.librarians()) {
            String differing = librarian.differingList();
            if (differing != null) {
                witness.wrong(differing);
            }
        }
        simulation.alive().stream().findFirst().ifPresent(node -> checkChats(witness.view(node, now), now));
    }

    /** T3: whatever else goes on, nothing is left undone for longer than it takes to notice. */
    void checkDue() {
        Witness witness = simulation.witness();
        for (Chat chat : store.due(twoSweepsAgo(), Store.PAGE)) {
            witness.wrong(witness.name(chat.id()) + " is overdue for more than two sweeps");
        }
    }

    private Instant twoSweepsAgo() {
        return simulation.time().now().minus(simulation.sweepEvery().multipliedBy(2));
    }

    private void checkChats(Deed deed, Instant now) {
        Witness witness = simulation.witness();
        for (ChatRecord chat : witness.chats()) {
            try {
                if (chat.waiting()) {
                    chat.waitsRightly(deed, simulation.sweepEvery().multipliedBy(2));
                } else if (chat.owner() != null) {
                    String lost = lostOwner(chat.owner(), now, deed.policies());
                    chat.require(lost == null, "is still owned by " + lost);
                }
            } catch (ChatRecord.Wrong found) {
                witness.wrong(String.valueOf(found.getMessage()));
            }
        }
        for (Visitor visitor : people.visitors()) {
            patronSeen(visitor, now, deed.policies());
            String lacking = visitor.lacking();
            if (lacking != null) {
                witness.wrong(lacking);
            }
        }
    }

    /** C6: an owner of whom there has been no sign for too long owns nothing; null if all is well. */
    private @Nullable String lostOwner(OperatorId owner, Instant now, Policies policies) {
        Librarian librarian = people.librarian(owner);
        if (librarian == null || librarian.shows()) {
            return null;
        }
        Instant last = librarian.lastShown();
        Instant lost = last.plus(policies.ownerGrace())
                .plus(simulation.sweepEvery().multipliedBy(4))
                .plus(policies.lease());
        return lost.isBefore(now)
                ? owner + ", who has not shown since " + simulation.trace().offset(last)
                : null;
    }

    /** C7: a patron of whom there has been no sign for too long has no chat. */
    private void patronSeen(Visitor visitor, Instant now, Policies policies) {
        ChatId id = visitor.chat();
        ChatRecord chat = id == null ? null : simulation.witness().chat(id);
        if (chat == null || chat.over() || visitor.shows()) {
            return;
        }
        Duration grace = chat.owner() == null ? policies.patronGrace() : policies.patronAway();
        Instant last = visitor.lastShown();
        Instant over = last.plus(grace)
                .plus(policies.lease())
                .plus(simulation.sweepEvery().multipliedBy(4));
        if (over.isBefore(now)) {
            simulation
                    .witness()
                    .wrong(chat + " goes on, though " + visitor + " has not shown since "
                            + simulation.trace().offset(last));
        }
    }

    /** At the very end: every chat is over, or owned by somebody who is there; nothing is left to do or to answer. */
    void checkOver() {
        Witness witness = simulation.witness();
        for (ChatRecord chat : witness.waiting()) {
            witness.wrong(chat + " waits for ever");
        }
        List<String> unanswered = people.unanswered();
        if (!unanswered.isEmpty()) {
            witness.wrong("never answered: " + unanswered);
        }
        for (SimulatedNode node : simulation.alive()) {
            if (!node.idle()) {
                witness.wrong(node + " still has tasks");
            }
        }
    }

    /** X1: at the very end every chat that is over is in the archive once, as the store has it or had it. */
    void checkArchived(Archive archive) {
        Witness witness = simulation.witness();
        Map<ChatId, Integer> found = new HashMap<>();
        String cursor = null;
        do {
            ArchivePage page = archive.search(ArchiveQuery.ALL, cursor, Archive.PAGE);
            page.rows().forEach(row -> found.merge(row.chat(), 1, Integer::sum));
            cursor = page.next();
        } while (cursor != null);
        for (ChatRecord chat : witness.chats()) {
            int wanted = chat.over() ? 1 : 0;
            if (found.getOrDefault(chat.id(), 0) != wanted) {
                witness.wrong(chat + " is in the archive " + found.get(chat.id()) + " times");
            }
            String differing = chat.over() ? differing(chat, archive) : null;
            if (differing != null) {
                witness.wrong(chat + differing);
            }
        }
    }

    private @Nullable String differing(ChatRecord chat, Archive archive) {
        ArchivedChat archived = archive.chat(chat.id()).orElse(null);
        Chat head = store.chat(chat.id()).orElse(null);
        if (archived == null || archived.chat().seq() != chat.seq()) {
            return " is not whole in the archive";
        }
        boolean same = head == null || archived.equals(new ArchivedChat(head, store.log(chat.id(), 0, Store.PAGE)));
        return same ? null : " is another one in the archive";
    }
}
