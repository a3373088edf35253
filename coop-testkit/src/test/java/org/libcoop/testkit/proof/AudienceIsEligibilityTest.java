package org.libcoop.testkit.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.libcoop.testkit.proof.Rig.COOP;
import static org.libcoop.testkit.proof.Rig.DESK;
import static org.libcoop.testkit.proof.Rig.done;
import static org.libcoop.testkit.proof.Rig.outcome;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.libcoop.ChatInspection;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Disposition;
import org.libcoop.chat.Receipt;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.Membership;
import org.libcoop.directory.Policies;
import org.libcoop.presence.Status;
import org.libcoop.refusal.Outcome;
import org.libcoop.spi.Notice;
import org.libcoop.testkit.proof.Rig.Seat;
import org.libcoop.testkit.proof.Rig.Site;
import org.libcoop.testkit.proof.Rig.Visitor;

/**
 * Drawn days of a library on one node and on two: after every single step the list that each operator was told chat by chat,
 * the list the operator would be given on asking, those who are notified, and those who may claim are one set (R6).
 */
class AudienceIsEligibilityTest {

    private static final int SEEDS = 40;
    private static final int STEPS = 120;
    private static final List<String> PEOPLE = List.of("ana", "ben", "olga", "maya", "sven");

    private static final List<Status> STATUSES = List.of(Status.values());

    /** An operator's place and what the notices so far add up to. */
    private static final class Told {
        private final Seat seat;
        private final Set<ChatId> list = new HashSet<>();

        Told(Seat seat) {
            this.seat = seat;
        }

        Set<ChatId> list() {
            for (Notice notice : seat.told()) {
                if (notice instanceof Notice.Listed listed) {
                    list.add(listed.chat().chat());
                } else if (notice instanceof Notice.Unlisted unlisted) {
                    assertThat(list.remove(unlisted.chat()))
                            .as("taken off a list it was on: %s", unlisted)
                            .isTrue();
                }
            }
            return list;
        }
    }

    private final Rig rig = new Rig();
    private final List<Site> sites = new ArrayList<>();
    private final Map<String, Told> seats = new TreeMap<>();
    private final Map<ChatId, Visitor> patrons = new LinkedHashMap<>();
    private Random random = new Random();
    private int visitors;

