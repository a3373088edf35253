package org.libcoop.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.libcoop.access.Accounts;
import org.libcoop.access.Operation;
import org.libcoop.chat.Chat;
import org.libcoop.chat.ChatCommand;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.ChatRules;
import org.libcoop.chat.Content;
import org.libcoop.chat.Receipt;
import org.libcoop.directory.CannedMessages;
import org.libcoop.directory.CoopAccount;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.Coverage;
import org.libcoop.directory.Directory;
import org.libcoop.directory.InstitutionCard;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.LibraryRecord;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Policies;
import org.libcoop.directory.Widget;
import org.libcoop.directory.WidgetId;
import org.libcoop.engine.AuditLog.Deed;
import org.libcoop.presence.NodeId;
import org.libcoop.presence.Presence;
import org.libcoop.refusal.Outcome;
import org.libcoop.refusal.Refusal;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.spi.AuditRecord.Kind;
import org.libcoop.spi.AuditRecord.Thing;
import org.libcoop.spi.AuditRecord.Who;
import org.libcoop.spi.CommandId;
import org.libcoop.spi.Happening.CommandRefused.About;
import org.libcoop.spi.Ids;
import org.libcoop.spi.Store;
import org.libcoop.spi.StoreException;

/** Commands on their way into the pipeline; each comes back as a completed stage. Safe for use by several threads. */
public final class Commands {

    /** What is said to a command id that may not be one (G5). */
    static final Refusal UNFIT = Refusal.of(
            RefusalCode.INVALID,
            "a command id has 1 to " + CommandId.MAX_LENGTH + " characters, no control characters among them");

    private static final String OPERATORS = "operator:";

    private final Store store;
    private final EngineTime time;
    private final NodeLife life;
    private final Presence presence;
    private final Heads heads;
    private final Dispatcher dispatcher;
    private final StrangerLimits limits;
    private final DirectoryDesk desk;
    private final Caretaker caretaker;
    private final Doors doors;
    private final AuditLog audit;
    private final Ids ids;
    private final Listeners listeners;

    Commands(
            Ground ground,
            Dispatcher dispatcher,
            StrangerLimits limits,
            DirectoryDesk desk,
            Caretaker caretaker,
            Doors doors,
            AuditLog audit,
            Ids ids) {
        this.store = ground.store();
        this.time = ground.time();
        this.life = ground.life();
        this.presence = ground.presence();
        this.heads = ground.heads();
        this.dispatcher = dispatcher;
        this.limits = limits;
        this.desk = desk;
        this.caretaker = caretaker;
        this.doors = doors;
        this.audit = audit;
        this.ids = ids;
        this.listeners = ground.listeners();
    }

    /** A new command id. */
    public String newId() {
        return ids.next();
    }

    /** Sends a command about {@code chat}; {@code content} is what the same id must mean again (G5). */
    public CompletionStage<Outcome<Receipt>> command(
            ChatId chat, ChatCommand command, String scope, String commandId, String content) {
        if (!CommandId.fits(commandId)) {
            return unfit();
        }
        CommandId id = new CommandId(scope, commandId, Secrets.digest(content));
        Work.OfChat work = new Work.OfChat(chat, command, id);
        dispatcher.pipeline().submit(work);
        CompletionStage<Outcome<Receipt>> answer = listeners.watched(About.CHAT, chat, work.answer);
        Operation operation = Concerned.operation(command);
        return operation == null
                ? answer
                : audit.noting(new Deed(who(scope), operation, Concerned.chat(chat), commandId), answer);
    }

    /** Within what the ids of an operator's commands are unique (G5). */
    public static String scope(OperatorId operator) {
        return OPERATORS + operator;
    }

    private static Who who(String scope) {
        return scope.startsWith(OPERATORS) ? operator(scope.substring(OPERATORS.length())) : Who.PATRON;
    }

    private static Who operator(String id) {
        return Who.operator(OperatorId.of(id));
    }

