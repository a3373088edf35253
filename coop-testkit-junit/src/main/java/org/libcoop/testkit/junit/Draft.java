package org.libcoop.testkit.junit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.libcoop.chat.Audience;
import org.libcoop.chat.Author;
import org.libcoop.chat.Chat;
import org.libcoop.chat.ChatEvent;
import org.libcoop.chat.ChatEvent.ChatClaimed;
import org.libcoop.chat.ChatEvent.ChatEnded;
import org.libcoop.chat.ChatEvent.ChatStarted;
import org.libcoop.chat.ChatEvent.MessageSaid;
import org.libcoop.chat.ChatEvent.OwnerLost;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Content;
import org.libcoop.chat.Disposition;
import org.libcoop.chat.Logged;
import org.libcoop.directory.OperatorId;
import org.libcoop.spi.Change;
import org.libcoop.spi.CommandId;
import org.libcoop.spi.CommandResult;
import org.libcoop.spi.Topic;

/** One change of one chat in the making; its log always adds up to its head. <em>One thread at a time.</em> */
final class Draft {

    private final long expectedSeq;
    private final List<Logged> entries = new ArrayList<>();
    private final Set<Topic> formerTopics;
    private Chat head;
    private Instant at;
    private Change.@Nullable Guard guard;
    private @Nullable OperatorId lowers;
    private @Nullable CommandId command;
    private @Nullable Instant dueAt;
    private @Nullable Set<Topic> topics;
    private @Nullable Instant judged;

    private Draft(Chat head, long expectedSeq, Instant at, Set<Topic> formerTopics) {
        this.head = head;
        this.expectedSeq = expectedSeq;
        this.at = at;
        this.formerTopics = formerTopics;
    }

    /** The first change of a chat. */
    static Draft start(String id, Instant at) {
        return start(id, "patron of " + id, at, Content.PatronDetails.NONE);
    }

    /** The first change of this patron's chat. */
    static Draft start(String id, String patronKeyHash, Instant at, @Nullable Content patron) {
        ChatStarted started = new ChatStarted(Given.WIDGET, Given.PLAN, patronKeyHash, Given.FRONT);
        return start(id, new Logged(1, at, started, patron));
    }

    /** The first change of a chat that begins with {@code first}. */
    static Draft start(String id, Logged first) {
        Draft draft = new Draft(Chat.started(ChatId.of(id), first), 0, first.at(), Set.of());
        draft.entries.add(first);
        return draft;
    }

    /** A change that is decided on what {@code earlier} comes to. */
    static Draft on(Change.OfChat earlier) {
        return new Draft(earlier.chat(), earlier.chat().seq(), earlier.at(), earlier.topics());
    }

    /** A change that is decided on a chat which waits on nothing. */
    static Draft on(Chat head) {
        return new Draft(head, head.seq(), head.judged(), Set.of());
    }

    /** One entry more, at {@code when}, which is also when the change is decided. */
    Draft then(Instant when, ChatEvent event, @Nullable Content content) {
        Logged entry = new Logged(head.seq() + 1, when, event, content);
        head = head.evolve(entry);
        entries.add(entry);
        at = when;
        return this;
    }

    Draft then(Instant when, ChatEvent event) {
        return then(when, event, null);
    }

    /** The patron says something. */
    Draft says(String text) {
        return then(at, new MessageSaid(Author.patron(), Audience.PATRON_AND_STAFF), new Content.Text(text));
    }

    /** An operator claims, on the row of this version. */
    Draft claimedBy(OperatorId owner, Instant when, long version) {
        guard = new Change.Guard(owner, version);
        return then(when, new ChatClaimed(owner, Given.SPRINGY, Given.DESK));
    }

    /** The owner is lost, and has one chat less. */
    Draft loses(OperatorId owner, Instant when) {
        lowers = owner;
        return then(when, new OwnerLost(owner, false));
    }

    /** The chat ends. */
    Draft ends(Instant when) {
        return then(when, new ChatEnded(null, Disposition.ANSWERED, false));
    }

    Draft guard(OperatorId operator, long version) {
        guard = new Change.Guard(operator, version);
        return this;
    }

    Draft lowers(OperatorId operator) {
        lowers = operator;
        return this;
    }

    Draft decidedAt(Instant when) {
        at = when;
        return this;
    }

    /** The change is what this command comes to. */
    Draft as(String scope, String id, String digest) {
        command = new CommandId(scope, id, digest);
        return this;
    }

    Draft due(Instant when) {
        dueAt = when;
        return this;
    }

    Draft waitsOn(Topic... next) {
        topics = Set.of(next);
        return this;
    }

    /** Presence was taken into account up to {@code instant}, which no entry says. */
    Draft judged(Instant instant) {
        judged = instant;
        return this;
    }

    Change.OfChat change() {
        Chat chat = judged == null ? head : judged(head, judged);
        CommandResult result = command == null ? null : new CommandResult(command, chat.id(), chat.seq());
        Set<Topic> waits = topics != null ? topics : chat.over() ? Set.of() : formerTopics;
        return new Change.OfChat(chat, expectedSeq, at, entries, guard, lowers, result, dueAt, formerTopics, waits);
    }

    private static Chat judged(Chat chat, Instant instant) {
        return new Chat(
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
                instant,
                chat.uploads());
    }
}
