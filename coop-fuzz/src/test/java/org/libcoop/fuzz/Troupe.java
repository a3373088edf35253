package org.libcoop.fuzz;

import static org.libcoop.fuzz.Laws.require;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.libcoop.ChatInspection;
import org.libcoop.OperatorSession;
import org.libcoop.PatronSession;
import org.libcoop.chat.Audience;
import org.libcoop.chat.Chat;
import org.libcoop.chat.ChatEvent;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Content;
import org.libcoop.chat.Disposition;
import org.libcoop.chat.Logged;
import org.libcoop.chat.Receipt;
import org.libcoop.directory.Directory;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.Stage;
import org.libcoop.directory.WidgetId;
import org.libcoop.presence.OperatorPresence;
import org.libcoop.presence.Status;
import org.libcoop.refusal.Outcome;
import org.libcoop.refusal.Refusal;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.spi.CommandResult;
import org.libcoop.spi.Notice;
import org.libcoop.spi.Store;
import org.libcoop.testkit.NoticeWatcher;
import org.libcoop.testkit.SimulatedCoop;
import org.libcoop.testkit.SimulatedOperator;
import org.libcoop.testkit.SimulatedPatron;

/**
 * Patrons and operators who do whatever an input says, in whatever order, and somebody who looks on: after each step everything
 * must be as the rules have it, seen from outside.
 */
final class Troupe implements AutoCloseable {

    private static final List<String> PATRONS = List.of("Stewart", "Sybil", "Sam");
    private static final List<String> TEXTS = List.of(
            "Hello",
            "null",
            "",
            " ",
            "Hello ",
            "\u0000",
            "\ud83d\ude42",
            "\ud800",
            "?",
            "x".repeat(101),
            "y".repeat(10_001));
    private static final List<Option> OPTIONS = List.of(
            Option.department("reference"),
            Option.coop("academic"),
            Option.operator("ana"),
            Option.department("academic"));
    private static final List<Duration> SPANS = List.of(
            Duration.ofMillis(1),
            Duration.ofMillis(999),
            Duration.ofSeconds(5),
            Duration.ofSeconds(15),
            Duration.ofSeconds(40),
            Duration.ofSeconds(60),
            Duration.ofMinutes(3),
            Duration.ofMinutes(15));
    private static final List<Status> STATUSES = List.of(Status.values());
    private static final int LIMIT = 2;

    /** Nobody has a limit in the way, nobody is slow, nothing fails: these would be defects. */
    private static final Set<RefusalCode> DEFECTS =
            Set.of(RefusalCode.INTERNAL, RefusalCode.UNKNOWN_OUTCOME, RefusalCode.UNAVAILABLE, RefusalCode.BUSY);

    private static final Directory DIRECTORY = Libraries.directory()
            .widget("line", "springy", widget -> widget.route(Option.operator("ana")))
            .policy("operatorLimit", Integer.toString(LIMIT))
            .policy("connectionMessages", "10000")
            .policy("addressChatStarts", "10000")
            .build();

    /** One command as it was sent: enough to send it again, the same or another under the same id. */
    private record Sent(
            boolean patron,
            String who,
            String id,
            String content,
            @Nullable ChatId chat,
            Supplier<CompletionStage<Outcome<Receipt>>> again) {}

    /** All that is kept. */
    private record Look(String cursor, List<Chat> live, List<Long> logs, List<List<OperatorPresence>> presence) {}

    private final SimulatedCoop coop;
    private final Store store;
    private final Set<ChatId> chats = new LinkedHashSet<>();
    private final Map<ChatId, List<Logged>> known = new HashMap<>();
    private final List<Sent> sent = new ArrayList<>();
    private final Map<String, Receipt> receipts = new HashMap<>();
    private final Map<String, Long> heard = new HashMap<>();
    private @Nullable String wronglyTold;
    private int ids;

    Troupe() {
        coop = SimulatedCoop.builder(DIRECTORY).watcher(this::told).build();
        store = coop.store();
    }