    /** Sends a command of a patron about one of the patron's chats, null for the newest, within the limits of T5. */
    public CompletionStage<Outcome<Receipt>> command(
            PatronConnection connection,
            @Nullable ChatId about,
            ChatCommand command,
            String commandId,
            String content) {
        if (connection.isDropped()) {
            return dropped();
        }
        if (!limits.mayWrite(connection, policies(), now())) {
            return refused(RefusalCode.RATE_LIMITED, "too many messages; wait a little");
        }
        try {
            String hash = connection.keyHash();
            Chat chat = (about == null ? store.chatOfPatron(hash) : store.chat(about))
                    .filter(found -> found.patronKeyHash().equals(hash))
                    .orElse(null);
            if (chat == null && about != null) {
                notTheirs(about, command);
            }
            return chat == null
                    ? refused(RefusalCode.NOT_FOUND, "you have no such chat")
                    : command(chat.id(), command, scope(connection), commandId, content);
        } catch (StoreException away) {
            return refused(RefusalCode.UNAVAILABLE, "the store does not answer");
        }
    }

    private void notTheirs(ChatId about, ChatCommand command) {
        Operation operation = Concerned.operation(command);
        if (operation != null) {
            audit.refused(new Deed(Who.PATRON, operation, Concerned.chat(about)), RefusalCode.NOT_FOUND);
        }
    }

    /** What comes through a connection that was given up for silence (P4). */
    public CompletionStage<Outcome<Receipt>> dropped() {
        return refused(RefusalCode.UNAVAILABLE, "this connection was given up; connect again");
    }

    /** Starts a patron's chat; the same command again finds the chat it started (G5), another one a chat that is not over. */
    public CompletionStage<Outcome<Receipt>> startChat(
            PatronConnection connection,
            WidgetId widget,
            Content.PatronDetails details,
            @Nullable String question,
            String commandId) {
        if (connection.isDropped()) {
            return dropped();
        }
        if (!CommandId.fits(commandId)) {
            return unfit();
        }
        String hash = connection.keyHash();
        // The id is made of the key and the command, so a resend on any node names the same chat.
        ChatId named = ChatId.of(Secrets.hash(hash + ' ' + commandId).substring(0, 22));
        String digest = Secrets.digest(
                "start",
                widget.value(),
                details.name(),
                details.email(),
                details.referrer(),
                details.userAgent(),
                Boolean.toString(details.consented()),
                question);
        CommandId startId = new CommandId(scope(connection), commandId, digest);
        CompletableFuture<Outcome<Receipt>> answer = new CompletableFuture<>();
        Runnable start = () -> {
            if (!limits.mayStart(connection.address(), named, policies(), id -> heads.cached(id) != null, now())) {
                answer.complete(Outcome.refused(
                        RefusalCode.RATE_LIMITED, "too many chats were started from your address; wait a little"));
                return;
            }
            Chat running = store.chatOfPatron(hash)
                    .filter(chat -> !ChatRules.present(chat, presence, now()).over())
                    .orElse(null);
            // A resend is answered for the chat it began (G5), even if that is over and the patron has another one by
            // now.
            boolean resent = running != null
                    && !running.id().equals(named)
                    && store.chat(named).isPresent();
            ChatId chat = running == null || resent ? named : running.id();
            NodeId node = life.node();
            Content.PatronDetails known = details.from(connection.address());
            String addressDigest = Secrets.addressDigest(known.address());
            ChatCommand command = new ChatCommand.Start(chat, widget, known, question, hash, addressDigest, node);
            doors.begins(answer, connection, node);
            dispatcher.pipeline().urgent(new Work.OfChat(chat, command, startId, answer));
        };
        submit(start, answer);
        return listeners.watched(About.CHAT, null, answer);
    }

    /** To a command id that may not be one (G5). */
    CompletionStage<Outcome<Receipt>> unfit() {
        return refused(UNFIT);
    }

    static String scope(PatronConnection connection) {
        return "patron:" + connection.keyHash();
    }

    private CompletionStage<Outcome<Receipt>> refused(RefusalCode code, String message) {
        return refused(Refusal.of(code, message));
    }

    /** A command that is refused before it is one. */
    CompletionStage<Outcome<Receipt>> refused(Refusal refusal) {
        return CompletableFuture.completedFuture(listeners.refused(About.CHAT, null, Outcome.refused(refusal)));
    }

    // ---- Directory

    /** D9–D11. */
    public CompletionStage<Outcome<Directory>> save(LibraryRecord record) {
        Deed deed = new Deed(Who.HOST, Concerned.saving(record), Concerned.record(record));
        return audit.noting(deed, change(directory -> Outcome.done(record)));
    }

