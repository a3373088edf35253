package org.libcoop;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.libcoop.annotation.Beta;
import org.libcoop.chat.Audience;
import org.libcoop.chat.Author;
import org.libcoop.chat.ChatCommand;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Disposition;
import org.libcoop.chat.Logged;
import org.libcoop.chat.Receipt;
import org.libcoop.directory.CoopAccount;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.Coverage;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.Membership;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.Stage;
import org.libcoop.directory.Widget;
import org.libcoop.directory.WidgetWarning;
import org.libcoop.engine.Commands;
import org.libcoop.engine.FileUser;
import org.libcoop.engine.Node;
import org.libcoop.engine.OperatorConnection;
import org.libcoop.presence.OperatorPresence;
import org.libcoop.presence.Status;
import org.libcoop.refusal.Outcome;
import org.libcoop.spi.Notice;
import org.libcoop.spi.OnlineOperator;
import org.libcoop.spi.Post;
import org.libcoop.spi.Remaining;
import org.libcoop.spi.TransferTarget;
import org.libcoop.talk.OpenRoom;
import org.libcoop.talk.Room;

/**
 * What one operator does over one connection. A stage completes after the store committed, on the engine's thread; a refusal
 * is an {@link Outcome}, never an exception. Commands take a client's own id: a resend with the same id and content gets the
 * first result (G5); the overloads without draw a new one.
 *
 * <p>The session lives from its connection to {@link #disconnect}, and shows signs of life by {@link #renew} unless it was
 * opened as one that lives with its process (P4). <em>Safe for use by several threads.</em>
 */
public final class OperatorSession implements AutoCloseable {

    private final Node node;
    private final OperatorConnection connection;

    OperatorSession(Node node, OperatorConnection connection) {
        this.node = node;
        this.connection = connection;
    }

    /** Who this is. */
    public OperatorId operator() {
        return connection.operator();
    }

    // ---- Presence (P1–P4)

    /** Signs in as ONLINE, with the switches as they were (P2). Refused {@code not-allowed} without {@code chatEnabled} (D2). */
    public CompletionStage<Outcome<OperatorPresence>> signIn() {
        act();
        return node.doors().signIn(operator());
    }

    /** Signs out at once. Claimed chats lose their owner (C6): warn before, {@link #owned} says how many. */
    public CompletionStage<Outcome<OperatorPresence>> signOut() {
        return node.doors().signOut(operator());
    }

    /** Says another status (P1). OFFLINE loses claimed chats at once (C6), FINISHING keeps them. Refused {@code not-allowed} when signed out. */
    public CompletionStage<Outcome<OperatorPresence>> status(Status status) {
        act();
        return node.doors().status(operator(), Objects.requireNonNull(status, "status"));
    }

    /** Switches monitoring of a department, the personal line or a co-op on or off (P2). On without access: {@code not-allowed}. */
    public CompletionStage<Outcome<OperatorPresence>> monitor(Option option, boolean on) {
        act();
        return node.doors().monitor(operator(), Objects.requireNonNull(option, "option"), on);
    }

    /**
     * Ends the session of a colleague of the same institution (P5), whose claimed chats lose their owner at once (C6): {@code
     * not-found} for anybody else, {@code not-allowed} unless this operator is a local admin or administers in a co-op. Does
     * nothing to somebody who is signed out.
     */
    public CompletionStage<Outcome<OperatorPresence>> endSession(OperatorId colleague) {
        act();
        return node.doors().endSession(operator(), Objects.requireNonNull(colleague, "colleague"));
    }

    /**
     * Says that the operator is at it although nothing was asked of the library, as by moving a mouse: the idle limit counts from
     * every act (P5). Acts are this, every command, a preview and typing; {@link #renew} and mere reading are none.
     */
    public void active() {
        act();
    }

    private void act() {
        node.doors().acted(connection);
    }

    /** The operator's presence as this node knows it. */
    public OperatorPresence presence() {
        return node.presence().row(operator());
    }

