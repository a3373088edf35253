package org.libcoop.spi;

import java.util.List;
import java.util.Objects;
import org.libcoop.chat.ChatId;
import org.libcoop.directory.OperatorId;

/**
 * A page of the store's feed: hints of what changed, at least once, ordered by chat only. With {@code tooOld} the cursor was
 * too far behind: take a fresh look at everything, then go on from {@code next}. <em>Immutable.</em>
 */
public record Feed(List<Hint> hints, String next, boolean tooOld) {

    public Feed {
        hints = List.copyOf(hints);
        Objects.requireNonNull(next, "next");
    }

    /** What changed. */
    public sealed interface Hint {

        /** A chat got the entries after {@code afterSeq} up to {@code seq}. */
        record OfChat(ChatId chat, long afterSeq, long seq) implements Hint {}

        /** An operator's presence row got {@code version}. */
        record OfPresence(OperatorId operator, long version) implements Hint {}

        /** The host's directory or a library record changed. */
        record OfDirectory() implements Hint {}
    }
}
