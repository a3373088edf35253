package org.libcoop.testkit.junit;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.libcoop.CoopEngine;
import org.libcoop.OperatorSession;
import org.libcoop.PatronSession;
import org.libcoop.access.Operation;
import org.libcoop.chat.Chat;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Content;
import org.libcoop.chat.Disposition;
import org.libcoop.directory.BlockId;
import org.libcoop.directory.BlockScope;
import org.libcoop.directory.CoopAccount;
import org.libcoop.directory.CoopAccount.Level;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.DepartmentId;
import org.libcoop.directory.Directory;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.Membership;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.PatronBlock;
import org.libcoop.directory.WidgetId;
import org.libcoop.faq.FaqEntry;
import org.libcoop.faq.FaqGroup;
import org.libcoop.faq.FaqVisibility;
import org.libcoop.memory.InMemoryArchive;
import org.libcoop.memory.InMemoryAuditTrail;
import org.libcoop.memory.InMemoryFaq;
import org.libcoop.memory.InMemoryFileVault;
import org.libcoop.memory.InMemoryStore;
import org.libcoop.presence.Status;
import org.libcoop.refusal.Outcome;
import org.libcoop.spi.AuditPage;
import org.libcoop.spi.AuditQuery;
import org.libcoop.spi.AuditRecord;
import org.libcoop.spi.AuditTrail;
import org.libcoop.spi.Notice;
import org.libcoop.spi.TicketDesk;
import org.libcoop.spi.TicketId;
import org.libcoop.spi.TicketOrder;
import org.libcoop.testkit.CountingIds;
import org.libcoop.testkit.SimulatedClock;
import org.libcoop.testkit.junit.Somebody.Role;

/**
 * A little library in one {@link Situation}, on a clock that stands still, with everybody connected. Springy University's widget leads
 * to its reference desk, after 30 s to the global co-op {@code academic}, and 40 s later to the backup staff.
 */
final class AccessScene implements AutoCloseable {

    static final CoopId ACADEMIC = CoopId.of("academic");
    static final CoopId MEDICAL = CoopId.of("medical");
    static final CoopId NOWHERE = CoopId.of("nowhere");
    static final Option DESK = Option.department(DepartmentId.of("reference"));
    static final Option COOP = Option.coop(ACADEMIC);
    static final ChatId MISSING = ChatId.of("no-such-chat");
    static final WidgetId WIDGET = WidgetId.of("databases");

    /** Of another patron, who never comes. */
    static final PatronBlock HOME_BLOCK = block(BlockScope.of(InstitutionId.of("springy")), "home-block");

    static final PatronBlock COOP_BLOCK = block(BlockScope.of(ACADEMIC), "coop-block");
    static final PatronBlock MISSING_BLOCK = block(BlockScope.of(NOWHERE), "no-such-block");

    /** Stands in springy's entry {@code staff}. */
    static final String SECRET = "The door code is kx-4711-pq";

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final SimulatedClock clock = new SimulatedClock();
    private final InMemoryStore store = new InMemoryStore(clock);
    private final InMemoryAuditTrail auditTrail = new InMemoryAuditTrail();
    private final AccessDoor door;
    private final CoopEngine engine;
    private final Map<Somebody, OperatorSession> staff = new EnumMap<>(Somebody.class);
    private final Map<Somebody, AccessActor> actors = new EnumMap<>(Somebody.class);
    private final List<Notice> toldToThePatron = new CopyOnWriteArrayList<>();
    private final List<ChatId> chats = new ArrayList<>();

    AccessScene(AccessDoor door, Situation situation) {
        this.door = door;
        CoopEngine.Builder builder = CoopEngine.builder()
                .clock(clock)
                .store(store)
                .archive(new InMemoryArchive())
                .auditTrail(auditTrail)
                .fileVault(new InMemoryFileVault(clock))
                .ids(new CountingIds())
                .executor(clock.executor())
                .ticketDesk(new Desk())
                .faqs(faqs())
                .directory(library());
        door.transport().ifPresent(builder::transport);
        engine = builder.build();
        for (Somebody one : Somebody.of(Role.OPERATOR)) {
            staff.put(one, engine.connectOperator(one.operator(), notice -> {}).orElseThrow());
        }
        begin();
        bringTo(situation);
    }

