package org.libcoop.store.jdbc;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.libcoop.CoopEngine;
import org.libcoop.OperatorSession;
import org.libcoop.PatronSession;
import org.libcoop.chat.Chat;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Content;
import org.libcoop.chat.Receipt;
import org.libcoop.directory.Directory;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.WidgetId;
import org.libcoop.presence.NodeId;
import org.libcoop.presence.OperatorPresence;
import org.libcoop.refusal.Outcome;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.spi.Change;
import org.libcoop.spi.Committed;
import org.libcoop.spi.Feed;
import org.libcoop.spi.Health;
import org.libcoop.spi.Principal;
import org.libcoop.spi.Store;
import org.libcoop.spi.StoreException;
import org.libcoop.spi.Topic;
import org.libcoop.store.jdbc.Databases.Pooled;

/** A value that the database does not take and a row that nobody can read are their own trouble, and delay no other (G14). */
class PoisonedRowsTest {

    private static final NodeId NODE = new NodeId("node");
    private static final Option DESK = Option.department("reference");
    private static final int PATRONS = 40;

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() {
        for (int i = open.size() - 1; i >= 0; i--) {
            Databases.close(open.get(i));
        }
    }

    // ---- What the database does not take

    @ParameterizedTest
    @EnumSource
    void aValueThatIsRefusedIsSaidToBeAndKeptOutOfEveryMessage(Dialect dialect) {
        HikariDataSource database = database(dialect);
        JdbcStore store = store(database);
        store.join(NODE, Duration.ofHours(1));
        Change.OfChat begins = Talk.begins("chat");
        refusing(database);
        Change.OfChat pill = Talk.says(begins.chat(), "my poison secret");
        List<List<Change>> batches =
                List.of(List.of(begins, Talk.begins("other"), pill), List.of(Talk.begins("other"), begins, pill));

        for (List<Change> batch : batches) {
            StoreException thrown = catchThrowableOfType(StoreException.class, () -> store.commit(NODE, batch));

            assertThat(thrown.refused()).isTrue();
            assertThat(thrown.outcomeUnknown()).isFalse();
            assertThat(printed(thrown)).doesNotContain("secret");
            assertThat(store.chat(ChatId.of("chat"))).isEmpty();
            assertThat(store.chat(ChatId.of("other"))).isEmpty();
        }
        assertThat(store.commit(NODE, List.of(begins))).containsExactly(Committed.APPLIED);
        StoreException alone = catchThrowableOfType(StoreException.class, () -> store.commit(NODE, List.of(pill)));
        assertThat(alone.refused()).isTrue();
        assertThat(printed(alone)).doesNotContain("secret");
    }

    @ParameterizedTest
    @EnumSource
    void whatIsCommittedTogetherWithARefusedLineIsKept(Dialect dialect) {
        HikariDataSource database = database(dialect);
        CoopEngine engine = engine(database);
        OperatorSession ana =
                engine.connectOperator(OperatorId.of("ana"), notice -> {}).orElseThrow();
        done(ana.signIn());
        done(ana.monitor(DESK, true));
        List<PatronSession> patrons = new ArrayList<>();
        for (int i = 0; i < PATRONS; i++) {
            PatronSession patron = engine.connectPatron(
                            new Principal.OfPatron("the-key-of-patron-whom-nobody-knows-" + i), "", notice -> {})
                    .orElseThrow();
            done(patron.startChat(WidgetId.of("databases"), Content.PatronDetails.NONE, null));
            patrons.add(patron);
        }
        refusing(database);

        List<CompletionStage<Outcome<Receipt>>> said = new ArrayList<>();
        for (int i = 0; i < PATRONS; i++) {
            said.add(patrons.get(i).say(i == 17 ? "a poison pill" : "Hello " + i));
        }

        for (int i = 0; i < PATRONS; i++) {
            assertThat(Talk.refusal(said.get(i))).as("patron %d", i).isEqualTo(i == 17 ? RefusalCode.INTERNAL : null);
        }
        assertThat(engine.health().state()).isEqualTo(Health.State.UP);
        assertThat(Talk.refusal(patrons.get(17).say("Hello after all"))).isNull();
        assertThat(patrons.get(17).conversation(0))
                .extracting(entry -> entry.content())
                .contains(new Content.Text("Hello after all"))
                .doesNotContain(new Content.Text("a poison pill"));
    }

    private static void refusing(HikariDataSource database) {
        execute(
                database,
                "alter table coop_content add constraint no_poison check (kind <> 'text' or body not like '%poison%')");
    }

