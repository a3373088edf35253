package org.libcoop.store.jdbc;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.libcoop.chat.Chat;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Logged;
import org.libcoop.directory.OperatorId;
import org.libcoop.presence.NodeId;
import org.libcoop.presence.OperatorPresence;
import org.libcoop.spi.Change;
import org.libcoop.spi.Clock;
import org.libcoop.spi.CommandId;
import org.libcoop.spi.CommandResult;
import org.libcoop.spi.Committed;
import org.libcoop.spi.Feed;
import org.libcoop.spi.NodeLease;
import org.libcoop.spi.Store;
import org.libcoop.spi.StoreException;
import org.libcoop.spi.StoredDirectory;
import org.libcoop.spi.Topic;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The store on a database: H2, or PostgreSQL for several nodes. Its tables are the host's to create ({@link Schema}); it borrows
 * connections from the host's data source, one a call, and gives each back as it came.
 *
 * <p>A batch is one transaction; on PostgreSQL one round trip. Serialization failures and deadlocks are tried again with a
 * growing random pause, ten times at most. Each call ends within the deadline (10 s unless set), waiting for a connection
 * included: how long the pool takes to say that it has none is the pool's own setting, which should be no longer. Texts keep
 * every character (ST10).
 *
 * <p>Whoever embeds H2 with a file should name it {@code jdbc:h2:retry:…} instead of {@code jdbc:h2:file:…}, or never interrupt
 * a thread that may be in a call: an interrupt closes the file under H2, and the whole process loses the database until it is
 * opened anew ({@code ClosedByInterruptException}). The store itself interrupts no thread, not even when it is closed.
 *
 * <p><em>Safe for use by several threads</em>, and by several engines; each engine may as well have a store of its own.
 */
public final class JdbcStore implements Store {

    /** The most changes of one transaction; a larger batch is cut. */
    static final int BATCH = 256;

    private static final Logger LOG = LoggerFactory.getLogger(JdbcStore.class);
    private static final Duration CLEAR_EVERY = Duration.ofMinutes(1);

    private final Database database;
    private final Dialect dialect;
    private final StoreTime time;
    private final NodeTable nodes;
    private final PortableWriter portable;
    private final PostgresWriter postgres;
    private final WakeUps wakeUps;
    private volatile Instant clearAfter = Instant.EPOCH;

    private JdbcStore(Builder builder, Dialect dialect) {
        Sql sql = new Sql(dialect, builder.deadline);
        this.dialect = dialect;
        this.database = new Database(builder.dataSource, dialect, builder.deadline);
        this.time = new StoreTime(sql, builder.clock);
        this.nodes = new NodeTable(sql, time);
        this.portable = new PortableWriter(sql, nodes, time);
        this.postgres = new PostgresWriter(sql, time);
        this.wakeUps = new WakeUps(builder.pollEvery, this::cursor, builder.wakeUps);
    }

    /** A store on {@code dataSource} with the usual settings. */
    public static JdbcStore open(DataSource dataSource) {
        return builder(dataSource).build();
    }

    /** A builder of a store on {@code dataSource}. */
    public static Builder builder(DataSource dataSource) {
        return new Builder(dataSource);
    }

    /** The settings of a store. <em>One thread at a time.</em> */
    public static final class Builder {

        private static final Duration MOST = Duration.ofMinutes(5);

        private final DataSource dataSource;
        private Duration deadline = Duration.ofSeconds(10);
        private Duration pollEvery = Duration.ofMillis(100);
        private @Nullable DataSource wakeUps;
        private @Nullable Clock clock;

        private Builder(DataSource dataSource) {
            this.dataSource = Objects.requireNonNull(dataSource, "dataSource");
        }

        /**
         * How long a call may take, 100 ms to 5 min. A pool should give up waiting for a connection no later; H2 waits for a
         * lock as long as its {@code LOCK_TIMEOUT} says, 2 s unless set.
         *
         * @throws IllegalArgumentException beyond these bounds
         */
        public Builder deadline(Duration limit) {
            if (limit.compareTo(Duration.ofMillis(100)) < 0 || limit.compareTo(MOST) > 0) {
                throw new IllegalArgumentException("deadline must be 100 ms to 5 min: " + limit);
            }
            this.deadline = limit;
            return this;
        }

        /**
         * How often to look for changes of other nodes, 10 ms to 5 min, or zero for never: right where there is one node.
         *
         * @throws IllegalArgumentException beyond these bounds
         */
        public Builder pollEvery(Duration interval) {
            boolean fits = interval.isZero()
                    || (interval.compareTo(Duration.ofMillis(10)) >= 0 && interval.compareTo(MOST) <= 0);
            if (!fits) {
                throw new IllegalArgumentException("pollEvery must be 0 or 10 ms to 5 min: " + interval);
            }
            this.pollEvery = interval;
            return this;
        }

