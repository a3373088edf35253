package org.libcoop.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When a block of a patron counts, whom it means, and its bounds (C15). */
class PatronBlockTest {

    private static final Instant FROM = Instant.parse("2026-01-05T12:00:00Z");
    private static final Instant UNTIL = FROM.plusSeconds(60);
    private static final BlockScope SPRINGY = BlockScope.of(InstitutionId.of("springy"));
    private static final OperatorId ANA = OperatorId.of("ana");

    private static PatronBlock block(
            int slot, @Nullable String key, @Nullable String address, String reason, Instant end) {
        return new PatronBlock(SPRINGY, slot, BlockId.of("b"), key, address, reason, ANA, FROM, end, null);
    }

    @ParameterizedTest
    @CsvSource({"-1, false", "0, true", "1, true", "59999, true", "60000, false", "60001, false"})
    void c15ItCountsFromItsBeginningUpToButNotAtItsEnd(long millis, boolean counts) {
        PatronBlock block = block(1, "key", null, "spam", UNTIL);

        assertThat(block.counts(FROM.plusMillis(millis))).isEqualTo(counts);
        assertThat(block.over(FROM.plusMillis(millis))).isEqualTo(millis >= 60_000);
    }

    @Test
    void c15OnceLiftedItCountsForNothing() {
        PatronBlock lifted = block(1, "key", null, "spam", UNTIL).asLifted(ANA, FROM.plusSeconds(5));

        assertThat(lifted.counts(FROM.plusSeconds(5))).isFalse();
        assertThat(lifted.counts(FROM.plusSeconds(4))).isFalse();
        assertThat(lifted.over(FROM.plusSeconds(5))).isTrue();
        assertThat(lifted.end()).isEqualTo(FROM.plusSeconds(5));
        assertThat(block(1, "key", null, "spam", UNTIL).end()).isEqualTo(UNTIL);
    }

    @Test
    void c15OneOfKeyAndAddressIsEnough() {
        PatronBlock both = block(1, "key", "address", "spam", UNTIL);
        PatronBlock byKey = block(1, "key", null, "spam", UNTIL);
        PatronBlock byAddress = block(1, null, "address", "spam", UNTIL);

        assertThat(both.isOf("key", "elsewhere")).isTrue();
        assertThat(both.isOf("another key", "address")).isTrue();
        assertThat(both.isOf("another key", "elsewhere")).isFalse();
        assertThat(byKey.isOf("another key", "address")).isFalse();
        assertThat(byKey.isOf("another key", null)).isFalse();
        assertThat(byAddress.isOf("key", null)).isFalse();
        assertThat(byAddress.isOf("key", "address")).isTrue();
    }

    @Test
    void aReasonHasOneToFiveHundredCharacters() {
        assertThat(block(1, "key", null, "x".repeat(500), UNTIL).reason()).hasSize(500);
        assertThatIllegalArgumentException().isThrownBy(() -> block(1, "key", null, "x".repeat(501), UNTIL));
        assertThatIllegalArgumentException().isThrownBy(() -> block(1, "key", null, " ", UNTIL));
    }

    @Test
    void itEndsAfterItBeginsAndWithinAYear() {
        Instant latest = FROM.plus(PatronBlock.LONGEST);

        assertThat(block(1, "key", null, "spam", FROM.plusMillis(1)).until()).isEqualTo(FROM.plusMillis(1));
        assertThat(block(1, "key", null, "spam", latest).until()).isEqualTo(latest);
        assertThatIllegalArgumentException().isThrownBy(() -> block(1, "key", null, "spam", FROM));
        assertThatIllegalArgumentException().isThrownBy(() -> block(1, "key", null, "spam", latest.plusMillis(1)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1_001, -1})
    void aSlotOutOfBoundsIsRefused(int slot) {
        assertThat(block(1_000, "key", null, "spam", UNTIL).slot()).isEqualTo(1_000);
        assertThatIllegalArgumentException().isThrownBy(() -> block(slot, "key", null, "spam", UNTIL));
    }

    @Test
    void aBlockOfNobodyIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> block(1, null, null, "spam", UNTIL));
    }

    @Test
    void aLogDoesNotTellWhoIsBlocked() {
        assertThat(block(1, "key hash", "digest", "swears", UNTIL).toString())
                .doesNotContain("key", "digest", "swears");
    }

    @Test
    void keysOfAnInstitutionAndACoopOfTheSameNameDiffer() {
        BlockScope coop = BlockScope.of(CoopId.of("springy"));

        assertThat(RecordKey.of(SPRINGY, 1)).isNotEqualTo(RecordKey.of(coop, 1));
        assertThat(RecordKey.of(SPRINGY, 1)).isNotEqualTo(RecordKey.of(SPRINGY, 2));
        assertThat(RecordKey.of(BlockScope.of(InstitutionId.of("x".repeat(200))), 1_000))
                .isNotNull();
    }

    @Test
    void d10ABlockOfAScopeThatIsGoneIsInert() {
        Directory directory =
                Directory.builder().institution("springy", "Springy").build();
        PatronBlock ofCoop = new PatronBlock(
                BlockScope.of(CoopId.of("gone")), 1, BlockId.of("b"), "key", null, "spam", ANA, FROM, UNTIL, null);

        Directory resolved =
                Directory.resolve(directory.host(), java.util.List.of(ofCoop, block(1, "key", null, "spam", UNTIL)));

        assertThat(resolved.inert()).extracting(Problem::toString).hasSize(1);
        assertThat(resolved.blocks(ofCoop.scope())).isEmpty();
        assertThat(resolved.blocked(ofCoop.scope(), "key", null, FROM)).isFalse();
        assertThat(resolved.blocked(SPRINGY, "key", null, FROM)).isTrue();
    }
}
