package org.libcoop.testkit.junit;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.ChatOutcome;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.Stage;
import org.libcoop.directory.WidgetId;
import org.libcoop.report.ChatFact;
import org.libcoop.report.FactQuery;
import org.libcoop.report.Source;
import org.libcoop.report.StaffedQuery;
import org.libcoop.report.StaffedTime;

/** Facts and questions drawn from a seed, few enough of each kind to meet; many at the ends of quarters, months, and years. */
final class GeneratedFacts {

    private static final Instant FIRST = Instant.parse("2024-11-20T00:00:00Z");
    private static final long DAYS = 500;
    private static final int INSTITUTIONS = 5;
    private static final List<Instant> ENDS = List.of(
            Instant.parse("2025-01-01T00:00:00Z"),
            Instant.parse("2025-03-01T00:00:00Z"),
            Instant.parse("2025-03-09T07:00:00Z"),
            Instant.parse("2025-07-14T09:15:00Z"),
            Instant.parse("2026-01-01T00:00:00Z"));
    private static final List<ChatOutcome> OUTCOMES = List.of(ChatOutcome.values());
    private static final List<ZoneId> ZONES = List.of(
            ZoneId.of("UTC"),
            ZoneId.of("America/New_York"),
            ZoneId.of("Asia/Kolkata"),
            ZoneId.of("Australia/Lord_Howe"));

    private final Random random;

    GeneratedFacts(long seed) {
        random = new Random(seed);
    }

