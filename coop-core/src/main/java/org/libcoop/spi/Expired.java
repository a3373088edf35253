package org.libcoop.spi;

import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import org.libcoop.chat.ChatId;

/** A chat that was over at {@code overAt} and still has what is asked for (AR14). In order of that instant, then of the id. <em>Immutable.</em> */
public record Expired(Instant overAt, ChatId chat) implements Comparable<Expired> {

    /** What a chat in the archive has until retention or somebody takes it out (X6). */
    public enum Part {
        /** What says who the patron was: name, email, address, user agent. */
        CONTACT,
        /** Any content, whatever it is. */
        CONTENT
    }

    private static final Comparator<Expired> ORDER =
            Comparator.comparing(Expired::overAt).thenComparing(Expired::chat);

    public Expired {
        Objects.requireNonNull(overAt, "overAt");
        Objects.requireNonNull(chat, "chat");
    }

    @Override
    public int compareTo(Expired other) {
        return ORDER.compare(this, other);
    }
}
