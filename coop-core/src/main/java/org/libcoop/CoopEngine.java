package org.libcoop;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.libcoop.chat.ChatId;
import org.libcoop.directory.Directory;
import org.libcoop.directory.LibraryRecord;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Stage;
import org.libcoop.directory.WidgetId;
import org.libcoop.engine.Node;
import org.libcoop.engine.NodeOptions;
import org.libcoop.memory.FixedDirectory;
import org.libcoop.memory.InMemoryArchive;
import org.libcoop.memory.InMemoryStore;
import org.libcoop.refusal.Outcome;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.routing.Opening;
import org.libcoop.spi.Archive;
import org.libcoop.spi.Clock;
import org.libcoop.spi.DirectorySource;
import org.libcoop.spi.Health;
import org.libcoop.spi.Ids;
import org.libcoop.spi.Mailer;
import org.libcoop.spi.OnlineOperator;
import org.libcoop.spi.Peer;
import org.libcoop.spi.Principal;
import org.libcoop.spi.Store;
import org.libcoop.spi.Transport;

/**
 * The engine: one node of a deployment. Build it, open sessions for whoever the host has authenticated, close it.
 *
 * <pre>{@code
 * try (CoopEngine engine = CoopEngine.builder().directory(directory).build()) {
 *     OperatorSession olga = engine.connectOperator(OperatorId.of("olga"), notice -> show(notice)).orElseThrow();
 * }
 * }</pre>
 *
 * <em>Safe for use by several threads.</em>
 */
public final class CoopEngine implements AutoCloseable {

    private final Node node;
    private final Clock clock;
    private final boolean ownsClock;
    private final List<Transport<? super CoopEngine>> transports;

    private CoopEngine(Builder builder) {
        this.ownsClock = builder.clock == null;
        this.clock = builder.clock == null ? Clock.system() : builder.clock;
        Store store = builder.store == null ? new InMemoryStore(clock) : builder.store;
        Archive archive = builder.archive == null ? new InMemoryArchive() : builder.archive;
        DirectorySource source =
                Objects.requireNonNull(builder.source, "a directory is needed: builder().directory(...)");
        this.node = Node.start(new NodeOptions(
                clock,
                store,
                archive,
                builder.archive != null || builder.store == null,
                builder.ids,
                source,
                builder.records,
                builder.executor,
                builder.sweepEvery,
                builder.mailer));
        this.transports = List.copyOf(builder.transports);
        transports.forEach(transport -> transport.start(this));
    }

    /** A new builder: all that is needed is a directory. */
    public static Builder builder() {
        return new Builder();
    }

    // ---- Sessions

    /**
     * Opens a session for an operator whom the host has authenticated. {@code not-found} if the directory has no such
     * operator; {@code rate-limited} beyond the limit of connections (T5). The session lives with its process until
     * {@link OperatorSession#disconnect}: use {@link #connectOperator(OperatorId, Peer, boolean)} for a remote peer.
     */
    public Outcome<OperatorSession> connectOperator(OperatorId operator, Peer peer) {
        return connectOperator(operator, peer, false);
    }

    /** The same; a {@code remote} session must {@code renew()} within each lease (P4). */
    public Outcome<OperatorSession> connectOperator(OperatorId operator, Peer peer, boolean remote) {
        return node.doors().connect(operator, peer, remote).map(connection -> new OperatorSession(node, connection));
    }

    /**
     * Opens a session for a patron, known by a key that the patron's client made and keeps. If the patron has a chat that is
     * not over, it goes on (C7). {@code address} is where the patron comes from, for the limits of T5; empty
     * if that is not known.
     */
    public Outcome<PatronSession> connectPatron(Principal.OfPatron patron, String address, Peer peer) {
        return connectPatron(patron, address, peer, false);
    }

    /** The same; a {@code remote} session must {@code renew()} within each lease (C7). */
    public Outcome<PatronSession> connectPatron(Principal.OfPatron patron, String address, Peer peer, boolean remote) {
        return node.doors()
                .connect(patron, address, peer, remote)
                .map(connection -> new PatronSession(node, connection));
    }

