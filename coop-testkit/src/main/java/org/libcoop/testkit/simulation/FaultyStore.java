package org.libcoop.testkit.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.libcoop.chat.Chat;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Logged;
import org.libcoop.directory.OperatorId;
import org.libcoop.presence.NodeId;
import org.libcoop.presence.OperatorPresence;
import org.libcoop.spi.Change;
import org.libcoop.spi.CommandResult;
import org.libcoop.spi.Committed;
import org.libcoop.spi.Feed;
import org.libcoop.spi.NodeLease;
import org.libcoop.spi.Store;
import org.libcoop.spi.StoreException;
import org.libcoop.spi.StoredDirectory;
import org.libcoop.spi.Topic;

/**
 * One node's way to a shared store, on which things go wrong as {@link Faults} say: a call may be late, fail before or after
 * the store did what was asked, or never come back; a hint of the feed may be lost. Closing it leaves the shared store open.
 * <em>As safe for use by several threads as the store and the faults are.</em>
 */
public final class FaultyStore implements Store {

    /** The kinds of call. */
    public enum Call {
        NOW,
        LEASE,
        NODES,
        COMMIT,
        CHAT,
        LOG,
        RESULT,
        INDEX,
        ARCHIVED,
        CONTENT,
        PRESENCE,
        DIRECTORY,
        FEED
    }

    /** What goes wrong, and who watches. What a method throws comes out of the call: {@link StoreException} as a rule. */
    public interface Faults {

        /** Before the store is asked, for a batch before each of its changes; throwing keeps it from being asked. */
        default void before(Call call) {}

        /** After the store did it, with what it answered; throwing takes the answer away. */
        default void after(Call call, @Nullable Object answer) {}

        /** Directly after the store took or did not take one change. */
        default void committed(NodeId node, Change change, Committed outcome) {}

        /** Whether this hint of the feed does not get through. */
        default boolean losesHint() {
            return false;
        }
    }

    private final Store inner;
    private final Faults faults;

    /** A way to {@code inner}. */
    public FaultyStore(Store inner, Faults faults) {
        this.inner = Objects.requireNonNull(inner, "inner");
        this.faults = Objects.requireNonNull(faults, "faults");
    }

    private <T> T call(Call call, Supplier<T> question) {
        faults.before(call);
        T answer = question.get();
        faults.after(call, answer);
        return answer;
    }

    private void act(Call call, Runnable action) {
        faults.before(call);
        action.run();
        faults.after(call, null);
    }

    @Override
    public Instant now() {
        return call(Call.NOW, inner::now);
    }

    @Override
    public NodeLease join(NodeId node, Duration length) {
        return call(Call.LEASE, () -> inner.join(node, length));
    }

    @Override
    public Optional<NodeLease> renew(NodeId node) {
        return call(Call.LEASE, () -> inner.renew(node));
    }

    @Override
    public void leave(NodeId node) {
        act(Call.LEASE, () -> inner.leave(node));
    }

    @Override
    public List<NodeLease> nodes() {
        return call(Call.NODES, inner::nodes);
    }

    /** Takes the changes one by one, since a batch may be cut anywhere (ST2): what goes wrong may go wrong between two. */
    @Override
    public List<Committed> commit(NodeId node, List<Change> batch) {
        List<Committed> outcomes = new ArrayList<>(batch.size());
        for (Change change : batch) {
            try {
                faults.before(Call.COMMIT);
            } catch (StoreException away) {
                throw outcomes.isEmpty() || away.outcomeUnknown()
                        ? away
                        : new StoreException("a part of the batch was taken", away, true);
            }
            Committed outcome = inner.commit(node, List.of(change)).get(0);
            faults.committed(node, change, outcome);
            outcomes.add(outcome);
        }
        faults.after(Call.COMMIT, outcomes);
        return outcomes;
    }

    @Override
    public Optional<Chat> chat(ChatId chat) {
        return call(Call.CHAT, () -> inner.chat(chat));
    }

    @Override
    public Optional<Chat> chatOfPatron(String patronKeyHash) {
        return call(Call.CHAT, () -> inner.chatOfPatron(patronKeyHash));
    }

    @Override
    public List<Logged> log(ChatId chat, long afterSeq, int limit) {
        return call(Call.LOG, () -> inner.log(chat, afterSeq, limit));
    }

    @Override
    public Map<ChatId, List<Logged>> beginnings(Collection<ChatId> chats, int limit) {
        return call(Call.LOG, () -> inner.beginnings(chats, limit));
    }

    @Override
    public Optional<CommandResult> result(ChatId chat, String scope, String id) {
        return call(Call.RESULT, () -> inner.result(chat, scope, id));
    }

    @Override
    public List<Chat> due(Instant upTo, int limit) {
        return call(Call.INDEX, () -> inner.due(upTo, limit));
    }

    @Override
    public List<ChatId> waitingOn(Topic topic, @Nullable ChatId after) {
        return call(Call.INDEX, () -> inner.waitingOn(topic, after));
    }

    @Override
    public List<Chat> live(@Nullable ChatId after) {
        return call(Call.INDEX, () -> inner.live(after));
    }

    @Override
    public List<Chat> unarchived(@Nullable ChatId after, int limit) {
        return call(Call.INDEX, () -> inner.unarchived(after, limit));
    }

    @Override
    public void archived(Map<ChatId, Long> upTo) {
        act(Call.ARCHIVED, () -> inner.archived(upTo));
    }

    @Override
    public List<ChatId> forgettable(Instant upTo, int limit) {
        return call(Call.INDEX, () -> inner.forgettable(upTo, limit));
    }

    @Override
    public void forget(List<ChatId> chats) {
        act(Call.ARCHIVED, () -> inner.forget(chats));
    }

    @Override
    public boolean deleteContent(ChatId chat) {
        return call(Call.CONTENT, () -> inner.deleteContent(chat));
    }

    @Override
    public boolean redact(ChatId chat, long seq, String replacement) {
        return call(Call.CONTENT, () -> inner.redact(chat, seq, replacement));
    }

    @Override
    public boolean anonymise(ChatId chat) {
        return call(Call.CONTENT, () -> inner.anonymise(chat));
    }

    @Override
    public List<OperatorPresence> presence(OperatorId operator, long afterVersion) {
        return call(Call.PRESENCE, () -> inner.presence(operator, afterVersion));
    }

    @Override
    public List<OperatorPresence> presenceSince(Instant since) {
        return call(Call.PRESENCE, () -> inner.presenceSince(since));
    }

    @Override
    public StoredDirectory directory() {
        return call(Call.DIRECTORY, inner::directory);
    }

    @Override
    public Optional<StoredDirectory> directory(long revision) {
        return call(Call.DIRECTORY, () -> inner.directory(revision));
    }

    @Override
    public Optional<Instant> revisedAt(long revision) {
        return call(Call.DIRECTORY, () -> inner.revisedAt(revision));
    }

    @Override
    public Feed changes(String cursor, int limit) {
        return call(Call.FEED, () -> inner.changes(cursor, limit));
    }

    @Override
    public String cursor() {
        return call(Call.FEED, inner::cursor);
    }

    @Override
    public void onChange(Runnable hint) {
        inner.onChange(() -> {
            if (!faults.losesHint()) {
                hint.run();
            }
        });
    }

    /** Leaves the shared store open. */
    @Override
    public void close() {
        // The store is shared; whoever made it closes it.
    }
}
