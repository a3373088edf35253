package org.libcoop.testkit.scenario;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.libcoop.refusal.RefusalCode;

/** One step of a timeline. <em>Immutable.</em> */
sealed interface Step {

    /** The line it starts on. */
    int line();

    /** When, from the start of the clock. */
    Duration at();

    /** The chat it is about; empty when it is about none. */
    Optional<String> about();

    /** Somebody does something. {@code refused} is the code that is expected, null when it is to be done. */
    record Do(
            int line,
            Duration at,
            @Nullable String chat,
            Action action,
            @Nullable RefusalCode refused) implements Step {
        @Override
        public Optional<String> about() {
            return Optional.ofNullable(chat);
        }
    }

    /** Something is to be seen. */
    record Expect(int line, Duration at, Expectation expectation) implements Step {
        @Override
        public Optional<String> about() {
            return expectation instanceof Expectation.OfChat ofChat ? Optional.of(ofChat.chat()) : Optional.empty();
        }
    }
}
