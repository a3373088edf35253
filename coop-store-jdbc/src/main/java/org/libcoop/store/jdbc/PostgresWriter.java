package org.libcoop.store.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.libcoop.chat.Chat;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Logged;
import org.libcoop.directory.OperatorId;
import org.libcoop.presence.NodeId;
import org.libcoop.presence.OperatorPresence;
import org.libcoop.spi.Change;
import org.libcoop.spi.CommandId;
import org.libcoop.spi.CommandResult;
import org.libcoop.spi.Committed;
import org.libcoop.spi.Topic;

/**
 * Writes a batch of chats' changes to PostgreSQL in one round trip: arrays go in, one statement locks, compares and writes for all
 * of them at once, the commit travels with it, and one outcome a change comes back. Only for batches in which no chat and no
 * operator comes twice, since a set has no order; the rest is {@link PortableWriter}'s.
 */
final class PostgresWriter {

    private final Sql sql;
    private final StoreTime time;

    PostgresWriter(Sql sql, StoreTime time) {
        this.sql = sql;
        this.time = time;
    }

    /** Whether the batch is of the kind that fits into one statement. */
    static boolean fits(List<Change> batch) {
        Set<Object> seen = new HashSet<>();
        for (Change change : batch) {
            if (!(change instanceof Change.OfChat of) || !seen.add(of.chat().id())) {
                return false;
            }
            Change.Guard guard = of.guard();
            OperatorId lowers = of.lowers();
            boolean again = (guard != null && (guard.expectedVersion() == 0 || !seen.add(guard.operator())))
                    || (lowers != null && !seen.add(lowers));
            if (again) {
                return false;
            }
        }
        return true;
    }

    List<Committed> write(Connection connection, NodeId node, List<Change> batch) throws SQLException {
        Arrays arrays = new Arrays();
        for (int i = 0; i < batch.size(); i++) {
            arrays.add(i, (Change.OfChat) batch.get(i));
        }
        try (PreparedStatement statement = connection.prepareStatement(sql.postgresBatch)) {
            int index = 0;
            statement.setString(++index, node.value());
            time.set(statement, ++index);
            index = arrays.set(connection, statement, index);
            statement.setString(++index, PresenceCodec.write(OperatorPresence.unknown(OperatorId.of("-"))));
            time.set(statement, ++index);
            boolean rows = statement.execute();
            while (!rows && statement.getUpdateCount() != -1) {
                rows = statement.getMoreResults();
            }
            return rows ? outcomes(statement.getResultSet(), batch) : fenced(batch);
        }
    }

    private static List<Committed> fenced(List<Change> batch) {
        return Collections.nCopies(batch.size(), Committed.FENCED);
    }

    /** A row each, unless the lease is over: then there is none. */
    private static List<Committed> outcomes(ResultSet row, List<Change> batch) throws SQLException {
        List<Committed> outcomes = new ArrayList<>(fenced(batch));
        while (row.next()) {
            int ord = row.getInt(1);
            outcomes.set(
                    ord,
                    switch (row.getString(2)) {
                        case "applied" -> Committed.APPLIED;
                        case "repeated" -> repeated((Change.OfChat) batch.get(ord), row.getString(3), row.getLong(4));
                        default -> Committed.LOST;
                    });
        }
        return outcomes;
    }

    private static Committed repeated(Change.OfChat change, String digest, long seq) {
        ChatId chat = change.chat().id();
        CommandResult result = change.result();
        if (result == null) {
            throw new IllegalStateException("a change without a command was repeated: " + chat);
        }
        CommandId id = result.command();
        return Committed.repeated(new CommandResult(new CommandId(id.scope(), id.id(), digest), chat, seq));
    }

    /** The columns of the batch, in the order of the statement's parameters. */
    private static final class Arrays {

        private final Column<Integer> ord = new Column<>("int4");
        private final Column<String> chat = new Column<>("text");
        private final Column<Long> expected = new Column<>("int8");
        private final Column<Long> seq = new Column<>("int8");
        private final Column<String> patron = new Column<>("text");
        private final Column<Long> startedAt = new Column<>("int8");
        private final Column<Long> dueAt = new Column<>("int8");
        private final Column<Long> overAt = new Column<>("int8");
        private final Column<Long> changedAt = new Column<>("int8");
        private final Column<String> head = new Column<>("text");
        private final Column<String> scope = new Column<>("text");
        private final Column<String> command = new Column<>("text");
        private final Column<String> digest = new Column<>("text");
        private final Column<Long> resultSeq = new Column<>("int8");
        private final Column<String> guard = new Column<>("text");
        private final Column<Long> guardVersion = new Column<>("int8");
        private final Column<Long> guardAt = new Column<>("int8");
        private final Column<String> lowers = new Column<>("text");
        private final Column<Long> releasedAt = new Column<>("int8");

