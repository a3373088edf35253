package org.libcoop.testkit.simulation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.libcoop.OperatorSession;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Disposition;
import org.libcoop.chat.Receipt;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.Stage;
import org.libcoop.presence.Status;
import org.libcoop.refusal.Outcome;
import org.libcoop.spi.Notice;
import org.libcoop.spi.StoreException;

/** An operator: comes and goes, switches, claims, answers, ends. */
final class Librarian extends Person<OperatorSession> {

    private final OperatorId id;
    private final List<Option> options;
    private int claims;
    /** What each node has told this librarian's seats there to be waiting. */
    private final java.util.Map<Seat<OperatorSession>, Set<ChatId>> lists = new java.util.HashMap<>();

    Librarian(People people, OperatorId id, Set<Stage> access, long seed) {
        super(people, id.value(), seed);
        this.id = id;
        this.options = access.stream()
                .map(Stage::option)
                .distinct()
                .sorted(Comparator.comparing(Option::kind).thenComparing(Option::id))
                .toList();
    }

    OperatorId id() {
        return id;
    }

    @Override
    void act(int roll) {
        Seat<OperatorSession> seat = seat();
        if (seat == null) {
            if (roll < 75) {
                arrive();
            }
        } else if (roll < 45) {
            claimSomething(seat);
        } else if (roll < 75) {
            ownChat(seat, roll);
        } else if (roll < 84) {
            askAgain(seat);
        } else if (roll < 97) {
            presence(seat, roll);
        } else if (roll < 99) {
            getUp(seat, roll == 98);
        } else if (maySit()) {
            arrive();
        }
    }

    // ---- Presence
    // ----------------------------------------------------------------------------------------------------

    private void arrive() {
        SimulatedNode node = people.someNode(below(1 << 10, 1));
        if (node == null) {
            return;
        }
        boolean remote = remote();
        Desk desk = new Desk(node);
        node.call(() -> node.engine().connectOperator(id, desk, remote).value().ifPresent(session -> {
            Seat<OperatorSession> seat = new Seat<>(node, session, remote);
            desk.seat = seat;
            people.trace().line(this + " sits down at " + node + (remote ? " remotely" : ""));
            sit(seat);
            if (below(12, 2) > 0) {
                session.signIn();
                for (int i = 0; i < options.size(); i++) {
                    if (below(5, 3 + i) > 0) {
                        session.monitor(options.get(i), true);
                    }
                }
            }
        }));
    }

    private void presence(Seat<OperatorSession> seat, int roll) {
        people.trace().line(this + " changes presence at " + seat.node + ": " + roll);
        Option option = oneOf(options);
        seat.node.call(() -> {
            switch (roll) {
                case 84, 85 -> seat.session.signOut();
                case 86, 87, 88 -> seat.session.signIn();
                case 89 -> seat.session.status(Status.FINISHING);
                case 90 -> seat.session.status(Status.OFFLINE);
                case 91 -> seat.session.status(Status.AWAY);
                case 92 -> seat.session.status(Status.INTERNAL);
                case 93 -> seat.session.status(Status.ONLINE);
                default -> {
                    if (option != null) {
                        seat.session.monitor(option, roll > 94);
                    }
                }
            }
        });
    }

    // ---- Chats
    // -------------------------------------------------------------------------------------------------------

    private void claimSomething(Seat<OperatorSession> seat) {
        List<ChatId> waiting = new ArrayList<>();
        Set<ChatId> offered = new LinkedHashSet<>();
        seat.node.call(() -> {
            try {
                if (people.everything()) {
                    seat.session.waiting().forEach(summary -> {
                        waiting.add(summary.chat());
                        if (summary.offer() != null) {
                            offered.add(summary.chat());
                        }
                    });
                } else {
                    waiting.addAll(people.recentlyOpenTo(id, seat.node));
                    offered.addAll(people.recentlyOfferedTo(id));
                    waiting.addAll(offered);
                }
            } catch (StoreException away) {
                people.trace().count("question failed");
            }
        });
        ChatId chat = oneOf(waiting);
        if (chat == null || !seat.node.alive()) {
            return;
        }
        int what = below(30, 9);
        if (offered.contains(chat)) {
            Request.Kind answer = what < 20 ? Request.Kind.ACCEPT : Request.Kind.DECLINE;
            ask(new Request(answer, idOf("a"), id, chat, "", null), seat);
        } else if (what == 0) {
            ask(new Request(Request.Kind.DISMISS, idOf("x"), id, chat, "", null), seat);
        } else if (what < 4) {
            hurry(seat, chat);
        } else {
            claim(chat, seat);
        }
    }

    void claim(ChatId chat, Seat<OperatorSession> seat) {
        // Several in one act (a grab) need ids of their own.
        ask(new Request(Request.Kind.CLAIM, idOf("c") + '-' + ++claims, id, chat, "", null), seat);
    }