    private static Directory library() {
        return Directory.builder()
                .institution("springy", "Springy University")
                .operators("springy", "ana", "bea", "tim", "otto", "hal", "lea", "ira", "nat")
                .admins("lea")
                .chatDisabled("nat")
                .department("reference", "springy", "Reference", "ana", "bea", "tim", "nat")
                .institution("hill", "Hill College")
                .operators("hill", "olga", "pia", "rex", "ina", "lee", "cora")
                .admins("lee")
                .institution("quiet", "Quiet Library")
                .operators("quiet", "nora")
                .institution("former", "Former Member")
                .operators("former", "fred")
                .institution("provider", "24/7 Librarians")
                .operators("provider", "maya", "max")
                .admins("max")
                .institution("clinic", "Clinic Library")
                .operators("clinic", "mel")
                .institution("elsewhere", "Elsewhere Library")
                .operators("elsewhere", "sven")
                .globalCoop("academic", "Academic Co-op")
                .backup("maya")
                .member("springy")
                .member("hill")
                .member("quiet", Membership.Kind.NON_CONTRIBUTING)
                .formerMember("former")
                .account("academic", "ira", Level.INSTITUTION_ADMIN)
                .account("academic", "olga", Level.REGULAR)
                .account("academic", "pia", Level.REGULAR)
                .account("academic", "rex", Level.REGULAR)
                .account("academic", "ina", Level.INSTITUTION_ADMIN)
                .account("academic", "cora", Level.COOP_ADMIN)
                .account("academic", "nora", Level.REGULAR)
                .account("academic", "fred", Level.COOP_ADMIN)
                .localCoop("medical", "Medical Co-op")
                .member("clinic")
                .account("medical", "mel", Level.COOP_ADMIN)
                .widget(
                        "databases",
                        "springy",
                        widget -> widget.route(DESK, COOP).timedFallback(Duration.ofSeconds(30)))
                .add(HOME_BLOCK)
                .add(COOP_BLOCK)
                .widget("hillchat", "hill", widget -> widget.route(COOP))
                .policy("operatorLimit", "1")
                // The clock stands still, so that nothing is ever a minute ago.
                .policy("connectionMessages", "10000")
                .policy("addressMessages", "1000000")
                .policy("auditedDenials", "100000")
                .build();
    }

    /** Takes whatever it is asked for. */
    private static final class Desk implements TicketDesk {
        @Override
        public String create(TicketOrder order) {
            return "T-" + order.id();
        }

        @Override
        public void forget(TicketId ticket) {
            // It kept nothing.
        }
    }

    /** Every library has a public entry, springy one for staff. */
    private static InMemoryFaq faqs() {
        InMemoryFaq faqs = new InMemoryFaq();
        for (String institution : List.of("springy", "hill", "quiet", "former", "provider", "clinic", "elsewhere")) {
            InstitutionId id = InstitutionId.of(institution);
            faqs.save(new FaqGroup("faq", id, "Questions", FaqVisibility.PUBLIC));
            faqs.save(new FaqGroup("desk", id, "For staff", FaqVisibility.STAFFING));
            faqs.save(new FaqEntry("public", id, "faq", "When do you open?", "At nine.", null, "en", null));
        }
        InstitutionId springy = InstitutionId.of("springy");
        faqs.save(new FaqEntry("staff", springy, "desk", "The door", SECRET, null, "en", null));
        Somebody.of(Role.OPERATOR).forEach(one -> faqs.readable(one.operator(), List.of("faq")));
        return faqs;
    }

    private static PatronBlock block(BlockScope scope, String id) {
        return new PatronBlock(
                scope,
                1,
                BlockId.of(id),
                "hash",
                null,
                "spam",
                OperatorId.of("ana"),
                SimulatedClock.DEFAULT_START,
                SimulatedClock.DEFAULT_START.plus(Duration.ofDays(1)),
                null);
    }

    // ---- The story

    private void begin() {
        for (Somebody one : List.of(Somebody.ANA, Somebody.BEA, Somebody.TIM)) {
            onDuty(one, DESK);
        }
        onDuty(Somebody.OLGA, COOP);
        onDuty(Somebody.MAYA, COOP);
        done(session(Somebody.OTTO).signIn());
        done(session(Somebody.TIM).claim(started(Somebody.PAULA)));
    }

    private void bringTo(Situation situation) {
        if (situation == Situation.TRANSFERRED || situation == Situation.OVER) {
            onDuty(Somebody.PIA, COOP);
            onDuty(Somebody.REX, COOP);
        }
        ChatId chat = started(Somebody.STEWART);
        clock.advance(Duration.ofSeconds(31));
        OperatorSession ana = session(Somebody.ANA);
        switch (situation) {
            case WAITING -> {}
            case CLAIMED -> done(ana.claim(chat));
            case OFFERED -> {
                done(ana.claim(chat));
                done(ana.transfer(chat, Option.operator(Somebody.OTTO.operator())));
            }
            case RETURNED -> {
                done(ana.claim(chat));
                done(ana.signOut());
            }
            case TRANSFERRED -> transferred(chat);
            case OVER -> {
                transferred(chat);
                done(ana.end(chat, Disposition.ANSWERED));
                giveFeedback(chat);
            }
            case OVER_BY_BACKUP -> {
                clock.advance(Duration.ofSeconds(40));
                done(session(Somebody.MAYA).claim(chat));
                done(session(Somebody.MAYA).end(chat, Disposition.ANSWERED));
                done(engine.admin().save(engine.directory().policies().with("homeReadersSeeAll", "true")));
                giveFeedback(chat);
            }
        }
    }

