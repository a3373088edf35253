package org.libcoop.transport.websocket;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.libcoop.CoopEngine;
import org.libcoop.OperatorSession;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Disposition;
import org.libcoop.chat.Receipt;
import org.libcoop.directory.CoopAccount;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Stage;
import org.libcoop.presence.OperatorPresence;
import org.libcoop.refusal.Outcome;
import org.libcoop.spi.Notice;
import org.libcoop.spi.Post;
import org.libcoop.talk.Room;

/** An operator at the far end. <em>Safe for use by several threads.</em> */
final class OperatorParty implements Party {

    private static final Set<String> COMMANDS_OF_PATRONS = Set.of("start", "rate", "leave", "ticket");
    private static final Set<String> QUERIES_OF_PATRONS = Set.of("chat");

    private final CoopEngine engine;
    private final OperatorSession session;
    private final OperatorView view;

    private OperatorParty(CoopEngine engine, OperatorSession session, OperatorView view) {
        this.engine = engine;
        this.session = session;
        this.view = view;
    }

    /** Opens a session whose notices go to {@code connection}. */
    static Outcome<Party> open(CoopEngine engine, OperatorId operator, Connection connection) {
        OperatorView view = new OperatorView(new Names(engine::directory), operator, engine::device);
        Encodings encodings = connection.encodings();
        return engine.connectOperator(
                        operator,
                        notice -> connection.push(
                                encodings.of(notice, engine.directory(), () -> Json.write(view.notice(notice)))),
                        true)
                .map(session -> new OperatorParty(engine, session, view));
    }

    @Override
    public ObjectNode welcome(ClientFrame.Auth auth) {
        ObjectNode node = Json.object().put("type", "welcome").put("role", "operator");
        node.put("now", Json.instant(engine.now()));
        engine.directory().operator(session.operator()).ifPresent(me -> node.set("operator", view.account(me)));
        node.set("self", view.self(session.presence()));
        node.setAll(waiting());
        node.set("chats", chats(auth));
        ArrayNode dispositions = node.putArray("dispositions");
        List.of(Disposition.ANSWERED, Disposition.FOLLOW_UP, Disposition.LOST, Disposition.PRACTICE)
                .forEach(disposition -> dispositions.add(disposition.code()));
        return node;
    }

    @Override
    public CompletionStage<Outcome<ObjectNode>> perform(ClientFrame.Command command) {
        Fields fields = command.fields();
        String id = command.id();
        return switch (command.what()) {
            case "sign-in" -> self(session.signIn());
            case "sign-out" -> self(session.signOut());
            case "status" -> self(session.status(fields.status("is")));
            case "monitor" -> self(session.monitor(fields.option("option"), fields.flag("on")));
            case "active" -> self(active());
            case "end-session" -> ended(session.endSession(fields.as("operator", OperatorId::of)));
            case "claim" -> Party.receipt(session.claim(fields.chat(), id));
            case "say" -> Party.receipt(said(fields, id));
            case "note" -> Party.receipt(session.note(fields.chat(), fields.text("text"), id));
            case "end" -> Party.receipt(session.end(fields.chat(), fields.as("disposition", Disposition::new), id));
            case "dismiss" -> Party.receipt(session.dismiss(fields.chat(), fields.text("reason"), id));
            case "hurry" -> Party.receipt(session.hurry(fields.chat(), fields.stage("seen"), id));
            case "transfer" -> Party.receipt(session.transfer(fields.chat(), fields.option("to"), id));
            case "accept" -> Party.receipt(session.accept(fields.chat(), id));
            case "decline" -> Party.receipt(session.decline(fields.chat(), id));
            case "withdraw" -> Party.receipt(session.withdraw(fields.chat(), id));
            case "grant" -> account(session.grant(fields.operator("who"), fields.coop("in"), fields.level("level")));
            case "revoke" -> account(session.revoke(fields.operator("who"), fields.coop("in")));
            case "post" -> post(session.post(fields.room("room", session.operator()), fields.text("text"), id));
            case "seen-room" ->
                seen(session.seenRoom(fields.room("room", session.operator()), fields.countGiven("seq")));
            default -> Party.notMineLater(COMMANDS_OF_PATRONS.contains(command.what()));
        };
    }

    @Override
    public Outcome<JsonNode> answer(ClientFrame.Query query) {
        Fields fields = query.fields();
        return switch (query.what()) {
            case "waiting" -> Outcome.done(waiting());
            case "preview" -> session.preview(fields.chat()).map(view::summary);
            case "owned" -> Outcome.done(owned());
            case "conversation" -> conversation(fields.chat(), fields.count("after"));
            case "targets" -> targets(fields.chat());
            case "online" -> online(fields.stage("stage"));
            case "accounts" -> accounts(fields.coop("in"));
            case "remaining" -> remaining();
            case "rooms" -> session.rooms().map(view.rooms()::rooms);
            case "posts" -> posts(fields.room("room", session.operator()), fields.count("from"));
            default -> Party.notMine(QUERIES_OF_PATRONS.contains(query.what()));
        };
    }