    /** D9. */
    public CompletionStage<Outcome<Directory>> endMembership(InstitutionId institution, CoopId coop) {
        Deed deed = new Deed(Who.HOST, Operation.ADMINISTER, Concerned.membership(institution, coop));
        return audit.noting(
                deed,
                change(directory -> directory
                        .membership(coop, institution)
                        .map(m -> Outcome.<LibraryRecord>done(m.asEnded()))
                        .orElseGet(() -> Outcome.refused(RefusalCode.NOT_FOUND, "there is no such membership"))));
    }

    /** A2, A3, A6. */
    public CompletionStage<Outcome<Directory>> grant(
            OperatorId by, OperatorId who, CoopId coop, CoopAccount.Level level) {
        Deed deed = new Deed(Who.operator(by), Operation.MANAGE_ACCOUNT, Concerned.account(who, coop));
        return audit.noting(deed, change(directory -> Accounts.grant(directory, by, who, coop, level)));
    }

    /** A2, A3, A6, A7. */
    public CompletionStage<Outcome<Directory>> revoke(OperatorId by, OperatorId who, CoopId coop) {
        Deed deed = new Deed(Who.operator(by), Operation.MANAGE_ACCOUNT, Concerned.account(who, coop));
        return audit.noting(deed, change(directory -> Accounts.revoke(directory, by, who, coop)));
    }

    /** D6. */
    public CompletionStage<Outcome<Directory>> cover(
            OperatorId by, InstitutionId institution, CoopId coop, Coverage coverage) {
        Deed deed = new Deed(Who.operator(by), Operation.SET_COVERAGE, Concerned.membership(institution, coop));
        return audit.noting(deed, change(directory -> Accounts.cover(directory, by, institution, coop, coverage)));
    }

    /** A10. */
    public CompletionStage<Outcome<Directory>> saveWidget(OperatorId by, Widget widget) {
        Thing thing = Thing.of(Kind.WIDGET, widget.id().value());
        Deed deed = new Deed(Who.operator(by), Operation.SAVE_WIDGET, thing);
        return audit.noting(deed, change(directory -> Accounts.saveWidget(directory, by, widget)));
    }

    /** A10, X6. */
    public CompletionStage<Outcome<Directory>> retain(
            OperatorId by,
            InstitutionId institution,
            @Nullable Duration anonymiseAfter,
            @Nullable Duration deleteAfter) {
        Thing thing = Thing.of(Kind.INSTITUTION, institution.value());
        Deed deed = new Deed(Who.operator(by), Operation.SET_RETENTION, thing);
        return audit.noting(
                deed, change(directory -> Accounts.retain(directory, by, institution, anonymiseAfter, deleteAfter)));
    }

    /** F4, A10. */
    public CompletionStage<Outcome<Directory>> saveCard(OperatorId by, InstitutionCard card) {
        Thing thing = Thing.of(Kind.INSTITUTION, card.institution().value());
        Deed deed = new Deed(Who.operator(by), Operation.SAVE_CARD, thing);
        return audit.noting(deed, change(directory -> Accounts.saveCard(directory, by, card)));
    }

    /** M6. */
    public CompletionStage<Outcome<Directory>> saveCanned(OperatorId by, CannedMessages messages) {
        Deed deed = new Deed(Who.operator(by), Operation.SAVE_CANNED, Concerned.scope(messages.scope()));
        return audit.noting(deed, change(directory -> Accounts.saveCanned(directory, by, messages)));
    }

    /** Changes one record, decided on the directory as stored: perhaps more than once, the last time counts. */
    CompletionStage<Outcome<Directory>> change(Function<Directory, Outcome<LibraryRecord>> change) {
        CompletableFuture<Outcome<Directory>> answer = new CompletableFuture<>();
        Runnable task = () -> {
            if (!life.mayDecide(now())) {
                answer.complete(Outcome.refused(RefusalCode.UNAVAILABLE, "this node has no lease at the moment"));
                return;
            }
            Outcome<Directory> outcome = desk.change(life.node(), change);
            caretaker.follow();
            // Answered only after what follows from it at once has been done.
            submit(() -> answer.complete(outcome), answer);
        };
        submit(task, answer);
        return listeners.watched(About.DIRECTORY, null, answer);
    }

    private <T> void submit(Runnable task, CompletableFuture<Outcome<T>> answer) {
        dispatcher.pipeline().submit(new Work.OfTask(task, refusal -> answer.complete(Outcome.refused(refusal))));
    }

    private Policies policies() {
        return presence.directory().policies();
    }

    private Instant now() {
        return time.now();
    }
}