    /** Takes one step. */
    void step(Draw draw) {
        switch (draw.below(20)) {
            case 0, 1 -> start(patron(draw), draw);
            case 2 -> {
                SimulatedPatron patron = patron(draw);
                String text = text(draw);
                command(
                        true,
                        patron.name(),
                        "say " + text,
                        null,
                        id -> patron.session().say(text, id));
            }
            case 3 -> {
                SimulatedPatron patron = patron(draw);
                command(
                        true,
                        patron.name(),
                        "leave",
                        null,
                        id -> patron.session().leave(id));
            }
            case 4 -> patron(draw).disconnects();
            case 5 -> patron(draw).reconnects();
            case 6 -> presence(operator(draw).session().signIn());
            case 7 -> presence(operator(draw).session().signOut());
            case 8 -> presence(operator(draw).session().status(STATUSES.get(draw.below(STATUSES.size()))));
            case 9, 10 ->
                presence(operator(draw).session().monitor(OPTIONS.get(draw.below(OPTIONS.size())), draw.below(4) != 0));
            case 11 -> operator(draw).disconnects();
            case 12 -> operator(draw).reconnects();
            case 13, 14 -> claim(operator(draw), chat(draw));
            case 15 -> ofOwner(operator(draw), chat(draw), draw);
            case 16 -> again(draw);
            case 17 -> otherUnderTheSameId(draw);
            default -> pass(draw);
        }
        if (wronglyTold != null) {
            throw new AssertionError(wronglyTold);
        }
        lawsHold();
    }

    private SimulatedPatron patron(Draw draw) {
        return coop.patron(PATRONS.get(draw.below(PATRONS.size())));
    }

    private SimulatedOperator operator(Draw draw) {
        SimulatedOperator operator = coop.operator(Libraries.STAFF.get(draw.below(Libraries.STAFF.size())));
        operator.session();
        return operator;
    }

    /** One of the chats there are, or one that there is not. */
    private ChatId chat(Draw draw) {
        int which = draw.below(8);
        List<ChatId> all = List.copyOf(chats);
        return which == 7 || all.isEmpty() ? ChatId.of("nowhere") : all.get(which % all.size());
    }

    private static String text(Draw draw) {
        return TEXTS.get(draw.below(TEXTS.size()));
    }

    private void pass(Draw draw) {
        int how = draw.below(SPANS.size() + 3);
        if (how < SPANS.size()) {
            coop.clock().advance(SPANS.get(how));
            return;
        }
        // Just before, at, and just after the next instant at which something is due.
        Instant now = coop.clock().now();
        Instant next = coop.clock().nextWake().orElse(now).plusMillis(how - SPANS.size() - 1);
        if (next.isAfter(now)) {
            coop.clock().advanceTo(next);
        }
    }

    // ---- Commands
    // ----------------------------------------------------------------------------------------------------

    private interface Act {
        CompletionStage<Outcome<Receipt>> with(String id);
    }

    private void start(SimulatedPatron patron, Draw draw) {
        String name = draw.flag() ? null : text(draw);
        String question = draw.flag() ? null : text(draw);
        WidgetId widget =
                WidgetId.of(List.of("databases", "databases", "line", "nowhere").get(draw.below(4)));
        Content.PatronDetails details = new Content.PatronDetails(name, null, null, null, draw.flag());
        patron.reconnects();
        Outcome<Receipt> outcome = command(
                true,
                patron.name(),
                List.of("start", widget, details, Optional.ofNullable(question)).toString(),
                null,
                id -> patron.session().startChat(widget, details, question, id));
        outcome.value().ifPresent(receipt -> chats.add(receipt.chat()));
    }

    /** C2: who wins could claim at that instant, who could not is told why. */
    private void claim(SimulatedOperator operator, ChatId chat) {
        ChatInspection before = coop.engine().inspect(chat).orElse(null);
        boolean eligible = before != null && before.notified().contains(operator.id());
        boolean owner = before != null && before.chat().ownedBy(operator.id());
        Outcome<Receipt> outcome = command(
                false,
                operator.id().value(),
                "claim",
                chat,
                id -> operator.session().claim(chat, id));
        if (!isDropped(outcome)) {
            require(
                    outcome.value().isPresent() == (eligible || owner),
                    "%s, eligible: %s, owner: %s, claims %s: %s",
                    operator,
                    eligible,
                    owner,
                    chat,
                    outcome);
        }
        outcome.value()
                .ifPresent(receipt -> require(
                        store.chat(chat).orElseThrow().ownedBy(operator.id()),
                        "%s won %s and does not own it",
                        operator,
                        chat));
    }

    private void ofOwner(SimulatedOperator operator, ChatId chat, Draw draw) {
        String by = operator.id().value();
        OperatorSession session = operator.session();
        switch (draw.below(6)) {
            case 0, 1 -> {
                String text = text(draw);
                command(false, by, "say " + text, chat, id -> session.say(chat, text, id));
            }
            case 2 -> {
                String text = text(draw);
                command(false, by, "note " + text, chat, id -> session.note(chat, text, id));
            }
            case 3 -> {
                Disposition disposition = draw.flag() ? Disposition.ANSWERED : Disposition.LOST;
                command(false, by, "end " + disposition, chat, id -> session.end(chat, disposition, id));
            }
            case 4 -> {
                String reason = text(draw);
                command(false, by, "dismiss " + reason, chat, id -> session.dismiss(chat, reason, id));
            }
            default -> {
                Option option = OPTIONS.get(draw.below(OPTIONS.size()));
                Stage seen = new Stage(option, option.kind() == Option.Kind.COOP && draw.flag());
                String content = "hurry " + option.kind() + ' ' + seen;
                command(false, by, content, chat, id -> session.hurry(chat, seen, id));
            }
        }
    }