    private void hurry(Seat<OperatorSession> seat, ChatId chat) {
        List<Stage> next = new ArrayList<>();
        seat.node.call(() -> {
            try {
                seat.node
                        .engine()
                        .inspect(chat)
                        .ifPresent(seen -> seen.chat().nextStage().ifPresent(pending -> next.add(pending.stage())));
            } catch (StoreException away) {
                people.trace().count("question failed");
            }
        });
        if (!next.isEmpty() && seat.node.alive()) {
            ask(new Request(Request.Kind.HURRY, idOf("h"), id, chat, "", next.get(0)), seat);
        }
    }

    private void ownChat(Seat<OperatorSession> seat, int roll) {
        List<ChatId> own = new ArrayList<>();
        seat.node.call(() -> {
            try {
                seat.session.owned().forEach(state -> own.add(state.chat()));
            } catch (StoreException away) {
                people.trace().count("question failed");
            }
        });
        ChatId chat = oneOf(own);
        if (chat == null || !seat.node.alive()) {
            return;
        }
        if (roll < 49) {
            handOver(seat, chat);
        } else if (roll < 58) {
            ask(new Request(Request.Kind.END, idOf("e"), id, chat, "", null), seat);
        } else {
            Request.Kind kind = roll < 61 ? Request.Kind.NOTE : Request.Kind.SAY;
            ask(new Request(kind, idOf("m"), id, chat, idOf("m"), null), seat);
        }
    }

    /** Offers an own chat to somebody, or takes the offer back. */
    private void handOver(Seat<OperatorSession> seat, ChatId chat) {
        List<Stage> targets = new ArrayList<>();
        seat.node.call(() -> {
            try {
                seat.session
                        .transferTargets(chat)
                        .value()
                        .ifPresent(all -> all.forEach(target -> targets.add(Stage.of(target.to()))));
            } catch (StoreException away) {
                people.trace().count("question failed");
            }
        });
        Stage to = oneOf(targets);
        if (!seat.node.alive()) {
            return;
        }
        if (to == null || below(6, 11) == 0) {
            ask(new Request(Request.Kind.WITHDRAW, idOf("w"), id, chat, "", null), seat);
        } else {
            ask(new Request(Request.Kind.TRANSFER, idOf("t"), id, chat, "", to), seat);
        }
    }

    @Override
    CompletionStage<Outcome<Receipt>> send(Request request, OperatorSession session) {
        ChatId chat = java.util.Objects.requireNonNull(request.chat);
        return switch (request.kind) {
            case CLAIM -> session.claim(chat, request.id);
            case SAY -> session.say(chat, request.text, request.id);
            case NOTE -> session.note(chat, request.text, request.id);
            case END -> session.end(chat, Disposition.ANSWERED, request.id);
            case DISMISS -> session.dismiss(chat, "spam", request.id);
            case HURRY -> session.hurry(chat, java.util.Objects.requireNonNull(request.seen), request.id);
            case TRANSFER ->
                session.transfer(
                        chat, java.util.Objects.requireNonNull(request.seen).option(), request.id);
            case ACCEPT -> session.accept(chat, request.id);
            case DECLINE -> session.decline(chat, request.id);
            case WITHDRAW -> session.withdraw(chat, request.id);
            case START, LEAVE -> throw new IllegalStateException("a patron's request: " + request);
        };
    }

    @Override
    void renew(OperatorSession session) {
        session.renew();
    }

    @Override
    void disconnect(OperatorSession session) {
        session.disconnect();
    }

    // ---- What is seen
    // ------------------------------------------------------------------------------------------------

    /** Where the list that notices made differs from the one that a question is answered with; null if nowhere. */
    @Nullable
    String differingList() {
        for (Seat<OperatorSession> seat : seats()) {
            Set<ChatId> told = lists.getOrDefault(seat, Set.of());
            Set<ChatId> waiting = new HashSet<>();
            seat.session.waiting().forEach(summary -> waiting.add(summary.chat()));
            if (!seat.frozen && !told.equals(waiting)) {
                return id + " at " + seat.node + " was told of " + names(told) + ", but may claim " + names(waiting);
            }
        }
        return null;
    }

    private List<String> names(Set<ChatId> chats) {
        return chats.stream().map(people.witness()::name).sorted().toList();
    }

    /** The far end of a seat. */
    private final class Desk implements org.libcoop.spi.Peer {

        private final SimulatedNode node;
        private @Nullable Seat<OperatorSession> seat;

        Desk(SimulatedNode node) {
            this.node = node;
        }

        @Override
        public void deliver(Notice notice) {
            Seat<OperatorSession> here = seat;
            if (!node.alive() || here == null) {
                return;
            }
            Set<ChatId> list = lists.computeIfAbsent(here, s -> new HashSet<>());
            if (notice instanceof Notice.Listed listed) {
                list.add(listed.chat().chat());
                people.promises().listed(id, listed.chat(), node);
            } else if (notice instanceof Notice.Unlisted unlisted) {
                list.remove(unlisted.chat());
            }
        }
    }
}
