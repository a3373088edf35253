package org.libcoop.example;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;
import org.libcoop.memory.InMemoryArchive;
import org.libcoop.memory.InMemoryAuditTrail;
import org.libcoop.memory.InMemoryDiscussions;
import org.libcoop.memory.InMemoryFacts;
import org.libcoop.memory.InMemoryStore;
import org.libcoop.memory.InMemoryTicketOutbox;
import org.libcoop.refusal.CoopException;
import org.libcoop.spi.Archive;
import org.libcoop.spi.AuditTrail;
import org.libcoop.spi.Clock;
import org.libcoop.spi.Discussions;
import org.libcoop.spi.Facts;
import org.libcoop.spi.FileVault;
import org.libcoop.spi.Store;
import org.libcoop.spi.TicketOutbox;
import org.libcoop.store.jdbc.JdbcArchive;
import org.libcoop.store.jdbc.JdbcAuditTrail;
import org.libcoop.store.jdbc.JdbcDiscussions;
import org.libcoop.store.jdbc.JdbcFacts;
import org.libcoop.store.jdbc.JdbcStore;
import org.libcoop.store.jdbc.JdbcTicketOutbox;
import org.libcoop.store.jdbc.Schema;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server's database, opened: the pool, its tables brought up to date, and the store on them. Whatever stands in the way is
 * told in one line that says what to do. Opened before the engine, closed after it.
 */
final class Storage implements AutoCloseable {

    /** A call of the store ends by then; a pool that lends no connection, a statement and H2's locks give up no later. */
    static final Duration DEADLINE = Duration.ofSeconds(10);

    static final Duration LENDING = Duration.ofSeconds(5);
    private static final Duration LOCKS = Duration.ofSeconds(2);
    private static final int CONNECTIONS = 8;

    private static final int H2_IN_USE = 90020;
    private static final int LONGEST_REASON = 300;
    private static final Logger LOG = LoggerFactory.getLogger(Storage.class);

    private final Store store;
    private final Archive archive;
    private final Facts facts;
    private final AuditTrail auditTrail;
    private final Discussions discussions;
    private final TicketOutbox ticketOutbox;
    private final TicketQueue ticketQueue;
    private final @Nullable HikariDataSource pool;
    private @Nullable FileVault fileVault;
    private @Nullable Path passing;

    private Storage(
            Store store,
            Archive archive,
            Facts facts,
            AuditTrail auditTrail,
            Discussions discussions,
            TicketOutbox ticketOutbox,
            TicketQueue ticketQueue,
            @Nullable HikariDataSource pool) {
        this.store = store;
        this.archive = archive;
        this.facts = facts;
        this.auditTrail = auditTrail;
        this.discussions = discussions;
        this.ticketOutbox = ticketOutbox;
        this.ticketQueue = ticketQueue;
        this.pool = pool;
    }

    /**
     * Opens the database; makes and updates its tables.
     *
     * @throws IOException if that cannot be done, saying why and what to do
     */
    static Storage open(DatabaseSetting setting, Clock clock) throws IOException {
        return open(setting, clock, null);
    }

    /**
     * The same, with the bytes of shared files in {@code files}; null for {@code files} beside an embedded database, and for a folder that
     * is deleted at the end elsewhere.
     *
     * @throws IOException if that cannot be done, saying why and what to do
     */
    static Storage open(DatabaseSetting setting, Clock clock, @Nullable Path files) throws IOException {
        Path folder = files == null && setting instanceof DatabaseSetting.H2File file
                ? file.folder().resolve("files")
                : files;
        Storage storage = database(setting, clock);
        try {
            Path kept = folder == null ? Files.createTempDirectory("coop-files") : folder;
            storage.passing = folder == null ? kept : null;
            storage.fileVault = new FolderFileVault(kept, clock);
            return storage;
        } catch (IOException refused) {
            storage.close();
            throw new IOException(
                    "there can be no folder for files: name another one with --files DIR (" + oneLine(refused) + ")",
                    refused);
        }
    }

