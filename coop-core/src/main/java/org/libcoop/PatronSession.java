package org.libcoop;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.libcoop.annotation.Beta;
import org.libcoop.chat.Audience;
import org.libcoop.chat.Author;
import org.libcoop.chat.ChatCommand;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Content;
import org.libcoop.chat.Logged;
import org.libcoop.chat.Receipt;
import org.libcoop.directory.WidgetId;
import org.libcoop.engine.FileUser;
import org.libcoop.engine.Node;
import org.libcoop.engine.PatronConnection;
import org.libcoop.refusal.Outcome;
import org.libcoop.spi.Notice;
import org.libcoop.spi.TicketContent;
import org.libcoop.spi.TicketId;

/**
 * What one patron does over one connection: one chat at a time, found again by the patron's key from any page and any node
 * (C7). A stage completes after the store committed; refusals are {@link Outcome}s. Commands take a client's own id: a resend
 * gets the first result (G5). <em>Safe for use by several threads.</em>
 */
public final class PatronSession implements AutoCloseable {

    private final Node node;
    private final PatronConnection connection;

    PatronSession(Node node, PatronConnection connection) {
        this.node = node;
        this.connection = connection;
    }

    /**
     * Starts a chat on a widget (W5, W6, R1). {@code question} is the initial question, null if none. Refused with
     * {@code widget-offline} and the widget's offline text when nobody is there: no chat is created then; with
     * {@code rate-limited} beyond the limits of T5. A patron whose chat is not over goes on with that one.
     * The address among the details is that of this connection, whatever is given.
     */
    public CompletionStage<Outcome<Receipt>> startChat(
            WidgetId widget, Content.PatronDetails details, @Nullable String question, String commandId) {
        return node.commands()
                .startChat(
                        connection,
                        Objects.requireNonNull(widget, "widget"),
                        Objects.requireNonNull(details, "details"),
                        question,
                        commandId);
    }

    /** {@link #startChat(WidgetId, Content.PatronDetails, String, String)} with a new id. */
    public CompletionStage<Outcome<Receipt>> startChat(
            WidgetId widget, Content.PatronDetails details, @Nullable String question) {
        return startChat(widget, details, question, node.commands().newId());
    }

    /** The patron's newest chat, over or not. */
    public Optional<Notice.ChatState> chat() {
        return node.questions().chatOf(connection);
    }

    /**
     * Entries of the patron's newest chat after {@code afterSeq} without what is for staff only (M1, M4): 1,000, or fewer where
     * those are all.
     */
    public List<Logged> conversation(long afterSeq) {
        return node.questions().conversation(connection, afterSeq);
    }

    /**
     * Says something in one of the patron's chats: what is sent again after the next one has begun still means this one (G5).
     * {@code not-found} if it is not this patron's.
     */
    public CompletionStage<Outcome<Receipt>> say(ChatId chat, String text, String commandId) {
        return sayIn(Objects.requireNonNull(chat, "chat"), text, commandId);
    }

    /** The same in the patron's newest chat. */
    public CompletionStage<Outcome<Receipt>> say(String text, String commandId) {
        return sayIn(null, text, commandId);
    }

    private CompletionStage<Outcome<Receipt>> sayIn(@Nullable ChatId chat, String text, String commandId) {
        ChatCommand command =
                new ChatCommand.Say(Author.patron(), Audience.PATRON_AND_STAFF, Objects.requireNonNull(text, "text"));
        return node.commands().command(connection, chat, command, commandId, "say " + text);
    }

    /** {@link #say(String, String)} with a new id. */
    public CompletionStage<Outcome<Receipt>> say(String text) {
        return say(text, node.commands().newId());
    }

    /** Lets the owner know that the patron is typing, or stopped; may be lost (M5). */
    public void typing(boolean on) {
        node.whispers().typing(connection, on);
    }

    /** Lets the owner know up to where the patron has seen the newest chat; may be lost (M5). */
    public void seen(long seq) {
        node.whispers().seen(connection, seq);
    }

    /** Leaves one of the patron's chats on purpose: it is over (C7). {@code not-found} if it is not this patron's. */
    public CompletionStage<Outcome<Receipt>> leave(ChatId chat, String commandId) {
        return leaveOne(Objects.requireNonNull(chat, "chat"), commandId);
    }

    /** Leaves the newest chat on purpose: it is over (C7). */
    public CompletionStage<Outcome<Receipt>> leave(String commandId) {
        return leaveOne(null, commandId);
    }

    private CompletionStage<Outcome<Receipt>> leaveOne(@Nullable ChatId chat, String commandId) {
        return node.commands().command(connection, chat, new ChatCommand.Leave(), commandId, "leave");
    }

    /** {@link #leave(String)} with a new id. */
    public CompletionStage<Outcome<Receipt>> leave() {
        return leave(node.commands().newId());
    }

    /**
     * Rates one of the patron's chats once it is over, from 1 to 5, with a comment of at most {@code messageLimit} characters or null
     * (C14). The last rating counts. {@code not-allowed} while it goes on and where no librarian had it; {@code not-found} if it is
     * not this patron's, or has been over for more than a day.
     */
    public CompletionStage<Outcome<Receipt>> rate(ChatId chat, int rating, @Nullable String comment, String commandId) {
        return node.commands()
                .command(
                        connection,
                        Objects.requireNonNull(chat, "chat"),
                        new ChatCommand.Rate(rating, comment),
                        commandId,
                        "rate " + chat + ' ' + rating + ' ' + comment);
    }

    /** {@link #rate(ChatId, int, String, String)} with a new id. */
    public CompletionStage<Outcome<Receipt>> rate(ChatId chat, int rating, @Nullable String comment) {
        return rate(chat, rating, comment, node.commands().newId());
    }

    /** Files that the patron shares and gets in chats of theirs (U1). */
    public FileSession files() {
        return new FileSession(node, new FileUser.OfPatron(connection));
    }

    /**
     * Asks by ticket about one of the patron's chats, null for the newest: one that nobody answered or answers yet, or that was lost
     * (K1, R17, C7), as {@link Notice.ChatState#ticketOffered} says. The conversation goes with it. Once this answers the ticket is
     * kept; the same command id again is the same ticket (G5). Asks store and outbox on the caller's thread.
     *
     * <p>{@code invalid} without a question or an email address, {@code not-allowed} while no ticket is offered, {@code not-found} if
     * it is not this patron's, {@code rate-limited} beyond the limits of messages and 20 tickets about a chat, {@code unsupported}
     * without a {@link org.libcoop.spi.TicketDesk}, {@code unavailable} if the store does not answer.
     */
    @Beta
    public Outcome<TicketId> askByTicket(@Nullable ChatId chat, TicketContent content, String commandId) {
        return node.tickets()
                .ask(
                        connection,
                        chat,
                        Objects.requireNonNull(content, "content"),
                        Objects.requireNonNull(commandId, "commandId"));
    }

    /** A sign of life (P4, C7). */
    public void renew() {
        connection.renew(node.now());
    }

    /** The connection is gone; the patron counts as lost from the last sign of life on (C7). Doing it twice does nothing. */
    public void disconnect() {
        node.doors().disconnect(connection);
    }

    /** The same as {@link #disconnect}. */
    @Override
    public void close() {
        disconnect();
    }

    /** The chat this session began or resumed; empty before that. */
    public Optional<ChatId> chatId() {
        return chat().map(Notice.ChatState::chat);
    }
}
