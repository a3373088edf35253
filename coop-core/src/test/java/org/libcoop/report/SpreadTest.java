package org.libcoop.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Percentiles that can be added up (S3). */
class SpreadTest {

    private static Spread of(long... millis) {
        Spread.Sum sum = new Spread.Sum();
        for (long one : millis) {
            sum.add(Duration.ofMillis(one));
        }
        return sum.spread();
    }

    @Test
    void ofNothingNothingIsKnown() {
        assertThat(Spread.NONE.count()).isZero();
        assertThat(Spread.NONE.mean()).isNull();
        assertThat(Spread.NONE.percentile(50)).isNull();
        assertThat(Spread.NONE.within(Duration.ofDays(2))).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1, 1000",
        "999, 1000",
        "1000, 1000",
        "1001, 2000",
        "59999, 60000",
        "60000, 60000",
        "60001, 65000",
        "118000, 120000",
        "121000, 130000",
        "301000, 315000",
        "601000, 630000",
        "1201000, 1260000",
        "3601000, 3900000",
        "14401000, 18000000",
        "172800000, 172800000",
        "172800001, 172800000",
        "999999999, 172800000"
    })
    void aDurationCountsAsTheNextLimit(long millis, long limit) {
        assertThat(of(millis).percentile(50)).isEqualTo(Duration.ofMillis(limit));
        assertThat(of(millis).percentile(100)).isEqualTo(Duration.ofMillis(limit));
    }

    @Test
    void sumAndMeanAreExact() {
        Spread spread = of(1, 2, 1_000_003);

        assertThat(spread.sum()).isEqualTo(Duration.ofMillis(1_000_006));
        assertThat(spread.mean()).isEqualTo(Duration.ofMillis(333_335));
    }

    @Test
    void aPercentileIsWhatSoManyDidNotExceed() {
        Spread spread = of(1_000, 2_000, 3_000, 4_000, 5_000, 6_000, 7_000, 8_000, 9_000, 10_000);

        assertThat(spread.percentile(1)).isEqualTo(Duration.ofSeconds(1));
        assertThat(spread.percentile(50)).isEqualTo(Duration.ofSeconds(5));
        assertThat(spread.percentile(51)).isEqualTo(Duration.ofSeconds(6));
        assertThat(spread.percentile(90)).isEqualTo(Duration.ofSeconds(9));
        assertThat(spread.percentile(91)).isEqualTo(Duration.ofSeconds(10));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 101})
    void thereAreHundredPercentiles(int percent) {
        assertThatIllegalArgumentException().isThrownBy(() -> of(1).percentile(percent));
    }

    @Test
    void whatTookExactlyTheLimitIsWithinIt() {
        Spread spread = of(29_999, 30_000, 30_001);

        assertThat(spread.within(Duration.ofSeconds(29))).isZero();
        assertThat(spread.within(Duration.ofSeconds(30))).isEqualTo(2);
        assertThat(spread.within(Duration.ofSeconds(31))).isEqualTo(3);
    }

    @Test
    void betweenLimitsNothingIsKnown() {
        assertThat(Spread.isLimit(Duration.ofSeconds(65))).isTrue();
        assertThat(Spread.isLimit(Duration.ofSeconds(61))).isFalse();
        assertThat(Spread.isLimit(Duration.ofMillis(1_500))).isFalse();
        assertThat(Spread.isLimit(Duration.ofSeconds(-1))).isFalse();
        assertThat(Spread.isLimit(Duration.ofDays(3))).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> of(1).within(Duration.ofSeconds(61)));
    }

    @Test
    void limitsAreAtMostATenthApart() {
        for (int step = 61; step < Spread.STEPS; step++) {
            double higher = Steps.limit(step).toSeconds();
            double lower = Steps.limit(step - 1).toSeconds();
            assertThat(higher).isGreaterThan(lower).isLessThan(lower * 1.26);
        }
        assertThat(Steps.limit(Spread.STEPS - 1)).isEqualTo(Duration.ofDays(2));
    }

    @Test
    void whatIsAddedAndTakenAwayIsAsItWas() {
        Random random = new Random(7);
        List<Long> all = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            all.add((long) Math.exp(random.nextDouble() * 19));
        }
        Spread first =
                of(all.subList(0, 200).stream().mapToLong(Long::longValue).toArray());
        Spread second =
                of(all.subList(200, 500).stream().mapToLong(Long::longValue).toArray());

        Spread both = first.plus(second);

        assertThat(both).isEqualTo(of(all.stream().mapToLong(Long::longValue).toArray()));
        assertThat(both).hasSameHashCodeAs(second.plus(first)).isEqualTo(second.plus(first));
        assertThat(both.minus(second)).isEqualTo(first);
        assertThat(both.minus(both)).isEqualTo(Spread.NONE);
        assertThatIllegalArgumentException().isThrownBy(() -> first.minus(both));
        assertThat(Spread.of(both.counts(), both.sum())).isEqualTo(both);
    }

    @Test
    void countsOfNoSpreadAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Spread.of(new long[] {-1}, Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> Spread.of(new long[] {1}, Duration.ofMillis(-1)));
        long[] tooMany = new long[Spread.STEPS + 1];
        tooMany[Spread.STEPS] = 1;
        assertThatIllegalArgumentException().isThrownBy(() -> Spread.of(tooMany, Duration.ZERO));
    }
}