    static IntStream seeds() {
        return IntStream.range(0, SEEDS);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void onOneNode(int seed) {
        sites.add(rig.node("a"));
        live(seed);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void onTwoNodes(int seed) {
        sites.add(rig.node("a"));
        sites.add(rig.node("b"));
        live(seed);
    }

    private void live(int seed) {
        random = new Random(seed);
        for (String who : PEOPLE) {
            connects(who);
            done(seats.get(who).seat.session().signIn());
            outcome(seats.get(who).seat.session().monitor(DESK, true));
            outcome(seats.get(who).seat.session().monitor(COOP, true));
        }
        for (int step = 0; step < STEPS; step++) {
            String what = step();
            compare("seed " + seed + ", step " + step + ": " + what);
        }
        assertThat(patrons.size()).isGreaterThan(2);
        rig.close();
    }

    private void compare(String when) {
        Map<ChatId, ChatInspection> seen = new TreeMap<>();
        patrons.keySet().forEach(chat -> seen.put(chat, sites.get(0).inspect(chat)));
        seats.forEach((name, told) -> {
            Set<ChatId> notified = new HashSet<>();
            seen.forEach((chat, inspection) -> {
                if (inspection.notified().contains(told.seat.session().operator())) {
                    notified.add(chat);
                }
            });
            List<ChatId> asked = told.seat.session().waiting().stream()
                    .map(Notice.ChatSummary::chat)
                    .toList();
            assertThat(asked).as("%s asks, %s", name, when).doesNotHaveDuplicates();
            assertThat(Set.copyOf(asked)).as("%s asks, %s", name, when).isEqualTo(notified);
            assertThat(told.list()).as("%s was told, %s", name, when).isEqualTo(notified);
            for (ChatId chat : seen.keySet()) {
                assertThat(told.seat.session().preview(chat).value().isPresent())
                        .as("%s may look at %s, %s", name, chat, when)
                        .isEqualTo(notified.contains(chat));
            }
        });
    }

    // ---- What happens

    private String step() {
        int what = random.nextInt(26);
        String who = PEOPLE.get(random.nextInt(PEOPLE.size()));
        Told told = seats.get(who);
        if (what < 4) {
            double seconds = random.nextInt(4) == 0 ? random.nextInt(60_000) / 1000.0 : random.nextInt(12_000) / 1000.0;
            rig.pass(seconds);
            return seconds + " s pass";
        }
        if (what < 7) {
            return starts();
        }
        if (told == null || what < 9) {
            return connects(who);
        }
        Seat seat = told.seat;
        switch (what) {
            case 9, 10, 11 -> answered(seat.session().signIn());
            case 12 -> answered(seat.session().signOut());
            case 13 ->
                answered(seat.session()
                        .status(random.nextInt(3) > 0 ? Status.ONLINE : STATUSES.get(random.nextInt(STATUSES.size()))));
            case 14, 15, 16 ->
                answered(seat.session().monitor(random.nextBoolean() ? DESK : COOP, random.nextInt(4) > 0));
            case 17 -> disconnects(who);
            case 18, 19 -> claims(seat);
            case 20 -> chat().ifPresent(chat -> answered(seat.session().end(chat, Disposition.ANSWERED)));
            case 21 -> chat().ifPresent(chat -> answered(seat.session().dismiss(chat, "spam")));
            case 22 -> chat().ifPresent(chat -> answered(seat.session().hurry(chat, Rig.MEMBERS)));
            case 23 ->
                chat().ifPresent(chat -> answered(patrons.get(chat).session().leave()));
            case 24 -> chat().ifPresent(chat -> patrons.get(chat).session().disconnect());
            default -> changesTheRules();
        }
        return who + " does " + what;
    }

    private String starts() {
        Visitor patron = site().visitor("patron " + visitors++);
        Outcome<Receipt> started = outcome(patron.starting("start"));
        started.value().ifPresent(receipt -> patrons.put(receipt.chat(), patron));
        return "a chat starts: " + started;
    }

    private String connects(String who) {
        if (seats.containsKey(who)) {
            disconnects(who);
        }
        seats.put(who, new Told(site().seat(who)));
        return who + " connects";
    }

    private void disconnects(String who) {
        seats.remove(who).seat.session().disconnect();
    }

    private void claims(Seat seat) {
        chat().ifPresent(chat -> {
            ChatInspection before = sites.get(0).inspect(chat);
            boolean mayClaim = before.notified().contains(seat.session().operator())
                    || before.chat().ownedBy(seat.session().operator());
            Outcome<Receipt> claim = outcome(seat.session().claim(chat));
            assertThat(claim.value().isPresent()).as("%s", claim).isEqualTo(mayClaim);
        });
    }

    private void changesTheRules() {
        Membership membership =
                Membership.of(CoopId.of("academic"), InstitutionId.of("springy"), Membership.Kind.CONTRIBUTING);
        if (random.nextBoolean()) {
            answered(site().engine.admin().save(random.nextBoolean() ? membership : membership.asEnded()));
        } else {
            String limit = random.nextBoolean() ? "none" : Integer.toString(1 + random.nextInt(2));
            done(site().engine.admin().save(Policies.of(Map.of("operatorLimit", limit))));
        }
    }

    private Optional<ChatId> chat() {
        List<ChatId> live = patrons.keySet().stream()
                .filter(chat -> !sites.get(0).inspect(chat).chat().over())
                .toList();
        return live.isEmpty() ? Optional.empty() : Optional.of(live.get(random.nextInt(live.size())));
    }

    private Site site() {
        return sites.get(random.nextInt(sites.size()));
    }

    private static <T> void answered(CompletionStage<Outcome<T>> asked) {
        outcome(asked);
    }
}