        private final Column<Integer> entryOf = new Column<>("int4");
        private final Column<Long> entrySeq = new Column<>("int8");
        private final Column<Long> entryAt = new Column<>("int8");
        private final Column<String> event = new Column<>("text");

        private final Column<Integer> contentOf = new Column<>("int4");
        private final Column<Long> contentSeq = new Column<>("int8");
        private final Column<String> kind = new Column<>("text");
        private final Column<String> body = new Column<>("text");

        private final Column<Integer> leftOf = new Column<>("int4");
        private final Column<String> left = new Column<>("text");
        private final Column<Integer> joinedOf = new Column<>("int4");
        private final Column<String> joined = new Column<>("text");

        private final List<Column<?>> all = List.of(
                ord,
                chat,
                expected,
                seq,
                patron,
                startedAt,
                dueAt,
                overAt,
                changedAt,
                head,
                scope,
                command,
                digest,
                resultSeq,
                guard,
                guardVersion,
                guardAt,
                lowers,
                releasedAt,
                leftOf,
                left,
                joinedOf,
                joined,
                entryOf,
                entrySeq,
                entryAt,
                event,
                contentOf,
                contentSeq,
                kind,
                body);

        private static final class Column<T> {
            private final String type;
            private final List<@Nullable T> values = new ArrayList<>();

            Column(String type) {
                this.type = type;
            }

            void add(@Nullable T value) {
                values.add(value);
            }
        }

        void add(int i, Change.OfChat change) {
            Chat of = change.chat();
            ord.add(i);
            chat.add(of.id().value());
            expected.add(change.expectedSeq());
            seq.add(of.seq());
            patron.add(of.patronKeyHash());
            startedAt.add(of.startedAt().toEpochMilli());
            dueAt.add(change.dueAt() == null ? null : change.dueAt().toEpochMilli());
            overAt.add(of.phase().overSince().map(Instant::toEpochMilli).orElse(null));
            changedAt.add(change.at().toEpochMilli());
            head.add(HeadCodec.write(of));
            addResult(change.result());
            Change.Guard guarded = change.guard();
            guard.add(guarded == null ? null : guarded.operator().value());
            guardVersion.add(guarded == null ? null : guarded.expectedVersion());
            guardAt.add(change.at().toEpochMilli());
            OperatorId lowered = change.lowers();
            lowers.add(lowered == null ? null : lowered.value());
            releasedAt.add(change.releasedAt().toEpochMilli());
            change.entries().forEach(entry -> addEntry(i, entry));
            addTopics(i, change.formerTopics(), change.topics(), leftOf, left);
            addTopics(i, change.topics(), change.formerTopics(), joinedOf, joined);
        }

        private void addResult(@Nullable CommandResult result) {
            scope.add(result == null ? null : result.command().scope());
            command.add(result == null ? null : result.command().id());
            digest.add(result == null ? null : result.command().digest());
            resultSeq.add(result == null ? null : result.seq());
        }

        private void addEntry(int i, Logged entry) {
            entryOf.add(i);
            entrySeq.add(entry.seq());
            entryAt.add(entry.at().toEpochMilli());
            event.add(EventCodec.write(entry.event()));
            if (entry.content() != null) {
                contentOf.add(i);
                contentSeq.add(entry.seq());
                kind.add(ContentCodec.kind(entry.content()));
                body.add(ContentCodec.write(entry.content()));
            }
        }

        private static void addTopics(
                int i, Set<Topic> these, Set<Topic> notThose, Column<Integer> of, Column<String> topics) {
            for (Topic topic : these) {
                if (!notThose.contains(topic)) {
                    of.add(i);
                    topics.add(topic.key());
                }
            }
        }

        int set(Connection connection, PreparedStatement statement, int last) throws SQLException {
            int index = last;
            for (Column<?> column : all) {
                statement.setArray(++index, connection.createArrayOf(column.type, column.values.toArray()));
            }
            return index;
        }
    }
}
