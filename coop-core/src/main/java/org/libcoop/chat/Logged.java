package org.libcoop.chat;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a chat's log. {@code seq} counts from 1 without gaps (M3); {@code at} is the instant the event took effect,
 * which for what was due is the due instant (R14). <em>Immutable.</em>
 */
public record Logged(
        long seq, Instant at, ChatEvent event, @Nullable Content content) {

    public Logged {
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(event, "event");
        if (seq < 1) {
            throw new IllegalArgumentException("seq counts from 1: " + seq);
        }
    }

    /** Whether this is a message, for whomever (M1). */
    public boolean isMessage() {
        return event.kind() == ChatEvent.Kind.SAID;
    }

    /** The same entry without what people wrote or are (X2). */
    public Logged withoutContent() {
        return content == null ? this : new Logged(seq, at, event, null);
    }

    /** The same message with another text, if it has one still (X3). */
    public Logged redacted(String replacement) {
        return isMessage() && content instanceof Content.Text
                ? new Logged(seq, at, event, new Content.Text(replacement))
                : this;
    }
}
