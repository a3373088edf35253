package org.libcoop.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.libcoop.annotation.Beta;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.ChatOutcome;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.Stage;
import org.libcoop.directory.WidgetId;
import org.libcoop.report.ChatFact;
import org.libcoop.report.FactQuery;
import org.libcoop.report.Part;
import org.libcoop.report.PartTallies;
import org.libcoop.report.Source;
import org.libcoop.report.StaffedHours;
import org.libcoop.report.StaffedQuery;
import org.libcoop.report.StaffedTime;
import org.libcoop.report.Timetable;
import org.libcoop.spi.Facts;

/**
 * What all {@link Facts} have to do, rule by rule: the tests' names begin with the number of the rule they hold. An adapter's test
 * extends it and gives it one in which nothing is kept:
 *
 * <pre>{@code
 * class MyFactsContractTest extends FactsContract {
 *     @Override
 *     protected Facts open() {
 *         return new MyFacts(emptyDatabase());
 *     }
 * }
 * }</pre>
 *
 * An adapter that several processes share also overrides {@link #another}, so that what one keeps is counted by the other.
 */
@Beta
public abstract class FactsContract {

    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final int SOME = 300;
    private static final int QUESTIONS = 60;
    private static final int MEANWHILE = 500; // of each thread at most

    private Facts facts;
    private Facts elsewhere;

    /** For the adapter's own test. */
    protected FactsContract() {}

    /** Facts of nothing; the contract closes them. */
    protected abstract Facts open();

    /** Another node's way to what {@link #open} gave; the contract closes it. By default the same object. */
    protected Facts another(Facts opened) {
        return opened;
    }

    @BeforeEach
    void openBoth() {
        facts = open();
        elsewhere = another(facts);
    }

    @AfterEach
    void closeBoth() {
        facts.close();
        if (elsewhere != facts) {
            elsewhere.close();
        }
    }

    // ---- Keeping

    @Test
    void fa01_whatIsKeptIsCountedOnEveryNode() {
        List<ChatFact> all = new GeneratedFacts(1).facts(SOME);

        facts.keep(all.subList(0, 1));
        facts.keep(all.subList(1, 200));
        elsewhere.keep(all.subList(200, SOME));
        facts.keep(List.of());

        countsAs(all);
    }

    @Test
    void fa02_aChatCountsOnceHoweverOftenItIsBrought() {
        List<ChatFact> all = new GeneratedFacts(2).facts(40);
        List<ChatFact> twice = new ArrayList<>(all);
        twice.addAll(all);

        facts.keep(all);
        facts.keep(all);
        elsewhere.keep(twice);

        countsAs(all);
    }

    @Test
    void fa02_ofAChatTheMergeCountsInWhateverOrderItCame() {
        GeneratedFacts generated = new GeneratedFacts(3);
        List<ChatFact> brought = new ArrayList<>();
        for (ChatFact fact : generated.facts(100)) {
            ChatFact second = generated.again(fact);
            brought.addAll(List.of(fact, second, generated.again(second)));
        }
        Collections.shuffle(brought, new Random(3));

        for (int from = 0; from < brought.size(); from += 7) {
            facts.keep(brought.subList(from, Math.min(brought.size(), from + 7)));
        }

        countsAs(merged(brought));
    }

    @Test
    void fa02_whatManyBringAtOnceIsAllCounted() {
        GeneratedFacts generated = new GeneratedFacts(6);
        List<List<List<ChatFact>>> brought = new ArrayList<>();
        List<ChatFact> all = new ArrayList<>();
        for (int round = 0; round < 5; round++) {
            List<List<ChatFact>> ofRound = new ArrayList<>();
            ChatFact shared = generated.fact("shared in round " + round);
            for (int thread = 0; thread < Race.THREADS; thread++) {
                ChatFact own = generated.fact("round " + round + " thread " + thread);
                shared = generated.again(shared);
                ofRound.add(List.of(own, shared));
                all.addAll(List.of(own, shared));
            }
            brought.add(ofRound);
        }

        Race.run(brought.size(), (round, thread) -> () -> {
            (thread % 2 == 0 ? facts : elsewhere).keep(brought.get(round).get(thread));
            return true;
        });

        countsAs(merged(all));
    }

    private static List<ChatFact> merged(List<ChatFact> brought) {
        Map<ChatId, ChatFact> merged = new HashMap<>();
        brought.forEach(fact -> merged.merge(fact.chat(), fact, ChatFact::merge));
        return List.copyOf(merged.values());
    }

