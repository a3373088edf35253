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
import org.libcoop.annotation.Beta;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Explanation;
import org.libcoop.directory.Directory;
import org.libcoop.directory.LibraryRecord;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Stage;
import org.libcoop.directory.Widget;
import org.libcoop.directory.WidgetId;
import org.libcoop.engine.FileUser;
import org.libcoop.engine.Node;
import org.libcoop.engine.NodeOptions;
import org.libcoop.faq.FaqEntry;
import org.libcoop.faq.FaqPage;
import org.libcoop.memory.InMemoryArchive;
import org.libcoop.memory.InMemoryAuditTrail;
import org.libcoop.memory.InMemoryDiscussions;
import org.libcoop.memory.InMemoryFacts;
import org.libcoop.memory.InMemoryStore;
import org.libcoop.memory.InMemoryTicketOutbox;
import org.libcoop.memory.RevisedDirectory;
import org.libcoop.refusal.Outcome;
import org.libcoop.routing.Opening;
import org.libcoop.spi.Archive;
import org.libcoop.spi.AuditTrail;
import org.libcoop.spi.Clock;
import org.libcoop.spi.CoopListener;
import org.libcoop.spi.DeviceReader;
import org.libcoop.spi.DirectorySource;
import org.libcoop.spi.Discussions;
import org.libcoop.spi.Facts;
import org.libcoop.spi.FaqSource;
import org.libcoop.spi.FileType;
import org.libcoop.spi.FileVault;
import org.libcoop.spi.Happening;
import org.libcoop.spi.Health;
import org.libcoop.spi.Ids;
import org.libcoop.spi.Mailer;
import org.libcoop.spi.OnlineOperator;
import org.libcoop.spi.Peer;
import org.libcoop.spi.Principal;
import org.libcoop.spi.Store;
import org.libcoop.spi.TicketContent;
import org.libcoop.spi.TicketDesk;
import org.libcoop.spi.TicketId;
import org.libcoop.spi.TicketOutbox;
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
        Facts facts = builder.facts == null ? new InMemoryFacts() : builder.facts;
        AuditTrail auditTrail = builder.auditTrail == null ? new InMemoryAuditTrail() : builder.auditTrail;
        DirectorySource source =
                Objects.requireNonNull(builder.source, "a directory is needed: builder().directory(...)");
        this.node = Node.start(new NodeOptions(
                clock,
                store,
                archive,
                builder.archive != null || builder.store == null,
                facts,
                auditTrail,
                builder.discussions == null ? new InMemoryDiscussions() : builder.discussions,
                builder.ids,
                source,
                builder.records,
                builder.executor,
                builder.sweepEvery,
                builder.mailer,
                builder.listeners,
                builder.vault,
                builder.fileTypes,
                builder.deviceReader,
                builder.ticketOutbox == null ? new InMemoryTicketOutbox() : builder.ticketOutbox,
                builder.ticketDesk,
                builder.faqs));
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
     * not over, it goes on (C7). {@code address} is where the patron comes from, for the limits of T5 and kept with
     * the chats begun here ({@link org.libcoop.chat.Content.PatronDetails}); empty if that is not known.
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
        return new TranscriptSession(node, Objects.requireNonNull(operator, "operator"));
    }

    /** Accounts for an operator whom the host has authenticated, without a connection, as {@link #transcripts} (A2, A3). */
    public AccountSession accounts(OperatorId operator) {
        return new AccountSession(node, Objects.requireNonNull(operator, "operator"));
    }

    /** Blocks of patrons for an operator whom the host has authenticated, without a connection, as {@link #transcripts} (C15). */
    public BlockSession blocks(OperatorId operator) {
        return new BlockSession(node.blocks(), Objects.requireNonNull(operator, "operator"));
    }

    /** QA feedback for an operator whom the host has authenticated, without a connection, as {@link #transcripts} (X4). */
    public FeedbackSession feedback(OperatorId operator) {
        return new FeedbackSession(
                node.feedback(), Objects.requireNonNull(operator, "operator"), node.commands()::newId);
    }

    /** Files for an operator whom the host has authenticated, without a connection, as {@link #transcripts} (U1). */
    public FileSession files(OperatorId operator) {
        return new FileSession(node, new FileUser.OfStaff(Objects.requireNonNull(operator, "operator")));
    }

    /**
     * Files for a patron, known by the key as {@link #connectPatron} says, without a connection: whoever sends a file by another way is
     * not there by that (U1, C7). What is shared counts against the limits of the key and of {@code address} (T5).
     */
    public FileSession files(Principal.OfPatron patron, String address) {
        return new FileSession(node, new FileUser.OfPatron(node.doors().stranger(patron, address)));
    }

    /** Tickets for an operator whom the host has authenticated, without a connection, as {@link #transcripts} (K1). */
    public TicketSession tickets(OperatorId operator) {
        return new TicketSession(node, Objects.requireNonNull(operator, "operator"));
    }

    /**
     * Leaves a question where nobody is there to chat (W5): a ticket at the widget's institution. Taken whether or not somebody has come
     * meanwhile: whoever wrote it has written it. Once this answers the ticket is kept; the same command id at the same widget is the
     * same ticket (G5). Asks the outbox on the caller's thread.
     *
     * <p>{@code not-found} for no widget; {@code invalid} without a question, an email address, or what the widget requires (W6);
     * {@code rate-limited} beyond the chat starts of an address (T5); {@code unsupported} without a {@link TicketDesk};
     * {@code unavailable} if the outbox does not answer.
     *
     * @param address where it comes from, for the limits; empty if that is not known
     */
    @Beta
    public Outcome<TicketId> leaveQuestion(WidgetId widget, TicketContent content, String address, String commandId) {
        return node.tickets()
                .leave(
                        Objects.requireNonNull(widget, "widget"),
                        Objects.requireNonNull(content, "content"),
                        Objects.requireNonNull(address, "address"),
                        Objects.requireNonNull(commandId, "commandId"));
    }

    /** Whether there is a ticket desk, without which no ticket is taken (K1). */
    @Beta
    public boolean takesTickets() {
        return node.tickets().areTaken();
    }

    /** Tickets on their way to the host's ticket system, for the host itself. Nothing here asks who may see them (A8). */
    @Beta
    public TicketOutbox ticketOutbox() {
        return node.ticketOutbox();
    }

    /** The FAQ and institutions' cards for an operator whom the host has authenticated, without a connection, as {@link #transcripts} (F1–F4). */
    @Beta
    public FaqSession faq(OperatorId operator) {
        return new FaqSession(node, Objects.requireNonNull(operator, "operator"));
    }

    /** Statistics for an operator whom the host has authenticated, without a connection, as {@link #transcripts} (S1–S8). */
    @Beta
    public StatisticsSession statistics(OperatorId operator) {
        return new StatisticsSession(node, Objects.requireNonNull(operator, "operator"));
    }

    // ---- Questions

    /** Browser and system out of what a browser says of itself, as the host's {@link DeviceReader} reads it (M7); empty where it knows nothing. */
    public Optional<DeviceReader.Device> device(@Nullable String userAgent) {
        return node.questions().device(userAgent);
    }

    /** A widget and whether it is online now: the very function that routes (W3). {@code not-found} if there is none. */
    public Outcome<WidgetStatus> widget(WidgetId widget) {
        return node.questions()
                .widget(widget)
                .map(known -> new WidgetStatus(known, node.questions().online(known)));
    }

    /**
     * E2: what would happen to a chat that starts on {@code widget} at {@code at} and is never claimed, with who is there now,
     * but nobody on {@code unstaffed}. In order of opening; empty when the widget would be offline. {@code not-found} if there
     * is no such widget.
     */
    public Outcome<List<Opening>> preview(WidgetId widget, Instant at, Set<Stage> unstaffed) {
        return node.questions().widget(widget).map(known -> node.questions().preview(known, at, unstaffed));
    }

    /** E2: the same for a widget as it is not saved, or not yet. What in it names nobody is unserved. */
    @Beta
    public List<Opening> preview(Widget widget, Instant at, Set<Stage> unstaffed) {
        return node.questions().preview(Objects.requireNonNull(widget, "widget"), at, unstaffed);
    }

    /**
     * F1: what patrons find in the FAQ of the widget's institution: its PUBLIC groups, the best first. {@code not-found} if there is no
     * such widget, {@code invalid} for more than 200 characters, a limit below 1 or a wrong cursor, {@code unavailable} if the host's
     * FAQ does not answer, {@code unsupported} if there is none. Asks the {@link FaqSource} on the caller's thread.
     *
     * @param words what the patron typed; nothing is found for none
     * @param language the BCP 47 tag of the patron's language, null if it is not known
     * @param cursor null for the first page, {@link FaqPage#next} for the one behind it
     * @param limit how many rows; a page has at most 50
     */
    @Beta
    public Outcome<FaqPage> searchFaq(
            WidgetId widget, String words, @Nullable String language, @Nullable String cursor, int limit) {
        return node.faq()
                .search(
                        Objects.requireNonNull(widget, "widget"),
                        Objects.requireNonNull(words, "words"),
                        language,
                        cursor,
                        limit);
    }

    /** The same for one entry that a patron found; {@code not-found} for whatever is in no PUBLIC group. */
    @Beta
    public Outcome<FaqEntry> faqEntry(WidgetId widget, String entry) {
        return node.faq().entry(Objects.requireNonNull(widget, "widget"), Objects.requireNonNull(entry, "entry"));
    }

    /** What would be for a widget, and what might have been, for the host itself (E2, S5). */
    @Beta
    public PlanningSession planning() {
        return new PlanningSession(node);
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
     * E1: why a chat was offered to whom, live or over: which stages opened when and why, who was there, and who was left out and
     * why. Empty if there is no such chat. People are told as long as the store keeps presence and directory of that time, a day at
     * least. For the host itself: nothing here asks who may see what (A8). Asks the store, and the archive for what it has forgotten, on the
     * caller's thread.
     *
     * @throws org.libcoop.spi.StoreException if the store or the archive does not answer
     */
    public Optional<Explanation> explain(ChatId chat) {
        return node.explainer().explain(Objects.requireNonNull(chat, "chat"));
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
     * Derives what reports count from the archive anew, and has the facts count it anew; how many chats that were (section 11). For the
     * host itself, on the caller's thread: with a large archive it takes long. Reports go on meanwhile and are right throughout. What the
     * archive has forgotten of a chat, such as the browser of one that was anonymised (X6), stays as it was counted. What operators
     * monitored counts for the institution at which they are now; of those who are gone it stays as it was counted, too.
     *
     * @throws org.libcoop.spi.StoreException if the archive, the facts or the discussions do not answer: then it is to be repeated
     */
    @Beta
    public long rebuildFacts() {
        return node.rebuildFacts();
    }

    /** Who did what, and who was denied what, for the host itself (A8, A9). Nothing here asks who may see it. */
    public AuditTrail auditTrail() {
        return node.auditTrail();
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

    /** For transports: a peer was given up, for silence or because it did not take what it was told (TR3); listeners are told. */
    public void peerDropped(Happening.PeerDropped.Why why) {
        node.peerDropped(why);
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
        private @Nullable Facts facts;
        private @Nullable AuditTrail auditTrail;
        private @Nullable Discussions discussions;
        private Ids ids = Ids.random();
        private @Nullable DirectorySource source;
        private final List<LibraryRecord> records = new ArrayList<>();
        private @Nullable Executor executor;
        private Duration sweepEvery = Duration.ofSeconds(1);
        private @Nullable Mailer mailer;
        private @Nullable TicketDesk ticketDesk;
        private @Nullable TicketOutbox ticketOutbox;
        private final List<CoopListener> listeners = new ArrayList<>();
        private @Nullable FileVault vault;
        private List<FileType> fileTypes = FileType.defaults();
        private DeviceReader deviceReader = DeviceReader.NONE;
        private @Nullable FaqSource faqs;
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

        /**
         * What reports count; default in memory, forgotten with the process: with an archive that outlives it {@link #rebuildFacts} fills
         * them. Nodes of one deployment share one. The builder's user closes it.
         */
        @Beta
        public Builder facts(Facts facts) {
            this.facts = Objects.requireNonNull(facts, "facts");
            return this;
        }

        /**
         * Where it is recorded who did what that takes an admin's rights, and who was denied what (A8, A9). Nodes of one deployment share
         * one. The builder's user closes it. Default: in memory, the newest 10,000 records, forgotten with the process. While it does
         * not answer, transcripts are shown only to those who owned the chat.
         */
        public Builder auditTrail(AuditTrail auditTrail) {
            this.auditTrail = Objects.requireNonNull(auditTrail, "auditTrail");
            return this;
        }

        /**
         * Where staff chat and QA feedback are kept (I1, I2, X4). Nodes of one deployment share one. The builder's user closes it.
         * Default: in memory, forgotten with the process.
         */
        public Builder discussions(Discussions discussions) {
            this.discussions = Objects.requireNonNull(discussions, "discussions");
            return this;
        }

        /** Where ids come from; default {@link Ids#random}. */
        public Builder ids(Ids ids) {
            this.ids = Objects.requireNonNull(ids, "ids");
            return this;
        }

        /** A directory that never changes on the host's side: its host part as source, its records as {@link #records}. */
        public Builder directory(Directory directory) {
            this.source = new RevisedDirectory(directory.host());
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
         * What the engine's work runs on, one task at a time, and beside it archiving with retention, the audit trail, tickets, staff chat,
         * and taking refused files out of the vault, one task at a time each; default six daemon threads of its own. With one thread for
         * all, an archive that is slow holds the chats up.
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

        /**
         * The host's ticket system; without one no tickets are taken (K1). It is asked on a thread of its own, until it has answered.
         */
        @Beta
        public Builder ticketDesk(TicketDesk ticketDesk) {
            this.ticketDesk = Objects.requireNonNull(ticketDesk, "ticketDesk");
            return this;
        }

        /**
         * Where tickets are kept until the {@link #ticketDesk} has them. Nodes of one deployment share one. The builder's user closes it.
         * Default: in memory, forgotten with the process.
         */
        @Beta
        public Builder ticketOutbox(TicketOutbox ticketOutbox) {
            this.ticketOutbox = Objects.requireNonNull(ticketOutbox, "ticketOutbox");
            return this;
        }

        /** The FAQs that the host keeps (F1); without them searching is {@code unsupported}, and no reply is looked at for what they keep secret. */
        public Builder faqs(FaqSource faqs) {
            this.faqs = Objects.requireNonNull(faqs, "faqs");
            return this;
        }

        /** One who is told what happens, for metrics and alerts; any number. */
        public Builder listener(CoopListener listener) {
            listeners.add(Objects.requireNonNull(listener, "listener"));
            return this;
        }

        /**
         * Where the bytes of shared files are; nodes of one deployment share one. Without one no files are shared (U1). The builder's user
         * closes what it holds.
         */
        public Builder fileVault(FileVault vault) {
            this.vault = Objects.requireNonNull(vault, "vault");
            return this;
        }

        /** The types of files that may be shared; default {@link FileType#defaults} (U1). */
        public Builder fileTypes(Collection<FileType> types) {
            this.fileTypes = List.copyOf(types);
            return this;
        }

        /** What reads browser and system out of a user agent (M7); default nothing: librarians see it as it was sent. */
        public Builder deviceReader(DeviceReader reader) {
            this.deviceReader = Objects.requireNonNull(reader, "reader");
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
