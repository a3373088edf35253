package org.libcoop.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.libcoop.chat.Audience;
import org.libcoop.chat.Author;
import org.libcoop.chat.Chat;
import org.libcoop.chat.ChatEvent;
import org.libcoop.chat.ChatEvent.ChatClaimed;
import org.libcoop.chat.ChatEvent.ChatStarted;
import org.libcoop.chat.ChatEvent.MessageSaid;
import org.libcoop.chat.ChatEvent.StageOpened;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Content;
import org.libcoop.chat.Logged;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.WidgetId;
import org.libcoop.presence.OperatorPresence;
import org.libcoop.routing.Cause;
import org.libcoop.spi.Change;
import org.libcoop.spi.CommandId;
import org.libcoop.spi.CommandResult;
import org.libcoop.spi.Committed;
import org.libcoop.spi.Store;
import org.libcoop.spi.TicketOutbox;
import org.libcoop.spi.Topic;
import org.libcoop.store.jdbc.Databases.Pooled;

/**
 * What a batch, or a page, reads on PostgreSQL: the rows of its own chats and operators, however large the tables have become since
 * the plan was made that the connection keeps. A plan of a young database must not read whole tables when it is old.
 */
class StorePlanTest {

    private static final Instant NOW = Instant.parse("2026-01-05T12:00:00Z");
    private static final int ROWS = 20_000;
    private static final int BATCH = 8;

    /** Enough executions for the driver to prepare a statement and for the server to keep one plan for it. */
    private static final int UNTIL_KEPT = 20;

    /** Entries of an index for each change: a few tables, each asked for a key or two. */
    private static final int ENTRIES_EACH = 10;

    private static final String FILL = """
            insert into coop_chat (id, seq, patron_key, started_at, head)
            select 'a' || n, 2, 'k' || n, 0, '{}' from generate_series(1, %1$d) n;
            insert into coop_topic (topic, chat) select 'DEPARTMENT:reference', 'a' || n from generate_series(1, %1$d) n;
            insert into coop_result (chat, scope, id, digest, seq)
            select 'a' || n, 'operator:x', 'i' || n, 'd', 2 from generate_series(1, %1$d) n;
            insert into coop_presence (operator, version, changed_at, open_chats, body)
            select 'a' || n, 1, 0, 0, '{}' from generate_series(1, %1$d) n
            """.formatted(ROWS);

    /** The last number of the live chats; the first is 100,000, so that numbers sort as texts. */
    private static final int LIVE = 120_000;

    private static final String COPY = """
            insert into coop_chat (id, seq, patron_key, started_at, due_at, over_at, head)
            select 'c' || n, seq, patron_key, started_at, due_at, over_at, head
            from coop_chat, generate_series(100001, %1$d) n where id = '%2$s';
            insert into coop_entry (chat, seq, at, event) select 'c' || n, seq, at, event
            from coop_entry, generate_series(100001, %1$d) n where chat = '%2$s'
            """;

    private final HikariDataSource database = Databases.postgres(new Pooled(true, "", 1));
    private final JdbcStore store =
            JdbcStore.builder(database).pollEvery(Duration.ZERO).build();
    private int chats;

    @AfterEach
    void close() {
        store.close();
        database.close();
    }

    @Test
    void aPlanMadeWhileTheTablesWereSmallReadsNoMoreWhenTheyAreLarge() throws SQLException {
        store.join(ChatSamples.NODE, Duration.ofHours(1));
        List<Change> operators = new ArrayList<>();
        for (int i = 0; i < BATCH; i++) {
            operators.add(new Change.OfPresence(
                    OperatorPresence.unknown(operator(i)).signedIn(NOW).successor()));
        }
        commit(operators);
        claims(1);
        execute("vacuum analyze");
        for (int version = 2; version <= UNTIL_KEPT; version++) {
            claims(version);
        }
        execute(FILL);
        long before = read();

        claims(UNTIL_KEPT + 1);

        assertThat(read() - before).isPositive().isLessThan(2L * BATCH * ENTRIES_EACH);
    }

    @Test
    void aPageOfLiveChatsReadsAsMuchAtTheEndAsAtTheBegin() throws SQLException {
        store.join(ChatSamples.NODE, Duration.ofHours(1));
        commitOneOfMany();
        long before = read();

        List<Chat> page = store.live(ChatId.of("c" + (LIVE - Store.PAGE)));

        assertThat(page).hasSize(Store.PAGE);
        assertThat(read() - before).isPositive().isLessThan(4L * Store.PAGE);
    }