    /**
     * P6: who monitors {@code stage} now, by id; {@code not-allowed} without access to the department or line, or a place in the
     * co-op. What they monitor beside is shown as far as this operator may see it there, too.
     */
    public Outcome<List<OnlineOperator>> online(Stage stage) {
        return node.questions().onlineFor(operator(), Objects.requireNonNull(stage, "stage"));
    }

    /**
     * P6: for each stage that this operator's switches are on for, how many others monitor it now: who is left after signing out
     * or switching off. By kind and id.
     */
    public List<Remaining> remaining() {
        return node.questions().remaining(operator());
    }

    /** A sign of life (P4); does nothing else. */
    public void renew() {
        connection.renew(node.now());
    }

    /** The connection is gone; presence ends one lease after the last sign of life (P4). Doing it twice does nothing. */
    public void disconnect() {
        node.doors().disconnect(connection);
    }

    /** The same as {@link #disconnect}. */
    @Override
    public void close() {
        disconnect();
    }

    // ---- Waiting chats (C1, C2, C11, C13)

    /** The unclaimed chats this operator may claim now, and those that are offered to it, the oldest first (R6, C4, C9). */
    public List<Notice.ChatSummary> waiting() {
        return node.questions().waitingFor(operator());
    }

    /** Looks into an unclaimed chat without claiming it (C1); changes nothing. {@code not-eligible} once it is claimed. */
    public Outcome<Notice.ChatSummary> preview(ChatId chat) {
        act();
        return node.questions().preview(operator(), Objects.requireNonNull(chat, "chat"));
    }

    /** Claims a chat (C2): {@code already-claimed}, {@code at-limit}, {@code not-eligible}, {@code chat-over} or {@code not-found} otherwise. */
    public CompletionStage<Outcome<Receipt>> claim(ChatId chat, String commandId) {
        return send(chat, new ChatCommand.Claim(operator()), scope(), commandId, "claim " + chat);
    }

    /** {@link #claim(ChatId, String)} with a new id. */
    public CompletionStage<Outcome<Receipt>> claim(ChatId chat) {
        return claim(chat, node.commands().newId());
    }

    /** Puts away a chat that was never owned, with a reason of 1 to 100 characters such as {@code spam} or {@code practice} (C11). */
    public CompletionStage<Outcome<Receipt>> dismiss(ChatId chat, String reason, String commandId) {
        ChatCommand command = new ChatCommand.Dismiss(operator(), Objects.requireNonNull(reason, "reason"));
        return send(chat, command, scope(), commandId, "dismiss " + chat + ' ' + reason);
    }

    /** {@link #dismiss(ChatId, String, String)} with a new id. */
    public CompletionStage<Outcome<Receipt>> dismiss(ChatId chat, String reason) {
        return dismiss(chat, reason, node.commands().newId());
    }

    /** Asks for the next stage now; {@code seen} is the one shown as next (C13). {@code nothing-pending} if none is left. */
    public CompletionStage<Outcome<Receipt>> hurry(ChatId chat, Stage seen, String commandId) {
        ChatCommand command = new ChatCommand.Hurry(operator(), Objects.requireNonNull(seen, "seen"));
        // A stage's text has the id only, which is one department's and one operator's at the same time.
        String content = "hurry " + chat + ' ' + seen.option().kind() + ' ' + seen;
        return send(chat, command, scope(), commandId, content);
    }

    /** {@link #hurry(ChatId, Stage, String)} with a new id. */
    public CompletionStage<Outcome<Receipt>> hurry(ChatId chat, Stage seen) {
        return hurry(chat, seen, node.commands().newId());
    }

    // ---- Own chats (M1–M3, C5)

    /** The chats this operator owns now. */
    public List<Notice.ChatState> owned() {
        return node.questions().ownedBy(operator());
    }

