package org.libcoop.testkit.junit;

import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.libcoop.chat.ChatId;
import org.libcoop.memory.InMemoryFacts;
import org.libcoop.report.ChatFact;
import org.libcoop.report.FactQuery;
import org.libcoop.report.Part;
import org.libcoop.report.PartTallies;
import org.libcoop.report.StaffedHours;
import org.libcoop.report.StaffedQuery;
import org.libcoop.report.StaffedTime;
import org.libcoop.report.Timetable;
import org.libcoop.spi.Facts;

/** Facts that each break one rule, in a way that an adapter easily might. */
final class BrokenFacts {

    private BrokenFacts() {}

    /** Does everything right; what is broken overrides. */
    static class Proxy implements Facts {
        Facts right = new InMemoryFacts();

        @Override
        public void keep(List<ChatFact> facts) {
            right.keep(facts);
        }

        @Override
        public Optional<ChatFact> fact(ChatId chat) {
            return right.fact(chat);
        }

        @Override
        public Timetable timetable(FactQuery query, ZoneId zone) {
            return right.timetable(query, zone);
        }

        @Override
        public PartTallies parts(FactQuery query, Part part, int most) {
            return right.parts(query, part, most);
        }

        @Override
        public void keepStaffed(List<StaffedTime> times) {
            right.keepStaffed(times);
        }

        @Override
        public StaffedHours staffed(StaffedQuery query, ZoneId zone) {
            return right.staffed(query, zone);
        }

        @Override
        public void recount() {
            right.recount();
        }

        @Override
        public void close() {
            right.close();
        }
    }

    /** Takes a batch of so many, and no more. */
    static final class KeepsTheFirstOfMany extends Proxy {
        @Override
        public void keep(List<ChatFact> facts) {
            super.keep(facts.subList(0, Math.min(64, facts.size())));
        }
    }

    /** Keeps what it has. */
    static final class KeepsTheFirst extends Proxy {
        @Override
        public void keep(List<ChatFact> facts) {
            super.keep(
                    facts.stream().filter(fact -> fact(fact.chat()).isEmpty()).toList());
        }
    }

    /** Keeps what came last. */
    static final class KeepsTheLast extends Proxy {
        @Override
        public void keep(List<ChatFact> facts) {
            for (ChatFact fact : facts) {
                super.keep(List.of(new ChatFact(
                        fact.chat(),
                        fact.home(),
                        fact.widget(),
                        fact.startedAt(),
                        fact.outcome(),
                        fact.answer(),
                        fact.source(),
                        fact.rating(),
                        fact.qaRating(),
                        fact.entries()
                                + fact(fact.chat()).map(ChatFact::entries).orElse(0L),
                        fact.posts() + fact(fact.chat()).map(ChatFact::posts).orElse(0L),
                        fact.erased())));
            }
        }
    }

    /** Reads, thinks, and writes what it has thought. */
    static final class ReadsThenWrites extends Proxy {
        private final AtomicBoolean busy = new AtomicBoolean();

        @Override
        public void keep(List<ChatFact> facts) {
            boolean alone = busy.compareAndSet(false, true);
            LockSupport.parkNanos(200_000);
            if (alone) {
                super.keep(facts);
                busy.set(false);
            }
        }
    }

    /** Cuts milliseconds off. */
    static final class CutsMilliseconds extends Proxy {
        @Override
        public void keep(List<ChatFact> facts) {
            super.keep(facts.stream()
                    .map(fact -> new ChatFact(
                            fact.chat(),
                            fact.home(),
                            fact.widget(),
                            fact.startedAt().truncatedTo(ChronoUnit.SECONDS),
                            fact.outcome(),
                            fact.answer(),
                            fact.source(),
                            fact.rating(),
                            fact.qaRating(),
                            fact.entries(),
                            fact.posts(),
                            fact.erased()))
                    .toList());
        }
    }

    /** Counts in hours of UTC. */
    static final class KnowsOneZone extends Proxy {
        @Override
        public Timetable timetable(FactQuery query, ZoneId zone) {
            Timetable.Sum sum = new Timetable.Sum(zone);
            super.timetable(query, ZoneOffset.UTC)
                    .months()
                    .forEach((month, tally) ->
                            sum.add(month.atDay(1).atStartOfDay(zone).toInstant(), tally));
            return sum.timetable();
        }
    }