    private static Storage database(DatabaseSetting setting, Clock clock) throws IOException {
        if (setting instanceof DatabaseSetting.H2File file) {
            return open(file, h2(file));
        }
        if (setting instanceof DatabaseSetting.PostgreSql postgres) {
            return open(postgres, postgres(postgres));
        }
        return new Storage(
                new InMemoryStore(clock),
                new InMemoryArchive(),
                new InMemoryFacts(),
                new InMemoryAuditTrail(),
                new InMemoryDiscussions(),
                new InMemoryTicketOutbox(),
                ticketsInMemory(),
                null);
    }

    /** The demo's ticket system has a table wherever it is. */
    static TicketQueue ticketsInMemory() {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        try {
            return TicketQueue.open(source);
        } catch (SQLException impossible) {
            throw new IllegalStateException("there can be no table in memory", impossible);
        }
    }

    private static DataSource h2(DatabaseSetting.H2File file) throws IOException {
        Path folder = file.folder();
        try {
            Files.createDirectories(folder);
        } catch (IOException refused) {
            throw new IOException(
                    "there can be no folder " + folder + ": name another one with --data DIR (" + oneLine(refused)
                            + ")",
                    refused);
        }
        JdbcDataSource source = new JdbcDataSource();
        // The server closes it itself, in its turn, also at Ctrl-C. "retry" outlives the interruption of a thread that
        // writes.
        source.setURL(
                "jdbc:h2:retry:" + folder.resolve("coop") + ";DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0;QUERY_TIMEOUT="
                        + DEADLINE.toMillis() + ";LOCK_TIMEOUT=" + LOCKS.toMillis());
        source.setUser("sa");
        source.setPassword("");
        return source;
    }

