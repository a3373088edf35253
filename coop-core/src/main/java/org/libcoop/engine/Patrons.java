package org.libcoop.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.libcoop.access.Access;
import org.libcoop.access.Operation;
import org.libcoop.chat.Chat;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Logged;
import org.libcoop.directory.Directory;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.Operator;
import org.libcoop.directory.OperatorId;
import org.libcoop.engine.AuditLog.Deed;
import org.libcoop.presence.Presence;
import org.libcoop.refusal.Outcome;
import org.libcoop.refusal.Refusal;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.spi.Archive;
import org.libcoop.spi.ArchivedChat;
import org.libcoop.spi.AuditRecord;
import org.libcoop.spi.AuditRecord.Kind;
import org.libcoop.spi.AuditRecord.Thing;
import org.libcoop.spi.AuditRecord.Who;
import org.libcoop.spi.PatronErasure;
import org.libcoop.spi.PatronTrace;
import org.libcoop.spi.Store;
import org.libcoop.spi.StoreException;
import org.libcoop.spi.StoredTicket;
import org.libcoop.spi.TicketId;
import org.libcoop.spi.TicketOutbox;
import org.libcoop.spi.TicketPage;
import org.libcoop.spi.TicketQuery;

/** What an institution has of one patron, given out and erased on request (X6). Safe for use by several threads. */
public final class Patrons {

    private static final String CHATS = "chats";

    private final Store store;
    private final EngineTime time;
    private final Presence presence;
    private final Archive archive;
    private final TicketOutbox tickets;
    private final Archivist archivist;
    private final Eraser eraser;
    private final AuditLog audit;

    Patrons(Ground ground, NodeOptions options, Archivist archivist, Eraser eraser, AuditLog audit) {
        this.store = ground.store();
        this.time = ground.time();
        this.presence = ground.presence();
        this.archive = options.archive();
        this.tickets = options.ticketOutbox();
        this.archivist = archivist;
        this.eraser = eraser;
        this.audit = audit;
    }

    /** One patron of one institution, and what is to be put on record. */
    private record Asked(InstitutionId home, PatronTrace patron, Deed deed) {}

    /** A chat with its log, wherever it is. */
    private record Found(Chat chat, List<Logged> log) {
        boolean hasContent() {
            return log.stream().anyMatch(entry -> entry.content() != null);
        }
    }

    /** X6: writes all chats of the patron with this address; how many. */
    public Outcome<Long> export(OperatorId by, String email, Appendable out) throws IOException {
        return write(asked(by, Operation.EXPORT_PATRON_DATA, deed -> byEmail(deed, email)), out);
    }

    /** X6: the same of the patron who had this chat. */
    public Outcome<Long> export(OperatorId by, ChatId chat, Appendable out) throws IOException {
        return write(asked(by, Operation.EXPORT_PATRON_DATA, deed -> byChat(deed, chat)), out);
    }

    /** X6: deletes all content of the chats of the patron with this address. */
    public CompletionStage<Outcome<PatronErasure>> erase(OperatorId by, String email) {
        return eraseAll(by, asked(by, Operation.ERASE_PATRON_DATA, deed -> byEmail(deed, email)));
    }

    /** X6: the same for the patron who had this chat. */
    public CompletionStage<Outcome<PatronErasure>> erase(OperatorId by, ChatId chat) {
        return eraseAll(by, asked(by, Operation.ERASE_PATRON_DATA, deed -> byChat(deed, chat)));
    }

    // ---- Whom

    private Outcome<Asked> asked(OperatorId by, Operation operation, Function<Deed, Outcome<Asked>> whom) {
        Operator who = directory().operator(by).orElse(null);
        if (who == null) {
            return Outcome.refused(Access.denied(operation));
        }
        Thing all = Thing.of(Kind.INSTITUTION, who.institution().value());
        Deed deed = new Deed(Who.operator(by), operation, all);
        Optional<Refusal> refusal = Access.refusal(operation, Access.to(who.institution(), by, directory()));
        return audit.denied(deed, refusal.map(Outcome::<Asked>refused).orElseGet(() -> found(deed, whom)));
    }

    private Outcome<Asked> found(Deed deed, Function<Deed, Outcome<Asked>> whom) {
        if (!archivist.archiving()) {
            return Outcome.refused(RefusalCode.UNSUPPORTED, "this deployment keeps no transcripts");
        }
        try {
            archivist.catchUp(time.now());
            return whom.apply(deed);
        } catch (StoreException away) {
            return Outcome.refused(StoreTrouble.refusal(away));
        }
    }

    private static Outcome<Asked> byEmail(Deed deed, String email) {
        return PatronTrace.foldedEmail(email) == null
                ? Outcome.refused(RefusalCode.INVALID, "this is no email address")
                : Outcome.done(new Asked(home(deed), PatronTrace.email(email), deed));
    }

    private static InstitutionId home(Deed deed) {
        return InstitutionId.of(deed.thing().id());
    }

    private Outcome<Asked> byChat(Deed deed, ChatId chat) {
        InstitutionId home = home(deed);
        return store.chat(chat)
                .or(() -> archive.chat(chat).map(ArchivedChat::chat))
                .filter(known -> known.home().equals(home))
                .map(known -> Outcome.done(new Asked(home, PatronTrace.key(known.patronKeyHash()), deed)))
                .orElseGet(() -> Outcome.refused(Access.denied(Operation.KNOW_CHAT)));
    }

    // ---- What there is