    /** What the host's system administrator does (D9). */
    public AdminSession admin() {
        return new AdminSession(node);
    }

    /**
     * Transcripts for an operator whom the host has authenticated, without a connection: whoever reads pages is not present for
     * patrons by that (P4). The same as {@link OperatorSession#transcripts}.
     */
    public TranscriptSession transcripts(OperatorId operator) {
        return new TranscriptSession(node.transcripts(), Objects.requireNonNull(operator, "operator"));
    }

    /** Accounts for an operator whom the host has authenticated, without a connection, as {@link #transcripts} (A2, A3). */
    public AccountSession accounts(OperatorId operator) {
        return new AccountSession(node, Objects.requireNonNull(operator, "operator"));
    }

    // ---- Questions

    /** A widget and whether it is online now: the very function that routes (W3). {@code not-found} if there is none. */
    public Outcome<WidgetStatus> widget(WidgetId widget) {
        return directory()
                .widget(widget)
                .map(known ->
                        Outcome.done(new WidgetStatus(known, node.questions().online(known))))
                .orElseGet(() -> Outcome.refused(RefusalCode.NOT_FOUND, "there is no such widget"));
    }

    /**
     * E2: what would happen to a chat that starts on {@code widget} at {@code at} and is never claimed, with who is there now,
     * but nobody on {@code unstaffed}. In order of opening; empty when the widget would be offline. {@code not-found} if there
     * is no such widget.
     */
    public Outcome<List<Opening>> preview(WidgetId widget, Instant at, Set<Stage> unstaffed) {
        return directory()
                .widget(widget)
                .map(known -> Outcome.done(node.questions().preview(known, at, unstaffed)))
                .orElseGet(() -> Outcome.refused(RefusalCode.NOT_FOUND, "there is no such widget"));
    }

    /** P6: who monitors {@code stage} now, since when, with how many open chats; by operator id. */
    public List<OnlineOperator> online(Stage stage) {
        return node.questions().onlineOn(stage);
    }

    /**
     * A chat as the host itself may see it; empty if there is none, or its last change was more than a day ago: then the
     * {@link #archive} alone has it.
     */
    public Optional<ChatInspection> inspect(ChatId chat) {
        return node.questions()
                .inspect(chat)
                .map(seen -> new ChatInspection(seen.chat(), seen.log(), seen.notified(), seen.lost(), seen.at()));
    }

    /**
     * What is over: transcripts and monitoring intervals, for the host itself. Nothing here asks who may see what (A8). A chat is
     * there soon after its end, about one sweep later; content is taken out with {@link #deleteContent} and {@link #redact},
     * which reach the store too.
     */
    public Archive archive() {
        return node.archive();
    }

    /**
     * Takes every content of a chat that is over out of the store and the archive, at once and for good (X2): texts, what is
     * known of the patron, and what may still be written later. Its record without content stays. Whether there is such a chat,
     * the second time as the first. For the host itself: nothing here asks who may do it (A8). Calls both on the caller's thread.
     *
     * @throws org.libcoop.spi.StoreException if the store or the archive does not answer: then it is to be repeated
     */
    public boolean deleteContent(ChatId chat) {
        return node.deleteContent(chat);
    }

    /**
     * Puts {@code replacement} in place of what entry {@code seq} of a chat that is over says, in the store and the archive, for
     * good; who said it and when stays (X3). Whether that is a message, the second time as the first. As {@link #deleteContent}
     * otherwise.
     *
     * @throws org.libcoop.spi.StoreException if the store or the archive does not answer: then it is to be repeated
     */
    public boolean redact(ChatId chat, long seq, String replacement) {
        return node.redact(chat, seq, replacement);
    }

    /** The directory as this node knows it. */
    public Directory directory() {
        return node.presence().directory();
    }

    /** How this node is doing (T4). */
    public Health health() {
        return node.health();
    }