    List<ChatFact> facts(int count) {
        List<ChatFact> facts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            facts.add(fact("c" + i));
        }
        return facts;
    }

    /** A fact of a chat. */
    ChatFact fact(String id) {
        InstitutionId home = institution();
        ChatOutcome outcome = random.nextInt(4) > 0
                ? ChatOutcome.ANSWERED
                : random.nextBoolean() ? ChatOutcome.MISSED : ChatOutcome.DISMISSED;
        boolean erased = random.nextInt(10) == 0;
        return new ChatFact(
                ChatId.of(id),
                home,
                WidgetId.of(home.value() + "-w" + random.nextInt(2)),
                start(),
                outcome,
                outcome == ChatOutcome.ANSWERED ? answer(home) : null,
                erased ? Source.NONE : source(id, home),
                rating(),
                rating(),
                1 + random.nextInt(9),
                random.nextInt(3),
                erased);
    }

    /** The same chat at another time of its life. */
    ChatFact again(ChatFact fact) {
        ChatFact other = fact(fact.chat().value());
        return new ChatFact(
                fact.chat(),
                fact.home(),
                fact.widget(),
                fact.startedAt(),
                other.outcome(),
                other.answer(),
                other.erased() ? Source.NONE : source(fact.chat().value(), fact.home()),
                other.rating(),
                other.qaRating(),
                fact.entries() + other.entries(),
                fact.posts() + 1 + other.posts(),
                other.erased());
    }

    private ChatFact.Answer answer(InstitutionId home) {
        boolean coop = random.nextInt(3) > 0;
        InstitutionId institution = coop ? institution() : home;
        CoopId which = coop();
        Stage member = random.nextInt(3) == 0 ? Stage.backup(which) : Stage.of(Option.coop(which));
        return new ChatFact.Answer(
                OperatorId.of(institution.value() + "-o" + random.nextInt(2)),
                institution,
                coop ? member : Stage.of(Option.department(home.value() + "-desk")),
                Duration.ofMillis(random.nextInt(120_000)),
                random.nextInt(20) == 0 ? null : Duration.ofMillis((long) Math.exp(random.nextDouble() * 17)));
    }

    private Instant start() {
        if (random.nextInt(4) == 0) {
            Instant end = ENDS.get(random.nextInt(ENDS.size()));
            return end.plusMillis(random.nextInt(3) - 1L);
        }
        return FIRST.plusMillis((long) (random.nextDouble() * DAYS * 86_400_000L));
    }

    /** What is known of where a chat came from: the same each time, or less. */
    private Source source(String id, InstitutionId home) {
        int page = Math.floorMod(id.hashCode(), 3);
        return Source.of(
                random.nextInt(5) == 0 ? null : "https://" + home + ".example/p" + page,
                random.nextInt(5) == 0 ? null : "Browser " + page,
                random.nextBoolean() ? "OS" : null);
    }

    private @Nullable Integer rating() {
        return random.nextInt(3) == 0 ? 1 + random.nextInt(5) : null;
    }

    private InstitutionId institution() {
        return InstitutionId.of("i" + random.nextInt(INSTITUTIONS));
    }

    private static CoopId coop(int number) {
        return CoopId.of("coop" + number);
    }

    private CoopId coop() {
        return coop(random.nextInt(2));
    }

    ZoneId zone() {
        return ZONES.get(random.nextInt(ZONES.size()));
    }

    /** A question; half of those of a co-op ask for nothing else but perhaps an institution and a time. */
    FactQuery query() {
        FactQuery query = FactQuery.ALL;
        if (random.nextInt(2) == 0) {
            query = query.coop(coop());
            query = random.nextInt(2) == 0 ? query.answeredBy(institution()) : query;
            query = random.nextInt(6) == 0 ? query.outcome(ChatOutcome.ANSWERED) : query;
        } else {
            query = random.nextInt(2) == 0 ? query.home(institution()) : query;
            query = random.nextInt(5) == 0 ? query.coop(coop()) : query;
            query = random.nextInt(5) == 0 ? query.answeredBy(institution()) : query;
            query = random.nextInt(5) == 0
                    ? query.operator(OperatorId.of(institution().value() + "-o0"))
                    : query;
            query = random.nextInt(5) == 0
                    ? query.widget(WidgetId.of(institution().value() + "-w0"))
                    : query;
            query = random.nextInt(5) == 0 ? query.rating(1 + random.nextInt(5)) : query;
            query = random.nextInt(5) == 0 ? query.outcome(OUTCOMES.get(random.nextInt(OUTCOMES.size()))) : query;
        }
        Instant from = random.nextInt(3) == 0 ? null : start();
        Instant to = random.nextInt(3) == 0 ? null : start();
        return query.started(from, to);
    }

    /** Times in which somebody was there: many overlap, touch, or cross the end of a day or month, and a few are nothing. */
    List<StaffedTime> staffed(int count) {
        List<StaffedTime> times = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            StaffedTime last = times.isEmpty() || random.nextInt(3) > 0 ? null : times.get(times.size() - 1);
            Instant from = last == null
                    ? start()
                    : random.nextBoolean() ? last.to() : last.from().plusMillis(random.nextInt(10_000_000));
            times.add(new StaffedTime(
                    last == null ? stage() : last.stage(),
                    last == null ? institution() : last.institution(),
                    from,
                    from.plusMillis(
                            random.nextInt(10) == 0
                                    ? random.nextInt(2)
                                    : (long) random.nextInt(12 * 3_600) * 1_000 + random.nextInt(1_000))));
        }
        return times;
    }

    private Stage stage() {
        return switch (random.nextInt(3)) {
            case 0 -> Stage.backup(coop());
            case 1 -> Stage.of(Option.coop(coop()));
            default -> Stage.of(Option.department("desk é"));
        };
    }

    /** A question about when somebody was there: of an hour or up to a year. */
    StaffedQuery staffedQuery() {
        Instant from = start();
        Instant to = from.plusMillis(1
                + (long) (random.nextDouble()
                        * (random.nextBoolean() ? 86_400_000L : StaffedQuery.LONGEST.toMillis() - 1)));
        StaffedQuery query =
                StaffedQuery.of(random.nextBoolean() ? List.of(stage()) : List.of(stage(), stage(), stage()), from, to);
        return random.nextInt(3) == 0 ? query.institution(institution()) : query;
    }
}