        /**
         * Has PostgreSQL wake the other nodes ({@code LISTEN}, {@code NOTIFY}) over two connections that are kept: a data source
         * of its own, not a pool that others wait for. Polling goes on beside it. Losing such a connection costs
         * milliseconds, never a change.
         */
        public Builder wakeUps(DataSource ownConnections) {
            this.wakeUps = Objects.requireNonNull(ownConnections, "ownConnections");
            return this;
        }

        /** Takes the time from {@code given} in place of the database: for simulated time. */
        public Builder clock(Clock given) {
            this.clock = Objects.requireNonNull(given, "given");
            return this;
        }

        /**
         * The store, after a look at the schema.
         *
         * @throws Schema.SchemaException if the tables are not there or of another version
         * @throws IllegalArgumentException if the store does not know this database, or wake-ups are wanted and it has none
         * @throws StoreException if the database cannot be reached
         */
        public JdbcStore build() {
            try {
                Dialect dialect = Database.look(dataSource, deadline, Schema::checked);
                if (wakeUps != null && dialect != Dialect.POSTGRESQL) {
                    throw new IllegalArgumentException("wake-ups need PostgreSQL, but this database is " + dialect);
                }
                return new JdbcStore(this, dialect);
            } catch (SQLException away) {
                throw Failures.away("the store cannot be opened", away, false);
            }
        }
    }

    @Override
    public Instant now() {
        return database.run("the time", time::now);
    }

    // ---- Nodes

    @Override
    public NodeLease join(NodeId node, Duration length) {
        return database.run("a new node", connection -> nodes.join(connection, node, length));
    }

    @Override
    public Optional<NodeLease> renew(NodeId node) {
        Optional<NodeLease> lease = database.run("a lease", connection -> nodes.renew(connection, node));
        lease.ifPresent(held -> clear(held));
        return lease;
    }

    /** Now and then; what is not cleared away now is next time. */
    private void clear(NodeLease lease) {
        if (lease.renewedAt().isBefore(clearAfter)) {
            return;
        }
        clearAfter = lease.renewedAt().plus(CLEAR_EVERY);
        try {
            database.act("clearing away", connection -> nodes.clear(connection, lease.node()));
        } catch (StoreException failed) {
            // The lease is renewed all the same, and whoever renewed it has to learn so.
            LOG.warn("What nobody needs any more stays for now", failed);
        }
    }

    @Override
    public void leave(NodeId node) {
        database.act("the end of a lease", connection -> nodes.leave(connection, node));
    }

    @Override
    public List<NodeLease> nodes() {
        return database.run("the nodes", NodeTable::leases);
    }

    // ---- Changes

    /** Applies what can be applied; cut into transactions of at most 256 changes. */
    @Override
    public List<Committed> commit(NodeId node, List<Change> batch) {
        List<Committed> outcomes = new ArrayList<>(batch.size());
        for (int from = 0; from < batch.size(); from += BATCH) {
            List<Change> part = batch.subList(from, Math.min(batch.size(), from + BATCH));
            try {
                outcomes.addAll(write(node, part));
            } catch (StoreException failed) {
                // Of what was cut off before, the callers have to learn that it was applied.
                throw from == 0 || failed.outcomeUnknown()
                        ? failed
                        : new StoreException("a part of the batch was applied", failed, true);
            }
        }
        if (outcomes.stream().anyMatch(outcome -> outcome.outcome() == Committed.Outcome.APPLIED)) {
            wakeUps.changed();
        }
        return outcomes;
    }

    private List<Committed> write(NodeId node, List<Change> part) {
        boolean oneStatement = dialect == Dialect.POSTGRESQL && PostgresWriter.fits(part);
        List<Committed> outcomes = oneStatement
                ? database.transaction("a batch", true, connection -> postgres.write(connection, node, part))
                : database.transaction("a batch", false, connection -> portable.write(connection, node, part));
        List<Committed> settled = new ArrayList<>(outcomes);
        for (int i = 0; i < part.size(); i++) {
            if (outcomes.get(i).outcome() == Committed.Outcome.LOST) {
                settled.set(i, lostOrRepeated(part.get(i)));
            }
        }
        return settled;
    }

    /**
     * Who lost may have lost to the same command, sent twice at once: a statement does not see what it waited for (ST4). If that
     * cannot be asked now, it lost, and is decided again: what others of the batch came to is known and must be said (G6).
     */
    private Committed lostOrRepeated(Change lost) {
        CommandResult result = lost instanceof Change.OfChat of ? of.result() : null;
        if (result == null) {
            return Committed.LOST;
        }
        CommandId command = result.command();
        try {
            return result(result.chat(), command.scope(), command.id())
                    .map(Committed::repeated)
                    .orElse(Committed.LOST);
        } catch (StoreException away) {
            LOG.debug("It is not known to what a change lost", away);
            return Committed.LOST;
        }
    }