    /** The engine's time: the store's, carried forward (T1). */
    public Instant now() {
        return node.now();
    }

    /** Ends transports, then gives up the lease: other nodes take over at once. Chats are kept. */
    @Override
    public void close() {
        transports.forEach(Transport::close);
        node.close();
        if (ownsClock) {
            clock.close();
        }
    }

    /** What an engine is made of. Everything but the directory has a default. <em>One thread at a time.</em> */
    public static final class Builder {

        private @Nullable Clock clock;
        private @Nullable Store store;
        private @Nullable Archive archive;
        private Ids ids = Ids.random();
        private @Nullable DirectorySource source;
        private final List<LibraryRecord> records = new ArrayList<>();
        private @Nullable Executor executor;
        private Duration sweepEvery = Duration.ofSeconds(1);
        private @Nullable Mailer mailer;
        private final List<Transport<? super CoopEngine>> transports = new ArrayList<>();

        private Builder() {}

        /** The clock; default {@link Clock#system}. The builder's user closes it. */
        public Builder clock(Clock clock) {
            this.clock = Objects.requireNonNull(clock, "clock");
            return this;
        }

        /** The store; default in memory, forgotten with the process. The builder's user closes it. */
        public Builder store(Store store) {
            this.store = Objects.requireNonNull(store, "store");
            return this;
        }

        /**
         * Where chats that are over are brought, soon after their end; the store forgets them a day later. Nodes of one
         * deployment share one. The builder's user closes it. Default: in memory beside the store in memory, forgotten with the
         * process; with a {@link #store} of the host's and no archive, chats that are over stay in the store, and
         * {@link CoopEngine#archive} is empty.
         */
        public Builder archive(Archive archive) {
            this.archive = Objects.requireNonNull(archive, "archive");
            return this;
        }

        /** Where ids come from; default {@link Ids#random}. */
        public Builder ids(Ids ids) {
            this.ids = Objects.requireNonNull(ids, "ids");
            return this;
        }

        /** A directory that never changes on the host's side: its host part as source, its records as {@link #records}. */
        public Builder directory(Directory directory) {
            this.source = new FixedDirectory(directory.host());
            return records(directory.records());
        }

        /** The host's institutions, operators and departments (D11). */
        public Builder directorySource(DirectorySource source) {
            this.source = Objects.requireNonNull(source, "source");
            return this;
        }

        /** What the library's own part of the directory begins with: put into the store where it has no such record yet. */
        public Builder records(Collection<? extends LibraryRecord> first) {
            records.addAll(first);
            return this;
        }

        /**
         * What the engine's work runs on, one task at a time, and beside it archiving, one task at a time; default two daemon
         * threads of its own. With one thread for both, an archive that is slow holds the chats up.
         */
        public Builder executor(Executor executor) {
            this.executor = Objects.requireNonNull(executor, "executor");
            return this;
        }

        /** How often to look for what other nodes left and to poll the feed; default one second, 10 ms to 10 s. */
        public Builder sweepEvery(Duration interval) {
            if (interval.compareTo(Duration.ofMillis(10)) < 0 || interval.compareTo(Duration.ofSeconds(10)) > 0) {
                throw new IllegalArgumentException("sweepEvery must be 10 ms to 10 s: " + interval);
            }
            this.sweepEvery = interval;
            return this;
        }

        /** What sends email for the host; without one no transcript is sent (A4). */
        public Builder mailer(Mailer mailer) {
            this.mailer = Objects.requireNonNull(mailer, "mailer");
            return this;
        }

        /** A way for peers to reach the engine; started with it, closed with it. */
        public Builder transport(Transport<? super CoopEngine> transport) {
            transports.add(Objects.requireNonNull(transport, "transport"));
            return this;
        }

        /**
         * Starts the engine.
         *
         * @throws org.libcoop.directory.InvalidDirectoryException if the directory is not valid; every problem is named (D10)
         * @throws NullPointerException if no directory was given
         */
        public CoopEngine build() {
            return new CoopEngine(this);
        }
    }
}
