package org.libcoop.access;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.libcoop.directory.BlockId;
import org.libcoop.directory.BlockScope;
import org.libcoop.directory.Directory;
import org.libcoop.directory.LibraryRecord;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.PatronBlock;
import org.libcoop.refusal.Outcome;
import org.libcoop.refusal.RefusalCode;

/**
 * The blocks of patrons in a scope (C15): the record that comes of a new one or of lifting one, and who sees them. Decided on one
 * snapshot, as {@link Accounts}. Pure, so <em>safe for use by several threads</em>.
 */
public final class Blocks {

    private static final Comparator<PatronBlock> NEWEST_FIRST =
            Comparator.comparing(PatronBlock::from).reversed().thenComparing(PatronBlock::slot);

    private Blocks() {}

    /**
     * A new block; the one that is there where somebody asks for the very same again. {@code invalid} for what is out of bounds,
     * {@code busy} where the scope has no slot left.
     */
    public static Outcome<LibraryRecord> add(
            Directory directory,
            BlockScope scope,
            BlockId id,
            @Nullable String keyHash,
            @Nullable String addressDigest,
            String reason,
            OperatorId by,
            Instant now,
            Instant until) {
        Collection<PatronBlock> others = directory.blocks(scope);
        int slot = slot(others, now);
        PatronBlock wanted;
        try {
            int checked = Math.max(1, slot);
            wanted = new PatronBlock(scope, checked, id, keyHash, addressDigest, reason, by, now, until, null);
        } catch (IllegalArgumentException outOfBounds) {
            return Outcome.refused(RefusalCode.INVALID, String.valueOf(outOfBounds.getMessage()));
        }
        PatronBlock same = others.stream()
                .filter(other -> other.counts(now) && isRepeated(other, wanted))
                .findFirst()
                .orElse(null);
        if (same != null) {
            return Outcome.done(same);
        }
        return slot > 0
                ? Outcome.done(wanted)
                : Outcome.refused(
                        RefusalCode.BUSY,
                        "there are " + PatronBlock.MAX_SLOTS + " blocks already: lift one, or wait until one ends");
    }

    private static boolean isRepeated(PatronBlock before, PatronBlock wanted) {
        return Objects.equals(before.patronKeyHash(), wanted.patronKeyHash())
                && Objects.equals(before.addressDigest(), wanted.addressDigest())
                && before.reason().equals(wanted.reason())
                && before.by().equals(wanted.by())
                && before.until().equals(wanted.until());
    }

    /**
     * The slot for a new block: that of the one that has been over longest, if for {@link PatronBlock#KEPT} at least, else one that
     * was never used, else that of the one that has been over longest; 0 where all count.
     */
    private static int slot(Collection<PatronBlock> others, Instant now) {
        PatronBlock oldest = others.stream()
                .filter(block -> block.over(now))
                .min(Comparator.comparing(PatronBlock::end).thenComparing(PatronBlock::slot))
                .orElse(null);
        if (oldest != null && !now.isBefore(oldest.end().plus(PatronBlock.KEPT))) {
            return oldest.slot();
        }
        Set<Integer> used = new HashSet<>();
        others.forEach(block -> used.add(block.slot()));
        return IntStream.rangeClosed(1, PatronBlock.MAX_SLOTS)
                .filter(slot -> !used.contains(slot))
                .findFirst()
                .orElse(oldest == null ? 0 : oldest.slot());
    }

    /**
     * An admin lifts a block. {@code not-allowed} for everybody else, whether or not there is such a block; {@code not-found} where
     * there is none of that id, or none any more. What is over stays as it is.
     */
    public static Outcome<LibraryRecord> lift(
            Directory directory, OperatorId by, BlockScope scope, BlockId id, Instant now) {
        if (!Access.allows(Operation.LIFT_BLOCK, Access.to(scope, by, directory))) {
            return Outcome.refused(Access.denied(Operation.LIFT_BLOCK));
        }
        return directory.blocks(scope).stream()
                .filter(block -> block.id().equals(id))
                .findFirst()
                .map(block -> Outcome.<LibraryRecord>done(block.over(now) ? block : block.asLifted(by, now)))
                .orElseGet(() -> Outcome.refused(RefusalCode.NOT_FOUND, "there is no such block"));
    }

    /**
     * The blocks of a scope, the newest first, for its admins; among them those that are over and still kept. {@code not-allowed} for
     * everybody else.
     */
    public static Outcome<List<PatronBlock>> visible(Directory directory, OperatorId by, BlockScope scope) {
        Predicate<Relation> relations = Access.to(scope, by, directory);
        return Access.refusal(Operation.SEE_BLOCKS, relations)
                .map(Outcome::<List<PatronBlock>>refused)
                .orElseGet(() -> Outcome.done(
                        directory.blocks(scope).stream().sorted(NEWEST_FIRST).toList()));
    }
}
