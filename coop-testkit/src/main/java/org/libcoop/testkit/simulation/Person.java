package org.libcoop.testkit.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Receipt;
import org.libcoop.refusal.Outcome;
import org.libcoop.spi.StoreException;

/**
 * Somebody with a browser or two, who acts now and then. Every act draws the same few numbers whatever comes of them, so that
 * people do the same at the same instants in runs that differ in what goes wrong.
 *
 * @param <S> the session of a seat
 */
abstract class Person<S> {

    private static final int REMEMBERED = 6;
    private static final int MOST_SEATS = 2;

    /** One connection, and the node it leads to. */
    static final class Seat<S> {
        final SimulatedNode node;
        final S session;
        final boolean remote;
        boolean frozen;

        Seat(SimulatedNode node, S session, boolean remote) {
            this.node = node;
            this.session = session;
            this.remote = remote;
        }
    }

    final People people;
    private final String name;
    private final Random random;
    private final List<Seat<S>> seats = new ArrayList<>();
    private final Deque<Request> sent = new ArrayDeque<>();
    private int acts;
    private int pick;
    private Instant lastShown = Instant.MIN;

    Person(People people, String name, long seed) {
        this.people = people;
        this.name = name;
        this.random = new Random(seed);
    }

    /** What this person does, by a number from 0 to 99. */
    abstract void act(int roll);

    abstract CompletionStage<Outcome<Receipt>> send(Request request, S session);

    /** Whether sending it again would still ask for the same. */
    boolean stillMeant(Request request) {
        return true;
    }

    abstract void renew(S session);

    abstract void disconnect(S session);

    /** Acts from now on, every so often. */
    void live(Duration shortest, Duration longest) {
        long span = longest.toMillis() - shortest.toMillis();
        people.time().actAfter(shortest.plusMillis((long) (random.nextDouble() * span)), () -> {
            if (people.acting() && present()) {
                acts++;
                pick = random.nextInt(1 << 20);
                act(random.nextInt(100));
                live(shortest, longest);
            }
        });
    }

    /** Whether there will be more acts. */
    boolean present() {
        return true;
    }

    /** One of so many, by this act's number; null if there is none. */
    <T> @Nullable T oneOf(List<T> several) {
        return several.isEmpty() ? null : several.get(pick % several.size());
    }

    /** A number below {@code bound}, by this act's number; {@code salt} tells one question of an act from another. */
    int below(int bound, int salt) {
        return (pick / (7 * salt + 1)) % bound;
    }

    int acts() {
        return acts;
    }

    String idOf(String what) {
        return name + '-' + what + acts;
    }

    // ---- Seats
    // -------------------------------------------------------------------------------------------------------

    /** The seats that lead somewhere. */
    List<Seat<S>> seats() {
        seats.removeIf(seat -> {
            boolean lost = !seat.node.alive();
            if (lost && !seat.frozen) {
                shownUntil(seat.node.diedAt());
            }
            return lost;
        });
        return seats;
    }

    /** Whether a sign of life comes from this person. */
    boolean shows() {
        return !working().isEmpty();
    }

    /** When the last sign of life came, of one who does not show now. */
    Instant lastShown() {
        return lastShown;
    }

    private void shownUntil(Instant instant) {
        lastShown = instant.isAfter(lastShown) ? instant : lastShown;
    }

    /** Any seat, by a number from outside. */
    @Nullable
    Seat<S> seatFor(int number) {
        List<Seat<S>> working = working();
        return working.isEmpty() ? null : working.get(number % working.size());
    }

    @Nullable
    Seat<S> seat() {
        return oneOf(working());
    }

    private List<Seat<S>> working() {
        return seats().stream().filter(seat -> !seat.frozen).toList();
    }

    boolean maySit() {
        return seats().size() < MOST_SEATS;
    }

    void sit(Seat<S> seat) {
        seats.add(seat);
        if (seat.remote) {
            keepRenewing(seat);
        }
    }

    /** Whether this seat's session is one that has to renew; only where everything goes wrong. */
    boolean remote() {
        return people.everything() && below(3, 5) == 0;
    }

    private void keepRenewing(Seat<S> seat) {
        people.time().wakeAt(people.time().now().plus(people.renewEvery()), () -> {
            if (seat.node.alive() && !seat.frozen && seats.contains(seat)) {
                renew(seat.session);
                keepRenewing(seat);
            }
        });
    }

    /** Gets up: says so, or just falls silent. */
    void getUp(Seat<S> seat, boolean silently) {
        people.trace().line(name + " leaves a seat at " + seat.node + (silently ? " silently" : ""));
        people.trace().count(silently && seat.remote ? "fault PRESENCE_LOST_SILENTLY" : "fault PRESENCE_LOST");
        if (!seat.frozen) {
            shownUntil(people.time().now());
        }
        if (silently && seat.remote) {
            seat.frozen = true;
        } else {
            seats.remove(seat);
            seat.node.call(() -> disconnect(seat.session));
        }
    }

    // ---- Requests
    // ----------------------------------------------------------------------------------------------------

    void ask(Request request, Seat<S> seat) {
        if (!request.text.isEmpty()) {
            people.witness().willSay(request);
        }
        if (sent.size() == REMEMBERED) {
            sent.remove();
        }
        sent.add(request);
        attempt(request, seat);
    }

    /** Sends again what was sent before, under the same id, perhaps to another node. */
    void askAgain(Seat<S> seat) {
        Request request = oneOf(List.copyOf(sent));
        if (request != null) {
            repeat(request, seat);
        }
    }

    private void repeat(Request request, Seat<S> seat) {
        if (stillMeant(request)) {
            people.trace().count("repeated " + request.kind);
            attempt(request, seat);
        }
    }

    private void attempt(Request request, Seat<S> seat) {
        SimulatedNode node = seat.node;
        people.trace().line(name + " asks " + node + ": " + request + " " + chatName(request.chat));
        request.open++;
        people.awaits(node, request);
        node.call(() -> {
            Supplier<CompletionStage<Outcome<Receipt>>> call = () -> send(request, seat.session);
            CompletionStage<Outcome<Receipt>> answer;
            try {
                answer = call.get();
            } catch (StoreException away) {
                request.open--;
                people.answered(node, request);
                people.trace().count("refused at the door");
                return;
            }
            var unused = answer.whenComplete((outcome, broken) -> answered(request, seat, outcome, broken));
        });
    }

    private String chatName(@Nullable ChatId chat) {
        return chat == null ? "" : people.witness().name(chat);
    }

    private void answered(
            Request request, Seat<S> seat, @Nullable Outcome<Receipt> outcome, @Nullable Throwable broken) {
        if (!seat.node.alive()) {
            return;
        }
        people.answered(seat.node, request);
        request.open--;
        if (outcome == null) {
            people.witness().wrong(request + " ends with an exception: " + broken);
        } else if (outcome instanceof Outcome.Done<Receipt> done) {
            people.promises().acknowledged(request, done.result(), seat.node);
        } else if (outcome instanceof Outcome.Refused<Receipt> refused) {
            people.promises().refused(request, refused.reason(), seat.node);
        }
        if (people.fate().strikes(Fate.Fault.ANSWER_LOST)) {
            people.time().actAfter(people.fate().span(Duration.ofSeconds(5)), () -> {
                Seat<S> again = seatFor(acts);
                if (again != null) {
                    repeat(request, again);
                }
            });
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
