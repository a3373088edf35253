package org.libcoop.chat;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
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

    /** What was said, or the comment of a rating; empty where nothing was, or it was deleted (X2). */
    public Optional<String> text() {
        return content instanceof Content.Text said ? Optional.of(said.text()) : Optional.empty();
    }

    /** The same entry without what people wrote or are (X2). */
    public Logged withoutContent() {
        return content == null ? this : new Logged(seq, at, event, null);
    }

    /** The same entry without what says who the patron was (X6). */
    public Logged anonymised() {
        return content instanceof Content.PatronDetails patron ? new Logged(seq, at, event, patron.anonymised()) : this;
    }

    /** The same entry as librarians may see it: without the patron's address. */
    public Logged withoutAddress() {
        return content instanceof Content.PatronDetails patron && patron.address() != null
                ? new Logged(seq, at, event, patron.withoutAddress())
                : this;
    }

    /** Whether this is something that can be redacted: a message or a shared file (X3). */
    public boolean isRedactable() {
        return isRedactable(event);
    }

    /** The same of an event alone. */
    public static boolean isRedactable(ChatEvent event) {
        return event.kind() == ChatEvent.Kind.SAID || event.kind() == ChatEvent.Kind.FILE_SHARED;
    }

    /** What a shared file is called and what it is; empty for other entries, and once it was redacted or deleted (X2, X3). */
    public Optional<Content.FileDetails> file() {
        return content instanceof Content.FileDetails file ? Optional.of(file) : Optional.empty();
    }

    /** The same message with another text, or the same shared file with a text in place of its name and type, if it has them still (X3). */
    public Logged redacted(String replacement) {
        return isRedactable() && content != null ? new Logged(seq, at, event, new Content.Text(replacement)) : this;
    }
}