    @Test
    void fa03_aFactIsGivenAsItCounts() {
        ChatFact rich = new ChatFact(
                ChatId.of("chat é 😀"),
                InstitutionId.of("home é"),
                WidgetId.of("widget 😀"),
                Instant.parse("2026-02-28T23:59:59.999Z"),
                ChatOutcome.ANSWERED,
                new ChatFact.Answer(
                        OperatorId.of("operator: é"),
                        InstitutionId.of("answering"),
                        Stage.of(Option.operator("operator: é")),
                        Duration.ofMillis(1),
                        Duration.ofMillis(172_800_001)),
                new Source("é.example", "é.example/%20 ' 😀", "Browser \"x\"", "OS"),
                5,
                1,
                7,
                3,
                false);
        ChatFact poor = new ChatFact(
                ChatId.of("poor"),
                InstitutionId.of("home"),
                WidgetId.of("widget"),
                Instant.parse("2026-03-01T00:00:00Z"),
                ChatOutcome.MISSED,
                null,
                Source.NONE,
                null,
                null,
                1,
                0,
                true);

        facts.keep(List.of(rich, poor));

        for (Facts node : List.of(facts, elsewhere)) {
            assertThat(node.fact(rich.chat())).contains(rich);
            assertThat(node.fact(poor.chat())).contains(poor);
            assertThat(node.fact(ChatId.of("nobody's"))).isEmpty();
        }
    }

    @Test
    void fa03_everyFactIsGivenAsItCounts() {
        List<ChatFact> all = new GeneratedFacts(7).facts(SOME);

        facts.keep(all);

        for (ChatFact fact : all) {
            assertThat(elsewhere.fact(fact.chat())).contains(fact);
        }
    }

    // ---- Counting

    @Test
    void fa04_aTimetableCountsWhatIsAskedForAndNothingElse() {
        GeneratedFacts generated = new GeneratedFacts(8);
        List<ChatFact> all = generated.facts(SOME);
        facts.keep(all);

        for (int i = 0; i < 2 * QUESTIONS; i++) {
            FactQuery query = generated.query();
            ZoneId zone = generated.zone();
            assertThat(elsewhere.timetable(query, zone))
                    .as("%s in %s", query, zone)
                    .isEqualTo(timetable(all, query, zone));
        }
    }

    @Test
    void fa04_ofNothingItIsEmpty() {
        assertThat(facts.timetable(FactQuery.ALL, UTC)).isEqualTo(new Timetable.Sum(UTC).timetable());
    }

    @Test
    void fa05_partsAreOfWhatIsAskedForAndOfNothingElse() {
        GeneratedFacts generated = new GeneratedFacts(10);
        List<Part> parts = List.of(Part.values());
        List<ChatFact> all = generated.facts(SOME);
        facts.keep(all);

        for (int i = 0; i < 5 * QUESTIONS; i++) {
            FactQuery query = generated.query();
            Part part = parts.get(i % parts.size());
            int most = 1 + i % 8;
            assertThat(elsewhere.parts(query, part, most))
                    .as("at most %s by %s of %s", most, part, query)
                    .isEqualTo(parts(all, query, part, most));
        }
    }

    @Test
    void fa05_aReportHasSomeRows() {
        for (int most : new int[] {0, -1, PartTallies.MOST + 1}) {
            assertThatIllegalArgumentException().isThrownBy(() -> facts.parts(FactQuery.ALL, Part.HOME, most));
        }
    }

    // ---- Counting anew

    @Test
    void fa06_aRecountChangesNoReport() {
        GeneratedFacts generated = new GeneratedFacts(11);
        List<ChatFact> brought = new ArrayList<>(generated.facts(SOME));
        brought.addAll(brought.subList(0, 50).stream().map(generated::again).toList());
        facts.keep(brought);

        facts.recount();

        countsAs(merged(brought));
    }

    @Test
    void fa06_whatIsBroughtWhileItCountsIsCountedToo() {
        GeneratedFacts generated = new GeneratedFacts(12);
        List<ChatFact> before = generated.facts(SOME);
        facts.keep(before);
        List<ChatFact> toBring = new ArrayList<>();
        for (int i = 0; i < Race.THREADS * MEANWHILE; i++) {
            toBring.add(generated.fact("meanwhile " + i));
        }
        Queue<ChatFact> brought = new ConcurrentLinkedQueue<>();
        AtomicBoolean recounted = new AtomicBoolean();

        Race.run(1, (round, thread) -> () -> {
            if (thread == 0) {
                for (int i = 0; i < 4; i++) {
                    elsewhere.recount();
                }
                recounted.set(true);
                return true;
            }
            for (int i = 0; i < MEANWHILE && !recounted.get(); i++) {
                ChatFact fact = toBring.get(thread * MEANWHILE + i);
                facts.keep(List.of(fact));
                brought.add(fact);
                LockSupport.parkNanos(1_000_000); // so that they are at it for as long as somebody counts
            }
            return true;
        });

        List<ChatFact> all = new ArrayList<>(before);
        all.addAll(brought);
        countsAs(all);
    }

    // ---- Who was there

