package org.libcoop.testkit.junit.broken;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.libcoop.chat.Chat;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Logged;
import org.libcoop.presence.NodeId;
import org.libcoop.spi.Change;
import org.libcoop.spi.CommandResult;
import org.libcoop.spi.Committed;
import org.libcoop.spi.Store;

/** A store that does something else with single changes than it was asked for. */
abstract class OneByOne extends ForwardingStore {

    OneByOne(Store store) {
        super(store);
    }

    /** A store that changes changes before it applies them. */
    static UnaryOperator<Store> with(BiFunction<Store, Change, Change> instead) {
        return inner -> new OneByOne(inner) {
            @Override
            Committed commit(NodeId node, Change change) {
                return applied(node, instead.apply(store, change));
            }
        };
    }

    /** The same for changes of chats only. */
    static UnaryOperator<Store> withChats(BiFunction<Store, Change.OfChat, Change> instead) {
        return with((store, change) -> change instanceof Change.OfChat ofChat ? instead.apply(store, ofChat) : change);
    }

    abstract Committed commit(NodeId node, Change change);

    final Committed applied(NodeId node, Change change) {
        return store.commit(node, List.of(change)).get(0);
    }

    @Override
    public List<Committed> commit(NodeId node, List<Change> batch) {
        List<Committed> outcomes = new ArrayList<>();
        batch.forEach(change -> outcomes.add(commit(node, change)));
        return outcomes;
    }

    /** The head, or null. */
    static @Nullable Chat head(Store store, ChatId chat) {
        return store.chat(chat).orElse(null);
    }

    /** The change as if it had been decided on what is stored, whatever that is. */
    static Change.OfChat onWhatIsThere(Store store, Change.OfChat change) {
        Chat there = head(store, change.chat().id());
        long seq = there == null ? 0 : there.seq();
        List<Logged> entries = new ArrayList<>();
        for (Logged entry : change.entries()) {
            entries.add(new Logged(++seq, entry.at(), entry.event(), entry.content()));
        }
        Chat chat = withSeq(change.chat(), seq);
        return new Change.OfChat(
                chat,
                there == null ? 0 : there.seq(),
                change.at(),
                entries,
                change.guard(),
                change.lowers(),
                change.result(),
                change.dueAt(),
                change.formerTopics(),
                change.topics());
    }

    private static Chat withSeq(Chat chat, long seq) {
        return new Chat(
                chat.id(),
                seq,
                chat.widget(),
                chat.patronKeyHash(),
                chat.startedAt(),
                chat.progress(),
                chat.phase(),
                chat.ownerships(),
                chat.offeredTo(),
                chat.patron(),
                chat.judged(),
                chat.uploads());
    }

    static Change.OfChat withGuard(Change.OfChat change, Change.@Nullable Guard guard) {
        return new Change.OfChat(
                change.chat(),
                change.expectedSeq(),
                change.at(),
                change.entries(),
                guard,
                change.lowers(),
                change.result(),
                change.dueAt(),
                change.formerTopics(),
                change.topics());
    }

    static Change.OfChat withoutLowers(Change.OfChat change) {
        return new Change.OfChat(
                change.chat(),
                change.expectedSeq(),
                change.at(),
                change.entries(),
                change.guard(),
                null,
                change.result(),
                change.dueAt(),
                change.formerTopics(),
                change.topics());
    }

    static Change.OfChat withResult(Change.OfChat change, @Nullable CommandResult result) {
        return new Change.OfChat(
                change.chat(),
                change.expectedSeq(),
                change.at(),
                change.entries(),
                change.guard(),
                change.lowers(),
                result,
                change.dueAt(),
                change.formerTopics(),
                change.topics());
    }

    static Change.OfChat withEntries(Change.OfChat change, UnaryOperator<Logged> other) {
        return new Change.OfChat(
                change.chat(),
                change.expectedSeq(),
                change.at(),
                change.entries().stream()
                        .map(other)
                        .map(Objects::requireNonNull)
                        .toList(),
                change.guard(),
                change.lowers(),
                change.result(),
                change.dueAt(),
                change.formerTopics(),
                change.topics());
    }
}
