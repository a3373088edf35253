package org.libcoop.chat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Stage;
import org.libcoop.presence.Absence;
import org.libcoop.routing.Cause;

/**
 * Why a chat was offered to whom (E1): what was opened, in order, as its record tells, and who was there and who was not, as
 * recomputed. <em>Immutable.</em>
 */
public record Explanation(Chat chat, List<Asked> asked) {

    public Explanation {
        Objects.requireNonNull(chat, "chat");
        asked = List.copyOf(asked);
    }

    /**
     * A stage that opened.
     *
     * @param askedBy who asked for it, where that is the cause (C13)
     * @param due when it was to open, by the rules
     * @param handled when a node opened it
     * @param notified how many were told of the chat then, as the record says
     * @param people who that was and who was left out; null where presence or directory of that time are no longer kept
     */
    public record Asked(
            Stage stage,
            Cause cause,
            @Nullable OperatorId askedBy,
            Instant due,
            Instant handled,
            int notified,
            @Nullable People people) {

        public Asked {
            Objects.requireNonNull(stage, "stage");
            Objects.requireNonNull(cause, "cause");
            Objects.requireNonNull(due, "due");
            Objects.requireNonNull(handled, "handled");
        }

        /** Who was there and who was left out; empty where presence or directory of that time are no longer kept. */
        public Optional<People> peopleThen() {
            return Optional.ofNullable(people);
        }
    }

    /** The people of a stage at the instant at which it was due: the available, and everybody else with the reason. */
    public record People(Set<OperatorId> available, Map<OperatorId, Absence> leftOut) {
        public People {
            available = Set.copyOf(available);
            leftOut = Map.copyOf(leftOut);
        }
    }
}
