package org.libcoop.chat;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.libcoop.directory.PatronBlock;
import org.libcoop.refusal.Refusal;

/**
 * What came of a {@link BlockOrder}: the block, and whether the chat was ended. The block comes first; where the end then fails,
 * because the owner changed in between or the store was away, the block stays. <em>Immutable.</em>
 *
 * @param ended whether the chat was ended by this: false where that was not asked for, or it was over before
 * @param whyNotEnded why it was not, though asked for; null otherwise
 */
public record Blocked(
        PatronBlock block, boolean ended, @Nullable Refusal whyNotEnded) {

    /** Requires the block. */
    public Blocked {
        Objects.requireNonNull(block, "block");
    }

    /** Why the chat was not ended though that was asked for; empty otherwise. */
    public Optional<Refusal> notEnded() {
        return Optional.ofNullable(whyNotEnded);
    }
}