    // ---- Questions

    @Override
    public Optional<Chat> chat(ChatId chat) {
        return database.run("a chat", connection -> ChatTable.chat(connection, chat));
    }

    @Override
    public Optional<Chat> chatOfPatron(String patronKeyHash) {
        return database.run("a patron's chat", connection -> ChatTable.chatOfPatron(connection, patronKeyHash));
    }

    @Override
    public List<Logged> log(ChatId chat, long afterSeq, int limit) {
        int page = OnePage.wanted(limit, PAGE);
        return database.run("a log", connection -> ChatTable.log(connection, chat, afterSeq, page));
    }

    @Override
    public Map<ChatId, List<Logged>> beginnings(Collection<ChatId> chats, int limit) {
        List<ChatId> some = List.copyOf(chats);
        int page = OnePage.wanted(limit, PAGE);
        return database.run("logs' beginnings", connection -> ChatTable.beginnings(connection, some, page));
    }

    @Override
    public Optional<CommandResult> result(ChatId chat, String scope, String id) {
        return database.run("a result", connection -> ChatTable.result(connection, chat, scope, id));
    }

    @Override
    public List<Chat> due(Instant upTo, int limit) {
        int page = OnePage.wanted(limit, PAGE);
        return database.run("what is due", connection -> ChatTable.due(connection, upTo, page));
    }

    @Override
    public List<ChatId> waitingOn(Topic topic, @Nullable ChatId after) {
        return database.run("what waits", connection -> ChatTable.waitingOn(connection, topic, after, PAGE));
    }

    @Override
    public List<Chat> live(@Nullable ChatId after) {
        return database.run("live chats", connection -> ChatTable.live(connection, after, PAGE));
    }

    @Override
    public List<Chat> unarchived(@Nullable ChatId after, int limit) {
        int page = OnePage.wanted(limit, PAGE);
        return database.run("chats to archive", connection -> ChatTable.unarchived(connection, after, page));
    }

    @Override
    public void archived(Map<ChatId, Long> upTo) {
        database.transaction("chats that are archived", false, connection -> {
            ChatTable.archived(connection, upTo);
            Database.commit(connection);
            return true;
        });
    }

    @Override
    public List<ChatId> forgettable(Instant upTo, int limit) {
        int page = OnePage.wanted(limit, PAGE);
        return database.run("chats to forget", connection -> ChatTable.forgettable(connection, upTo, page));
    }

    @Override
    public void forget(List<ChatId> chats) {
        database.transaction("forgetting", false, connection -> {
            for (ChatId chat : new TreeSet<>(chats)) {
                ChatTable.forget(connection, chat);
            }
            Database.commit(connection);
            return true;
        });
    }

    @Override
    public boolean deleteContent(ChatId chat) {
        return database.transaction("deleting content", false, connection -> {
            boolean there = ChatTable.deleteContent(connection, chat);
            Database.commit(connection);
            return there;
        });
    }

    @Override
    public boolean redact(ChatId chat, long seq, String replacement) {
        return database.run("redacting", connection -> ChatTable.redact(connection, chat, seq, replacement));
    }

    @Override
    public boolean anonymise(ChatId chat) {
        return database.transaction("anonymising", false, connection -> {
            boolean there = ChatTable.anonymise(connection, chat);
            Database.commit(connection);
            return there;
        });
    }

    @Override
    public List<OperatorPresence> presence(OperatorId operator, long afterVersion) {
        return database.run("presence", connection -> PresenceTable.rows(connection, operator, afterVersion));
    }

    @Override
    public List<OperatorPresence> presenceSince(Instant since) {
        return database.run("presence", connection -> PresenceTable.since(connection, since));
    }

    @Override
    public StoredDirectory directory() {
        return database.run("the directory", DirectoryTable::newest);
    }

    @Override
    public Optional<StoredDirectory> directory(long revision) {
        return database.run("the directory", connection -> DirectoryTable.numbered(connection, revision));
    }

    @Override
    public Optional<Instant> revisedAt(long revision) {
        return database.run("the directory", connection -> DirectoryTable.revisedAt(connection, revision));
    }

    // ---- Feed

    @Override
    public Feed changes(String cursor, int limit) {
        int page = OnePage.wanted(limit, PAGE);
        return database.run("the feed", connection -> FeedTable.changes(connection, cursor, page));
    }

    @Override
    public String cursor() {
        return database.run("the feed", FeedTable::cursor);
    }

    @Override
    public void onChange(Runnable hint) {
        wakeUps.add(hint);
    }

    /** Ends what the store runs by itself; the data source stays the host's. */
    @Override
    public void close() {
        wakeUps.close();
    }
}