    /** Counts the end with what is asked for. */
    static final class CountsTheEnd extends Proxy {
        @Override
        public Timetable timetable(FactQuery query, ZoneId zone) {
            return super.timetable(
                    query.started(
                            query.from(), query.to() == null ? null : query.to().plusMillis(1)),
                    zone);
        }
    }

    /** Takes an institution for a patron's where it is one that answers. */
    static final class MixesHomeAndAnswer extends Proxy {
        @Override
        public PartTallies parts(FactQuery query, Part part, int most) {
            PartTallies found = super.parts(query, part == Part.ANSWERED_BY ? Part.HOME : part, most);
            return new PartTallies(part, found.rows(), found.others(), found.total());
        }
    }

    /** Forgets that rows and rest are the whole. */
    static final class ForgetsTheRest extends Proxy {
        @Override
        public PartTallies parts(FactQuery query, Part part, int most) {
            PartTallies found = super.parts(query, part, most);
            return new PartTallies(part, found.rows(), org.libcoop.report.Tally.NONE, found.total());
        }
    }

    /** Gives as many rows as anybody wants. */
    static final class GivesAnyNumber extends Proxy {
        @Override
        public PartTallies parts(FactQuery query, Part part, int most) {
            return super.parts(query, part, Math.max(1, Math.min(most, PartTallies.MOST)));
        }
    }

    /** Counts anew only what it has not forgotten. */
    static final class LosesWhatComesMeanwhile extends Proxy {
        private final Set<ChatFact> kept = ConcurrentHashMap.newKeySet();

        @Override
        public synchronized void keep(List<ChatFact> facts) {
            kept.addAll(facts);
            right.keep(facts);
        }

        @Override
        public void recount() {
            List<ChatFact> all = List.copyOf(kept);
            InMemoryFacts anew = new InMemoryFacts();
            for (int i = 0; i < 100 && kept.size() == all.size(); i++) {
                LockSupport.parkNanos(1_000_000);
            }
            anew.keep(all);
            right = anew;
        }
    }

    /** Counts what is counted once more. */
    static final class LosesWhatChanged extends Proxy {
        private final Set<ChatId> changed = ConcurrentHashMap.newKeySet();

        @Override
        public void keep(List<ChatFact> facts) {
            facts.stream().filter(fact -> fact(fact.chat()).isPresent()).forEach(fact -> changed.add(fact.chat()));
            super.keep(facts);
        }

        @Override
        public void recount() {
            InMemoryFacts anew = new InMemoryFacts();
            changed.forEach(chat -> fact(chat).ifPresent(fact -> anew.keep(List.of(fact))));
            right = anew;
        }
    }

    /** Knows the last time of everybody. */
    static final class KeepsTheLastStaffed extends Proxy {
        private final Map<List<Object>, StaffedTime> kept = new LinkedHashMap<>();

        @Override
        public synchronized void keepStaffed(List<StaffedTime> times) {
            times.forEach(time -> kept.put(List.of(time.stage(), time.institution()), time));
            right = new InMemoryFacts();
            right.keepStaffed(List.copyOf(kept.values()));
        }
    }

    /** Reads, thinks, and writes what it has thought. */
    static final class ReadsThenWritesStaffed extends Proxy {
        private final AtomicBoolean busy = new AtomicBoolean();

        @Override
        public void keepStaffed(List<StaffedTime> times) {
            boolean alone = busy.compareAndSet(false, true);
            LockSupport.parkNanos(200_000);
            if (alone) {
                super.keepStaffed(times);
                busy.set(false);
            }
        }
    }

    /** Counts chats anew, and forgets who was there. */
    static final class ForgetsWhoWasThere extends Proxy {
        @Override
        public void recount() {
            right = new InMemoryFacts();
        }
    }

    /** Counts the end with what is asked for. */
    static final class CountsTheEndStaffed extends Proxy {
        @Override
        public StaffedHours staffed(StaffedQuery query, ZoneId zone) {
            Duration more = Duration.ofMillis(1);
            return super.staffed(
                    new StaffedQuery(
                            query.stages(),
                            query.institution(),
                            query.from(),
                            StaffedQuery.fits(query.from(), query.to().plus(more))
                                    ? query.to().plus(more)
                                    : query.to()),
                    zone);
        }
    }

    /** Looks at one stage of those that are asked for. */
    static final class KnowsOneStage extends Proxy {
        @Override
        public StaffedHours staffed(StaffedQuery query, ZoneId zone) {
            return super.staffed(
                    new StaffedQuery(
                            Set.of(query.stages().iterator().next()), query.institution(), query.from(), query.to()),
                    zone);
        }
    }
}
