package org.libcoop.store.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
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
import org.libcoop.spi.Topic;

/**
 * Writes a batch in one transaction of plain statements, as any database has them: locks what the batch touches, in order of
 * ids, then takes the changes one after the other (ST2). Every change is compared with what is locked, so the isolation level
 * decides nothing (ST1).
 */
final class PortableWriter {

    private final Sql sql;
    private final NodeTable nodes;
    private final StoreTime time;

    PortableWriter(Sql sql, NodeTable nodes, StoreTime time) {
        this.sql = sql;
        this.nodes = nodes;
        this.time = time;
    }

    List<Committed> write(Connection connection, NodeId node, List<Change> batch) throws SQLException {
        if (!nodes.holds(connection, node)) {
            connection.rollback();
            return batch.stream().map(change -> Committed.FENCED).toList();
        }
        try (Transaction transaction = new Transaction(connection)) {
            transaction.lockChats(batch);
            List<Committed> outcomes = new ArrayList<>(batch.size());
            for (Change change : batch) {
                outcomes.add(transaction.apply(change));
            }
            if (transaction.hints.isEmpty()) {
                // Nothing was applied: the stream stays as long as it was.
                connection.rollback();
            } else {
                transaction.flush();
                long end = end(connection, node);
                Rows.change(
                        connection,
                        Sql.ADD_HINTS,
                        node.value(),
                        end,
                        time.millis(connection),
                        HintText.write(transaction.hints));
                Database.commit(connection);
            }
            return outcomes;
        }
    }

    private static long end(Connection connection, NodeId node) throws SQLException {
        return Rows.first(connection, Sql.STREAM_END, row -> row.getLong(1), node.value())
                .orElseThrow();
    }

    /** What tells one command from every other. */
    private record CommandKey(ChatId chat, String scope, String id) {}

    /** What one transaction has done so far. */
    private final class Transaction implements AutoCloseable {

        private final Connection connection;
        private final Map<String, Locked> heads = new HashMap<>();
        private final Map<CommandKey, CommandResult> results = new HashMap<>();
        private final Set<String> touched = new HashSet<>();
        private final List<Feed.Hint> hints = new ArrayList<>();
        private final Inserts entries;
        private final Inserts contents;
        private final Inserts commands;
        private final Inserts left;
        private final Inserts joined;

        Transaction(Connection connection) throws SQLException {
            this.connection = connection;
            this.entries = new Inserts(connection, Sql.ADD_ENTRY);
            this.contents = new Inserts(connection, Sql.ADD_CONTENT);
            this.commands = new Inserts(connection, Sql.ADD_RESULT);
            this.left = new Inserts(connection, Sql.LEAVE_TOPIC);
            this.joined = new Inserts(connection, sql.joinTopic);
        }

        /** A chat's last entry, and whether what follows is kept without its content (ST14); of none there are no entries. */
        private record Locked(long seq, boolean contentDeleted) {}

        /** Locks the chats of the batch in the same order as everybody else does. */
        void lockChats(List<Change> batch) throws SQLException {
            TreeSet<String> ids = new TreeSet<>();
            for (Change change : batch) {
                if (change instanceof Change.OfChat of) {
                    ids.add(of.chat().id().value());
                }
            }
            for (String id : ids) {
                long seq = Rows.first(connection, Sql.LOCK_CHAT, row -> row.getLong(1), id)
                        .orElse(0L);
                Boolean deleted = Rows.first(connection, Sql.LOCK_OVER, row -> row.getBoolean(1), id)
                        .orElse(false);
                heads.put(id, new Locked(seq, deleted));
            }
        }

        Committed apply(Change change) throws SQLException {
            if (change instanceof Change.OfChat of) {
                return applyChat(of);
            }
            boolean applied;
            Feed.Hint hint = new Feed.Hint.OfDirectory();
            if (change instanceof Change.OfPresence of) {
                OperatorPresence next = of.presence();
                applied = PresenceTable.put(connection, sql, next);
                hint = new Feed.Hint.OfPresence(next.operator(), next.version());
            } else if (change instanceof Change.OfRecord of) {
                applied = DirectoryTable.change(connection, of, time.now(connection));
            } else {
                applied = DirectoryTable.change(connection, (Change.OfHost) change, time.now(connection));
            }
            if (applied) {
                hints.add(hint);
            }
            return applied ? Committed.APPLIED : Committed.LOST;
        }

