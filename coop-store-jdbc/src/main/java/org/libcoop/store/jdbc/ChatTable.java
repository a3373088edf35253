package org.libcoop.store.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.libcoop.chat.Chat;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Content;
import org.libcoop.chat.Logged;
import org.libcoop.spi.CommandId;
import org.libcoop.spi.CommandResult;
import org.libcoop.spi.Topic;

/** What is asked of chats: heads, logs, indexes, results. */
final class ChatTable {

    private ChatTable() {}

    static Optional<Chat> chat(Connection connection, ChatId chat) throws SQLException {
        return Rows.first(connection, Sql.CHAT, ChatTable::head, chat.value());
    }

    static Optional<Chat> chatOfPatron(Connection connection, String key) throws SQLException {
        return Rows.first(connection, Sql.CHAT_OF_PATRON, ChatTable::head, key, 1);
    }

    static List<Chat> due(Connection connection, Instant upTo, int limit) throws SQLException {
        return page(limit, most -> Rows.all(connection, Sql.DUE, ChatTable::headIfReadable, upTo, most));
    }

    static List<Chat> live(Connection connection, @Nullable ChatId after, int limit) throws SQLException {
        return page(
                limit,
                most -> Rows.all(connection, Sql.LIVE, ChatTable::headIfReadable, text(after), text(after), most));
    }

    static List<Chat> unarchived(Connection connection, @Nullable ChatId after, int limit) throws SQLException {
        return page(limit, most -> Rows.all(connection, Sql.UNARCHIVED, ChatTable::headIfReadable, text(after), most));
    }

    static void archived(Connection connection, Map<ChatId, Long> upTo) throws SQLException {
        try (Inserts reports = new Inserts(connection, Sql.IS_ARCHIVED_NOW)) {
            // In an order that is the same for everybody: each waits for another's row at most once, and never in a
            // circle.
            for (Map.Entry<ChatId, Long> chat : new TreeMap<>(upTo).entrySet()) {
                reports.add(chat.getKey().value(), chat.getValue());
            }
            reports.flush();
        }
    }

    static List<ChatId> forgettable(Connection connection, Instant upTo, int limit) throws SQLException {
        return page(limit, most -> Rows.all(connection, Sql.FORGETTABLE, ChatTable::idIfReadable, upTo, most));
    }

    static List<ChatId> waitingOn(Connection connection, Topic topic, @Nullable ChatId after, int limit)
            throws SQLException {
        return page(
                limit,
                most -> Rows.all(connection, Sql.WAITING_ON, ChatTable::idIfReadable, topic.key(), text(after), most));
    }

    static List<Logged> log(Connection connection, ChatId chat, long afterSeq, int limit) throws SQLException {
        return Rows.all(connection, Sql.LOG, ChatTable::entry, chat.value(), afterSeq, limit);
    }

    static Map<ChatId, List<Logged>> beginnings(Connection connection, List<ChatId> chats, int limit)
            throws SQLException {
        List<Optional<Map.Entry<ChatId, Logged>>> entries = Rows.ofMany(
                connection,
                Sql::beginnings,
                row -> Rows.readable("chat", row, ChatTable::entryOfChat),
                List.of(limit),
                chats.stream().map(ChatId::value).toList());
        Map<ChatId, List<Logged>> beginnings = new HashMap<>();
        for (Optional<Map.Entry<ChatId, Logged>> entry : entries) {
            entry.ifPresent(e -> beginnings
                    .computeIfAbsent(e.getKey(), c -> new ArrayList<>())
                    .add(e.getValue()));
        }
        return beginnings;
    }

    private static Map.Entry<ChatId, Logged> entryOfChat(ResultSet row) throws SQLException {
        return Map.entry(ChatId.of(row.getString(1)), entry(row, 1));
    }

    static Optional<CommandResult> result(Connection connection, ChatId chat, String scope, String id)
            throws SQLException {
        return Rows.first(
                connection,
                Sql.RESULT,
                row -> new CommandResult(new CommandId(scope, id, row.getString(1)), chat, row.getLong(2)),
                chat.value(),
                scope,
                id);
    }