    private Outcome<Receipt> command(boolean patron, String who, String content, @Nullable ChatId chat, Act act) {
        String id = "id-" + ids++;
        Sent command = new Sent(patron, who, id, content, chat, () -> act.with(id));
        sent.add(command);
        return send(command);
    }

    private Outcome<Receipt> send(Sent command) {
        boolean kept = resultOf(command).isPresent();
        Look before = look();
        Outcome<Receipt> outcome = done(command.again().get());
        Refusal refusal = outcome.refusal().orElse(null);
        if (refusal != null) {
            require(isDropped(outcome) || !DEFECTS.contains(refusal.code()), "%s: %s", command.content(), outcome);
            require(look().equals(before), "%s was refused with %s and changed something", command.content(), refusal);
        }
        outcome.value().ifPresent(receipt -> {
            Chat head = store.chat(receipt.chat()).orElse(null);
            require(head != null && receipt.seq() <= head.seq(), "%s: %s is not kept", command.content(), receipt);
            require(command.chat() == null || command.chat().equals(receipt.chat()), "%s: %s", command, receipt);
            if (!kept) {
                receipts.put(command.id(), receipt); // what changed nothing left no result, and was decided anew (T2)
            }
        });
        return outcome;
    }

    /** G5: once done the same again is answered the same, whatever has happened since, and does nothing. */
    private void again(Draw draw) {
        Sent command = earlier(draw);
        if (command == null) {
            return;
        }
        boolean kept = resultOf(command).isPresent();
        if (kept && isOfAnEarlierChat(command)) {
            return; // what a patron says is said in the newest chat
        }
        Receipt first = receipts.get(command.id());
        Look before = look();
        Outcome<Receipt> outcome = send(command);
        if (kept && outcome.value().isPresent()) {
            require(outcome.value().get().equals(first), "%s is answered by %s, first by %s", command, outcome, first);
            require(look().equals(before), "%s did something again", command.content());
        } else if (kept) {
            require(isDropped(outcome), "%s was done and is now refused: %s", command, outcome);
        }
        outcome.value().ifPresent(receipt -> chats.add(receipt.chat()));
    }

    /** G5: another content under an id that is used up is refused. */
    private void otherUnderTheSameId(Draw draw) {
        Sent command = earlier(draw);
        if (command == null || resultOf(command).isEmpty()) {
            return;
        }
        Receipt first = receipts.get(command.id());
        String text = text(draw);
        Sent other;
        if (!command.patron()) {
            OperatorSession session = coop.operator(command.who()).session();
            ChatId chat = first.chat();
            Option option = OPTIONS.get(draw.below(OPTIONS.size()));
            Stage seen = Stage.of(option);
            other = draw.flag()
                    ? new Sent(
                            false,
                            command.who(),
                            command.id(),
                            "note " + text,
                            chat,
                            () -> session.note(chat, text, command.id()))
                    : new Sent(
                            false,
                            command.who(),
                            command.id(),
                            "hurry " + option.kind() + ' ' + seen,
                            chat,
                            () -> session.hurry(chat, seen, command.id()));
        } else {
            PatronSession session = coop.patron(command.who()).session();
            if (draw.flag()) {
                if (!session.chatId().filter(first.chat()::equals).isPresent()) {
                    return; // what is said is said in the newest chat, and that is another one by now
                }
                other = new Sent(
                        true, command.who(), command.id(), "say " + text, null, () -> session.say(text, command.id()));
            } else {
                String question = draw.flag() ? null : text;
                WidgetId widget = WidgetId.of("databases");
                Content.PatronDetails details =
                        new Content.PatronDetails(draw.flag() ? null : text, null, null, null, draw.flag());
                String content = List.of("start", widget, details, Optional.ofNullable(question))
                        .toString();
                if (!session.chat()
                        .filter(state -> state.chat().equals(first.chat())
                                && !state.phase().over())
                        .isPresent()) {
                    return; // another chat would begin, and ids are told apart by chat
                }
                other = new Sent(
                        true,
                        command.who(),
                        command.id(),
                        content,
                        null,
                        () -> session.startChat(widget, details, question, command.id()));
            }
        }
        if (other.content().equals(command.content())) {
            return;
        }
        Outcome<Receipt> outcome = send(other);
        require(
                outcome.refusal().isPresent(),
                "%s is accepted under the id of %s: %s",
                other.content(),
                command.content(),
                outcome);
    }