        private Committed applyChat(Change.OfChat change) throws SQLException {
            CommandResult earlier = change.result() == null ? null : earlier(change.result());
            if (earlier != null) {
                return Committed.repeated(earlier);
            }
            Change.Guard guard = change.guard();
            OperatorPresence guarded = guard == null ? null : PresenceTable.locked(connection, guard.operator());
            Chat chat = change.chat();
            Locked locked = Objects.requireNonNull(heads.get(chat.id().value()));
            boolean asExpected = locked.seq() == change.expectedSeq()
                    && (guard == null || guarded == null || guarded.version() == guard.expectedVersion());
            if (!asExpected || !putHead(change)) {
                return Committed.LOST;
            }
            if (guarded != null) {
                put(guarded.oneChatMore(change.at()).successor());
            }
            OperatorId lowers = change.lowers();
            if (lowers != null) {
                put(PresenceTable.locked(connection, lowers)
                        .oneChatLess(change.releasedAt())
                        .successor());
            }
            if (chat.over()) {
                putOver(change);
            }
            append(change, locked.contentDeleted());
            heads.put(chat.id().value(), new Locked(chat.seq(), locked.contentDeleted()));
            hints.add(new Feed.Hint.OfChat(chat.id(), change.expectedSeq(), chat.seq()));
            return Committed.APPLIED;
        }

        /** What a command came to before, in this batch or an earlier one (ST4). */
        private @Nullable CommandResult earlier(CommandResult result) throws SQLException {
            CommandResult pending = results.get(key(result));
            return pending != null
                    ? pending
                    : ChatTable.result(
                                    connection,
                                    result.chat(),
                                    result.command().scope(),
                                    result.command().id())
                            .orElse(null);
        }

        private static CommandKey key(CommandResult result) {
            return new CommandKey(
                    result.chat(), result.command().scope(), result.command().id());
        }

        /** Writes the head; false if another node made the same new chat at this moment. */
        private boolean putHead(Change.OfChat change) throws SQLException {
            Chat chat = change.chat();
            String id = chat.id().value();
            Instant overAt = chat.phase().overSince().orElse(null);
            String head = HeadCodec.write(chat);
            if (change.expectedSeq() > 0) {
                return Rows.change(
                                connection,
                                Sql.CHANGE_CHAT,
                                chat.seq(),
                                change.dueAt(),
                                overAt,
                                head,
                                id,
                                change.expectedSeq())
                        == 1;
            }
            try {
                return Rows.change(
                                connection,
                                sql.addChat,
                                id,
                                chat.seq(),
                                chat.patronKeyHash(),
                                chat.startedAt(),
                                change.dueAt(),
                                overAt,
                                head)
                        == 1;
            } catch (SQLException failure) {
                if (Failures.isDuplicate(failure)) {
                    return false;
                }
                throw failure;
            }
        }

        private void putOver(Change.OfChat change) throws SQLException {
            String id = change.chat().id().value();
            long seq = change.chat().seq();
            if (Rows.change(connection, Sql.CHANGE_OVER, seq, change.at(), id) == 0) {
                Rows.change(connection, Sql.ADD_OVER, id, seq, change.at());
            }
        }

        private void put(OperatorPresence next) throws SQLException {
            if (!PresenceTable.put(connection, sql, next)) {
                // The row is locked, unless nobody had heard of the operator and somebody else has just now.
                throw new SQLException("another node made the first row of an operator", "40001");
            }
            hints.add(new Feed.Hint.OfPresence(next.operator(), next.version()));
        }

        private void append(Change.OfChat change, boolean withoutContent) throws SQLException {
            String id = change.chat().id().value();
            for (Logged entry : change.entries()) {
                entries.add(id, entry.seq(), entry.at(), EventCodec.write(entry.event()));
                if (entry.content() != null && !withoutContent) {
                    contents.add(
                            id, entry.seq(), ContentCodec.kind(entry.content()), ContentCodec.write(entry.content()));
                }
            }
            CommandResult result = change.result();
            if (result != null) {
                results.put(key(result), result);
                commands.add(
                        id,
                        result.command().scope(),
                        result.command().id(),
                        result.command().digest(),
                        result.seq());
            }
            if (!touched.add(id)) {
                // An earlier change of the same chat: what it left and joined comes first.
                left.flush();
                joined.flush();
            }
            for (Topic topic : change.formerTopics()) {
                if (!change.topics().contains(topic)) {
                    left.add(topic.key(), id);
                }
            }
            for (Topic topic : change.topics()) {
                if (!change.formerTopics().contains(topic)) {
                    joined.add(topic.key(), id);
                }
            }
        }

        void flush() throws SQLException {
            entries.flush();
            contents.flush();
            commands.flush();
            left.flush();
            joined.flush();
        }

        @Override
        public void close() throws SQLException {
            try (entries;
                    contents;
                    commands;
                    left;
                    joined) {
                return;
            }
        }
    }
}
