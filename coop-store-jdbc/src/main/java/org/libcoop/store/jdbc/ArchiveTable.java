package org.libcoop.store.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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
import org.libcoop.spi.Expired;
import org.libcoop.spi.PatronTrace;

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
     * Writes what is not there of the chats, in the order given, which is the same for everybody who keeps some of them: each
     * waits for another's row at most once, and never in a circle.
     */
    static void keep(Connection connection, Sql sql, List<ArchivedChat> chats) throws SQLException {
        try (Inserts entries = new Inserts(connection, Sql.ARCHIVE_ENTRY);
                Inserts contents = new Inserts(connection, Sql.ARCHIVE_CONTENT);
                Inserts owners = new Inserts(connection, Sql.ARCHIVE_OWNER)) {
            for (ArchivedChat archived : chats) {
                Kept kept = add(connection, sql, archived) ? Kept.NOTHING : locked(connection, archived);
                if (kept.seq() >= archived.chat().seq()) {
                    continue;
                }
                if (kept.seq() > 0) {
                    goOn(connection, archived);
                }
                for (Logged entry :
                        archived.log().subList((int) kept.seq(), archived.log().size())) {
                    Logged added = kept.contentDeleted() ? entry.withoutContent() : entry;
                    add(archived.chat().id().value(), added, entries, contents);
                }
                addOwners(archived, owners);
            }
            entries.flush();
            contents.flush();
            owners.flush();
        }
    }

    /** How far a chat is kept already. */
    private record Kept(long seq, boolean contentDeleted) {
        static final Kept NOTHING = new Kept(0, false);
    }

    /** Locks the row of a chat that is kept: whoever brings more of it, or takes its content out, comes before or after. */
    private static Kept locked(Connection connection, ArchivedChat archived) throws SQLException {
        return Rows.first(
                        connection,
                        Sql.LOCK_ARCHIVED,
                        row -> new Kept(row.getLong(1), row.getBoolean(2)),
                        archived.chat().id().value())
                .orElseThrow();
    }

    private static boolean add(Connection connection, Sql sql, ArchivedChat archived) throws SQLException {
        ArchivedSummary row = ArchivedSummary.of(archived, false);
        String id = row.chat().value();
        List<@Nullable Object> values = new ArrayList<>();
        values.add(id);
        values.add(row.home().value());
        values.add(row.widget().value());
        values.add(row.startedAt());
        addWhatMayChange(archived, row, values);
        values.add(archived.chat().patronKeyHash());
        values.add(row.overAt());
        values.add(row.overAt());
        return Rows.addUnlessThere(
                connection, sql.archiveChat, new Rows.Key(Sql.IS_ARCHIVED, List.of(id)), values.toArray());
    }

    private static void goOn(Connection connection, ArchivedChat archived) throws SQLException {
        String id = archived.chat().id().value();
        List<@Nullable Object> values = new ArrayList<>();
        addWhatMayChange(archived, ArchivedSummary.of(archived, false), values);
        values.add(id);
        Rows.change(connection, Sql.ARCHIVED_GOES_ON, values.toArray());
        Rows.change(connection, Sql.DELETE_ARCHIVED_OWNERS, id);
    }

    private static void addWhatMayChange(ArchivedChat archived, ArchivedSummary row, List<@Nullable Object> values) {
        values.add(row.firstClaimAt());
        values.add(row.overAt());
        values.add(row.lastOwner() == null ? null : row.lastOwner().value());
        values.add(row.answeredBy() == null ? null : row.answeredBy().value());
        values.add(row.through() == null ? null : Stages.text(row.through()));
        values.add(OUTCOMES.word(row.outcome()));
        values.add(row.messages());
        values.add(archived.chat().seq());
        values.add(HeadCodec.write(archived.chat()));
    }

    private static void add(String chat, Logged entry, Inserts entries, Inserts contents) throws SQLException {
        entries.add(chat, entry.seq(), entry.at(), EventCodec.write(entry.event()));
        Content content = entry.content();
        if (content != null) {
            String folded = entry.event() instanceof ChatEvent.MessageSaid && content instanceof Content.Text said
                    ? FoldedText.of(said.text())
                    : null;
            String email = content instanceof Content.PatronDetails patron ? email(patron.email()) : null;
            contents.add(chat, entry.seq(), ContentCodec.kind(content), ContentCodec.write(content), folded, email);
        }
    }

    /** As it is compared, in characters that a column keeps. */
    private static @Nullable String email(@Nullable String given) {
        String folded = PatronTrace.foldedEmail(given);
        return folded == null ? null : FoldedText.of(folded);
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
            Rows.change(connection, Sql.DELETE_ARCHIVED_CONTENT, chat.value());
        }
        return there;
    }

    /** Changes what a message says, as read and as searched; whether there is such a message (AR12). */
    static boolean redact(Connection connection, ChatId chat, long seq, String replacement) throws SQLException {
        ChatEvent event = Rows.first(
                        connection, Sql.ARCHIVED_EVENT, row -> EventCodec.read(row.getString(1)), chat.value(), seq)
                .filter(Logged::isRedactable)
                .orElse(null);
        if (event != null) {
            Content text = new Content.Text(replacement);
            Rows.change(
                    connection,
                    Sql.REDACT_ARCHIVED,
                    ContentCodec.kind(text),
                    ContentCodec.write(text),
                    event instanceof ChatEvent.MessageSaid ? FoldedText.of(replacement) : null,
                    chat.value(),
                    seq);
        }
        return event != null;
    }

    /** Rewrites what the first entry says of the patron, and marks the chat; whether there is such a chat (AR13). */
    static boolean anonymise(Connection connection, ChatId chat) throws SQLException {
        boolean there = Rows.change(connection, Sql.MARK_ANONYMISED, chat.value()) == 1;
        String kind = ContentCodec.patronKind();
        String known = Rows.first(connection, Sql.ARCHIVED_PATRON, row -> row.getString(1), chat.value(), kind)
                .orElse(null);
        if (known != null) {
            Rows.change(connection, Sql.ANONYMISE_ARCHIVED, ContentCodec.anonymised(known), chat.value(), kind);
        }
        return there;
    }

    /** AR14. */
    static List<Expired> expired(
            Connection connection,
            Expired.Part part,
            InstitutionId home,
            Instant overUpTo,
            @Nullable Expired after,
            int limit)
            throws SQLException {
        String overAt = switch (part) {
            case CONTACT -> "contact_over_at";
            case CONTENT -> "content_over_at";
        };
        return Rows.all(
                connection,
                Sql.expired(overAt),
                row -> new Expired(Rows.instant(row, 1), ChatId.of(row.getString(2))),
                home.value(),
                overUpTo,
                after == null ? Long.MIN_VALUE : after.overAt().toEpochMilli(),
                after == null ? "" : after.chat().value(),
                limit);
    }

    /** AR15. */
    static List<InstitutionId> homes(Connection connection, @Nullable InstitutionId after, int limit)
            throws SQLException {
        return Rows.steps(
                        after == null ? "" : after.value(),
                        limit,
                        last -> Rows.first(connection, Sql.NEXT_HOME, row -> row.getString(1), last))
                .stream()
                .map(InstitutionId::of)
                .toList();
    }

    /** AR16. */
    static List<ChatId> ofPatron(
            Connection connection, InstitutionId home, PatronTrace patron, @Nullable ChatId after, int limit)
            throws SQLException {
        boolean byKey = patron.kind() == PatronTrace.Kind.KEY;
        return Rows.all(
                connection,
                byKey ? Sql.CHATS_BY_KEY : Sql.CHATS_BY_EMAIL,
                row -> ChatId.of(row.getString(1)),
                byKey ? patron.value() : FoldedText.of(patron.value()),
                home.value(),
                after == null ? "" : after.value(),
                limit);
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
                row.getBoolean(12),
                Rows.optionalInstant(row, 13) == null);
    }
}
