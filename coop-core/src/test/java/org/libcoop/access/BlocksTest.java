package org.libcoop.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.libcoop.directory.BlockId;
import org.libcoop.directory.BlockScope;
import org.libcoop.directory.CoopAccount.Level;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.Directory;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.LibraryRecord;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.PatronBlock;
import org.libcoop.refusal.Outcome;
import org.libcoop.refusal.Refusal;
import org.libcoop.refusal.RefusalCode;

/** Which record comes of a new block and of lifting one, and who sees and lifts them (C15). */
class BlocksTest {

    private static final Instant NOW = Instant.parse("2026-01-05T12:00:00Z");
    private static final BlockScope SPRINGY = BlockScope.of(InstitutionId.of("springy"));
    private static final BlockScope ACADEMIC = BlockScope.of(CoopId.of("academic"));
    private static final OperatorId ANA = OperatorId.of("ana");
    private static final OperatorId CARL = OperatorId.of("carl");

    private static final Directory DIRECTORY = Directory.builder()
            .institution("springy", "Springy University")
            .operators("springy", "ana", "carl", "ina")
            .admins("carl")
            .institution("hill", "Hill College")
            .operators("hill", "olga", "cora", "lee")
            .admins("lee")
            .globalCoop("academic", "Academic Co-op")
            .member("springy")
            .member("hill")
            .account("academic", "ina", Level.INSTITUTION_ADMIN)
            .account("academic", "cora", Level.COOP_ADMIN)
            .build();

    private static Outcome<LibraryRecord> add(Directory directory, String id, Instant now, Instant until) {
        return Blocks.add(directory, SPRINGY, BlockId.of(id), "hash of " + id, null, "spam", ANA, now, until);
    }

    private static Directory with(Directory directory, String id, Instant now, Instant until) {
        return directory.withRecord(add(directory, id, now, until).orElseThrow());
    }

    private static int slot(Outcome<LibraryRecord> added) {
        return ((PatronBlock) added.orElseThrow()).slot();
    }

    private static RefusalCode code(Outcome<?> outcome) {
        return outcome.refusal().map(Refusal::code).orElseThrow();
    }

    // ---- Slots