    private @Nullable Sent earlier(Draw draw) {
        return sent.isEmpty() ? null : sent.get(sent.size() - 1 - draw.below(sent.size()));
    }

    private Optional<CommandResult> resultOf(Sent command) {
        Receipt receipt = receipts.get(command.id());
        if (receipt == null) {
            return Optional.empty();
        }
        String scope = command.patron()
                ? "patron:" + store.chat(receipt.chat()).orElseThrow().patronKeyHash()
                : "operator:" + command.who();
        return store.result(receipt.chat(), scope, command.id());
    }

    private boolean isOfAnEarlierChat(Sent command) {
        ChatId first = receipts.get(command.id()).chat();
        return command.patron()
                && !command.content().startsWith("[start")
                && !coop.patron(command.who())
                        .session()
                        .chatId()
                        .filter(first::equals)
                        .isPresent();
    }

    /** The session was given up for silence: it says so and does nothing (P4). */
    private static <T> boolean isDropped(Outcome<T> outcome) {
        return outcome.refusal()
                .filter(refusal -> refusal.code() == RefusalCode.UNAVAILABLE
                        && refusal.message().startsWith("this connection"))
                .isPresent();
    }

    private void presence(CompletionStage<Outcome<OperatorPresence>> asked) {
        Outcome<OperatorPresence> outcome = done(asked);
        outcome.refusal().ifPresent(r -> require(r.code() == RefusalCode.NOT_ALLOWED, "%s", r));
    }

    /** Everything runs on this thread: what was asked for is answered. */
    private static <T> Outcome<T> done(CompletionStage<Outcome<T>> asked) {
        require(asked.toCompletableFuture().isDone(), "no answer");
        return asked.toCompletableFuture().join();
    }

    // ---- What must hold
    // ----------------------------------------------------------------------------------------------

    private Look look() {
        return new Look(
                store.cursor(),
                store.live(null),
                chats.stream()
                        .map(chat -> store.chat(chat).map(Chat::seq).orElse(0L))
                        .toList(),
                Libraries.STAFF.stream()
                        .map(id -> store.presence(OperatorId.of(id), 0))
                        .toList());
    }

    private void lawsHold() {
        Map<OperatorId, Integer> owned = new HashMap<>();
        for (ChatId id : chats) {
            Chat head = store.chat(id).orElseThrow(() -> new AssertionError("chat " + id + " was lost"));
            List<Logged> before = known.getOrDefault(id, List.of());
            require(head.seq() >= before.size(), "chat %s went back to entry %d", id, head.seq());
            if (head.seq() > before.size()) {
                List<Logged> log = Laws.hold(store, id);
                require(log.subList(0, before.size()).equals(before), "chat %s has another history: %s", id, log);
                known.put(id, log);
            }
            head.ownership().ifPresent(o -> owned.merge(o.owner(), 1, Integer::sum));
        }
        require(
                chats.containsAll(store.live(null).stream().map(Chat::id).toList()),
                "a chat began that nobody started");
        for (String id : Libraries.STAFF) {
            OperatorId operator = OperatorId.of(id);
            List<OperatorPresence> rows = store.presence(operator, 0);
            int counted = rows.isEmpty() ? 0 : rows.get(rows.size() - 1).openChats();
            int really = owned.getOrDefault(operator, 0);
            require(counted == really && really <= LIMIT, "%s owns %d chats, counted as %d", id, really, counted);
        }
    }

    /** Whatever was going on, it ends: nobody is there any more, and no chat is left over. */
    void everybodyGoes() {
        PATRONS.forEach(name -> coop.patron(name).disconnects());
        Libraries.STAFF.forEach(id -> coop.operator(id).disconnects());
        coop.clock().advance(Duration.ofMinutes(20));
        lawsHold();
        require(store.live(null).isEmpty(), "left over: %s", store.live(null));
    }

    /** M1, M4: in order, each once; a patron gets nothing that is for staff. */
    private void told(NoticeWatcher.Told told) {
        if (wronglyTold == null && told.notice() instanceof Notice.Entry entry) {
            boolean patron = told.operator() == null;
            if (patron
                    && entry.entry().event() instanceof ChatEvent.MessageSaid said
                    && said.audience() == Audience.STAFF_ONLY) {
                wronglyTold = told.to() + " is told a note";
            }
            Long last = heard.put(told.to() + ' ' + entry.chat(), entry.entry().seq());
            if (last != null && entry.entry().seq() <= last) {
                wronglyTold =
                        told.to() + " is told entry " + entry.entry().seq() + " of " + entry.chat() + " after " + last;
            }
        }
    }

    /** The chats there were. */
    Collection<ChatId> chats() {
        return chats;
    }

    @Override
    public void close() {
        coop.close();
    }
}