    private static String printed(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    // ---- What nobody can read

    @ParameterizedTest
    @EnumSource
    void garbageInAnyColumnLeavesTheRestToBeFound(Dialect dialect) {
        HikariDataSource database = database(dialect);
        JdbcStore store = store(database);
        store.join(NODE, Duration.ofHours(1));
        String cursor = store.cursor();
        List<String> kinds = List.of("head", "start", "id", "line", "fine");
        for (String id : kinds) {
            Change.OfChat begins = Talk.begins(id);
            assertThat(store.commit(NODE, List.of(begins, Talk.says(begins.chat(), "Hello"))))
                    .containsOnly(Committed.APPLIED);
        }
        OperatorPresence ana = row("ana");
        OperatorPresence ben = row("ben");
        store.commit(NODE, List.of(new Change.OfPresence(ana), new Change.OfPresence(ben)));
        execute(database, "update coop_chat set due_at = started_at");
        execute(database, "update coop_chat set head = '{\"phase\":' where id = 'head'");
        execute(database, "update coop_entry set event = 'garbage' where chat = 'start' and seq = 1");
        execute(database, "update coop_entry set event = '[]' where chat = 'line' and seq = 2");
        for (String column : List.of("coop_chat set id", "coop_entry set chat", "coop_topic set chat")) {
            String key = column.substring(column.lastIndexOf(' ') + 1);
            execute(database, "update " + column + " = ' ' where " + key + " = 'id'");
        }
        execute(database, "update coop_presence set body = 'x' where operator = 'ana'");
        execute(database, "update coop_presence_log set body = 'x' where operator = 'ana'");
        execute(database, "insert into coop_node (node, renewed_at, length_millis) values (' ', 0, 0)");
        execute(database, "update coop_feed set hints = 'garbage' where n = 1");

        assertThat(store.due(ChatSamples.at(0), 10))
                .extracting(chat -> chat.id().value())
                .contains("fine");
        assertThat(store.live(null)).extracting(chat -> chat.id().value()).containsExactly("fine", "line");
        assertThat(store.waitingOn(Topic.stage(ChatSamples.DESK), null))
                .extracting(ChatId::value)
                .contains("fine", "line")
                .doesNotContain(" ");
        assertThat(store.presenceSince(ChatSamples.T0)).containsExactly(ben);
        assertThat(store.nodes()).extracting(lease -> lease.node()).containsExactly(NODE);
        Feed feed = store.changes(cursor, Store.PAGE);
        assertThat(feed.tooOld()).isFalse();
        assertThat(feed.hints())
                .contains(new Feed.Hint.OfDirectory(), new Feed.Hint.OfPresence(OperatorId.of("ben"), 1));
        assertThatExceptionOfType(UnreadableException.class).isThrownBy(() -> store.chat(ChatId.of("head")));
        Chat fine = store.chat(ChatId.of("fine")).orElseThrow();
        assertThat(store.commit(NODE, List.of(Talk.says(fine, "Still here?")))).containsExactly(Committed.APPLIED);
    }

    private static OperatorPresence row(String operator) {
        return OperatorPresence.unknown(OperatorId.of(operator))
                .signedIn(ChatSamples.T0)
                .successor();
    }

    /** A page that is not full says that nothing follows: what was left out must not make it so. */
    @ParameterizedTest
    @EnumSource
    void aPageIsFullAlthoughRowsAreLeftOut(Dialect dialect) {
        HikariDataSource database = database(dialect);
        JdbcStore store = store(database);
        store.join(NODE, Duration.ofHours(1));
        List<Change> batch = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            batch.add(Talk.begins("chat-%02d".formatted(i)));
        }
        store.commit(NODE, batch);
        execute(database, "update coop_chat set due_at = started_at");
        execute(database, "update coop_chat set head = '' where id < 'chat-08' or id = 'chat-12'");

        assertThat(store.due(ChatSamples.at(0), 5))
                .extracting(chat -> chat.id().value())
                .containsExactly("chat-08", "chat-09", "chat-10", "chat-11", "chat-13");
        assertThat(store.due(ChatSamples.at(0), 100)).hasSize(11);
    }

    @ParameterizedTest
    @EnumSource
    void anEngineStartsAndWorksAmongRowsThatItCannotRead(Dialect dialect) {
        HikariDataSource database = database(dialect);
        JdbcStore before = store(database);
        before.join(NODE, Duration.ofHours(1));
        before.commit(NODE, List.of(Talk.begins("head"), new Change.OfPresence(row("ben"))));
        execute(database, "update coop_chat set head = 'x', due_at = started_at");
        execute(database, "update coop_presence_log set body = 'x'");
        CoopEngine engine = engine(database);
        OperatorSession ana =
                engine.connectOperator(OperatorId.of("ana"), notice -> {}).orElseThrow();
        done(ana.signIn());
        done(ana.monitor(DESK, true));
        PatronSession patron = engine.connectPatron(
                        new Principal.OfPatron("the-key-of-stewart-whom-nobody-else-knows"), "", notice -> {})
                .orElseThrow();

        ChatId chat = done(patron.startChat(WidgetId.of("databases"), Content.PatronDetails.NONE, null))
                .chat();
        // Hints of what cannot be read, from another node.
        before.commit(NODE, List.of(new Change.OfPresence(row("cleo")), Talk.begins("next")));
        execute(database, "update coop_presence_log set body = 'x' where operator = 'cleo'");

        done(ana.claim(chat));
        await().atMost(20, SECONDS).until(() -> engine.health().state() == Health.State.UP);
        OperatorSession ben =
                engine.connectOperator(OperatorId.of("ben"), notice -> {}).orElseThrow();
        assertThat(Talk.refusal(ben.signIn())).as("his row cannot be read").isEqualTo(RefusalCode.INTERNAL);
        assertThat(Talk.refusal(ana.say(chat, "Hello"))).isNull();
    }

    // ---- Where all this happens

    private HikariDataSource database(Dialect dialect) {
        HikariDataSource database = Databases.of(dialect, Pooled.USUAL);
        open.add(database);
        return database;
    }

    private JdbcStore store(HikariDataSource database) {
        JdbcStore store =
                JdbcStore.builder(database).pollEvery(Duration.ofMillis(50)).build();
        open.add(store);
        return store;
    }

    private CoopEngine engine(HikariDataSource database) {
        CoopEngine engine = CoopEngine.builder()
                .store(store(database))
                .directory(Directory.builder()
                        .institution("springy", "Springy University")
                        .operators("springy", "ana", "ben", "cleo")
                        .department("reference", "springy", "Reference", "ana", "ben", "cleo")
                        .widget("databases", "springy", widget -> widget.route(DESK))
                        .build())
                .build();
        open.add(engine);
        return engine;
    }

    private static void execute(HikariDataSource database, String sql) {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static <T> T done(CompletionStage<Outcome<T>> asked) {
        return asked.toCompletableFuture().orTimeout(60, SECONDS).join().orElseThrow();
    }
}