    /** Where a chat stands that this operator owns or owned last; {@code not-owner} or {@code not-found} otherwise. */
    public Outcome<Notice.ChatState> chat(ChatId chat) {
        return node.questions().stateFor(operator(), Objects.requireNonNull(chat, "chat"));
    }

    /** Lets the patron of an own chat know that this operator is typing, or stopped; may be lost (M5). */
    public void typing(ChatId chat, boolean on) {
        act();
        node.whispers().typing(operator(), Objects.requireNonNull(chat, "chat"), on);
    }

    /** Lets the patron of an own chat know up to where this operator has seen it; may be lost (M5). */
    public void seen(ChatId chat, long seq) {
        node.whispers().seen(operator(), Objects.requireNonNull(chat, "chat"), seq);
    }

    /** Entries of a chat this operator owns or owned last, after {@code afterSeq}, at most 1,000; {@code not-owner} or {@code not-found} otherwise. */
    public Outcome<List<Logged>> conversation(ChatId chat, long afterSeq) {
        return node.questions().conversation(operator(), Objects.requireNonNull(chat, "chat"), afterSeq);
    }

    /**
     * Says something to the patron; {@code not-owner} unless this operator owns the chat, {@code staffing-secret} if something in it
     * stands in the staffing FAQ of the patron's library ({@link #release}, F2), {@code unavailable} if that FAQ was never there to
     * look at.
     */
    public CompletionStage<Outcome<Receipt>> say(ChatId chat, String text, String commandId) {
        return reply(chat, text, false, commandId);
    }

    /** {@link #say(ChatId, String, String)} with a new id. */
    public CompletionStage<Outcome<Receipt>> say(ChatId chat, String text) {
        return say(chat, text, node.commands().newId());
    }

    /**
     * Says something to the patron although it stands in the staffing FAQ of the patron's library, because it is meant: the audit trail
     * names the entry and the chat before the message is there (F2). Of what stands in none nothing is recorded. As {@link
     * #say(ChatId, String, String)} otherwise, of which it is the same command; {@code unavailable} if the audit trail does not answer.
     */
    public CompletionStage<Outcome<Receipt>> release(ChatId chat, String text, String commandId) {
        return reply(chat, text, true, commandId);
    }

    /** {@link #release(ChatId, String, String)} with a new id. */
    public CompletionStage<Outcome<Receipt>> release(ChatId chat, String text) {
        return release(chat, text, node.commands().newId());
    }

    /** Writes an internal note, which reaches no patron (M1). */
    public CompletionStage<Outcome<Receipt>> note(ChatId chat, String text, String commandId) {
        Author author = Author.operator(operator());
        ChatCommand command = new ChatCommand.Say(author, Audience.STAFF_ONLY, Objects.requireNonNull(text, "text"));
        return send(chat, command, scope(), commandId, Audience.STAFF_ONLY + " " + chat + ' ' + text);
    }

    /** {@link #note(ChatId, String, String)} with a new id. */
    public CompletionStage<Outcome<Receipt>> note(ChatId chat, String text) {
        return note(chat, text, node.commands().newId());
    }

    private CompletionStage<Outcome<Receipt>> reply(ChatId chat, String text, boolean release, String commandId) {
        Objects.requireNonNull(chat, "chat");
        Objects.requireNonNull(text, "text");
        act();
        return connection.isDropped()
                ? node.commands().dropped()
                : node.replies().say(operator(), chat, text, release, commandId);
    }

    /** Ends the chat, saying what became of it (C14). */
    public CompletionStage<Outcome<Receipt>> end(ChatId chat, Disposition disposition, String commandId) {
        ChatCommand command = new ChatCommand.End(operator(), Objects.requireNonNull(disposition, "disposition"));
        return send(chat, command, scope(), commandId, "end " + chat + ' ' + disposition);
    }

    /** {@link #end(ChatId, Disposition, String)} with a new id. */
    public CompletionStage<Outcome<Receipt>> end(ChatId chat, Disposition disposition) {
        return end(chat, disposition, node.commands().newId());
    }

