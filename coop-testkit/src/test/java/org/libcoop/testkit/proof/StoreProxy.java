package org.libcoop.testkit.proof;

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

/** A store that asks another one; tests override what is to go wrong. Every question and every change passes {@link #before}. */
class StoreProxy implements Store {

    private final Store store;

    StoreProxy(Store store) {
        this.store = Objects.requireNonNull(store, "store");
    }

    /** Called before every call but {@link #close}; what it throws, the caller gets. */
    void before() {}

    @Override
    public Instant now() {
        before();
        return store.now();
    }

    @Override
    public NodeLease join(NodeId node, Duration length) {
        before();
        return store.join(node, length);
    }

    @Override
    public Optional<NodeLease> renew(NodeId node) {
        before();
        return store.renew(node);
    }

    @Override
    public void leave(NodeId node) {
        before();
        store.leave(node);
    }

    @Override
    public List<NodeLease> nodes() {
        before();
        return store.nodes();
    }

    @Override
    public List<Committed> commit(NodeId node, List<Change> batch) {
        before();
        return store.commit(node, batch);
    }

    @Override
    public Optional<Chat> chat(ChatId chat) {
        before();
        return store.chat(chat);
    }

    @Override
    public Optional<Chat> chatOfPatron(String patronKeyHash) {
        before();
        return store.chatOfPatron(patronKeyHash);
    }

    @Override
    public List<Logged> log(ChatId chat, long afterSeq, int limit) {
        before();
        return store.log(chat, afterSeq, limit);
    }

    @Override
    public Map<ChatId, List<Logged>> beginnings(Collection<ChatId> chats, int limit) {
        before();
        return store.beginnings(chats, limit);
    }

    @Override
    public Optional<CommandResult> result(ChatId chat, String scope, String id) {
        before();
        return store.result(chat, scope, id);
    }

    @Override
    public List<Chat> due(Instant upTo, int limit) {
        before();
        return store.due(upTo, limit);
    }

    @Override
    public List<ChatId> waitingOn(Topic topic, @Nullable ChatId after) {
        before();
        return store.waitingOn(topic, after);
    }

    @Override
    public List<Chat> live(@Nullable ChatId after) {
        before();
        return store.live(after);
    }

    @Override
    public List<Chat> unarchived(@Nullable ChatId after, int limit) {
        before();
        return store.unarchived(after, limit);
    }

    @Override
    public void archived(Map<ChatId, Long> upTo) {
        before();
        store.archived(upTo);
    }

    @Override
    public List<ChatId> forgettable(Instant upTo, int limit) {
        before();
        return store.forgettable(upTo, limit);
    }

    @Override
    public void forget(List<ChatId> chats) {
        before();
        store.forget(chats);
    }

    @Override
    public boolean deleteContent(ChatId chat) {
        before();
        return store.deleteContent(chat);
    }

    @Override
    public boolean redact(ChatId chat, long seq, String replacement) {
        before();
        return store.redact(chat, seq, replacement);
    }

    @Override
    public boolean anonymise(ChatId chat) {
        before();
        return store.anonymise(chat);
    }

    @Override
    public List<OperatorPresence> presence(OperatorId operator, long afterVersion) {
        before();
        return store.presence(operator, afterVersion);
    }

    @Override
    public List<OperatorPresence> presenceSince(Instant since) {
        before();
        return store.presenceSince(since);
    }

    @Override
    public StoredDirectory directory() {
        before();
        return store.directory();
    }

    @Override
    public Optional<StoredDirectory> directory(long revision) {
        before();
        return store.directory(revision);
    }

    @Override
    public Optional<Instant> revisedAt(long revision) {
        before();
        return store.revisedAt(revision);
    }

    @Override
    public Feed changes(String cursor, int limit) {
        before();
        return store.changes(cursor, limit);
    }

    @Override
    public String cursor() {
        before();
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