    private static DataSource postgres(DatabaseSetting.PostgreSql setting) throws IOException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        try {
            source.setUrl(setting.urlWithTimeouts());
        } catch (IllegalArgumentException malformed) {
            // The driver repeats the whole address, the password with it.
            throw new IOException("the address of the database is malformed, expected "
                    + DatabaseSetting.PostgreSql.PREFIX + "//HOST:PORT/NAME?user=USER&password=PASSWORD");
        }
        return source;
    }

    /** A first connection outside the pool: its failure is not logged, and H2 stays open until the pool has its own. */
    private static Storage open(DatabaseSetting setting, DataSource source) throws IOException {
        try (Connection first = source.getConnection()) {
            HikariDataSource pool = pool(setting, source, first.getMetaData().getDatabaseProductName());
            try {
                migrate(pool);
                FaqTable.migrate(pool);
                return new Storage(
                        store(setting, source, pool),
                        archive(pool),
                        JdbcFacts.open(pool, DEADLINE),
                        JdbcAuditTrail.open(pool, DEADLINE),
                        JdbcDiscussions.open(pool, DEADLINE),
                        JdbcTicketOutbox.open(pool, DEADLINE),
                        TicketQueue.open(pool),
                        pool);
            } catch (SQLException | RuntimeException failed) {
                pool.close();
                throw failed;
            }
        } catch (SQLException | RuntimeException failed) {
            throw refusal(setting, failed);
        }
    }

    private static void migrate(DataSource pool) throws SQLException {
        Flyway.configure(Storage.class.getClassLoader())
                .dataSource(pool)
                .locations("classpath:" + Schema.scripts(pool))
                .load()
                .migrate();
    }

    private static HikariDataSource pool(DatabaseSetting setting, DataSource source, String name) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setDataSource(source);
        config.setMaximumPoolSize(CONNECTIONS);
        config.setConnectionTimeout(LENDING.toMillis());
        config.setValidationTimeout(LENDING.toMillis() / 2);
        if (setting instanceof DatabaseSetting.PostgreSql) {
            long limit = DEADLINE.toMillis();
            config.setConnectionInitSql(
                    "set statement_timeout = " + limit + "; set idle_in_transaction_session_timeout = " + limit);
        }
        return new HikariDataSource(config);
    }

    /** H2 has this one node, so there is nobody to poll for; PostgreSQL may have more, and wakes them. */
    private static Store store(DatabaseSetting setting, DataSource source, DataSource pool) {
        JdbcStore.Builder builder = JdbcStore.builder(pool).deadline(DEADLINE);
        return setting instanceof DatabaseSetting.PostgreSql
                ? builder.wakeUps(source).build()
                : builder.pollEvery(Duration.ZERO).build();
    }

    private static Archive archive(DataSource pool) {
        return JdbcArchive.builder(pool).deadline(DEADLINE).build();
    }

    private static IOException refusal(DatabaseSetting setting, Exception failed) {
        String why = oneLine(failed);
        if (failed instanceof SQLException sql && sql.getErrorCode() == H2_IN_USE) {
            return new IOException(
                    setting + " is in use by another server: stop that one, or name another folder with --data DIR;"
                            + " several servers at once need a PostgreSQL (--database)",
                    failed);
        }
        if (failed instanceof Schema.SchemaException || failed instanceof FlywayException) {
            return new IOException(
                    setting
                            + " has tables that do not fit this version of the server: start the version that made them,"
                            + " or name an empty database with --data DIR or --database (" + why + ")",
                    failed);
        }
        if (setting instanceof DatabaseSetting.PostgreSql) {
            return new IOException(
                    setting + " cannot be used: see that it runs, and that address, user and password are right (" + why
                            + ")",
                    failed);
        }
        return new IOException(
                setting + " cannot be opened: put the file back from a copy, or name another folder with --data DIR ("
                        + why + ")",
                failed);
    }

    private static String oneLine(Exception failed) {
        Throwable told = failed;
        if (failed instanceof CoopException
                && !(failed instanceof Schema.SchemaException)
                && failed.getCause() != null) {
            told = failed.getCause();
        }
        String text = String.valueOf(told.getMessage()).strip().replaceAll("\\s+", " ");
        return text.length() <= LONGEST_REASON ? text : text.substring(0, LONGEST_REASON) + "…";
    }

    /** What is live, and what is over for a day more. */
    Store store() {
        return store;
    }

    /** What is over: beside the store, in the same database. */
    Archive archive() {
        return archive;
    }

    /** What reports count: in the same database. */
    Facts facts() {
        return facts;
    }

    /** Who did what: in the same database. */
    AuditTrail auditTrail() {
        return auditTrail;
    }

    /** Staff chat and QA feedback. */
    Discussions discussions() {
        return discussions;
    }

    /** Where the bytes of shared files are. */
    FileVault fileVault() {
        return Objects.requireNonNull(fileVault, "a storage is opened with its files");
    }

    /** Tickets that the ticket system does not have yet: in the same database. */
    TicketOutbox ticketOutbox() {
        return ticketOutbox;
    }

    /** The demo's ticket system: in the same database. */
    TicketQueue ticketQueue() {
        return ticketQueue;
    }

    /** The host's own entries of FAQs: in the same database, null where nothing is kept. */
    @Nullable
    FaqTable faqs() {
        return pool == null ? null : new FaqTable(pool);
    }

    /** A connection as the store borrows them. */
    Connection connection() throws SQLException {
        if (pool == null) {
            throw new IllegalStateException("nothing is kept in a database");
        }
        return pool.getConnection();
    }

    /** The limits that hold for the database, to be shown at the start; empty where there are none. */
    static String limits(DatabaseSetting setting) {
        if (setting instanceof DatabaseSetting.Memory) {
            return "";
        }
        String own = setting instanceof DatabaseSetting.PostgreSql
                ? "connecting 5 s, an answer 15 s"
                : "a lock " + LOCKS.toSeconds() + " s";
        return "a query " + DEADLINE.toSeconds() + " s, " + own + "; a pool of " + CONNECTIONS + ", which lends within "
                + LENDING.toSeconds() + " s";
    }

    @Override
    public void close() {
        archive.close();
        store.close();
        if (pool != null) {
            pool.close();
        }
        if (passing != null) {
            deleteAll(passing);
        }
    }

    private static void deleteAll(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(one);
            }
        } catch (IOException | UncheckedIOException left) {
            LOG.warn("Files of this server are left in {}", folder, left);
        }
    }
}