    // ---- Transfer (C8–C10)

    /**
     * Offers an own chat to an operator or a department of the patron's home institution, an operator of the co-op it was claimed
     * through, or another co-op of that institution (C8). The owner keeps it until somebody accepts; a new offer withdraws the
     * pending one. {@code not-allowed} for every other target and where nobody is there, {@code not-owner} for another's chat.
     */
    public CompletionStage<Outcome<Receipt>> transfer(ChatId chat, Option to, String commandId) {
        ChatCommand command = new ChatCommand.Transfer(operator(), Objects.requireNonNull(to, "to"));
        return send(chat, command, scope(), commandId, "transfer " + chat + ' ' + to.kind() + ' ' + to);
    }

    /** {@link #transfer(ChatId, Option, String)} with a new id. */
    public CompletionStage<Outcome<Receipt>> transfer(ChatId chat, Option to) {
        return transfer(chat, to, node.commands().newId());
    }

    /** Takes a chat that is offered to this operator (C9): {@code not-eligible} if it is not, or not any more; {@code at-limit} without room. */
    public CompletionStage<Outcome<Receipt>> accept(ChatId chat, String commandId) {
        return send(chat, new ChatCommand.Accept(operator()), scope(), commandId, "accept " + chat);
    }

    /** {@link #accept(ChatId, String)} with a new id. */
    public CompletionStage<Outcome<Receipt>> accept(ChatId chat) {
        return accept(chat, node.commands().newId());
    }

    /** Leaves a chat that is offered to this operator to the others (C9); {@code not-eligible} if it is not, or not any more. */
    public CompletionStage<Outcome<Receipt>> decline(ChatId chat, String commandId) {
        return send(chat, new ChatCommand.Decline(operator()), scope(), commandId, "decline " + chat);
    }

    /** {@link #decline(ChatId, String)} with a new id. */
    public CompletionStage<Outcome<Receipt>> decline(ChatId chat) {
        return decline(chat, node.commands().newId());
    }

    /** Takes back the offer of an own chat (C9); {@code not-eligible} if there is none, or none any more. */
    public CompletionStage<Outcome<Receipt>> withdraw(ChatId chat, String commandId) {
        return send(chat, new ChatCommand.Withdraw(operator()), scope(), commandId, "withdraw " + chat);
    }

    /** {@link #withdraw(ChatId, String)} with a new id. */
    public CompletionStage<Outcome<Receipt>> withdraw(ChatId chat) {
        return withdraw(chat, node.commands().newId());
    }

    /** To whom an own chat could be handed over now, with how many there are (C8); {@code not-owner} or {@code not-found} otherwise. */
    public Outcome<List<TransferTarget>> transferTargets(ChatId chat) {
        return node.questions().transferTargets(operator(), Objects.requireNonNull(chat, "chat"));
    }

    /** What this operator does with transcripts of chats that are over (X1–X3, X5, A4). */
    public TranscriptSession transcripts() {
        return new TranscriptSession(node, operator());
    }

    /** Files that this operator shares and gets in own chats (U1). */
    public FileSession files() {
        return new FileSession(node, new FileUser.OfStaff(operator()));
    }

    /** How this operator keeps patrons from starting chats (C15). */
    public BlockSession blocks() {
        return new BlockSession(node.blocks(), operator());
    }

    /** How this operator makes tickets out of chats (K1). */
    @Beta
    public TicketSession tickets() {
        return new TicketSession(node, operator());
    }

    /** What this operator looks up, beside a chat and without one (F1–F4). */
    public FaqSession faq() {
        return new FaqSession(node, operator());
    }

    // ---- Accounts and widgets (A2, A3, A6, A10)

    /** How this operator reads and answers QA feedback (X4). */
    public FeedbackSession feedback() {
        return new FeedbackSession(node.feedback(), operator(), node.commands()::newId);
    }

    // ---- Staff chat (I1, I2)

