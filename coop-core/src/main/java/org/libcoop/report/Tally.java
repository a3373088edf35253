package org.libcoop.report;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.libcoop.annotation.Beta;
import org.libcoop.chat.ChatOutcome;

/**
 * What some chats add up to. {@code waits} has the time from start to first claim of each that was answered, {@code durations} the time
 * from first claim to end of each that was answered and is over, {@code ratings} what patrons gave, {@code qaRatings} what their library
 * gave: the two never mix (X4). <em>Immutable.</em>
 */
@Beta
public record Tally(Counts counts, Spread waits, Spread durations, Stars ratings, Stars qaRatings) {

    /** No chat. */
    public static final Tally NONE = new Tally(Counts.NONE, Spread.NONE, Spread.NONE, Stars.NONE, Stars.NONE);

    /** Requires all parts. */
    public Tally {
        Objects.requireNonNull(counts, "counts");
        Objects.requireNonNull(waits, "waits");
        Objects.requireNonNull(durations, "durations");
        Objects.requireNonNull(ratings, "ratings");
        Objects.requireNonNull(qaRatings, "qaRatings");
    }

    /** The tally of one chat. */
    public static Tally of(ChatFact fact) {
        Sum sum = new Sum();
        sum.add(One.of(fact));
        return sum.tally();
    }

    /** Whether there is no chat in it. */
    public boolean isEmpty() {
        return counts.requested() == 0;
    }

    /**
     * The share of those answered or missed that was claimed within {@code limit}, from 0 to 1; null where there is neither.
     *
     * @throws IllegalArgumentException if that is no {@linkplain Spread#isLimit limit}
     */
    public @Nullable Double answeredWithin(Duration limit) {
        return Counts.share(waits.within(limit), counts.answered() + counts.missed());
    }

    /** Both together. */
    public Tally plus(Tally other) {
        Sum sum = new Sum();
        sum.add(this);
        sum.add(other);
        return sum.tally();
    }

    /**
     * What is left without {@code part}: how a chat is taken out of a sum.
     *
     * @throws IllegalArgumentException if that is not part of it
     */
    public Tally minus(Tally part) {
        return new Tally(
                counts.minus(part.counts),
                waits.minus(part.waits),
                durations.minus(part.durations),
                ratings.minus(part.ratings),
                qaRatings.minus(part.qaRatings));
    }

    /**
     * What is counted of one chat: {@code own}, answered by people of the patron's own library, {@code throughCoop}, and {@code waited}
     * are of those that were answered, {@code lasted} of those that are over besides; ratings are null where none was given.
     * <em>Immutable.</em>
     */
    public record One(
            ChatOutcome outcome,
            boolean own,
            boolean throughCoop,
            @Nullable Duration waited,
            @Nullable Duration lasted,
            @Nullable Integer rating,
            @Nullable Integer qaRating) {

        public One {
            Objects.requireNonNull(outcome, "outcome");
        }

        /** What is counted of {@code fact}. */
        public static One of(ChatFact fact) {
            ChatFact.Answer answer = fact.answer();
            return answer == null
                    ? new One(fact.outcome(), false, false, null, null, fact.rating(), fact.qaRating())
                    : new One(
                            fact.outcome(),
                            answer.institution().equals(fact.home()),
                            answer.coop().isPresent(),
                            answer.waited(),
                            answer.lasted(),
                            fact.rating(),
                            fact.qaRating());
        }
    }

    /** Adds up, for adapters. <em>One thread at a time.</em> */
    public static final class Sum {
        private long answered;
        private long missed;
        private long dismissed;
        private long open;
        private long own;
        private long throughCoop;
        private final Spread.Sum waits = new Spread.Sum();
        private final Spread.Sum durations = new Spread.Sum();
        private final long[] ratings = new long[Stars.BEST];
        private final long[] qaRatings = new long[Stars.BEST];

        /** Nothing so far. */
        public Sum() {}

        /** Adds a chat. */
        public void add(One one) {
            switch (one.outcome()) {
                case ANSWERED -> answered++;
                case MISSED -> missed++;
                case DISMISSED -> dismissed++;
                case OPEN -> open++;
            }
            own += one.own() ? 1 : 0;
            throughCoop += one.throughCoop() ? 1 : 0;
            if (one.waited() != null) {
                waits.add(one.waited());
            }
            if (one.lasted() != null) {
                durations.add(one.lasted());
            }
            count(one.rating(), ratings);
            count(one.qaRating(), qaRatings);
        }

        private static void count(@Nullable Integer rating, long[] stars) {
            if (rating != null) {
                stars[rating - 1]++;
            }
        }

        /** Adds what has been added up elsewhere. */
        public void add(Tally tally) {
            answered += tally.counts.answered();
            missed += tally.counts.missed();
            dismissed += tally.counts.dismissed();
            open += tally.counts.open();
            own += tally.counts.own();
            throughCoop += tally.counts.throughCoop();
            waits.add(tally.waits);
            durations.add(tally.durations);
            count(tally.ratings, ratings);
            count(tally.qaRatings, qaRatings);
        }

        private static void count(Stars given, long[] stars) {
            for (int rating = 1; rating <= Stars.BEST; rating++) {
                stars[rating - 1] += given.of(rating);
            }
        }

        /** What there is so far. */
        public Tally tally() {
            return new Tally(
                    new Counts(answered, missed, dismissed, open, own, throughCoop),
                    waits.spread(),
                    durations.spread(),
                    stars(ratings),
                    stars(qaRatings));
        }

        private static Stars stars(long[] stars) {
            return new Stars(stars[0], stars[1], stars[2], stars[3], stars[4]);
        }
    }
}
