package org.libcoop.testkit.simulation;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.libcoop.PatronSession;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Content;
import org.libcoop.chat.Receipt;
import org.libcoop.directory.WidgetId;
import org.libcoop.refusal.Outcome;
import org.libcoop.spi.Notice;
import org.libcoop.spi.Principal;

/** A patron: comes with a question, writes, loses the connection, comes back, goes. */
final class Visitor extends Person<PatronSession> {

    private final Principal.OfPatron principal;
    private final String address;
    private final WidgetId widget;
    private @Nullable ChatId chat;
    private boolean gone;
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
        node.call(() -> node.engine()
                .connectPatron(principal, address, notice -> told(notice, node), remote)
                .value()
                .ifPresent(session -> {
                    people.trace().line(this + " comes to " + node + (remote ? " remotely" : ""));
                    sit(new Seat<>(node, session, remote));
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

    private void told(Notice notice, SimulatedNode node) {
        if (notice instanceof Notice.Entry entry && node.alive()) {
            people.promises().toPatron(entry);
        }
    }

    @Override
    CompletionStage<Outcome<Receipt>> send(Request request, PatronSession session) {
        return switch (request.kind) {
            case START -> start(request, session);
            case SAY -> session.say(request.text, request.id);
            case LEAVE -> session.leave(request.id);
            case CLAIM, NOTE, END, DISMISS, HURRY -> throw new IllegalStateException("a librarian's: " + request);
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
}
