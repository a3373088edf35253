package org.libcoop.transport.websocket;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.libcoop.CoopEngine;
import org.libcoop.PatronSession;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Content;
import org.libcoop.chat.Receipt;
import org.libcoop.directory.WidgetId;
import org.libcoop.refusal.Outcome;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.spi.Principal;
import org.libcoop.spi.TicketContent;

/** A patron at the far end. <em>Safe for use by several threads.</em> */
final class PatronParty implements Party {

    private static final Set<String> COMMANDS_OF_OPERATORS = Set.of(
            "sign-in",
            "sign-out",
            "status",
            "active",
            "end-session",
            "monitor",
            "claim",
            "note",
            "end",
            "dismiss",
            "hurry",
            "transfer",
            "accept",
            "decline",
            "withdraw",
            "grant",
            "revoke",
            "post",
            "seen-room");
    private static final Set<String> QUERIES_OF_OPERATORS =
            Set.of("waiting", "preview", "owned", "targets", "online", "remaining", "accounts", "rooms", "posts");

    private final CoopEngine engine;
    private final PatronSession session;
    private final PatronView view;
    private final Handshake.Facts handshake;

    private PatronParty(CoopEngine engine, PatronSession session, PatronView view, Handshake.Facts handshake) {
        this.engine = engine;
        this.session = session;
        this.view = view;
        this.handshake = handshake;
    }

    /** Opens a session whose notices go to {@code connection}. */
    static Outcome<Party> open(
            CoopEngine engine, Principal.OfPatron patron, Handshake.Facts handshake, Connection connection) {
        PatronView view = new PatronView(new Names(engine::directory));
        return engine.connectPatron(
                        patron,
                        handshake.address(),
                        notice -> {
                            ObjectNode seen = view.notice(notice);
                            if (seen != null) {
                                connection.push(Outgoing.notice(notice, Json.write(seen)));
                            }
                        },
                        true)
                .map(session -> new PatronParty(engine, session, view, handshake));
    }

    @Override
    public ObjectNode welcome(ClientFrame.Auth auth) {
        ObjectNode node = Json.object().put("type", "welcome").put("role", "patron");
        node.put("now", Json.instant(engine.now()));
        Resumption chats = new Resumption(auth);
        session.chat().ifPresent(chat -> chats.add(chat, view.state(chat), session::conversation, view::entry));
        node.set("chats", chats.chats());
        return node;
    }

    @Override
    public CompletionStage<Outcome<ObjectNode>> perform(ClientFrame.Command command) {
        Fields fields = command.fields();
        return switch (command.what()) {
            case "start" -> start(fields, command.id());
            case "say" -> Party.receipt(say(fields, command.id()));
            case "rate" -> Party.receipt(rate(fields, command.id()));
            case "leave" -> Party.receipt(leave(fields, command.id()));
            case "ticket" -> CompletableFuture.completedFuture(ticket(fields, command.id()));
            default -> Party.notMineLater(COMMANDS_OF_OPERATORS.contains(command.what()));
        };
    }

    private CompletionStage<Outcome<Receipt>> say(Fields fields, String id) {
        String text = fields.text("text");
        return fields.has("chat") ? session.say(fields.chat(), text, id) : session.say(text, id);
    }

    private CompletionStage<Outcome<Receipt>> rate(Fields fields, String id) {
        return session.rate(fields.chat(), fields.number("rating"), fields.textOrNull("text"), id);
    }

    private CompletionStage<Outcome<Receipt>> leave(Fields fields, String id) {
        return fields.has("chat") ? session.leave(fields.chat(), id) : session.leave(id);
    }

    private Outcome<ObjectNode> ticket(Fields fields, String id) {
        TicketContent content = new TicketContent(
                fields.text("question"),
                fields.textOrNull("name"),
                fields.text("email"),
                fields.flagOrFalse("consent"));
        return session.askByTicket(fields.has("chat") ? fields.chat() : null, content, id)
                .map(ticket -> Json.object().put("ticket", ticket.value()));
    }

    private CompletionStage<Outcome<ObjectNode>> start(Fields fields, String id) {
        WidgetId widget = fields.as("widget", WidgetId::of);
        String userAgent = fields.textOrNull("userAgent");
        Content.PatronDetails details = new Content.PatronDetails(
                fields.textOrNull("name"),
                fields.textOrNull("email"),
                referrer(fields.textOrNull("referrer")),
                userAgent == null ? handshake.userAgent() : userAgent,
                fields.flagOrFalse("consent"));
        String question = fields.textOrNull("question");
        if (!mayUse(widget)) {
            return CompletableFuture.completedFuture(
                    Outcome.refused(RefusalCode.NOT_ALLOWED, "this page may not use that widget"));
        }
        return Party.receipt(session.startChat(widget, details, question, id));
    }

    /** W1: a page that is not the host's own may use the widgets that name its origin, whether or not others exist. */
    private boolean mayUse(WidgetId widget) {
        String origin = handshake.origin();
        return origin == null
                || engine.directory()
                        .widget(widget)
                        .filter(found -> found.origins().contains(origin))
                        .isPresent();
    }

    /** Only addresses of web pages: librarians are shown the referrer as a link. */
    private static @Nullable String referrer(@Nullable String given) {
        if (given == null) {
            return null;
        }
        String lower = given.toLowerCase(Locale.ROOT);
        return lower.startsWith("https://") || lower.startsWith("http://") ? given : null;
    }

    @Override
    public Outcome<JsonNode> answer(ClientFrame.Query query) {
        return switch (query.what()) {
            case "chat" -> Outcome.done(chat());
            case "conversation" -> conversation(query.fields().count("after"));
            default -> Party.notMine(QUERIES_OF_OPERATORS.contains(query.what()));
        };
    }

    @Override
    public void whisper(ClientFrame.Whisper whisper) {
        if (whisper.what().equals("typing")) {
            session.typing(whisper.fields().flag("on"));
        } else {
            session.seen(whisper.fields().count("seq"));
        }
    }

    private ObjectNode chat() {
        ObjectNode node = Json.object();
        session.chat().ifPresent(state -> node.set("state", view.state(state)));
        return node;
    }

    private Outcome<JsonNode> conversation(long after) {
        ChatId chat = session.chatId().orElse(null);
        return chat == null
                ? Outcome.refused(RefusalCode.NOT_FOUND, "you have no chat")
                : Outcome.done(ChatJson.conversation(chat, session.conversation(after), view::entry));
    }

    /** A patron is known by nothing but the key, which cannot be withdrawn. */
    @Override
    public boolean isKnown() {
        return true;
    }

    @Override
    public void renew() {
        session.renew();
    }

    @Override
    public void disconnect() {
        session.disconnect();
    }
}
