package org.libcoop.engine;

import java.time.Duration;

/** How long what does not answer is left alone: a second, then twice as long each time, up to a minute. */
final class Pauses {

    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private Pauses() {}

    /** The pause after this one, which is zero where it answered the last time. */
    static Duration after(Duration pause) {
        Duration longer = pause.isZero() ? FIRST : pause.multipliedBy(2);
        return longer.compareTo(LONGEST) > 0 ? LONGEST : longer;
    }
}
