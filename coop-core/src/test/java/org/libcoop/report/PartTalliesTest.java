package org.libcoop.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.libcoop.report.Facts.NOON;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.libcoop.directory.InstitutionId;

/** Chats told apart, and what libraries did for each other (S3, S7). */
class PartTalliesTest {

    private static PartTallies of(Part part, int most, ChatFact... facts) {
        PartTallies.Sum sum = new PartTallies.Sum(part);
        for (ChatFact fact : facts) {
            sum.add(fact);
        }
        return sum.tallies(most);
    }

    private static final ChatFact[] SOME = {
        Facts.through("c1", "springy", "rainy", 1, 1),
        Facts.through("c2", "springy", "sunny", 1, 1),
        Facts.through("c3", "rainy", "sunny", 1, 1),
        Facts.own("c4", "rainy", 1, 1),
        Facts.missed("c5", NOON),
    };

    @Test
    void theMostRequestedComesFirstThenByValueAndTheUnknownLast() {
        PartTallies tallies = of(Part.ANSWERED_BY, 10, SOME);

        assertThat(tallies.rows()).extracting(PartTallies.Row::value).containsExactly("rainy", "sunny", null);
        assertThat(tallies.of(null).counts().missed()).isEqualTo(1);
        assertThat(tallies.of("nobody")).isEqualTo(Tally.NONE);
        assertThat(tallies.others()).isEqualTo(Tally.NONE);
    }

    @Test
    void rowsAndRestAddUpToTheWhole() {
        PartTallies tallies = of(Part.ANSWERED_BY, 1, SOME);

        assertThat(tallies.rows()).hasSize(1);
        assertThat(tallies.others().counts().requested()).isEqualTo(3);
        assertThat(tallies.rows().get(0).tally().plus(tallies.others())).isEqualTo(tallies.total());
        assertThat(tallies.total().counts().requested()).isEqualTo(5);
    }

    @Test
    void partsThatWereAddedUpElsewhereAddUpToTheSame() {
        PartTallies.Sum sum = new PartTallies.Sum(Part.HOME);
        sum.add(of(Part.HOME, 10, SOME[0], SOME[1]));
        sum.add(of(Part.HOME, 10, SOME[2], SOME[3], SOME[4]));

        assertThat(sum.tallies(10)).isEqualTo(of(Part.HOME, 10, SOME));
    }

    @Test
    void beyondTheMostValuesTheRestIsOneRow() {
        PartTallies.Sum sum = new PartTallies.Sum(Part.PAGE);
        for (int i = 0; i <= PartTallies.MOST_VALUES; i++) {
            sum.add("page " + i, Tally.of(SOME[4]));
        }

        PartTallies tallies = sum.tallies(PartTallies.MOST);

        assertThat(tallies.rows()).hasSize(PartTallies.MOST);
        assertThat(tallies.total().counts().missed()).isEqualTo(PartTallies.MOST_VALUES + 1);
        assertThat(tallies.others().counts().missed()).isEqualTo(PartTallies.MOST_VALUES + 1 - PartTallies.MOST);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, PartTallies.MOST + 1})
    void aReportHasSomeRows(int most) {
        assertThatIllegalArgumentException().isThrownBy(() -> of(Part.HOME, most, SOME));
    }

    // ---- Balance

    @Test
    void whatIsGivenIsReceived() {
        Balance balance = Balance.of(of(Part.HOME, 10, SOME), of(Part.ANSWERED_BY, 10, SOME));

        assertThat(balance.rows())
                .containsExactly(
                        row("rainy", new Counts(2, 0, 0, 0, 1, 1), 1, 1, 1, 0.5),
                        row("springy", new Counts(2, 1, 0, 0, 0, 2), 0, 2, 0, 0.0),
                        row("sunny", Counts.NONE, 0, 0, 2, 0.5));
        assertThat(balance.rows().stream().mapToLong(Balance.Row::given).sum())
                .isEqualTo(
                        balance.rows().stream().mapToLong(Balance.Row::received).sum());
        assertThat(balance.rows().get(0).answers()).isEqualTo(2);
        assertThat(balance.rows().get(1).surplus()).isEqualTo(-2);
    }

    private static Balance.Row row(String id, Counts asked, long own, long received, long given, double carried) {
        return new Balance.Row(InstitutionId.of(id), asked, own, received, given, carried);
    }

    @Test
    void aBalanceIsOfAllInstitutions() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Balance.of(of(Part.HOME, 1, SOME), of(Part.ANSWERED_BY, 10, SOME)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Balance.of(of(Part.HOME, 10, SOME), of(Part.OPERATOR, 10, SOME)));
    }
}
