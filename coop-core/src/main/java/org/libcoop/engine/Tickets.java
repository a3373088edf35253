package org.libcoop.engine;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.libcoop.access.Access;
import org.libcoop.access.Operation;
import org.libcoop.chat.Chat;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.ChatRules;
import org.libcoop.chat.TicketRules;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Policies;
import org.libcoop.directory.Widget;
import org.libcoop.directory.WidgetId;
import org.libcoop.engine.AuditLog.Deed;
import org.libcoop.presence.Presence;
import org.libcoop.refusal.Outcome;
import org.libcoop.refusal.Refusal;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.spi.Archive;
import org.libcoop.spi.ArchivedChat;
import org.libcoop.spi.AuditRecord.Who;
import org.libcoop.spi.CommandId;
import org.libcoop.spi.Happening.CommandRefused.About;
import org.libcoop.spi.NewTicket;
import org.libcoop.spi.PatronTrace;
import org.libcoop.spi.Store;
import org.libcoop.spi.StoredTicket;
import org.libcoop.spi.TicketContent;
import org.libcoop.spi.TicketId;
import org.libcoop.spi.TicketOrigin;
import org.libcoop.spi.TicketOutbox;
import org.libcoop.spi.TicketQuery;

/**
 * Where tickets are asked for (K1, W5, R17, C7). Reads the chat and keeps the ticket on the caller's thread; once that is done it is
 * acknowledged, and the {@link TicketOffice} brings it on. Safe for use by several threads.
 */
public final class Tickets {

    /** The most tickets about one chat (T5). */
    static final int MOST_OF_CHAT = 20;

    private final Store store;
    private final Archive archive;
    private final boolean archiving;
    private final TicketOutbox outbox;
    private final TicketOffice office;
    private final EngineTime time;
    private final Presence presence;
    private final StrangerLimits limits;
    private final Listeners listeners;
    private final AuditLog audit;

    Tickets(NodeOptions options, Ground ground, TicketOffice office, StrangerLimits limits, AuditLog audit) {
        this.store = options.store();
        this.archive = options.archive();
        this.archiving = options.archiving();
        this.outbox = options.ticketOutbox();
        this.office = office;
        this.time = ground.time();
        this.presence = ground.presence();
        this.limits = limits;
        this.listeners = ground.listeners();
        this.audit = audit;
    }

    /** Whether there is a ticket system. */
    public boolean areTaken() {
        return office.isOpen();
    }

    /** The hash by which the tickets of a patron are found; null for what is no address. */
    static @Nullable String trace(String email) {
        String folded = PatronTrace.foldedEmail(email);
        return folded == null ? null : Secrets.digest("ticket", folded);
    }

    // ---- Who asks

    /** K1: an operator, from a chat. */
    public Outcome<TicketId> open(OperatorId by, ChatId about, TicketContent content, String commandId) {
        Deed deed = new Deed(Who.operator(by), Operation.OPEN_TICKET, Concerned.chat(about));
        return told(about, () -> {
            Refusal wrong = wrong(content, commandId).orElse(null);
            if (wrong != null) {
                return Outcome.refused(wrong);
            }
            return allowed(deed, about, chat -> TicketRules.opening(chat, by, presence, time.now()))
                    .flatMap(chat -> kept(
                                    id(Commands.scope(by), commandId),
                                    new TicketOrigin(chat.home(), chat.widget(), chat.id(), by, time.now()),
                                    content)
                            .map(ticket -> {
                                audit.done(deed, List.of(chat.home()), Map.of());
                                return ticket;
                            }));
        });
    }

    /** Which tickets there are about a chat, the newest first, without what was written. */
    public Outcome<List<StoredTicket>> of(OperatorId by, ChatId about) {
        Deed deed = new Deed(Who.operator(by), Operation.SEE_TICKETS, Concerned.chat(about));
        return Stored.answered(() -> allowed(deed, about, chat -> TicketRules.seeing(chat, by, presence, time.now()))
                .map(chat -> {
                    audit.done(deed, List.of(chat.home()), Map.of());
                    return outbox.find(TicketQuery.of(about), null, TicketOutbox.PAGE).rows().stream()
                            .map(StoredTicket::withoutContent)
                            .toList();
                }));
    }

    /** The chat that a deed is about, if {@code rule} has nothing against it; a denial is noted. */
    private Outcome<Chat> allowed(Deed deed, ChatId about, Function<Chat, Optional<Refusal>> rule) {
        Chat chat = find(about).orElse(null);
        if (chat == null) {
            return audit.denied(deed, Outcome.refused(Access.denied(Operation.KNOW_CHAT)));
        }
        Outcome<Chat> allowed = rule.apply(chat).map(Outcome::<Chat>refused).orElseGet(() -> Outcome.done(chat));
        return audit.denied(deed, chat.home(), allowed);
    }

