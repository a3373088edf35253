package org.libcoop.chat;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.libcoop.directory.CoopId;

/**
 * What somebody wants of a block of a chat's patron (C15). Bounds are checked when it is decided. <em>Immutable.</em>
 *
 * @param coop the co-op in which it is to count; null for the institution of whoever blocks
 * @param byKey whether the patron's key counts: one chat's in our own widget, which makes a new one each time; the same person's
 *     where the host authenticates patrons by a key of its own
 * @param byAddress whether the address counts that the chat came from; with {@code byKey} one of them that fits is enough, and an
 *     address that is not known any more is left out
 * @param reason why, for the admins
 * @param until when it ends
 * @param endAs what became of the chat if it is to be ended at once; null if it goes on
 */
public record BlockOrder(
        @Nullable CoopId coop,
        boolean byKey,
        boolean byAddress,
        String reason,
        Instant until,
        @Nullable Disposition endAs) {

    /** Requires reason and end. */
    public BlockOrder {
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(until, "until");
    }

    /** An order by key and address at the blocker's institution, after which the chat goes on. */
    public static BlockOrder atInstitution(String reason, Instant until) {
        return new BlockOrder(null, true, true, reason, until, null);
    }

    /** An order by key and address in a co-op, after which the chat goes on. */
    public static BlockOrder in(CoopId coop, String reason, Instant until) {
        return new BlockOrder(Objects.requireNonNull(coop, "coop"), true, true, reason, until, null);
    }

    /** The same, and the chat is ended. */
    public BlockOrder ending(Disposition disposition) {
        return new BlockOrder(
                coop, byKey, byAddress, reason, until, Objects.requireNonNull(disposition, "disposition"));
    }
}