    /** The rooms this operator is in now, with who is there; none while it is not signed in, or OFFLINE. */
    public Outcome<List<OpenRoom>> rooms() {
        return node.talk().rooms(operator());
    }

    /**
     * What was written in a room, from place {@code from} on, in order, at most {@code limit} and at most {@value
     * org.libcoop.spi.Discussions#PAGE} posts. {@code not-allowed} for who is not in the room now, and whether or not there is one.
     */
    public Outcome<List<Post>> posts(Room room, long from, int limit) {
        return node.talk().posts(operator(), Objects.requireNonNull(room, "room"), from, limit);
    }

    /**
     * Writes in a room: told at once to those in it, and kept for {@code staffChatRetention}. {@code not-allowed} for who is not in
     * the room now, and whether or not there is one; {@code unavailable} if the other one of a pair is not here; {@code invalid}
     * without a text, {@code too-large} beyond {@code messageLimit}.
     */
    public CompletionStage<Outcome<Post>> post(Room room, String text, String commandId) {
        return node.talk()
                .post(
                        operator(),
                        Objects.requireNonNull(room, "room"),
                        Objects.requireNonNull(text, "text"),
                        Objects.requireNonNull(commandId, "commandId"));
    }

    /** {@link #post(Room, String, String)} with a new id. */
    public CompletionStage<Outcome<Post>> post(Room room, String text) {
        return post(room, text, node.commands().newId());
    }

    /** Remembers up to which place this operator has seen a room: {@link OpenRoom#seen} on any device. Refused as {@link #posts}. */
    public Outcome<Room> seenRoom(Room room, long seq) {
        return node.talk().seen(operator(), Objects.requireNonNull(room, "room"), seq);
    }

    // ---- Accounts

    /** The accounts of a co-op that this operator may see: as {@link AccountSession#accounts}. */
    public Outcome<List<CoopAccount>> accounts(CoopId coop) {
        return managed().accounts(coop);
    }

    /** Gives an operator an account, or another level (A2, A3): as {@link AccountSession#grant}. */
    public CompletionStage<Outcome<CoopAccount>> grant(OperatorId who, CoopId coop, CoopAccount.Level level) {
        return managed().grant(who, coop, level);
    }

    /** Takes an operator's account away (A7): as {@link AccountSession#revoke}. */
    public CompletionStage<Outcome<CoopAccount>> revoke(OperatorId who, CoopId coop) {
        return managed().revoke(who, coop);
    }

    private AccountSession managed() {
        return new AccountSession(node, operator());
    }

    /** Sets the hours at which a co-op serves an institution's patrons (D6): of the own one as its INSTITUTION_ADMIN, of any as COOP_ADMIN; {@code not-allowed} otherwise. */
    public CompletionStage<Outcome<Membership>> setCoverage(InstitutionId institution, CoopId coop, Coverage coverage) {
        Objects.requireNonNull(institution, "institution");
        Objects.requireNonNull(coop, "coop");
        Objects.requireNonNull(coverage, "coverage");
        return node.commands()
                .cover(operator(), institution, coop, coverage)
                .thenApply(outcome -> outcome.map(
                        directory -> directory.membership(coop, institution).orElseThrow()));
    }

    /** Adds or changes a widget of the own institution, as its local admin (A10): as {@link AccountSession#saveWidget}. */
    public CompletionStage<Outcome<List<WidgetWarning>>> saveWidget(Widget widget) {
        return managed().saveWidget(widget);
    }

    /** When this session's connection last showed a sign of life. */
    public Instant lastRenewal() {
        return connection.lastRenewal();
    }

    private CompletionStage<Outcome<Receipt>> send(
            ChatId chat, ChatCommand command, String scope, String commandId, String content) {
        act();
        return connection.isDropped()
                ? node.commands().dropped()
                : node.commands().command(chat, command, scope, commandId, content);
    }

    private String scope() {
        return Commands.scope(operator());
    }
}