    /** K1, R17: the patron, about one of their chats; null for the newest. */
    public Outcome<TicketId> ask(
            PatronConnection patron, @Nullable ChatId about, TicketContent content, String commandId) {
        return told(about, () -> {
            if (patron.isDropped()) {
                return Outcome.refused(RefusalCode.UNAVAILABLE, "this connection was given up; connect again");
            }
            Refusal wrong = wrong(content, commandId).orElse(null);
            if (wrong != null) {
                return Outcome.refused(wrong);
            }
            if (!limits.mayWrite(patron, policies(), time.now())) {
                return Outcome.refused(RefusalCode.RATE_LIMITED, "too many messages; wait a little");
            }
            Chat chat = chatOf(patron, about).orElse(null);
            if (chat == null) {
                return Outcome.refused(noSuchChat(about));
            }
            TicketId id = id(Commands.scope(patron), commandId);
            TicketOrigin origin = new TicketOrigin(chat.home(), chat.widget(), chat.id(), null, time.now());
            // What was asked for when it was offered is answered again whatever the chat has become (G5).
            return outbox.ticket(id).isPresent()
                    ? kept(id, origin, content)
                    : TicketRules.asking(chat)
                            .map(Outcome::<TicketId>refused)
                            .orElseGet(() -> kept(id, origin, content));
        });
    }

    private Optional<Chat> chatOf(PatronConnection patron, @Nullable ChatId about) {
        String hash = patron.keyHash();
        return (about == null ? store.chatOfPatron(hash).map(this::present) : find(about))
                .filter(found -> found.patronKeyHash().equals(hash));
    }

    private Refusal noSuchChat(@Nullable ChatId about) {
        if (about != null) {
            audit.refused(new Deed(Who.PATRON, Operation.ASK_BY_TICKET, Concerned.chat(about)), RefusalCode.NOT_FOUND);
        }
        return TicketRules.noSuchChat();
    }

    /** W5: anybody, where there is no chat, within the limits for starting one (T5). */
    public Outcome<TicketId> leave(WidgetId at, TicketContent content, String address, String commandId) {
        return told(null, () -> {
            Widget widget = presence.directory().widget(at).orElse(null);
            if (widget == null) {
                return Outcome.refused(RefusalCode.NOT_FOUND, "there is no such widget");
            }
            Refusal wrong = wrong(content, commandId)
                    .or(() -> TicketRules.incomplete(widget, content.name(), content.consented()))
                    .orElse(null);
            if (wrong != null) {
                return Outcome.refused(wrong);
            }
            TicketId id = id("widget:" + at, commandId);
            boolean again = outbox.ticket(id).isPresent();
            if (!again && !limits.mayLeave(address, policies(), time.now())) {
                return Outcome.refused(
                        RefusalCode.RATE_LIMITED, "too many questions came from your address; wait a little");
            }
            return kept(id, new TicketOrigin(widget.institution(), at, null, null, time.now()), content);
        });
    }

    // ---- What there is

    /** A chat brought to the present, from the store or the archive. */
    private Optional<Chat> find(ChatId id) {
        Optional<Chat> stored = store.chat(id).map(this::present);
        return stored.isPresent() || !archiving ? stored : archive.chat(id).map(ArchivedChat::chat);
    }

    private Chat present(Chat chat) {
        return ChatRules.present(chat, presence, time.now());
    }

    // ---- What is kept

    /** On whatever node a command arrives again, it names the same ticket (G5). */
    private static TicketId id(String scope, String commandId) {
        return TicketId.of(Secrets.digest("ticket", scope, commandId).substring(0, 22));
    }

    private Optional<Refusal> wrong(TicketContent content, String commandId) {
        if (!CommandId.fits(commandId)) {
            return Optional.of(Commands.UNFIT);
        }
        if (!TicketContent.isEmail(content.email())) {
            return Optional.of(Refusal.of(RefusalCode.INVALID, "this is no email address"));
        }
        return TicketRules.invalid(content.question(), content.name(), policies());
    }

    private Outcome<TicketId> kept(TicketId id, TicketOrigin origin, TicketContent content) {
        if (!office.isOpen()) {
            return Outcome.refused(RefusalCode.UNSUPPORTED, "this deployment takes no tickets");
        }
        ChatId chat = origin.chat();
        if (chat != null
                && outbox.find(TicketQuery.of(chat), null, MOST_OF_CHAT).rows().size() >= MOST_OF_CHAT
                && outbox.ticket(id).isEmpty()) {
            return Outcome.refused(RefusalCode.RATE_LIMITED, "there are " + MOST_OF_CHAT + " tickets about this chat");
        }
        String digest = Secrets.digest(
                origin.home().value(),
                origin.widget().value(),
                chat == null ? null : chat.value(),
                content.question(),
                content.name(),
                content.email(),
                Boolean.toString(content.consented()));
        String trace = trace(content.email());
        TicketOutbox.Put put = outbox.put(new NewTicket(id, origin, content, digest, trace == null ? "" : trace));
        if (put == TicketOutbox.Put.OTHER) {
            return Outcome.refused(RefusalCode.COMMAND_ID_REUSED, "this id was used for another command");
        }
        office.tick();
        return Outcome.done(id);
    }

    private <T> Outcome<T> told(@Nullable ChatId chat, Supplier<Outcome<T>> question) {
        return listeners.refused(About.CHAT, chat, Stored.answered(question));
    }

    private Policies policies() {
        return presence.directory().policies();
    }
}