    private void transferred(ChatId chat) {
        OperatorSession pia = session(Somebody.PIA);
        done(pia.claim(chat));
        clock.advance(Duration.ofSeconds(1));
        done(pia.transfer(chat, Option.operator(Somebody.ANA.operator())));
        done(session(Somebody.ANA).accept(chat));
        for (Somebody one : List.of(Somebody.PIA, Somebody.REX)) {
            done(engine.admin().save(new CoopAccount(ACADEMIC, one.operator(), Level.REGULAR).asRemoved()));
        }
    }

    private void giveFeedback(ChatId chat) {
        done(engine.feedback(Somebody.LEA.operator()).give(chat, 4, "well done"));
    }

    private void onDuty(Somebody who, Option option) {
        done(session(who).signIn());
        done(session(who).monitor(option, true));
    }

    private ChatId started(Somebody patron) {
        PatronSession session = engine.connectPatron(patron.patron(), "", notice -> {
                    if (patron == Somebody.STEWART) {
                        toldToThePatron.add(notice);
                    }
                })
                .orElseThrow();
        ChatId chat = done(session.startChat(WIDGET, Content.PatronDetails.NONE, null, "start"))
                .chat();
        chats.add(chat);
        share(session, chat);
        return chat;
    }

    private static void share(PatronSession session, ChatId chat) {
        byte[] text = "a file".getBytes(StandardCharsets.UTF_8);
        try {
            done(session.files().share(chat, "file.txt", new ByteArrayInputStream(text), "file"));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private OperatorSession session(Somebody who) {
        OperatorSession session = staff.get(who);
        if (session == null) {
            throw new IllegalArgumentException(who + " is no operator");
        }
        return session;
    }

    /** What was asked for, once it is done. */
    static <T> T done(CompletionStage<Outcome<T>> asked) {
        return asked.toCompletableFuture()
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join()
                .orElseThrow();
    }

    // ---- What is tried

    /** Stewart's chat. */
    ChatId chat() {
        return chats.get(chats.size() - 1);
    }

    /** The same one each time, behind the door; the host has none. */
    AccessActor actor(Somebody who) {
        return actors.computeIfAbsent(
                who, one -> one.role() == Role.HOST ? new HostActor(engine) : door.actor(engine, one.principal()));
    }

    /** Whether nobody can do or ask this through the door. */
    boolean lacks(Operation operation) {
        return door.lacks().contains(operation);
    }

    /** Everything that a refusal must leave as it is. */
    record Snapshot(List<Optional<Chat>> chats, Directory directory, List<Standing> presence) {}

    /** One operator's presence but for the connections it rests on. */
    private record Standing(boolean signedIn, Status status, Set<Option> switches, int openChats) {}

    Snapshot snapshot() {
        return new Snapshot(
                chats.stream().map(store::chat).toList(),
                engine.directory(),
                staff.values().stream()
                        .map(OperatorSession::presence)
                        .map(row -> new Standing(row.signedIn(), row.status(), row.switches(), row.openChats()))
                        .toList());
    }

    /** What stewart's page was told since the last time it was asked for. */
    List<Notice> toldToThePatron() {
        List<Notice> told = List.copyOf(toldToThePatron);
        toldToThePatron.clear();
        return told;
    }

    /** Who was denied what, beginning with the first that is not among {@code known}, the newest first. */
    List<AuditRecord> denials(int known) {
        // What is at work by now brings its records before this.
        CompletableFuture<Boolean> idle = new CompletableFuture<>();
        clock.executor().execute(() -> idle.complete(true));
        idle.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
        List<AuditRecord> all = new ArrayList<>();
        AuditQuery query = AuditQuery.ALL.result(AuditQuery.Result.REFUSED);
        AuditPage page = auditTrail.search(query, null, AuditTrail.PAGE);
        all.addAll(page.rows());
        while (page.next() != null) {
            page = auditTrail.search(query, page.next(), AuditTrail.PAGE);
            all.addAll(page.rows());
        }
        return all.subList(0, all.size() - known);
    }

    @Override
    public void close() {
        door.close();
        engine.close();
        store.close();
    }
}