    @Test
    void fa07_aMomentCountsOnceHoweverItIsBrought() {
        List<StaffedTime> all = new GeneratedFacts(13).staffed(SOME);
        List<StaffedTime> again = new ArrayList<>(all);
        Collections.shuffle(again, new Random(13));

        facts.keepStaffed(all.subList(0, 1));
        facts.keepStaffed(again);
        elsewhere.keepStaffed(all.subList(100, SOME));
        facts.keepStaffed(List.of());

        staffedAs(all, new GeneratedFacts(14));
    }

    @Test
    void fa07_whatManyBringAtOnceIsAllCounted() {
        List<StaffedTime> all = new GeneratedFacts(15).staffed(Race.THREADS * 40);

        Race.run(5, (round, thread) -> () -> {
            int from = (round * Race.THREADS + thread) * 8;
            (thread % 2 == 0 ? facts : elsewhere).keepStaffed(all.subList(from, from + 8));
            return true;
        });

        staffedAs(all, new GeneratedFacts(16));
    }

    @Test
    void fa07_aRecountTakesNothingAway() {
        List<StaffedTime> all = new GeneratedFacts(17).staffed(SOME);
        facts.keepStaffed(all);

        facts.recount();

        staffedAs(all, new GeneratedFacts(18));
    }

    @Test
    void fa08_whatIsAskedForIsCountedToTheMillisecond() {
        StaffedTime desk = new StaffedTime(
                Stage.of(Option.department("desk")),
                InstitutionId.of("é 😀"),
                Instant.parse("2026-02-28T23:59:59.999Z"),
                Instant.parse("2026-03-01T08:00:00.001Z"));
        StaffedTime line = new StaffedTime(
                Stage.of(Option.operator("desk")),
                desk.institution(),
                desk.from().minusMillis(1),
                desk.from().plusMillis(1));
        facts.keepStaffed(List.of(desk, line));

        StaffedQuery query =
                StaffedQuery.of(List.of(desk.stage(), line.stage()), desk.from().minusMillis(1), desk.to());
        StaffedQuery within = StaffedQuery.of(
                List.of(desk.stage()), desk.from().plusMillis(1), desk.to().minusMillis(1));

        assertThat(elsewhere.staffed(query, UTC).anybody().total()).isEqualTo(Duration.parse("PT8H0.003S"));
        assertThat(elsewhere.staffed(within, UTC).anybody().total()).isEqualTo(Duration.parse("PT8H"));
        assertThat(elsewhere.staffed(within, UTC).institutions()).containsOnlyKeys(desk.institution());
    }

    @Test
    void fa08_ofNothingItIsEmpty() {
        StaffedQuery query = new GeneratedFacts(19).staffedQuery();

        assertThat(facts.staffed(query, UTC)).isEqualTo(new StaffedHours.Sum(query).hours(UTC));
    }

    // ---- What is right

    /** What any question about {@code all} is answered on every node. */
    private void staffedAs(List<StaffedTime> all, GeneratedFacts generated) {
        for (int i = 0; i < QUESTIONS; i++) {
            StaffedQuery query = generated.staffedQuery();
            ZoneId zone = generated.zone();
            StaffedHours.Sum sum = new StaffedHours.Sum(query);
            all.forEach(sum::add);
            for (Facts node : List.of(facts, elsewhere)) {
                assertThat(node.staffed(query, zone))
                        .as("%s in %s", query, zone)
                        .isEqualTo(sum.hours(zone));
            }
        }
    }

    /** Every report of {@code all} together, and of each co-op, from every node. */
    private void countsAs(List<ChatFact> all) {
        List<FactQuery> queries = new ArrayList<>(List.of(FactQuery.ALL));
        all.stream()
                .flatMap(fact -> fact.answer() == null ? Stream.empty() : fact.answer().coop().stream())
                .distinct()
                .forEach(coop -> queries.add(FactQuery.ALL.coop(coop)));
        for (Facts node : List.of(facts, elsewhere)) {
            for (FactQuery query : queries) {
                assertThat(node.timetable(query, UTC)).as("%s", query).isEqualTo(timetable(all, query, UTC));
                assertThat(node.parts(query, Part.OPERATOR, PartTallies.MOST))
                        .as("%s", query)
                        .isEqualTo(parts(all, query, Part.OPERATOR, PartTallies.MOST));
            }
        }
    }

    private static Timetable timetable(List<ChatFact> all, FactQuery query, ZoneId zone) {
        Timetable.Sum sum = new Timetable.Sum(zone);
        all.stream().filter(query::asksFor).forEach(sum::add);
        return sum.timetable();
    }

    private static PartTallies parts(List<ChatFact> all, FactQuery query, Part part, int most) {
        PartTallies.Sum sum = new PartTallies.Sum(part);
        all.stream().filter(query::asksFor).forEach(sum::add);
        return sum.tallies(most);
    }
}
