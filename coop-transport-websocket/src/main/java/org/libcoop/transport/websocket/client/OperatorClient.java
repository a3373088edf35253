package org.libcoop.transport.websocket.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Disposition;
import org.libcoop.chat.Receipt;
import org.libcoop.directory.CoopAccount;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.Stage;
import org.libcoop.presence.Status;
import org.libcoop.refusal.Outcome;
import org.libcoop.spi.Notice;
import org.libcoop.spi.Remaining;
import org.libcoop.spi.TransferTarget;

/** An operator's client: own presence, the list of waiting chats, own chats. <em>Safe for use by several threads.</em> */
public final class OperatorClient extends ChatClient {

    private final Map<ChatId, Notice.ChatSummary> waiting = new ConcurrentHashMap<>();
    private volatile @Nullable OwnPresence presence;

    /** A client that is not connected yet. */
    public OperatorClient(ClientOptions options, ClientListener listener) {
        super("operator", options, listener, true);
    }

    // ---- Presence (P1, P2)

    /** The operator's own presence as last told; empty before the first welcome. */
    public Optional<OwnPresence> presence() {
        return Optional.ofNullable(presence);
    }

    /** Signs in as ONLINE, with the switches as they were. */
    public CompletionStage<Outcome<OwnPresence>> signIn() {
        return self("sign-in", fields());
    }

    /** Signs out at once; claimed chats lose their owner (C6). */
    public CompletionStage<Outcome<OwnPresence>> signOut() {
        return self("sign-out", fields());
    }

    /** Says another status. */
    public CompletionStage<Outcome<OwnPresence>> status(Status status) {
        return self("status", fields().put("is", kebab(status)));
    }

    /** Switches monitoring of an option on or off. */
    public CompletionStage<Outcome<OwnPresence>> monitor(Option option, boolean on) {
        ObjectNode fields = fields().put("on", on);
        fields.set("option", named(option));
        return self("monitor", fields);
    }

    /** Ends the session of a colleague of the same institution, as its admin (P5); answers with whose it was. */
    public CompletionStage<Outcome<OperatorId>> endSession(OperatorId colleague) {
        return wire.command(newId(), "end-session", fields().put("operator", colleague.value()))
                .thenApply(outcome -> outcome.map(result -> colleague));
    }

    /** Says that the operator is at it, though nothing is asked: the idle limit counts from then on (P5). Once a minute will do. */
    public CompletionStage<Outcome<OwnPresence>> active() {
        return self("active", fields());
    }

    /** Who monitors a stage now (P6). */
    public CompletionStage<Outcome<List<Colleague>>> online(Stage stage) {
        ObjectNode fields = fields();
        fields.set("stage", named(stage));
        return wire.query("online", fields)
                .thenApply(outcome -> outcome.map(result -> Reading.online(result.path("value"))));
    }

    /** For each stage the operator's switches are on for, how many others monitor it now (P6). */
    public CompletionStage<Outcome<List<Remaining>>> remaining() {
        return wire.query("remaining", fields())
                .thenApply(outcome -> outcome.map(result -> Reading.remaining(result.path("value"))));
    }

    private CompletionStage<Outcome<OwnPresence>> self(String what, ObjectNode fields) {
        return wire.command(newId(), what, fields)
                .thenApply(outcome -> outcome.map(result -> Reading.self(result.path("self"))));
    }

    // ---- Waiting chats (C1, C2, C11, C13)

    /** The chats that may be claimed now and those that are offered (C9), the oldest first, as last told; the first page of them where there are many. */
    public List<Notice.ChatSummary> waiting() {
        return waiting.values().stream()
                .sorted(Comparator.comparing(Notice.ChatSummary::startedAt)
                        .thenComparing(chat -> chat.chat().value()))
                .toList();
    }

    /** Claims a chat. */
    public CompletionStage<Outcome<Receipt>> claim(ChatId chat) {
        return command(newId(), "claim", of(chat));
    }

    /** Puts away a chat that was never owned, with a reason such as {@code spam}. */
    public CompletionStage<Outcome<Receipt>> dismiss(ChatId chat, String reason) {
        return command(newId(), "dismiss", of(chat).put("reason", Objects.requireNonNull(reason, "reason")));
    }

    /** Asks for the next stage now; {@code seen} is the one shown as next. */
    public CompletionStage<Outcome<Receipt>> hurry(ChatId chat, Stage seen) {
        ObjectNode fields = of(chat);
        fields.set("seen", named(seen));
        return command(newId(), "hurry", fields);
    }

    /** Looks into a waiting chat without claiming it. */
    public CompletionStage<Outcome<Notice.ChatSummary>> preview(ChatId chat) {
        return wire.query("preview", of(chat))
                .thenApply(outcome -> outcome.map(result -> Reading.summary(result.path("value"))));
    }

    // ---- Own chats

    /** Says something to the patron. */
    public CompletionStage<Outcome<Receipt>> say(ChatId chat, String text) {
        return say(chat, text, newId());
    }

    /** The same under an id of the caller's, which must be new: resent by whomever, it is said once (G5). */
    public CompletionStage<Outcome<Receipt>> say(ChatId chat, String text, String id) {
        return command(id, "say", of(chat).put("text", Objects.requireNonNull(text, "text")));
    }