    private CompletionStage<Outcome<Receipt>> said(Fields fields, String id) {
        ChatId chat = fields.chat();
        String text = fields.text("text");
        return fields.flagOrFalse("release") ? session.release(chat, text, id) : session.say(chat, text, id);
    }

    /** The longest waiting ones, as far as a page goes; the others come as notices, since the session was opened before. */
    private ObjectNode waiting() {
        List<Notice.ChatSummary> all = session.waiting();
        int most = engine.directory().policies().pageLimit();
        ObjectNode node = Json.object();
        ArrayNode page = node.putArray("waiting");
        long characters = 0;
        for (Notice.ChatSummary chat : all) {
            if (page.size() == most || characters > ChatJson.PAGE_CHARACTERS) {
                break;
            }
            ObjectNode summary = view.summary(chat);
            characters += summary.toString().length();
            page.add(summary);
        }
        return node.put("waitingTotal", all.size());
    }

    /** Own chats, and those that were the operator's when the client last looked. */
    private ArrayNode chats(ClientFrame.Auth auth) {
        Resumption chats = new Resumption(auth);
        for (ClientFrame.Held held : auth.resume()) {
            session.chat(held.chat()).value().ifPresent(chat -> add(chats, chat));
        }
        session.owned().forEach(chat -> add(chats, chat));
        return chats.chats();
    }

    private void add(Resumption chats, Notice.ChatState chat) {
        chats.add(
                chat,
                ChatJson.state(chat, chat.phase()),
                after -> session.conversation(chat.chat(), after).value().orElse(List.of()),
                view::entry);
    }

    private ArrayNode owned() {
        ArrayNode owned = Json.array();
        session.owned().forEach(chat -> owned.add(ChatJson.state(chat, chat.phase())));
        return owned;
    }

    private Outcome<JsonNode> conversation(ChatId chat, long after) {
        return session.conversation(chat, after).map(entries -> ChatJson.conversation(chat, entries, view::entry));
    }

    private Outcome<JsonNode> targets(ChatId chat) {
        return session.transferTargets(chat).map(all -> {
            ArrayNode targets = Json.array();
            all.forEach(target -> targets.add(view.target(target)));
            return targets;
        });
    }

    private Outcome<JsonNode> online(Stage stage) {
        return session.online(stage).map(all -> {
            ArrayNode there = Json.array();
            all.forEach(online -> there.add(view.online(online)));
            return there;
        });
    }

    private Outcome<JsonNode> accounts(CoopId coop) {
        return session.accounts(coop).map(all -> {
            ArrayNode accounts = Json.array();
            all.forEach(account -> accounts.add(view.account(account)));
            return accounts;
        });
    }

    private Outcome<JsonNode> posts(Room room, long from) {
        return session.posts(room, from, engine.directory().policies().pageLimit())
                .map(view.rooms()::posts);
    }

    private CompletionStage<Outcome<ObjectNode>> post(CompletionStage<Outcome<Post>> stage) {
        return carrying("post", stage, view.rooms()::post);
    }

    private static CompletionStage<Outcome<ObjectNode>> seen(Outcome<Room> outcome) {
        return CompletableFuture.completedFuture(outcome.map(room -> Json.object()));
    }

    private CompletionStage<Outcome<ObjectNode>> account(CompletionStage<Outcome<CoopAccount>> stage) {
        return carrying("account", stage, view::account);
    }

    private Outcome<JsonNode> remaining() {
        ArrayNode remaining = Json.array();
        session.remaining().forEach(stage -> remaining.add(view.remaining(stage)));
        return Outcome.done(remaining);
    }

    private CompletionStage<Outcome<OperatorPresence>> active() {
        session.active();
        return CompletableFuture.completedFuture(Outcome.done(session.presence()));
    }

    /** What the colleague's presence is like is not the asker's. */
    private static CompletionStage<Outcome<ObjectNode>> ended(CompletionStage<Outcome<OperatorPresence>> stage) {
        return stage.thenApply(outcome -> outcome.map(presence -> Json.object()));
    }

    private CompletionStage<Outcome<ObjectNode>> self(CompletionStage<Outcome<OperatorPresence>> stage) {
        return carrying("self", stage, view::self);
    }

    /** A result with one thing in it. */
    private static <T> CompletionStage<Outcome<ObjectNode>> carrying(
            String name, CompletionStage<Outcome<T>> stage, Function<T, ObjectNode> view) {
        return stage.thenApply(outcome -> outcome.map(thing -> {
            ObjectNode node = Json.object();
            node.set(name, view.apply(thing));
            return node;
        }));
    }

    @Override
    public void whisper(ClientFrame.Whisper whisper) {
        Fields fields = whisper.fields();
        if (whisper.what().equals("typing")) {
            session.typing(fields.chat(), fields.flag("on"));
        } else {
            session.seen(fields.chat(), fields.count("seq"));
        }
    }

    @Override
    public boolean isKnown() {
        return engine.directory().operator(session.operator()).isPresent();
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