    @Test
    void eachNewBlockTakesASlotThatWasNeverUsed() {
        Directory two = with(with(DIRECTORY, "a", NOW, NOW.plusSeconds(1)), "b", NOW, NOW.plusSeconds(9));

        assertThat(slot(add(two, "c", NOW.plusSeconds(5), NOW.plusSeconds(9)))).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({"-1, 3", "0, 1", "1, 1"})
    void aBlockThatHasBeenOverForThirtyDaysLeavesItsSlot(long millis, int slot) {
        Directory two = with(with(DIRECTORY, "a", NOW, NOW.plusSeconds(1)), "b", NOW, NOW.plus(Duration.ofDays(300)));
        Instant later = NOW.plusSeconds(1).plus(PatronBlock.KEPT).plusMillis(millis);

        assertThat(slot(add(two, "c", later, later.plusSeconds(1)))).isEqualTo(slot);
    }

    @Test
    void whereEverySlotIsUsedTheBlockThatEndedFirstMakesRoomAndWhereAllCountNoneDoes() {
        Directory full = Directory.resolve(
                DIRECTORY.host(),
                java.util.stream.Stream.concat(
                                DIRECTORY.records().stream(),
                                java.util.stream.IntStream.rangeClosed(1, PatronBlock.MAX_SLOTS)
                                        .mapToObj(slot -> new PatronBlock(
                                                SPRINGY,
                                                slot,
                                                BlockId.of("b" + slot),
                                                "hash" + slot,
                                                null,
                                                "spam",
                                                ANA,
                                                NOW,
                                                NOW.plusSeconds(slot == 7 ? 60 : 90),
                                                null)))
                        .toList());

        Outcome<LibraryRecord> before = add(full, "new", NOW.plusMillis(59_999), NOW.plusSeconds(99));
        Outcome<LibraryRecord> at = add(full, "new", NOW.plusSeconds(60), NOW.plusSeconds(99));

        assertThat(code(before)).isEqualTo(RefusalCode.BUSY);
        assertThat(slot(at)).isEqualTo(7);
    }

    @Test
    void theVerySameAgainIsTheBlockThatIsThere() {
        Directory one = with(DIRECTORY, "a", NOW, NOW.plusSeconds(60));
        PatronBlock there = one.blocks(SPRINGY).iterator().next();
        Instant later = NOW.plusSeconds(5);

        Outcome<LibraryRecord> again =
                Blocks.add(one, SPRINGY, BlockId.of("b"), "hash of a", null, "spam", ANA, later, NOW.plusSeconds(60));
        Outcome<LibraryRecord> longer =
                Blocks.add(one, SPRINGY, BlockId.of("b"), "hash of a", null, "spam", ANA, later, NOW.plusSeconds(61));

        assertThat(again.orElseThrow()).isEqualTo(there);
        assertThat(slot(longer)).isEqualTo(2);
        assertThat(slot(add(one, "a", later, later.plus(PatronBlock.LONGEST)))).isEqualTo(2);
    }

    @Test
    void whatIsOutOfBoundsIsInvalid() {
        assertThat(code(add(DIRECTORY, "a", NOW, NOW))).isEqualTo(RefusalCode.INVALID);
        assertThat(code(add(DIRECTORY, "a", NOW, NOW.plus(PatronBlock.LONGEST).plusMillis(1))))
                .isEqualTo(RefusalCode.INVALID);
        assertThat(code(Blocks.add(
                        DIRECTORY, SPRINGY, BlockId.of("a"), "hash", null, " ", ANA, NOW, NOW.plusSeconds(1))))
                .isEqualTo(RefusalCode.INVALID);
    }

    // ---- Who

    @ParameterizedTest
    @CsvSource({
        "ana, false, false", // who made it
        "carl, true, false", // the local admin
        "ina, false, false", // an INSTITUTION_ADMIN in the co-op
        "lee, false, false", // another library's local admin
        "cora, false, true", // the co-op's COOP_ADMIN
        "nobody, false, false"
    })
    void c15OnlyAdminsOfItsScopeSeeAndLiftABlock(String who, boolean atSpringy, boolean inAcademic) {
        OperatorId by = OperatorId.of(who);
        Directory both = with(DIRECTORY, "a", NOW, NOW.plusSeconds(60));
        both = both.withRecord(
                Blocks.add(both, ACADEMIC, BlockId.of("c"), "hash", null, "spam", ANA, NOW, NOW.plusSeconds(60))
                        .orElseThrow());

        for (boolean home : new boolean[] {true, false}) {
            BlockScope scope = home ? SPRINGY : ACADEMIC;
            boolean may = home ? atSpringy : inAcademic;
            Outcome<List<PatronBlock>> seen = Blocks.visible(both, by, scope);
            Outcome<LibraryRecord> lifted = Blocks.lift(both, by, scope, BlockId.of(home ? "a" : "c"), NOW);
            Outcome<LibraryRecord> missing = Blocks.lift(both, by, scope, BlockId.of("x"), NOW);

            assertThat(seen.value().isPresent()).as("sees").isEqualTo(may);
            assertThat(lifted.value().isPresent()).as("lifts").isEqualTo(may);
            assertThat(code(missing)).isEqualTo(may ? RefusalCode.NOT_FOUND : RefusalCode.NOT_ALLOWED);
        }
    }

    @Test
    void whatIsOverIsNotLiftedOnceMore() {
        Directory one = with(DIRECTORY, "a", NOW, NOW.plusSeconds(60));
        PatronBlock there = one.blocks(SPRINGY).iterator().next();

        LibraryRecord before = Blocks.lift(one, CARL, SPRINGY, there.id(), NOW.plusMillis(59_999))
                .orElseThrow();
        LibraryRecord at =
                Blocks.lift(one, CARL, SPRINGY, there.id(), NOW.plusSeconds(60)).orElseThrow();

        assertThat(before).isEqualTo(there.asLifted(CARL, NOW.plusMillis(59_999)));
        assertThat(at).isEqualTo(there);
    }
}
