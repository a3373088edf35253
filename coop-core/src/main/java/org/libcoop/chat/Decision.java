package org.libcoop.chat;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.libcoop.refusal.Refusal;

/**
 * What a command comes to. {@code entries} are to be appended in one change; a refused command may still carry the entries
 * that were due before it, which happen whatever is asked (R14). {@code chat} is the head after them, null only when a start
 * was refused. <em>Immutable.</em>
 */
public record Decision(@Nullable Chat chat, List<Logged> entries, Optional<Refusal> refusal) {

    public Decision {
        entries = List.copyOf(entries);
        Objects.requireNonNull(refusal, "refusal");
    }

    /** Whether the command was accepted, with or without a change. */
    public boolean accepted() {
        return refusal.isEmpty();
    }
}
