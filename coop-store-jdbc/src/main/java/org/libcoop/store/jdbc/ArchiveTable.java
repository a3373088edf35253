package org.libcoop.store.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.libcoop.chat.Chat;
import org.libcoop.chat.ChatEvent;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.ChatOutcome;
import org.libcoop.chat.Content;
import org.libcoop.chat.Logged;
import org.libcoop.chat.Phase.Ownership;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.WidgetId;
import org.libcoop.spi.ArchivedChat;
import org.libcoop.spi.ArchivedSummary;

/** Chats that are over: their rows, logs, contents and ownerships. */
final class ArchiveTable {

    static final Words<ChatOutcome> OUTCOMES = Words.of(ChatOutcome.values(), outcome -> switch (outcome) {
        case OPEN -> "open";
        case ANSWERED -> "answered";
        case MISSED -> "missed";
        case DISMISSED -> "dismissed";
    });

    private ArchiveTable() {}

    /**
     * Writes the chats that are not there, in the order given, which is the same for everybody who keeps some of them: each
     * waits for another's row at most once, and never in a circle.
     */
    static void keep(Connection connection, Sql sql, List<ArchivedChat> chats) throws SQLException {
        try (Inserts entries = new Inserts(connection, Sql.ARCHIVE_ENTRY);
                Inserts contents = new Inserts(connection, Sql.ARCHIVE_CONTENT);
                Inserts owners = new Inserts(connection, Sql.ARCHIVE_OWNER)) {
            for (ArchivedChat archived : chats) {
                if (add(connection, sql, archived)) {
                    for (Logged entry : archived.log()) {
                        add(archived.chat().id().value(), entry, entries, contents);
                    }
                    addOwners(archived, owners);
                }
            }
            entries.flush();
            contents.flush();
            owners.flush();
        }
    }

    private static boolean add(Connection connection, Sql sql, ArchivedChat archived) throws SQLException {
        ArchivedSummary row = ArchivedSummary.of(archived, false);
        String id = row.chat().value();
        return Rows.addUnlessThere(
                connection,
                sql.archiveChat,
                new Rows.Key(Sql.IS_ARCHIVED, List.of(id)),
                id,
                row.home().value(),
                row.widget().value(),
                row.startedAt(),
                row.firstClaimAt(),
                row.overAt(),
                row.lastOwner() == null ? null : row.lastOwner().value(),
                row.answeredBy() == null ? null : row.answeredBy().value(),
                row.through() == null ? null : Stages.text(row.through()),
                OUTCOMES.word(row.outcome()),
                row.messages(),
                archived.chat().seq(),
                HeadCodec.write(archived.chat()));
    }

    private static void add(String chat, Logged entry, Inserts entries, Inserts contents) throws SQLException {
        entries.add(chat, entry.seq(), entry.at(), EventCodec.write(entry.event()));
        Content content = entry.content();
        if (content != null) {
            String folded = entry.event() instanceof ChatEvent.MessageSaid && content instanceof Content.Text said
                    ? FoldedText.of(said.text())
                    : null;
            contents.add(chat, entry.seq(), ContentCodec.kind(content), ContentCodec.write(content), folded);
        }
    }

    private static void addOwners(ArchivedChat archived, Inserts owners) throws SQLException {
        Chat chat = archived.chat();
        int n = 0;
        for (Ownership ownership : chat.ownerships()) {
            Option option = ownership.claimedOn().option();
            owners.add(
                    chat.id().value(),
                    ++n,
                    ownership.owner().value(),
                    ownership.institution().value(),
                    option.kind() == Option.Kind.COOP ? option.id() : null,
                    chat.home().value(),
                    chat.widget().value(),
                    OUTCOMES.word(ChatOutcome.of(chat)),
                    chat.startedAt());
        }
    }

    static Optional<ArchivedChat> chat(Connection connection, ChatId id) throws SQLException {
        Optional<Chat> chat = Rows.first(connection, Sql.ARCHIVED, ChatTable::head, id.value());
        return chat.isEmpty()
                ? Optional.empty()
                : Optional.of(new ArchivedChat(
                        chat.get(), Rows.all(connection, Sql.ARCHIVED_LOG, ChatTable::entry, id.value())));
    }

    /** Takes every content out, and marks the chat; whether there is such a chat (AR9). */
    static boolean deleteContent(Connection connection, ChatId chat) throws SQLException {
        boolean there = Rows.change(connection, Sql.MARK_DELETED, chat.value()) == 1;
        if (there) {
            Rows.change(connection, Sql.DELETE_CONTENT, chat.value());
        }
        return there;
    }

    static ArchivedSummary summary(ResultSet row) throws SQLException {
        String what = "archived chat " + row.getString(1);
        String lastOwner = row.getString(7);
        String answeredBy = row.getString(8);
        String through = row.getString(9);
        return new ArchivedSummary(
                ChatId.of(row.getString(1)),
                InstitutionId.of(row.getString(2)),
                WidgetId.of(row.getString(3)),
                Rows.instant(row, 4),
                Rows.optionalInstant(row, 5),
                Rows.instant(row, 6),
                lastOwner == null ? null : OperatorId.of(lastOwner),
                answeredBy == null ? null : InstitutionId.of(answeredBy),
                through == null ? null : Stages.stored(what, through),
                OUTCOMES.stored(what, row.getString(10)),
                row.getInt(11),
                row.getBoolean(12));
    }
}
