package org.libcoop.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.libcoop.presence.World.ANA;
import static org.libcoop.presence.World.BEN;
import static org.libcoop.presence.World.CARL;
import static org.libcoop.presence.World.COOP;
import static org.libcoop.presence.World.MAYA;
import static org.libcoop.presence.World.NODE;
import static org.libcoop.presence.World.OLGA;
import static org.libcoop.presence.World.REFERENCE;
import static org.libcoop.presence.World.SVEN;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.Stage;
import org.libcoop.presence.Attachment;
import org.libcoop.presence.Status;
import org.libcoop.presence.World;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.routing.Pending;
import org.libcoop.routing.Routing;

/**
 * Drawn lives of a chat: people come, go, fall silent and come back, claim, talk, dismiss, hurry, end; the patron vanishes and
 * returns. Each life is told twice, once with nobody looking at the clock in between and once with looks at every turn: the
 * log and every answer must be the same, so nothing depends on a timer that fired (R14).
 */
class RandomChatsTest {

    private static final int SEEDS = 600;
    private static final int STEPS = 40;
    private static final List<OperatorId> PEOPLE = List.of(ANA, BEN, CARL, OLGA, MAYA, SVEN);
    private static final List<Status> STATUSES = List.copyOf(EnumSet.allOf(Status.class));
    private static final String[] POLICIES = {
        "operatorLimit",
        "4",
        "unansweredAfter",
        "20s",
        "giveUpAfter",
        "200s",
        "patronGrace",
        "25s",
        "patronAway",
        "40s",
        "ownerGrace",
        "30s"
    };

    /** A life as it was told: what was answered, and the log without what depends on when it was handled. */
    private record Told(
            List<Optional<RefusalCode>> answers, List<String> log, Chat chat, List<Story.Transition> transitions) {}