    private List<Found> find(Asked asked) {
        Map<ChatId, Found> found = new LinkedHashMap<>();
        ChatId after = null;
        List<ChatId> page;
        do {
            page = archive.ofPatron(asked.home(), asked.patron(), after, Archive.PAGE);
            for (ChatId chat : page) {
                archive.chat(chat).ifPresent(kept -> found.put(chat, new Found(kept.chat(), kept.log())));
                after = chat;
            }
        } while (page.size() == Archive.PAGE);
        ofStore(asked, store::live, found);
        ofStore(asked, last -> store.unarchived(last, Store.PAGE), found);
        return List.copyOf(found.values());
    }

    /** Those of the store: that are not over, and that the archive cannot take. */
    private void ofStore(Asked asked, Function<@Nullable ChatId, List<Chat>> pages, Map<ChatId, Found> found) {
        ChatId after = null;
        List<Chat> page;
        do {
            page = pages.apply(after);
            List<Chat> ofHome = page.stream()
                    .filter(chat -> chat.home().equals(asked.home()))
                    .toList();
            Map<ChatId, List<Logged>> first = ofHome.isEmpty()
                    ? Map.of()
                    : store.beginnings(ofHome.stream().map(Chat::id).toList(), 1);
            for (Chat chat : ofHome) {
                List<Logged> begin = first.getOrDefault(chat.id(), List.of());
                if (!begin.isEmpty()
                        && asked.patron()
                                .leadsTo(chat.patronKeyHash(), begin.get(0).content())) {
                    found.put(chat.id(), new Found(chat, WholeLog.of(store, chat, List.of())));
                }
            }
            after = page.isEmpty() ? null : page.get(page.size() - 1).id();
        } while (page.size() == Store.PAGE);
    }

    /** The tickets about these chats, and those that the address leads to. */
    private List<StoredTicket> tickets(Asked asked, List<Found> chats) {
        Map<TicketId, StoredTicket> found = new LinkedHashMap<>();
        for (TicketQuery query : queries(asked, chats)) {
            String cursor = null;
            do {
                TicketPage page = tickets.find(query, cursor, TicketOutbox.PAGE);
                page.rows().forEach(ticket -> found.put(ticket.id(), ticket));
                cursor = page.next();
            } while (cursor != null);
        }
        return List.copyOf(found.values());
    }

    private long eraseTickets(Asked asked, List<Found> chats) {
        long erased = 0;
        for (TicketQuery query : queries(asked, chats)) {
            erased += tickets.erase(query, time.now());
        }
        return erased;
    }

    private static List<TicketQuery> queries(Asked asked, List<Found> chats) {
        List<TicketQuery> queries = new ArrayList<>();
        String trace = asked.patron().kind() == PatronTrace.Kind.EMAIL
                ? Tickets.trace(asked.patron().value())
                : null;
        if (trace != null) {
            queries.add(TicketQuery.of(asked.home()).trace(trace));
        }
        chats.forEach(found -> queries.add(TicketQuery.of(found.chat().id())));
        return queries;
    }

    // ---- What is done

    private Outcome<Long> write(Outcome<Asked> patron, Appendable out) throws IOException {
        Asked whom = patron.value().orElse(null);
        if (whom == null) {
            return patron.map(never -> 0L);
        }
        List<Found> all;
        List<StoredTicket> asked;
        try {
            all = find(whom);
            asked = tickets(whom, all);
        } catch (StoreException away) {
            return Outcome.refused(StoreTrouble.refusal(away));
        }
        Outcome<AuditRecord> recorded = audit.revealed(whom.deed(), List.of(), Map.of(CHATS, (long) all.size()));
        if (recorded.refusal().isPresent()) {
            return recorded.map(never -> 0L);
        }
        PatronJson json = new PatronJson(new TranscriptNames(directory()), out);
        for (Found found : all) {
            json.write(found.chat(), found.log());
        }
        for (StoredTicket ticket : asked) {
            json.write(ticket);
        }
        return Outcome.done((long) all.size());
    }

    private CompletionStage<Outcome<PatronErasure>> eraseAll(OperatorId by, Outcome<Asked> asked) {
        Asked whom = asked.value().orElse(null);
        if (whom == null) {
            return CompletableFuture.completedFuture(asked.map(never -> new PatronErasure(0, List.of())));
        }
        List<ChatId> running = new ArrayList<>();
        long tickets = 0;
        List<CompletableFuture<Outcome<ChatId>>> erasures = new ArrayList<>();
        try {
            List<Found> all = find(whom);
            tickets = eraseTickets(whom, all);
            for (Found found : all) {
                if (!found.chat().over()) {
                    running.add(found.chat().id());
                } else if (found.hasContent()) {
                    erasures.add(eraser.erase(found.chat().id(), by).toCompletableFuture());
                }
            }
        } catch (StoreException away) {
            return CompletableFuture.completedFuture(Outcome.refused(StoreTrouble.refusal(away)));
        }
        long erasedTickets = tickets;
        return CompletableFuture.allOf(erasures.toArray(new CompletableFuture<?>[0]))
                .handle((done, broken) -> broken == null
                        ? erased(whom.deed(), erasures, running, erasedTickets)
                        : Outcome.refused(RefusalCode.UNAVAILABLE, "not everything could be erased now; repeat it"));
    }

    private Outcome<PatronErasure> erased(
            Deed deed, List<CompletableFuture<Outcome<ChatId>>> erasures, List<ChatId> running, long tickets) {
        for (CompletableFuture<Outcome<ChatId>> erasure : erasures) {
            Refusal refusal = erasure.join().refusal().orElse(null);
            if (refusal != null) {
                return Outcome.refused(refusal);
            }
        }
        Map<String, Long> counts = new TreeMap<>();
        counts.put(CHATS, (long) erasures.size());
        counts.put("running", (long) running.size());
        if (tickets > 0) {
            counts.put("tickets", tickets);
        }
        audit.done(deed, counts);
        return Outcome.done(new PatronErasure(erasures.size(), running));
    }

    private Directory directory() {
        return presence.directory();
    }
}
