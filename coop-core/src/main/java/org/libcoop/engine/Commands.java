package org.libcoop.engine;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.libcoop.access.Accounts;
import org.libcoop.chat.Chat;
import org.libcoop.chat.ChatCommand;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.ChatRules;
import org.libcoop.chat.Content;
import org.libcoop.chat.Receipt;
import org.libcoop.directory.CoopAccount;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.Coverage;
import org.libcoop.directory.Directory;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.LibraryRecord;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Policies;
import org.libcoop.directory.Widget;
import org.libcoop.directory.WidgetId;
import org.libcoop.presence.NodeId;
import org.libcoop.presence.Presence;
import org.libcoop.refusal.Outcome;
import org.libcoop.refusal.Refusal;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.spi.CommandId;
import org.libcoop.spi.Ids;
import org.libcoop.spi.Store;
import org.libcoop.spi.StoreException;

/** Commands on their way into the pipeline; each comes back as a completed stage. Safe for use by several threads. */
public final class Commands {

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
    private final Ids ids;

    Commands(
            Ground ground,
            Dispatcher dispatcher,
            StrangerLimits limits,
            DirectoryDesk desk,
            Caretaker caretaker,
            Doors doors,
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
        this.ids = ids;
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
        return work.answer;
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
            return chat == null
                    ? refused(RefusalCode.NOT_FOUND, "you have no such chat")
                    : command(chat.id(), command, scope(connection), commandId, content);
        } catch (StoreException away) {
            return refused(RefusalCode.UNAVAILABLE, "the store does not answer");
        }
    }

    /** What comes through a connection that was given up for silence (P4). */
    public static CompletionStage<Outcome<Receipt>> dropped() {
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
            ChatCommand command = new ChatCommand.Start(chat, widget, details, question, hash, node);
            doors.begins(answer, connection, node);
            dispatcher.pipeline().urgent(new Work.OfChat(chat, command, startId, answer));
        };
        submit(start, answer);
        return answer;
    }

    private static CompletionStage<Outcome<Receipt>> unfit() {
        return refused(
                RefusalCode.INVALID,
                "a command id has 1 to " + CommandId.MAX_LENGTH + " characters, no control characters among them");
    }

    private static String scope(PatronConnection connection) {
        return "patron:" + connection.keyHash();
    }

    private static CompletionStage<Outcome<Receipt>> refused(RefusalCode code, String message) {
        return CompletableFuture.completedFuture(Outcome.refused(Refusal.of(code, message)));
    }

    // ---- Directory

    /** D9–D11. */
    public CompletionStage<Outcome<Directory>> save(LibraryRecord record) {
        return change(directory -> Outcome.done(record));
    }

    /** D9. */
    public CompletionStage<Outcome<Directory>> endMembership(InstitutionId institution, CoopId coop) {
        return change(directory -> directory
                .membership(coop, institution)
                .map(m -> Outcome.<LibraryRecord>done(m.asEnded()))
                .orElseGet(() -> Outcome.refused(RefusalCode.NOT_FOUND, "there is no such membership")));
    }

    /** A2, A3, A6. */
    public CompletionStage<Outcome<Directory>> grant(
            OperatorId by, OperatorId who, CoopId coop, CoopAccount.Level level) {
        return change(directory -> Accounts.grant(directory, by, who, coop, level));
    }

    /** A2, A3, A6, A7. */
    public CompletionStage<Outcome<Directory>> revoke(OperatorId by, OperatorId who, CoopId coop) {
        return change(directory -> Accounts.revoke(directory, by, who, coop));
    }

    /** D6. */
    public CompletionStage<Outcome<Directory>> cover(
            OperatorId by, InstitutionId institution, CoopId coop, Coverage coverage) {
        return change(directory -> Accounts.cover(directory, by, institution, coop, coverage));
    }

    /** A10. */
    public CompletionStage<Outcome<Directory>> saveWidget(OperatorId by, Widget widget) {
        return change(directory -> Accounts.saveWidget(directory, by, widget));
    }

    private CompletionStage<Outcome<Directory>> change(Function<Directory, Outcome<LibraryRecord>> change) {
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
        return answer;
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
