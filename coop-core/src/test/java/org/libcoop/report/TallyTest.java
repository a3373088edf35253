package org.libcoop.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.libcoop.report.Facts.NOON;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.libcoop.chat.ChatOutcome;

/** What is counted of a chat, and what it adds up to (section 11). */
class TallyTest {

    private static Tally of(ChatFact... facts) {
        Tally sum = Tally.NONE;
        for (ChatFact fact : facts) {
            sum = sum.plus(Tally.of(fact));
        }
        return sum;
    }

    @Test
    void unknownIsNotZero() {
        Tally tally = of(Facts.missed("c1", NOON));

        assertThat(tally.counts()).isEqualTo(new Counts(0, 1, 0, 0, 0, 0));
        assertThat(tally.waits()).isEqualTo(Spread.NONE);
        assertThat(tally.durations().mean()).isNull();
        assertThat(tally.ratings().mean()).isNull();
        assertThat(tally.answeredWithin(Duration.ofSeconds(30))).isZero();
        assertThat(Tally.NONE.answeredWithin(Duration.ofSeconds(30))).isNull();
        assertThat(Tally.NONE.counts().answeredShare()).isNull();
    }

    @ParameterizedTest
    @EnumSource(value = ChatOutcome.class, names = "ANSWERED", mode = EnumSource.Mode.EXCLUDE)
    void requestedIsTheSumOfAllOutcomes(ChatOutcome outcome) {
        Tally tally = of(
                Facts.fact("c1", "springy", NOON, outcome, null, null, null),
                Facts.own("c2", "springy", 5, 60),
                Facts.through("c3", "springy", "rainy", 40, 600));

        assertThat(tally.counts().requested()).isEqualTo(3);
        assertThat(tally.counts().own()).isEqualTo(1);
        assertThat(tally.counts().byOthers()).isEqualTo(1);
        assertThat(tally.counts().throughCoop()).isEqualTo(1);
    }

    @Test
    void sharesAreOfThoseAnsweredOrMissed() {
        Tally tally = of(
                Facts.own("c1", "springy", 30, 60),
                Facts.own("c2", "springy", 31, 60),
                Facts.missed("c3", NOON),
                Facts.missed("c4", NOON),
                Facts.fact("c5", "springy", NOON, ChatOutcome.DISMISSED, null, null, null),
                Facts.fact("c6", "springy", NOON, ChatOutcome.OPEN, null, null, null));

        assertThat(tally.counts().answeredShare()).isEqualTo(0.5);
        assertThat(tally.counts().missedShare()).isEqualTo(0.5);
        assertThat(tally.answeredWithin(Duration.ofSeconds(30))).isEqualTo(0.25);
    }

    @Test
    void whatGoesOnHasAWaitAndNoDurationYet() {
        Tally tally = of(Facts.own("c1", "springy", 30, null));

        assertThat(tally.waits().count()).isEqualTo(1);
        assertThat(tally.durations().count()).isZero();
    }

    @Test
    void thePatronsRatingAndTheLibrarysNeverMix() {
        ChatFact rated = Facts.fact(
                "c1",
                "springy",
                NOON,
                ChatOutcome.ANSWERED,
                Facts.through("c1", "springy", "rainy", 1, 1).answer(),
                5,
                2);

        Tally tally = of(rated);

        assertThat(tally.ratings()).isEqualTo(new Stars(0, 0, 0, 0, 1));
        assertThat(tally.qaRatings()).isEqualTo(new Stars(0, 1, 0, 0, 0));
    }

    @Test
    void aChatCanBeTakenOutOfASum() {
        ChatFact one = Facts.own("c1", "springy", 5, 60);
        ChatFact other = Facts.through("c2", "springy", "rainy", 40, 600);

        assertThat(of(one, other).minus(Tally.of(other))).isEqualTo(Tally.of(one));
        assertThatIllegalArgumentException().isThrownBy(() -> of(one).minus(Tally.of(other)));
    }

    @Test
    void starsHaveAMean() {
        Stars stars = new Stars(1, 0, 0, 1, 2);

        assertThat(stars.count()).isEqualTo(4);
        assertThat(stars.mean()).isEqualTo(3.75);
        assertThat(List.of(stars.of(1), stars.of(4), stars.of(5))).containsExactly(1L, 1L, 2L);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 6})
    void thereAreFiveStars(int rating) {
        assertThatIllegalArgumentException().isThrownBy(() -> Stars.NONE.of(rating));
        assertThatIllegalArgumentException().isThrownBy(() -> FactQuery.ALL.rating(rating));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Facts.fact("c1", "springy", NOON, ChatOutcome.MISSED, null, rating, null));
    }

    @Test
    void countsCannotBeBelowZeroNorMoreThanAnswered() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Counts(-1, 0, 0, 0, 0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Counts(1, 0, 0, 0, 2, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Counts(1, 0, 0, 0, 0, 2));
        assertThatIllegalArgumentException().isThrownBy(() -> new Stars(0, 0, -1, 0, 0));
    }

    @Test
    void bandsHaveEachChatOnce() {
        Tally tally = of(
                Facts.own("c1", "springy", 0, 60),
                Facts.own("c2", "springy", 5, 61),
                Facts.own("c3", "springy", 6, 3_600),
                Facts.own("c4", "springy", 601, 3_601));

        List<Band> waits = Band.waits(tally.waits());
        List<Band> durations = Band.durations(tally.durations());

        assertThat(waits).extracting(Band::count).startsWith(2L, 1L, 0L).endsWith(0L, 1L);
        assertThat(waits.get(0)).isEqualTo(new Band(Duration.ZERO, Duration.ofSeconds(5), 2));
        assertThat(waits.get(waits.size() - 1)).isEqualTo(new Band(Duration.ofMinutes(10), null, 1));
        assertThat(durations).extracting(Band::count).containsExactly(1L, 1L, 0L, 0L, 0L, 0L, 0L, 1L, 1L);
    }
}
