package org.libcoop.directory;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A block of one patron at an institution or in a co-op (C15), from {@code from} up to, but not at, {@code until}: chats that
 * start meanwhile are refused or go past the co-op; running ones go on.
 *
 * <p>The patron is known by the hash of the key, by the digest of the address, or by either: one that fits is enough. The
 * address itself is not kept. Its digest keeps it from being read, not from being found: there are few enough IPv4 addresses to
 * try them all.
 *
 * <p>A scope has {@value #MAX_SLOTS} slots, and a slot one record: a block that is over leaves its slot to a later one, so
 * that blocks of years do not pile up. Immutable.
 *
 * @param slot the place of the record in its scope, from 1 to {@value #MAX_SLOTS}
 * @param patronKeyHash the hash of the patron's key, or null where the key does not count
 * @param addressDigest the digest of the patron's address, or null where the address does not count
 * @param reason why, for the admins: 1 to {@value #MAX_REASON_LENGTH} characters
 * @param by who blocked
 * @param lift who lifted it, after which it counts for nothing; null as long as nobody has
 */
public record PatronBlock(
        BlockScope scope,
        int slot,
        BlockId id,
        @Nullable String patronKeyHash,
        @Nullable String addressDigest,
        String reason,
        OperatorId by,
        Instant from,
        Instant until,
        @Nullable Lift lift)
        implements LibraryRecord {

    /** The most characters of a reason. */
    public static final int MAX_REASON_LENGTH = 500;

    /** The most blocks that a scope has at a time. */
    public static final int MAX_SLOTS = 1_000;

    /** The longest block: once in a year somebody looks whether there is still a reason. */
    public static final Duration LONGEST = Duration.ofDays(366);

    /** How long a block that is over can still be seen before another one may take its slot; sooner only where no slot is free. */
    public static final Duration KEPT = Duration.ofDays(30);

    /** That an admin lifted a block. Immutable. */
    public record Lift(OperatorId by, Instant at) {

        /** Requires both. */
        public Lift {
            requireNonNull(by, "by");
            requireNonNull(at, "at");
        }
    }

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException if the slot or the reason is out of bounds, if neither key nor address is there, or if
     *     the block does not end after it begins, within {@link #LONGEST}
     */
    public PatronBlock {
        requireNonNull(scope, "scope");
        requireNonNull(id, "id");
        requireNonNull(by, "by");
        requireNonNull(from, "from");
        requireNonNull(until, "until");
        Check.text("reason", reason, MAX_REASON_LENGTH);
        if (slot < 1 || slot > MAX_SLOTS) {
            throw new IllegalArgumentException("slot %d is out of bounds, expected 1 to %d".formatted(slot, MAX_SLOTS));
        }
        if (patronKeyHash == null && addressDigest == null) {
            throw new IllegalArgumentException("a block names the patron's key, the address or both");
        }
        if (!until.isAfter(from) || until.isAfter(from.plus(LONGEST))) {
            throw new IllegalArgumentException("until %s is out of bounds, expected after %s and at most %d days later"
                    .formatted(until, from, LONGEST.toDays()));
        }
    }

    /** Returns what is left of this block once {@code admin} has lifted it at {@code now}. */
    public PatronBlock asLifted(OperatorId admin, Instant now) {
        return new PatronBlock(
                scope, slot, id, patronKeyHash, addressDigest, reason, by, from, until, new Lift(admin, now));
    }

    /** Returns whether it counts at {@code now}: begun, not lifted, and its end not reached. */
    public boolean counts(Instant now) {
        return !now.isBefore(from) && !over(now);
    }

    /** Returns whether it will not count any more from {@code now} on: lifted, or its end reached. */
    public boolean over(Instant now) {
        return lift != null || !now.isBefore(until);
    }

    /** Returns since when it is over, or when it will be unless it is lifted. */
    public Instant end() {
        return lift != null && lift.at().isBefore(until) ? lift.at() : until;
    }

    /** Returns whether it is meant for a patron with this key or this address. */
    public boolean isOf(String keyHash, @Nullable String digest) {
        return keyHash.equals(patronKeyHash) || (digest != null && digest.equals(addressDigest));
    }

    @Override
    public RecordKey key() {
        return RecordKey.of(scope, slot);
    }

    /** Returns what does not tell who the patron is. */
    @Override
    public String toString() {
        return "PatronBlock[%s, %s, by %s, %s to %s%s]"
                .formatted(scope, id, by, from, until, lift == null ? "" : ", lifted by " + lift.by());
    }
}