    /** A day's chats are over and archived; a few are not, and a few may be forgotten. */
    @Test
    void whatIsToBeArchivedOrForgottenIsFoundAmongMany() throws SQLException {
        store.join(ChatSamples.NODE, Duration.ofHours(1));
        commitOneOfMany();
        execute(
                "insert into coop_over (chat, seq, changed_at, archived) select id, seq, 1000 + substr(id, 2)::bigint, 1"
                        + " from coop_chat where id > 'c'");
        execute("update coop_over set archived = 0 where chat like '%77'");
        long before = read();
        List<Chat> unarchived = store.unarchived(ChatId.of("c110000"), 100);
        assertThat(unarchived).hasSize(100);
        assertThat(read() - before).as("not even analyzed").isPositive().isLessThan(10L * 100);

        execute("vacuum analyze");
        long analyzed = read();
        assertThat(store.unarchived(ChatId.of("c119900"), 100)).hasSize(1);
        assertThat(store.unarchived(ChatId.of("c120000"), 100)).isEmpty();
        assertThat(store.forgettable(Instant.ofEpochMilli(1_000 + 100_050), 200))
                .hasSize(51);
        assertThat(store.forgettable(Instant.ofEpochMilli(1_000), 200)).isEmpty();

        assertThat(read() - analyzed).isLessThan(300);
    }

    /** Most tickets are forgotten or delivered; a few wait. */
    @Test
    void whoseTicketsThereAreIsFoundAmongMany() throws SQLException {
        execute("insert into coop_ticket (id, home, widget, at, digest, state, tries, due_at) select 't' || n,"
                + " 'home' || n % 5, 'w', n, 'd', case when n % 5 = 0 then 'forgotten' else 'delivered' end, 1, null"
                + " from generate_series(1, " + ROWS + ") n");
        execute("insert into coop_ticket (id, home, widget, at, digest, state, tries, due_at)"
                + " values ('waits', 'home9', 'w', 0, 'd', 'waiting', 0, 0)");
        execute("vacuum analyze");
        long before = read();

        try (TicketOutbox outbox = JdbcTicketOutbox.open(database)) {
            assertThat(outbox.homes())
                    .extracting(InstitutionId::value)
                    .containsExactly("home1", "home2", "home3", "home4", "home9");
        }

        assertThat(read() - before).isPositive().isLessThan(50);
    }

    /** One chat that begins, and copies of it with ids in order. */
    private void commitOneOfMany() throws SQLException {
        chats = 100_000 - 1;
        List<Change> begun = new ArrayList<>();
        Chat first = begin(begun);
        commit(begun);
        execute(COPY.formatted(LIVE, first.id()));
        execute("vacuum analyze");
    }

    /** A batch of chats that begin, and one in which each operator claims one of them. */
    private void claims(int version) {
        List<Change> begun = new ArrayList<>();
        List<Change> claimed = new ArrayList<>();
        for (int i = 0; i < BATCH; i++) {
            Chat waiting = begin(begun);
            claimed.add(claim(waiting, operator(i), version));
        }
        commit(begun);
        commit(claimed);
    }

    private Chat begin(List<Change> begun) {
        ChatId id = ChatId.of("c" + ++chats);
        Logged first = new Logged(
                1,
                NOW,
                new ChatStarted(WidgetId.of("databases"), ChatSamples.BARE, "key-" + chats, ChatSamples.NODE),
                Content.PatronDetails.NONE);
        Logged second = new Logged(2, NOW, new StageOpened(ChatSamples.DESK, Cause.INITIAL, NOW, 1, 1, null), null);
        Chat chat = Chat.started(id, first).evolve(second);
        begun.add(new Change.OfChat(chat, 0, NOW, List.of(first, second), null, null, null, null, Set.of(), waiting()));
        return chat;
    }

    private static Change claim(Chat waiting, OperatorId by, int version) {
        Logged third = new Logged(3, NOW, new ChatClaimed(by, ChatSamples.SPRINGY, ChatSamples.DESK), null);
        ChatEvent said = new MessageSaid(Author.system(), Audience.PATRON_AND_STAFF);
        Logged fourth = new Logged(4, NOW, said, new Content.Text("Hello"));
        CommandResult result =
                new CommandResult(new CommandId("operator:" + by, "i-" + waiting.id(), "digest"), waiting.id(), 4);
        return new Change.OfChat(
                waiting.evolve(third).evolve(fourth),
                2,
                NOW,
                List.of(third, fourth),
                new Change.Guard(by, version),
                null,
                result,
                null,
                waiting(),
                Set.of(Topic.owner(by)));
    }

    private static Set<Topic> waiting() {
        return Set.of(Topic.stage(ChatSamples.DESK));
    }

    private static OperatorId operator(int number) {
        return OperatorId.of("operator-" + number);
    }

    private void commit(List<Change> changes) {
        assertThat(store.commit(ChatSamples.NODE, changes))
                .isEqualTo(Collections.nCopies(changes.size(), Committed.APPLIED));
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Rows and index entries read in tables of the store so far, by the only connection there is. */
    private long read() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("select pg_stat_force_next_flush()");
            try (ResultSet row = statement.executeQuery("select (select sum(seq_tup_read) from pg_stat_user_tables)"
                    + " + (select sum(idx_tup_read) from pg_stat_user_indexes)")) {
                row.next();
                return row.getLong(1);
            }
        }
    }
}