    /** Says something to the patron that is kept for staff, because it is meant (F2): as {@link #say(ChatId, String, String)}. */
    public CompletionStage<Outcome<Receipt>> release(ChatId chat, String text, String id) {
        return command(
                id,
                "say",
                of(chat).put("text", Objects.requireNonNull(text, "text")).put("release", true));
    }

    /** Writes an internal note, which reaches no patron (M1). */
    public CompletionStage<Outcome<Receipt>> note(ChatId chat, String text) {
        return command(newId(), "note", of(chat).put("text", Objects.requireNonNull(text, "text")));
    }

    /** Ends an own chat, saying what became of it (C14). */
    public CompletionStage<Outcome<Receipt>> end(ChatId chat, Disposition disposition) {
        return command(newId(), "end", of(chat).put("disposition", disposition.code()));
    }

    /** Offers an own chat to an operator, a department or a co-op (C8, C9). */
    public CompletionStage<Outcome<Receipt>> transfer(ChatId chat, Option to) {
        ObjectNode fields = of(chat);
        fields.set("to", named(to));
        return command(newId(), "transfer", fields);
    }

    /** Takes a chat that is offered (C9). */
    public CompletionStage<Outcome<Receipt>> accept(ChatId chat) {
        return command(newId(), "accept", of(chat));
    }

    /** Leaves a chat that is offered to the others (C9). */
    public CompletionStage<Outcome<Receipt>> decline(ChatId chat) {
        return command(newId(), "decline", of(chat));
    }

    /** Takes back the offer of an own chat (C9). */
    public CompletionStage<Outcome<Receipt>> withdraw(ChatId chat) {
        return command(newId(), "withdraw", of(chat));
    }

    /** To whom an own chat could be handed over now (C8). */
    public CompletionStage<Outcome<List<TransferTarget>>> transferTargets(ChatId chat) {
        return wire.query("targets", of(chat))
                .thenApply(outcome -> outcome.map(result -> Reading.targets(result.path("value"))));
    }

    /** Lets the patron know that this operator is typing, or stopped; may be lost (M5). */
    public void typing(ChatId chat, boolean on) {
        wire.whisper("typing", of(chat).put("on", on));
    }

    /** Lets the patron know up to where this operator has seen the chat; may be lost (M5). */
    public void seen(ChatId chat, long seq) {
        wire.whisper("seen", of(chat).put("seq", seq));
    }

    // ---- Accounts (A2, A3, A6)

    /** The accounts of a co-op that this operator may see: those it manages, its own, those of its admins. */
    public CompletionStage<Outcome<List<ListedAccount>>> accounts(CoopId coop) {
        return wire.query("accounts", fields().put("in", coop.value()))
                .thenApply(outcome -> outcome.map(result -> Reading.accounts(result.path("value"))));
    }

    /** Gives an operator an account in a co-op, or another level. */
    public CompletionStage<Outcome<ListedAccount>> grant(OperatorId who, CoopId coop, CoopAccount.Level level) {
        return account("grant", account(who, coop).put("level", kebab(level)));
    }

    /**
     * Takes an operator's account in a co-op away; the outcome is the account that was taken. {@code not-found} if there is none, be
     * it that this command had to be sent again and took it before.
     */
    public CompletionStage<Outcome<ListedAccount>> revoke(OperatorId who, CoopId coop) {
        return account("revoke", account(who, coop));
    }

    private CompletionStage<Outcome<ListedAccount>> account(String what, ObjectNode fields) {
        return wire.command(newId(), what, fields)
                .thenApply(outcome -> outcome.map(result -> Reading.account(result.path("account"))));
    }

    private static ObjectNode account(OperatorId who, CoopId coop) {
        return fields().put("who", who.value()).put("in", coop.value());
    }

    // ---- What comes

    @Override
    void greeted(JsonNode welcome) {
        presence = Reading.self(welcome.path("self"));
        waiting.clear();
        welcome.path("waiting").forEach(this::list);
        listener().desk();
    }

    @Override
    void told(JsonNode notice) {
        switch (notice.path("is").asText()) {
            case "listed" -> list(notice.path("waiting"));
            case "unlisted" -> waiting.remove(Reading.chat(notice));
            case "released" -> release(Reading.chat(notice));
            case "self" -> presence = Reading.self(notice.path("self"));
            default -> {
                return; // of a later version
            }
        }
        listener().desk();
    }

    private void list(JsonNode summary) {
        Notice.ChatSummary chat = Reading.summary(summary);
        waiting.merge(chat.chat(), chat, (known, next) -> next.seq() >= known.seq() ? next : known);
    }

    private static ObjectNode of(ChatId chat) {
        return fields().put("chat", chat.value());
    }

    private static ObjectNode named(Stage stage) {
        ObjectNode named = named(stage.option());
        if (stage.backup()) {
            named.put("backup", true);
        }
        return named;
    }

    private static ObjectNode named(Option option) {
        return fields().put("kind", kebab(option.kind())).put("id", option.id());
    }

    private static String kebab(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
