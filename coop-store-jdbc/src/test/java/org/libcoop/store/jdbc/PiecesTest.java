package org.libcoop.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.libcoop.store.jdbc.Pieces.Buckets;
import org.libcoop.store.jdbc.Pieces.Span;

/** Times cut into what sums are kept of and what is left: each instant is in one piece. */
class PiecesTest {

    private static @Nullable Long millis(@Nullable String instant) {
        return instant == null ? null : Instant.parse(instant).toEpochMilli();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-, -, y z, 0",
                "2025-01-01T00:00:00Z, 2026-01-01T00:00:00Z, y2025 y2026, 0",
                "2025-01-01T05:00:00Z, 2026-01-01T05:00:00Z, m2025-02 m2026-01, 2",
                "2024-12-01T00:00:00Z, 2026-02-01T00:00:00Z, m2024-12 m2025-01 y2025 y2026 m2026-01 m2026-02, 0",
                "2024-01-01T05:00:00Z, 2027-01-01T05:00:00Z, m2024-02 m2025-01 y2025 y2027, 2",
                "2025-03-02T00:00:00Z, 2025-03-30T00:00:00Z, '', 1",
                "2025-03-02T00:00:00Z, 2025-05-30T00:00:00Z, m2025-04 m2025-05, 2",
                "2025-03-02T00:00:00Z, -, m2025-04 m2026-01 y2026 z, 1",
                "-, 2025-03-02T00:00:00Z, y y2025 m2025-01 m2025-03, 1",
                "2025-03-02T00:00:00Z, 2025-03-02T00:00:00Z, '', 1",
                "2025-03-02T00:00:00Z, 2025-01-02T00:00:00Z, '', 1",
            })
    void wholeMonthsAndYears(@Nullable String from, @Nullable String to, String sums, int ones) {
        Pieces pieces = Pieces.months(new Span(millis(from), millis(to)));

        List<String> names = new ArrayList<>();
        pieces.sums().forEach(buckets -> names.addAll(List.of(buckets.from(), buckets.to())));
        assertThat(String.join(" ", names)).isEqualTo(sums);
        assertThat(pieces.ones()).hasSize(ones);
    }

    @Test
    void wholeQuarters() {
        long at = Instant.parse("2025-03-02T09:15:00Z").toEpochMilli();

        assertThat(Pieces.quarters(new Span(at, at + 900_000)))
                .isEqualTo(new Pieces(List.of(), List.of(new Buckets("q001934341", "q001934342"))));
        assertThat(Pieces.quarters(new Span(at + 1, at + 900_000)).sums()).isEmpty();
        assertThat(Pieces.quarters(new Span(at - 1, at + 900_001)))
                .isEqualTo(new Pieces(
                        List.of(new Span(at - 1, at), new Span(at + 900_000, at + 900_001)),
                        List.of(new Buckets("q001934341", "q001934342"))));
        assertThat(Pieces.quarters(new Span(null, null)).sums()).containsExactly(new Buckets("q", "r"));
    }

    @Test
    void aQuarterIsFoundByItsName() {
        Instant at = Instant.parse("2025-03-02T09:29:59.999Z");

        assertThat(Pieces.ofQuarter(Pieces.quarter(at))).isEqualTo(Instant.parse("2025-03-02T09:15:00Z"));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void eachInstantIsInOnePieceIfItIsAskedForAndElseInNone(long seed) {
        Random random = new Random(seed);
        long begin = Instant.parse("2023-11-01T00:00:00Z").toEpochMilli();
        for (int i = 0; i < 500; i++) {
            Span time = new Span(
                    random.nextInt(6) == 0 ? null : at(random, begin),
                    random.nextInt(6) == 0 ? null : at(random, begin));
            Pieces months = Pieces.months(time);
            Pieces quarters = Pieces.quarters(time);
            for (int j = 0; j < 40; j++) {
                long instant = at(random, begin);
                int wanted =
                        (time.from() == null || time.from() <= instant) && (time.to() == null || instant < time.to())
                                ? 1
                                : 0;
                Instant moment = Instant.ofEpochMilli(instant);
                assertThat(in(months, instant, List.of(Pieces.month(moment), Pieces.year(moment))))
                        .as("%s in %s", moment, months)
                        .isEqualTo(wanted);
                assertThat(in(quarters, instant, List.of(Pieces.quarter(moment))))
                        .as("%s in %s", moment, quarters)
                        .isEqualTo(wanted);
            }
        }
    }

    /** An instant of three years; often the begin of a month, a year, or a quarter. */
    private static long at(Random random, long begin) {
        Instant any = Instant.ofEpochMilli(begin).plus(Duration.ofMinutes(random.nextInt(3 * 365 * 24 * 60)));
        return switch (random.nextInt(4)) {
            case 0 ->
                Instant.parse(any.toString().substring(0, 7) + "-01T00:00:00Z").toEpochMilli();
            case 1 ->
                Instant.parse(any.toString().substring(0, 4) + "-01-01T00:00:00Z")
                        .toEpochMilli();
            case 2 -> Pieces.ofQuarter(Pieces.quarter(any)).toEpochMilli();
            default -> any.toEpochMilli() + random.nextInt(60_000);
        };
    }

    private static int in(Pieces pieces, long instant, List<String> buckets) {
        int found = 0;
        for (Span one : pieces.ones()) {
            found += (one.from() == null || one.from() <= instant) && (one.to() == null || instant < one.to()) ? 1 : 0;
        }
        for (Buckets sums : pieces.sums()) {
            for (String bucket : buckets) {
                found += sums.from().compareTo(bucket) <= 0 && bucket.compareTo(sums.to()) < 0 ? 1 : 0;
            }
        }
        return found;
    }
}