    /** Takes a chat out with everything of it, if it is archived. Locks its head first, as whoever writes to it does. */
    static void forget(Connection connection, ChatId chat) throws SQLException {
        Rows.first(connection, Sql.LOCK_CHAT, row -> row.getLong(1), chat.value());
        if (Rows.change(connection, Sql.FORGET_OVER, chat.value()) == 1) {
            for (String statement : Sql.FORGET_CHAT) {
                Rows.change(connection, statement, chat.value());
            }
        }
    }

    /** Marks the chat first, and so waits for whoever writes to it: what follows has no content any more (ST14). */
    static boolean deleteContent(Connection connection, ChatId chat) throws SQLException {
        boolean there = Rows.change(connection, Sql.MARK_CONTENT_DELETED, chat.value()) == 1;
        if (there) {
            Rows.change(connection, Sql.DELETE_CONTENT, chat.value());
        }
        return there;
    }

    /** Entries never change, so what is a message is one; what was deleted is not there to be changed (ST15). */
    static boolean redact(Connection connection, ChatId chat, long seq, String replacement) throws SQLException {
        boolean there = Rows.first(
                        connection, Sql.EVENT_OF_OVER, row -> EventCodec.read(row.getString(1)), seq, chat.value())
                .filter(Logged::isRedactable)
                .isPresent();
        if (there) {
            Content text = new Content.Text(replacement);
            Rows.change(connection, Sql.REDACT, ContentCodec.kind(text), ContentCodec.write(text), chat.value(), seq);
        }
        return there;
    }

    /** Rewrites what the first entry says of the patron, with the chat locked as for a deletion; whether there is such a chat (ST16). */
    static boolean anonymise(Connection connection, ChatId chat) throws SQLException {
        boolean there = Rows.first(connection, Sql.LOCK_OVER_CHAT, row -> true, chat.value())
                .isPresent();
        String kind = ContentCodec.patronKind();
        String known = there
                ? Rows.first(connection, Sql.PATRON_OF_OVER, row -> row.getString(1), chat.value(), kind)
                        .orElse(null)
                : null;
        if (known != null) {
            Rows.change(connection, Sql.ANONYMISE, ContentCodec.anonymised(known), chat.value(), 1L, kind);
        }
        return there;
    }

    private static String text(@Nullable ChatId after) {
        return after == null ? "" : after.value();
    }

    /** The first rows of a question, at most so many. */
    @FunctionalInterface
    private interface Question<T> {
        List<Optional<T>> first(int most) throws SQLException;
    }

    /** So many that can be read, if there are: a page that is not full says that nothing follows. */
    private static <T> List<T> page(int limit, Question<T> question) throws SQLException {
        for (int most = limit; ; most += limit) {
            List<Optional<T>> rows = question.first(most);
            List<T> readable =
                    rows.stream().flatMap(Optional::stream).limit(limit).toList();
            if (readable.size() == limit || rows.size() < most) {
                return readable;
            }
        }
    }

    /** A row that cannot be read concerns its own chat: what is asked of many goes on without it (G14). */
    private static Optional<Chat> headIfReadable(ResultSet row) throws SQLException {
        return Rows.readable("chat", row, ChatTable::head);
    }

    private static Optional<ChatId> idIfReadable(ResultSet row) throws SQLException {
        return Rows.readable("chat", row, found -> ChatId.of(found.getString(1)));
    }

    static Chat head(ResultSet row) throws SQLException {
        Logged first = new Logged(1, Rows.instant(row, 4), EventCodec.read(row.getString(5)), null);
        return HeadCodec.read(ChatId.of(row.getString(1)), row.getLong(2), first, row.getString(3));
    }

    static Logged entry(ResultSet row) throws SQLException {
        return entry(row, 0);
    }

    /** An entry whose columns follow the {@code last} one. */
    private static Logged entry(ResultSet row, int last) throws SQLException {
        String kind = row.getString(last + 4);
        Content content = kind == null ? null : ContentCodec.read(kind, row.getString(last + 5));
        return new Logged(
                row.getLong(last + 1), Rows.instant(row, last + 2), EventCodec.read(row.getString(last + 3)), content);
    }
}
