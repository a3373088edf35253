package org.libcoop.testkit;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.libcoop.directory.OperatorId;
import org.libcoop.spi.Notice;

/** Hears of every notice that reaches an operator or a patron of a {@link SimulatedCoop}, in the order of delivery. */
@FunctionalInterface
public interface NoticeWatcher {

    /** Somebody was told something. What is thrown here is the watcher's own concern: the engine goes on. */
    void told(Told told);

    /**
     * Who was told what, when. {@code to} is an operator's id or a patron's name. <em>Immutable.</em>
     *
     * @param operator the operator who was told, null when it was a patron
     */
    record Told(Instant at, String to, @Nullable OperatorId operator, Notice notice) {
        public Told {
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(to, "to");
            Objects.requireNonNull(notice, "notice");
        }

        /** Whether an operator was told, and who. */
        public Optional<OperatorId> toOperator() {
            return Optional.ofNullable(operator);
        }
    }
}