    static IntStream seeds() {
        return IntStream.range(0, SEEDS);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void looksInBetweenChangeNothing(int seed) {
        Told unwatched = tell(seed, 0);
        Told watched = tell(seed, 1);
        Told stared = tell(seed, 5);

        assertThat(watched.log()).isEqualTo(unwatched.log());
        assertThat(watched.answers()).isEqualTo(unwatched.answers());
        assertThat(watched.chat()).isEqualTo(unwatched.chat());
        assertThat(stared).isEqualTo(watched);
    }

    private static Told tell(int seed, int looks) {
        Random life = new Random(seed);
        Random eyes = new Random(~seed);
        Story story = Story.begin(POLICIES).does(Story.start());
        List<Optional<RefusalCode>> answers = new ArrayList<>();
        double now = 0;
        for (int step = 0; step < STEPS; step++) {
            // Never two things in one millisecond: a late look could not tell them apart.
            double then = now + 0.001 + life.nextInt(life.nextInt(4) == 0 ? 40_000 : 6_000) / 1000.0;
            for (int look = 0; look < looks; look++) {
                now += (then - now) * eyes.nextDouble();
                story.at(now).looks();
            }
            now = then;
            answers.add(step(story, life, now));
            if (looks > 0) {
                story.looks();
            }
        }
        story.at(now + 5_000).looks();
        return new Told(answers, timeless(story.log()), story.chat(), story.transitions());
    }

    /** A life in which nothing much happens proves nothing. */
    @Test
    void theDrawnLivesGoThroughEveryTransitionManyTimes() {
        Map<Story.Transition, Integer> times = new HashMap<>();
        Map<RefusalCode, Integer> refusals = new EnumMap<>(RefusalCode.class);
        for (int seed = 0; seed < SEEDS; seed++) {
            Told told = tell(seed, 0);
            told.transitions().forEach(transition -> times.merge(transition, 1, Integer::sum));
            told.answers().forEach(answer -> answer.ifPresent(code -> refusals.merge(code, 1, Integer::sum)));
        }

        assertThat(times.keySet()).containsExactlyInAnyOrderElementsOf(Transitions.DECLARED);
        assertThat(times.values()).allMatch(count -> count >= 10);
        assertThat(refusals.keySet())
                .contains(
                        RefusalCode.NOT_FOUND,
                        RefusalCode.CHAT_OVER,
                        RefusalCode.ALREADY_CLAIMED,
                        RefusalCode.NOT_ELIGIBLE,
                        RefusalCode.NOT_OWNER,
                        RefusalCode.NOTHING_PENDING,
                        RefusalCode.NOT_ALLOWED);
    }

    /** One thing happens; what a command was answered, or empty. */
    private static Optional<RefusalCode> step(Story story, Random life, double now) {
        OperatorId who = PEOPLE.get(life.nextInt(PEOPLE.size()));
        int what = life.nextInt(30);
        story.at(now);
        if (what < 8) {
            move(story.world, who, life.nextInt(8), now);
            return Optional.empty();
        }
        Chat before = ChatRules.present(story.chat(), story.world.presence(), story.now());
        boolean eligible = !before.over()
                && before.phase() instanceof Phase.Waiting
                && Routing.eligible(before.progress(), story.now(), story.world.presence())
                        .contains(who);
        ChatCommand command = command(before, who, what, now);
        story.does(command);
        if (command instanceof ChatCommand.Claim) {
            assertThat(story.refusal().isEmpty()).isEqualTo(eligible || before.ownedBy(who));
        }
        countLoad(story, before, now);
        return story.refusal();
    }

    private static ChatCommand command(Chat before, OperatorId who, int what, double now) {
        Stage next = before.nextStage().map(Pending::stage).orElse(Stage.of(World.CIRCULATION));
        return switch (what) {
            case 8, 9, 10, 11 -> new ChatCommand.Claim(who);
            case 12 -> Story.says(who, "Hello");
            case 13 -> odd(now) ? Situations.shares(Author.patron(), 1 + Math.round(now)) : Story.patronSays("Hello?");
            case 14 -> new ChatCommand.Hurry(who, next);
            case 15 -> new ChatCommand.PatronLost(NODE, World.at(now - 1));
            case 16, 17 -> new ChatCommand.PatronReturned(NODE);
            case 18 -> now > 60 ? new ChatCommand.Dismiss(who, "spam") : new ChatCommand.Claim(who);
            case 20, 21, 22 -> new ChatCommand.Transfer(ownerOr(before, who, now), target(now));
            case 23 -> new ChatCommand.Withdraw(ownerOr(before, who, now));
            case 24, 25 -> new ChatCommand.Accept(offeredOr(before, who, now));
            case 26 -> new ChatCommand.Decline(offeredOr(before, who, now));
            case 27 -> new ChatCommand.Rate(1 + (int) (now % 5), null);
            case 28 -> new ChatCommand.Erase(odd(now) ? CARL : who, odd(now) ? null : 1L);
            case 29 -> new ChatCommand.Expel(now > 600 ? CARL : SVEN, Disposition.LOST);
            default -> now > 100 ? new ChatCommand.End(who, Disposition.ANSWERED) : Story.says(who, "Well");
        };
    }

    private static OperatorId ownerOr(Chat chat, OperatorId who, double now) {
        return odd(now) ? chat.ownership().map(Phase.Ownership::owner).orElse(who) : who;
    }

    private static OperatorId offeredOr(Chat chat, OperatorId who, double now) {
        return odd(now)
                ? chat.offer()
                        .flatMap(offer ->
                                offer.offeredTo().keySet().stream().sorted().findFirst())
                        .orElse(who)
                : who;
    }

    private static boolean odd(double now) {
        return Math.round(now * 1000) % 3 != 0;
    }

    private static Option target(double now) {
        List<Option> targets =
                List.of(COOP, REFERENCE, World.CIRCULATION, Option.operator(CARL), Option.operator(OLGA));
        return targets.get((int) (Math.round(now * 1000) % targets.size()));
    }

    private static void move(World world, OperatorId who, int how, double now) {
        switch (how) {
            case 0 -> world.leaves(now, who);
            case 1 -> world.silentSince(now, who);
            case 2 -> world.goes(now, who, STATUSES.get((int) (now * 1000) % STATUSES.size()));
            case 3, 4 -> {
                if (world.row(who).signedIn()) {
                    world.change(who, row -> row.attached(new Attachment(NODE, null), node -> false, World.at(now)));
                }
            }
            default -> world.there(now, who, REFERENCE, COOP);
        }
    }

    /** The engine keeps the owner's load in step with the chat; here the test does. */
    private static void countLoad(Story story, Chat before, double now) {
        before.ownership()
                .filter(had -> !story.chat().ownedBy(had.owner()))
                .ifPresent(had -> story.world.change(had.owner(), row -> row.oneChatLess(World.at(now))));
        story.chat()
                .ownership()
                .filter(has -> !before.ownedBy(has.owner()))
                .ifPresent(has -> story.world.change(has.owner(), row -> row.oneChatMore(World.at(now))));
    }

    private static List<String> timeless(List<Logged> log) {
        return log.stream()
                .map(entry -> entry.event() instanceof ChatEvent.StageOpened opened
                        ? entry.seq() + " " + entry.at() + " " + opened.stage() + " " + opened.cause() + " "
                                + opened.askedBy()
                        : entry.toString())
                .toList();
    }
}
