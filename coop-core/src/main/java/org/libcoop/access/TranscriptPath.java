package org.libcoop.access;

import java.util.Objects;
import org.libcoop.directory.CoopId;

/** The two ways to a transcript, which are never mixed (A4). <em>Immutable.</em> */
public sealed interface TranscriptPath {

    /** Chats of one's own library's patrons, whoever answered. */
    record Home() implements TranscriptPath {}

    /** Chats answered through a co-op: read only, at every level. */
    record OfCoop(CoopId coop) implements TranscriptPath {
        public OfCoop {
            Objects.requireNonNull(coop, "coop");
        }
    }

    /** The home path. */
    static TranscriptPath home() {
        return new Home();
    }

    /** The path of a co-op. */
    static TranscriptPath coop(CoopId coop) {
        return new OfCoop(coop);
    }

    /** The path of the co-op with this id. */
    static TranscriptPath coop(String coop) {
        return new OfCoop(CoopId.of(coop));
    }
}
