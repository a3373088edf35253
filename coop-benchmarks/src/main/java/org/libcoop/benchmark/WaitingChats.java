package org.libcoop.benchmark;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.libcoop.CoopEngine;
import org.libcoop.chat.Chat;
import org.libcoop.chat.ChatCommand;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.ChatRules;
import org.libcoop.chat.Content;
import org.libcoop.chat.Decision;
import org.libcoop.directory.Directory;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.Stage;
import org.libcoop.directory.WidgetId;
import org.libcoop.presence.Attachment;
import org.libcoop.presence.NodeId;
import org.libcoop.presence.OperatorPresence;
import org.libcoop.presence.Presence;
import org.libcoop.spi.Change;
import org.libcoop.spi.Committed;
import org.libcoop.spi.Topic;
import org.libcoop.store.jdbc.JdbcStore;
import org.libcoop.store.jdbc.Schema;

/**
 * Waiting chats, made ready in a store before the engine that is measured starts: what another node would have left there. Their
 * patrons and librarians are vouched for by that node, whose lease lasts all day.
 *
 * <p>Each chat is decided by the rules and committed through the store's port; only the instant it starts at is chosen, so that
 * deadlines fall when a benchmark wants them. Where thousands are to be alike, the rows of those written so are copied within the
 * database: a copy differs by its id and its patron's key, and is what the store would have written. Used by one thread.
 */
final class WaitingChats implements AutoCloseable {

    /** How long before now librarians signed in; chats start after that. */
    static final Duration AT_WORK = Duration.ofHours(2);

    private static final int BATCH = 250;
    private static final String[] COPIES = {"""
        INSERT INTO coop_chat (id, seq, patron_key, started_at, due_at, over_at, head)
        SELECT left(id, 12) || lpad(n::text, 6, '0'), seq, patron_key || '-' || n, started_at, due_at, over_at, head
        FROM coop_chat, generate_series(1, ?) AS n
        """, """
        INSERT INTO coop_entry (chat, seq, at, event)
        SELECT left(chat, 12) || lpad(n::text, 6, '0'), seq, at, event FROM coop_entry, generate_series(1, ?) AS n
        """, """
        INSERT INTO coop_content (chat, seq, kind, body)
        SELECT left(chat, 12) || lpad(n::text, 6, '0'), seq, kind, body FROM coop_content, generate_series(1, ?) AS n
        """, """
        INSERT INTO coop_topic (topic, chat)
        SELECT topic, left(chat, 12) || lpad(n::text, 6, '0') FROM coop_topic, generate_series(1, ?) AS n
        """};

    private final DataSource database;
    private final JdbcStore store;
    private final NodeId node = new NodeId("elsewhere");
    private final Presence world;
    private final List<Change> pending = new ArrayList<>();

    /** Creates the store's tables in an empty database, and puts the directory there as an engine would. */
    WaitingChats(DataSource database, Directory directory) throws IOException, SQLException {
        this.database = database;
        createTables(database);
        this.store = JdbcStore.open(database);
        CoopEngine.builder().store(store).directory(directory).build().close();
        this.world = new Presence(directory);
        store.join(node, Duration.ofDays(1));
    }

    /** Runs the store's scripts, as a host's migrations would. */
    static void createTables(DataSource database) throws IOException, SQLException {
        String script = Schema.scripts(database) + "/V" + Schema.VERSION + "__coop.sql";
        try (InputStream text = Schema.class.getClassLoader().getResourceAsStream(script);
                Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            if (text == null) {
                throw new IOException("there is no script " + script);
            }
            statement.execute(new String(text.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /** A chat's id by the number of what it is a copy of, and of the copy: the first is number 0. */
    static String id(int original, int copy) {
        return String.format("chat-%06d-%06d", original, copy);
    }

    /** The world as those know it who write here. */
    Presence world() {
        return world;
    }

    JdbcStore store() {
        return store;
    }

    /** An operator has been there for a while, monitoring {@code option}; written with what comes next. */
    void atWork(OperatorId operator, Option option) {
        Instant since = store.now().minus(AT_WORK);
        OperatorPresence row = OperatorPresence.unknown(operator)
                .signedIn(since)
                .withSwitch(option, true, since)
                .attached(new Attachment(node, null), dead -> false, since)
                .successor();
        pending.add(new Change.OfPresence(row));
        world.learn(row);
    }

    /** Starts a chat at {@code at}; it is written with the next ones. */
    void start(String id, WidgetId widget, Instant at) {
        ChatCommand.Start start = new ChatCommand.Start(
                ChatId.of(id), widget, Content.PatronDetails.NONE, "Do you have this?", "key-of-" + id, null, node);
        Decision decision = ChatRules.decide(null, start, world, at);
        Chat chat = decision.chat();
        if (chat == null || !decision.accepted()) {
            throw new IllegalStateException("no chat " + id + ": " + decision);
        }
        pending.add(new Change.OfChat(
                chat,
                0,
                at,
                decision.entries(),
                null,
                null,
                null,
                chat.dueAt(world.directory().policies()),
                Set.of(),
                topics(chat)));
        if (pending.size() >= BATCH) {
            write();
        }
    }

    /** What a chat that waits waits on. */
    static Set<Topic> topics(Chat chat) {
        Set<Topic> topics = new HashSet<>();
        topics.add(Topic.node(chat.patron().node()));
        for (Stage stage : chat.progress().openStages()) {
            topics.add(Topic.stage(stage));
        }
        return topics;
    }

    /** Writes what was started, copies each chat so often, and makes all of it as settled as in a database that lives. */
    void settle(int copies) throws SQLException {
        write();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            for (String copy : copies == 0 ? new String[0] : COPIES) {
                try (PreparedStatement insert = connection.prepareStatement(copy)) {
                    insert.setInt(1, copies);
                    insert.executeUpdate();
                }
            }
            statement.execute("VACUUM ANALYZE");
            statement.execute("CHECKPOINT");
        }
    }

    private void write() {
        if (!pending.isEmpty()) {
            commit(List.copyOf(pending));
            pending.clear();
        }
    }

    private void commit(List<Change> changes) {
        for (Committed committed : store.commit(node, changes)) {
            if (committed.outcome() != Committed.Outcome.APPLIED) {
                throw new IllegalStateException("not written: " + committed);
            }
        }
    }

    /** Ends the store that wrote; the other node's lease goes on. */
    @Override
    public void close() {
        store.close();
    }
}
