package org.libcoop.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.libcoop.presence.World.ANA;
import static org.libcoop.presence.World.BEN;
import static org.libcoop.presence.World.at;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One stage's line of time: who is there from when to when, and when service ends. */
class StageLineTest {

    private final StageLine line = new StageLine();

    @ParameterizedTest
    @CsvSource({"9.999, false", "10, true", "10.001, true", "100000, true"})
    void somebodyIsThereFromTheInstantOnUntilFurtherNotice(double when, boolean there) {
        line.set(ANA, at(10), true, null);

        assertThat(line.served(at(when))).isEqualTo(there);
        assertThat(line.available(ANA, at(when))).isEqualTo(there);
        assertThat(line.available(at(when)).contains(ANA)).isEqualTo(there);
        assertThat(line.available(BEN, at(when))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"19.999, true", "20, false", "20.001, false"})
    void anEndKnownInAdvanceIsExcluded(double when, boolean there) {
        line.set(ANA, at(10), true, at(20));

        assertThat(line.served(at(when))).isEqualTo(there);
        assertThat(line.available(ANA, at(when))).isEqualTo(there);
    }

    @Test
    void anEndThatIsNotAfterTheBeginningMakesNoSpan() {
        assertThat(line.set(ANA, at(10), true, at(10))).isFalse();
        assertThat(line.set(ANA, at(10), true, at(9))).isFalse();

        assertThat(line.served(at(10))).isFalse();
        assertThat(line.isEmpty()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 19.999, ",
        "0, 20, 20",
        "0, 20.001, 20",
        "19.999, 100, 20",
        "20, 100, 40",
        "20.001, 100, 40",
        "40, 100, "
    })
    void theFirstLapseLiesAfterTheOneInstantAndNotAfterTheOther(double after, double upTo, Double lapse) {
        line.set(ANA, at(10), true, at(20));
        line.set(ANA, at(30), true, null);
        line.set(ANA, at(40), false, null);

        assertThat(line.firstLapse(at(after), at(upTo))).isEqualTo(lapse == null ? null : at(lapse));
    }

    @Test
    void serviceLapsesOnlyWhenTheLastOneLeaves() {
        line.set(ANA, at(0), true, null);
        line.set(BEN, at(5), true, null);
        line.set(ANA, at(10), false, null);

        assertThat(line.firstLapse(at(0), at(100))).isNull();
        assertThat(line.available(at(10))).containsExactly(BEN);

        line.set(BEN, at(20), false, null);

        assertThat(line.firstLapse(at(0), at(100))).isEqualTo(at(20));
    }

    @Test
    void whoTakesOverAtTheInstantTheOtherLeavesLeavesNoLapse() {
        line.set(ANA, at(0), true, at(10));
        line.set(BEN, at(10), true, null);

        assertThat(line.served(at(9.999))).isTrue();
        assertThat(line.served(at(10))).isTrue();
        assertThat(line.firstLapse(at(0), at(100))).isNull();
    }

    @Test
    void whoComesOneMillisecondLaterLeavesOne() {
        line.set(ANA, at(0), true, at(10));
        line.set(BEN, at(10.001), true, null);

        assertThat(line.served(at(10))).isFalse();
        assertThat(line.firstLapse(at(0), at(100))).isEqualTo(at(10));
    }

    @Test
    void lateNewsPutsThePastRight() {
        line.set(ANA, at(0), true, null);
        line.set(BEN, at(50), true, null);

        assertThat(line.set(ANA, at(20), false, null)).isTrue();

        assertThat(line.served(at(19.999))).isTrue();
        assertThat(line.served(at(20))).isFalse();
        assertThat(line.served(at(50))).isTrue();
        assertThat(line.firstLapse(at(0), at(100))).isEqualTo(at(20));
    }

    @Test
    void laterWordReplacesAnEndThatWasForeseen() {
        line.set(ANA, at(0), true, at(30));
        line.set(ANA, at(10), true, null);

        assertThat(line.served(at(30))).isTrue();
        assertThat(line.firstLapse(at(0), at(100))).isNull();
    }

    @Test
    void whatIsKnownAlreadyIsNoNews() {
        assertThat(line.set(ANA, at(0), false, null)).isFalse();
        assertThat(line.set(ANA, at(0), true, null)).isTrue();
        assertThat(line.set(ANA, at(10), true, null)).isFalse();
        assertThat(line.set(ANA, at(20), false, null)).isTrue();
        assertThat(line.set(ANA, at(30), false, null)).isFalse();
        assertThat(line.set(ANA, at(40), true, at(50))).isTrue();
        assertThat(line.set(ANA, at(45), true, at(50))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"0, 9.999, false", "0, 10, true", "12, 13, true", "19.999, 30, true", "20, 30, false", "5, 30, true"})
    void whoWasThereAtSomeInstantOfTheStretchWasReached(double from, double to, boolean reached) {
        line.set(ANA, at(10), true, at(20));

        assertThat(line.reached(ANA, at(from), at(to))).isEqualTo(reached);
        assertThat(line.reached(BEN, at(from), at(to))).isFalse();
    }

    @Test
    void whatEndedBeforeTheHorizonIsForgottenAndWhatRunsStays() {
        line.set(ANA, at(0), true, at(10));
        line.set(ANA, at(20), true, at(30));
        line.set(BEN, at(40), true, null);

        line.forgetBefore(at(10));
        assertThat(line.served(at(5))).as("ended at the horizon itself").isTrue();

        line.forgetBefore(at(10.001));
        assertThat(line.served(at(5))).isFalse();
        assertThat(line.available(ANA, at(25))).isTrue();

        line.forgetBefore(at(10_000));
        assertThat(line.available(at(20_000))).containsExactly(BEN);
        assertThat(line.firstLapse(at(0), at(20_000))).isNull();
    }
}
