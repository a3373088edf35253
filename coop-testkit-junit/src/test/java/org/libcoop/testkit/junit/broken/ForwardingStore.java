package org.libcoop.testkit.junit.broken;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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
import org.libcoop.spi.StoredDirectory;
import org.libcoop.spi.Topic;

/** A store that asks another one; a broken one overrides what it does wrong. */
class ForwardingStore implements Store {

    final Store store;

    ForwardingStore(Store store) {
        this.store = Objects.requireNonNull(store, "store");
    }

    @Override
    public Instant now() {
        return store.now();
    }

    @Override
    public NodeLease join(NodeId node, Duration length) {
        return store.join(node, length);
    }

    @Override
    public Optional<NodeLease> renew(NodeId node) {
        return store.renew(node);
    }

    @Override
    public void leave(NodeId node) {
        store.leave(node);
    }

    @Override
    public List<NodeLease> nodes() {
        return store.nodes();
    }

    @Override
    public List<Committed> commit(NodeId node, List<Change> batch) {
        return store.commit(node, batch);
    }

    @Override
    public Optional<Chat> chat(ChatId chat) {
        return store.chat(chat);
    }

    @Override
    public Optional<Chat> chatOfPatron(String patronKeyHash) {
        return store.chatOfPatron(patronKeyHash);
    }

    @Override
    public List<Logged> log(ChatId chat, long afterSeq, int limit) {
        return store.log(chat, afterSeq, limit);
    }

    @Override
    public Map<ChatId, List<Logged>> beginnings(Collection<ChatId> chats, int limit) {
        return store.beginnings(chats, limit);
    }

    @Override
    public Optional<CommandResult> result(ChatId chat, String scope, String id) {
        return store.result(chat, scope, id);
    }

    @Override
    public List<Chat> due(Instant upTo, int limit) {
        return store.due(upTo, limit);
    }

    @Override
    public List<ChatId> waitingOn(Topic topic, @Nullable ChatId after) {
        return store.waitingOn(topic, after);
    }

    @Override
    public List<Chat> live(@Nullable ChatId after) {
        return store.live(after);
    }

    @Override
    public List<Chat> unarchived(@Nullable ChatId after, int limit) {
        return store.unarchived(after, limit);
    }

    @Override
    public void archived(Map<ChatId, Long> upTo) {
        store.archived(upTo);
    }

    @Override
    public List<ChatId> forgettable(Instant upTo, int limit) {
        return store.forgettable(upTo, limit);
    }

    @Override
    public void forget(List<ChatId> chats) {
        store.forget(chats);
    }

    @Override
    public boolean deleteContent(ChatId chat) {
        return store.deleteContent(chat);
    }

    @Override
    public boolean redact(ChatId chat, long seq, String replacement) {
        return store.redact(chat, seq, replacement);
    }

    @Override
    public boolean anonymise(ChatId chat) {
        return store.anonymise(chat);
    }

    @Override
    public List<OperatorPresence> presence(OperatorId operator, long afterVersion) {
        return store.presence(operator, afterVersion);
    }

    @Override
    public List<OperatorPresence> presenceSince(Instant since) {
        return store.presenceSince(since);
    }

    @Override
    public StoredDirectory directory() {
        return store.directory();
    }

    @Override
    public Optional<StoredDirectory> directory(long revision) {
        return store.directory(revision);
    }

    @Override
    public Optional<Instant> revisedAt(long revision) {
        return store.revisedAt(revision);
    }

    @Override
    public Feed changes(String cursor, int limit) {
        return store.changes(cursor, limit);
    }

    @Override
    public String cursor() {
        return store.cursor();
    }

    @Override
    public void onChange(Runnable hint) {
        store.onChange(hint);
    }

    @Override
    public void close() {
        store.close();
    }
}
