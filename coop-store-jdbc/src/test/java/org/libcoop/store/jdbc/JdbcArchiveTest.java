package org.libcoop.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.libcoop.store.jdbc.ChatSamples.at;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.libcoop.chat.Audience;
import org.libcoop.chat.Author;
import org.libcoop.chat.Chat;
import org.libcoop.chat.ChatEvent;
import org.libcoop.chat.ChatEvent.ChatClaimed;
import org.libcoop.chat.ChatEvent.ChatEnded;
import org.libcoop.chat.ChatEvent.ChatStarted;
import org.libcoop.chat.ChatEvent.MessageSaid;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Content;
import org.libcoop.chat.Logged;
import org.libcoop.directory.WidgetId;
import org.libcoop.spi.ArchiveCursor;
import org.libcoop.spi.ArchivePage;
import org.libcoop.spi.ArchiveQuery;
import org.libcoop.spi.ArchivedChat;
import org.libcoop.spi.ArchivedSummary;
import org.libcoop.spi.StoreException;
import org.libcoop.store.jdbc.Databases.Pooled;

/** What the contract of archives cannot say, because it takes a database to look at. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JdbcArchiveTest {

    private static final String CANARY = "Canary-7f3a";

    private final HikariDataSource h2 = Databases.h2InMemory(Pooled.USUAL);
    private final HikariDataSource postgres = Databases.postgres(Pooled.USUAL);

    private DataSource database(Dialect dialect) {
        return dialect == Dialect.H2 ? h2 : postgres;
    }

    @AfterAll
    void close() {
        h2.close();
        postgres.close();
    }

    /** A chat that Ana answered at the desk, in which {@link #CANARY} is said and known of the patron. */
    private static ArchivedChat answered(String id, Instant start) {
        List<Logged> log = new ArrayList<>();
        Content known = new Content.PatronDetails(CANARY, CANARY + "@example.org", CANARY, CANARY, CANARY, true);
        log.add(new Logged(
                1, start, new ChatStarted(WidgetId.of("w"), ChatSamples.PLAN, "hash", ChatSamples.NODE), known));
        Chat chat = Chat.started(ChatId.of(id), log.get(0));
        List<ChatEvent> events = List.of(
                new ChatClaimed(ChatSamples.ANA, ChatSamples.SPRINGY, ChatSamples.DESK),
                new MessageSaid(Author.patron(), Audience.PATRON_AND_STAFF),
                new ChatEnded(Author.patron(), null, false));
        for (ChatEvent event : events) {
            Content content = event instanceof MessageSaid ? new Content.Text("Hello " + CANARY) : null;
            Logged entry = new Logged(chat.seq() + 1, start.plusSeconds(chat.seq()), event, content);
            log.add(entry);
            chat = chat.evolve(entry);
        }
        return new ArchivedChat(chat, log);
    }

    private static void execute(DataSource database, String... statements) {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            for (String one : statements) {
                statement.execute(one);
            }
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static List<String> found(JdbcArchive archive, ArchiveQuery query) {
        return archive.search(query, null, 200).rows().stream()
                .map(row -> row.chat().value())
                .toList();
    }

    // ---- Deletion

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void noTableHoldsAContentThatWasDeleted(Dialect dialect) throws SQLException {
        DataSource database = database(dialect);
        Databases.empty(database);
        JdbcArchive archive = JdbcArchive.open(database);
        archive.keep(List.of(answered("c1", at(0))));
        int before = rowsWithCanary(database);

        archive.deleteContent(ChatId.of("c1"));

        assertThat(before).as("rows that the look finds").isEqualTo(2);
        assertThat(rowsWithCanary(database)).isZero();
    }

    /** Looks into every column of every table, whatever they are called. */
    private static int rowsWithCanary(DataSource database) throws SQLException {
        int rows = 0;
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            List<String> tables = new ArrayList<>();
            try (ResultSet row =
                    connection.getMetaData().getTables(null, null, "%", new String[] {"TABLE", "BASE TABLE"})) {
                while (row.next()) {
                    tables.add(row.getString("TABLE_NAME"));
                }
            }
            assertThat(tables).hasSizeGreaterThan(12);
            for (String table : tables) {
                if (table.toLowerCase(Locale.ROOT).startsWith("coop_")) {
                    try (ResultSet row = statement.executeQuery("select * from " + table)) {
                        rows += rowsWithCanary(row);
                    }
                }
            }
        }
        return rows;
    }

    private static int rowsWithCanary(ResultSet row) throws SQLException {
        int rows = 0;
        while (row.next()) {
            StringBuilder all = new StringBuilder();
            for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                all.append(row.getString(i)).append('\n');
            }
            rows += ArchiveQuery.fold(all.toString()).contains(ArchiveQuery.fold(CANARY)) ? 1 : 0;
        }
        return rows;
    }

    // ---- Whole or not at all

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void aChatThatCannotBeKeptWholeIsNotKeptAtAll(Dialect dialect) {
        DataSource database = database(dialect);
        Databases.empty(database);
        JdbcArchive archive = JdbcArchive.open(database);
        List<ArchivedChat> chats = List.of(answered("c1", at(0)), answered("c2", at(1)));
        execute(database, "alter table coop_archive_owner add constraint no_c2 check (chat <> 'c2')");

        try {
            assertThatExceptionOfType(StoreException.class).isThrownBy(() -> archive.keep(chats));
        } finally {
            execute(database, "alter table coop_archive_owner drop constraint no_c2");
        }

        for (ArchivedChat chat : chats) {
            ChatId id = chat.chat().id();
            boolean whole = archive.chat(id).equals(Optional.of(chat));
            assertThat(whole || archive.chat(id).isEmpty()).as("%s", id).isTrue();
            assertThat(found(archive, ArchiveQuery.ALL.chat(id)).isEmpty()).isNotEqualTo(whole);
        }
        archive.keep(chats);
        assertThat(archive.chat(ChatId.of("c2"))).contains(chats.get(1));
    }

    @Test
    void onH2ARowThatSomebodyElseIsOnlyBringingIsNotTakenForKept() throws SQLException {
        Databases.empty(h2);
        ArchivedChat chat = answered("c1", at(0));
        JdbcArchive archive =
                JdbcArchive.builder(h2).deadline(Duration.ofSeconds(2)).build();

        try (Connection other = h2.getConnection()) {
            other.setAutoCommit(false);
            ArchiveTable.keep(other, new Sql(Dialect.H2, Duration.ofSeconds(2)), List.of(chat));

            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> archive.keep(List.of(chat)))
                    .matches(StoreException::busy);
            other.rollback();
            other.setAutoCommit(true);
        }

        archive.keep(List.of(chat));
        assertThat(archive.chat(ChatId.of("c1"))).contains(chat);
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void moreThanOneTransactionTakesIsKept(Dialect dialect) {
        DataSource database = database(dialect);
        Databases.empty(database);
        JdbcArchive archive = JdbcArchive.open(database);
        List<ArchivedChat> chats = new ArrayList<>();
        for (int i = 0; i <= 2 * JdbcArchive.BATCH; i++) {
            chats.add(answered("c" + i, at(i)));
        }

        archive.keep(chats);

        assertThat(found(archive, ArchiveQuery.ALL)).hasSize(chats.size());
    }

    @Test
    void aRowThatThisVersionDoesNotKnowIsUnreadableUnderItsName() {
        for (String wrong : List.of("outcome = 'solved'", "through = 'desk'")) {
            Databases.empty(h2);
            JdbcArchive archive = JdbcArchive.open(h2);
            archive.keep(List.of(answered("c1", at(0))));
            execute(h2, "update coop_archive set " + wrong);

            assertThatExceptionOfType(UnreadableException.class)
                    .isThrownBy(() -> archive.search(ArchiveQuery.ALL, null, 1))
                    .withMessageContaining("archived chat c1");
        }
    }

    // ---- Bounds of what is asked

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void boundsFinerThanAMillisecondAndBeyondEveryCalendarAreExact(Dialect dialect) {
        DataSource database = database(dialect);
        Databases.empty(database);
        JdbcArchive archive = JdbcArchive.open(database);
        archive.keep(List.of(answered("c1", at(0))));
        Instant start = at(0);
        List<ArchiveQuery> queries = List.of(
                ArchiveQuery.ALL.started(start.minusNanos(1), start.plusNanos(1)),
                ArchiveQuery.ALL.started(start.plusNanos(1), null),
                ArchiveQuery.ALL.started(null, start),
                ArchiveQuery.ALL.started(Instant.MIN, Instant.MAX),
                ArchiveQuery.ALL.started(Instant.MAX, null));

        for (ArchiveQuery query : queries) {
            boolean expected = query.asksFor(answered("c1", start));

            assertThat(found(archive, query).isEmpty()).as("%s", query).isNotEqualTo(expected);
        }
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void aCursorWithAKeyThatNoDatabaseTakesIsACallersMistake(Dialect dialect) {
        JdbcArchive archive = JdbcArchive.open(database(dialect));

        for (String[] key :
                List.of(new String[] {"12", "a\0b"}, new String[] {"x", "c1"}, new String[] {"12", " "}, new String[] {
                    "9".repeat(30), "c1"
                })) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> archive.search(ArchiveQuery.ALL, ArchiveCursor.after(ArchiveQuery.ALL, key), 1));
        }
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void whatIsAskedIsNeverReadAsSql(Dialect dialect) {
        DataSource database = database(dialect);
        Databases.empty(database);
        JdbcArchive archive = JdbcArchive.open(database);
        archive.keep(List.of(answered("c1", at(0))));

        for (String asked :
                List.of("' or '1'='1", "x'; drop table coop_archive; --", "\\", "?", "${x}", "%' or 1=1 --")) {
            assertThat(found(archive, ArchiveQuery.ALL.widget(WidgetId.of(asked))))
                    .isEmpty();
            assertThat(found(archive, ArchiveQuery.ALL.text(asked))).isEmpty();
        }
        assertThat(found(archive, ArchiveQuery.ALL)).containsExactly("c1");
    }

    // ---- The deadline, and opening

    @Test
    void aSearchThatTakesTooLongIsStoppedInTheDatabaseAndTheConnectionStaysWhole() throws SQLException {
        Databases.empty(postgres);
        JdbcArchive archive =
                JdbcArchive.builder(postgres).deadline(Duration.ofSeconds(2)).build();

        try (Connection other = postgres.getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("lock table coop_archive in access exclusive mode");

            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> archive.search(ArchiveQuery.ALL, null, 1))
                    .withMessageContaining("did not answer in time")
                    .matches(failed -> !failed.busy() && !failed.outcomeUnknown())
                    .havingCause()
                    .isInstanceOf(SQLException.class)
                    .matches(cause -> "57014".equals(((SQLException) cause).getSQLState()));
            other.rollback();
            other.setAutoCommit(true);
        }

        assertThat(archive.search(ArchiveQuery.ALL, null, 1)).isEqualTo(new ArchivePage(List.of(), null));
    }

    @Test
    void aSearchLeavesTheHostsOwnLimitOnH2AsItWas() throws SQLException {
        JdbcArchive archive = JdbcArchive.open(h2);
        try (Connection connection = h2.getConnection();
                Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(77);

            Rows.allWithin(5, connection, "select count(*) from coop_archive", row -> row.getInt(1));

            assertThat(statement.getQueryTimeout()).isEqualTo(77);
            statement.setQueryTimeout(0);
        }
        assertThat(archive.search(ArchiveQuery.ALL, null, 1).next()).isNull();
    }

    @Test
    void aDatabaseWithoutTheTablesIsRefusedAtOnce() {
        JdbcDataSource bare = new JdbcDataSource();
        bare.setURL("jdbc:h2:mem:");

        assertThatExceptionOfType(Schema.SchemaException.class).isThrownBy(() -> JdbcArchive.open(bare));
    }

    @Test
    void theDeadlineHasBounds() {
        JdbcArchive.Builder builder = JdbcArchive.builder(h2);

        for (Duration wrong :
                List.of(Duration.ofMillis(1_999), Duration.ofMinutes(5).plusMillis(1))) {
            assertThatIllegalArgumentException().isThrownBy(() -> builder.deadline(wrong));
        }
        for (Duration right : List.of(Duration.ofSeconds(2), Duration.ofMinutes(5))) {
            assertThat(builder.deadline(right).build()).isNotNull();
        }
    }

    @Test
    void closingLeavesTheDataSourceToTheHost() {
        Databases.empty(h2);
        JdbcArchive archive = JdbcArchive.open(h2);
        archive.keep(List.of(answered("c1", at(0))));

        archive.close();

        assertThat(JdbcArchive.open(h2).search(ArchiveQuery.ALL, null, 1).rows())
                .containsExactly(ArchivedSummary.of(answered("c1", at(0)), false));
    }
}
