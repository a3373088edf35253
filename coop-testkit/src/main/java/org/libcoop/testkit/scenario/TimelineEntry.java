package org.libcoop.testkit.scenario;

import java.time.Duration;
import java.util.Objects;

/**
 * Something that happened while a scenario ran, for people. <em>Immutable.</em>
 *
 * @param at when, from the start of the clock; for what became due this is when it was due
 * @param line the line of the step, 0 for what no step did
 * @param words what happened; the wording may change
 */
public record TimelineEntry(Duration at, Kind kind, int line, String words) {

    public TimelineEntry {
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(words, "words");
    }

    /** What sort of thing happened. */
    public enum Kind {
        /** Somebody did what a step says. */
        ACT,
        /** Somebody was refused what a step says. */
        REFUSAL,
        /** A chat's record got an entry: a stage opened, somebody claimed it, it ended. */
        EVENT,
        /** Somebody was told of a chat, or that it is gone from the list. */
        NOTICE,
        /** What a step expects was seen. */
        HELD,
        /** What a step expects was not seen, or what it says did not happen as it says. */
        FAILED
    }
}
