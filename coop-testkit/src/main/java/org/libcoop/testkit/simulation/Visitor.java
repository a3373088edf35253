package org.libcoop.testkit.simulation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.libcoop.PatronSession;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Content;
import org.libcoop.chat.Logged;
import org.libcoop.chat.Receipt;
import org.libcoop.directory.WidgetId;
import org.libcoop.refusal.Outcome;
import org.libcoop.spi.Notice;
import org.libcoop.spi.Peer;
import org.libcoop.spi.Principal;
import org.libcoop.spi.StoreException;

/** A patron: comes with a question, writes, loses the connection, comes back, goes. */
final class Visitor extends Person<PatronSession> {

    private final Principal.OfPatron principal;
    private final String address;
    private final WidgetId widget;
    private @Nullable ChatId chat;
    private boolean gone;
    private final Map<Seat<PatronSession>, Page> pages = new HashMap<>();
    private int starts;
    private @Nullable Request lastStart;

    Visitor(People people, int number, WidgetId widget, long seed) {
        super(people, "v" + number, seed);
        this.principal = new Principal.OfPatron("the-key-of-simulated-patron-number-" + number);
        this.address = "simulated:" + number;
        this.widget = widget;
    }

    /** Comes in at once, with a first question. */
    void comes() {
        arrive();
    }

    @Override
    boolean present() {
        return !gone;
    }

    @Override
    void act(int roll) {
        Seat<PatronSession> seat = seat();
        if (seat == null) {
            gone = roll < 25;
            if (!gone) {
                arrive();
            }
            return;
        }
        if (!goesOn(seat)) {
            whenOver(seat, roll);
        } else if (roll < 45) {
            about(new Request(Request.Kind.SAY, idOf("m"), null, chat, idOf("m"), null), seat);
        } else if (roll < 53) {
            about(new Request(Request.Kind.LEAVE, idOf("l"), null, chat, "", null), seat);
        } else if (roll < 63) {
            getUp(seat, roll < 56);
        } else if (roll < 68 && maySit()) {
            arrive();
        } else if (roll < 80) {
            askAgain(seat);
        }
    }

    /** Whether the chat goes on: as stored, or, where only lateness may differ between two runs, as it stands at this instant. */
    private boolean goesOn(Seat<PatronSession> seat) {
        ChatRecord known = chat == null ? null : people.witness().chat(chat);
        if (known == null || people.everything()) {
            return known != null && !known.over();
        }
        return seat.node
                .engine()
                .inspect(known.id())
                .filter(seen -> !seen.chat().over())
                .isPresent();
    }

    private void whenOver(Seat<PatronSession> seat, int roll) {
        if (starts < 3 && (chat == null || roll < 20)) {
            start(seat);
        } else if (roll < 35) {
            askAgain(seat);
        } else if (roll > 60) {
            gone = true;
            getUp(seat, false);
        }
    }

    private void arrive() {
        SimulatedNode node = people.someNode(below(1 << 10, 1));
        if (node == null) {
            return;
        }
        boolean remote = remote();
        Page page = new Page(node);
        node.call(() -> node.engine()
                .connectPatron(principal, address, page, remote)
                .value()
                .ifPresent(session -> {
                    people.trace().line(this + " comes to " + node + (remote ? " remotely" : ""));
                    Seat<PatronSession> seat = new Seat<>(node, session, remote);
                    pages.put(seat, page);
                    sit(seat);
                    page.loads(session);
                }));
        Seat<PatronSession> seat = seat();
        if (seat != null && starts == 0) {
            start(seat);
        }
    }

    private void start(Seat<PatronSession> seat) {
        starts++;
        String question = below(2, 4) == 0 ? "" : idOf("q");
        Request request = new Request(Request.Kind.START, idOf("s"), null, null, question, null);
        lastStart = request;
        about(request, seat);
    }

    private void about(Request request, Seat<PatronSession> seat) {
        request.era = starts;
        ask(request, seat);
    }

    @Override
    boolean stillMeant(Request request) {
        return request.era == starts && (request.chat == null || request.chat.equals(chat));
    }

    @Override
    CompletionStage<Outcome<Receipt>> send(Request request, PatronSession session) {
        return switch (request.kind) {
            case START -> start(request, session);
            case SAY -> session.say(request.text, request.id);
            case LEAVE -> session.leave(request.id);
            case CLAIM, NOTE, END, DISMISS, HURRY, TRANSFER, ACCEPT, DECLINE, WITHDRAW ->
                throw new IllegalStateException("a librarian's: " + request);
        };
    }

    private CompletionStage<Outcome<Receipt>> start(Request request, PatronSession session) {
        String question = request.text.isEmpty() ? null : request.text;
        return session.startChat(widget, Content.PatronDetails.NONE, question, request.id)
                .thenApply(outcome -> {
                    if (request == lastStart) {
                        outcome.value().ifPresent(receipt -> chat = receipt.chat());
                    }
                    return outcome;
                });
    }

    @Override
    void renew(PatronSession session) {
        session.renew();
    }

    @Override
    void disconnect(PatronSession session) {
        session.disconnect();
    }

    /** This patron's newest chat, as far as the patron was told. */
    @Nullable
    ChatId chat() {
        return chat;
    }

    // ---- What is seen

    /** What a page lacks of the conversation as the store has it; null if nothing (M4, G9). */
    @Nullable
    String lacking() {
        for (Seat<PatronSession> seat : seats()) {
            Page page = pages.get(seat);
            ChatId newest = seat.session.chatId().orElse(null);
            if (page == null || newest == null || seat.frozen || !page.loaded) {
                continue;
            }
            Set<Long> told = page.told.getOrDefault(newest, Set.of());
            for (Logged entry : seat.session.conversation(0)) {
                if (!told.contains(entry.seq())) {
                    return this + " at " + seat.node + " was never told entry " + entry.seq() + " of "
                            + people.witness().name(newest);
                }
            }
        }
        return null;
    }

    /** The far end of a seat: shows what was there when it loaded, and what it was told since. */
    private final class Page implements Peer {

        private final SimulatedNode node;
        private final Map<ChatId, Set<Long>> told = new HashMap<>();
        private final Map<ChatId, Long> newest = new HashMap<>();
        private boolean loaded;

        Page(SimulatedNode node) {
            this.node = node;
        }

        void loads(PatronSession session) {
            try {
                ChatId id = session.chatId().orElse(null);
                if (id != null) {
                    session.conversation(0).forEach(entry -> shown(id, entry.seq()));
                }
                loaded = true;
            } catch (StoreException away) {
                people.trace().count("question failed");
            }
        }

        private void shown(ChatId id, long seq) {
            told.computeIfAbsent(id, c -> new HashSet<>()).add(seq);
        }

        @Override
        public void deliver(Notice notice) {
            if (notice instanceof Notice.Entry entry && node.alive()) {
                people.promises().toPatron(entry);
                long seq = entry.entry().seq();
                Long before = newest.put(entry.chat(), seq);
                if (before != null && before >= seq) {
                    people.witness()
                            .wrong(Visitor.this + " is told entry " + seq + " of "
                                    + people.witness().name(entry.chat()) + " after entry " + before);
                }
                shown(entry.chat(), seq);
            }
        }
    }
}
