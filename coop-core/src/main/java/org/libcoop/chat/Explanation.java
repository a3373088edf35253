package org.libcoop.chat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Stage;
import org.libcoop.presence.Absence;
import org.libcoop.routing.Cause;

/**
 * Why a chat was offered to whom and what came of it (E1): what was opened, in order, as its record tells, and who was there and who was
 * not, as recomputed. <em>Immutable.</em>
 *
 * @param log what happened, without what people wrote
 * @param lost claims that came too late, as far as this node knows of them
 * @param othersLost how many more there were, by people who are not named to whoever asks
 */
public record Explanation(Chat chat, List<Asked> asked, List<Logged> log, List<LostClaim> lost, int othersLost) {

    public Explanation {
        Objects.requireNonNull(chat, "chat");
        asked = List.copyOf(asked);
        log = log.stream().map(Logged::withoutContent).toList();
        lost = List.copyOf(lost);
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

        /** The same with its people as {@code shown}. */
        public Asked shown(Function<People, People> shown) {
            return new Asked(
                    stage, cause, askedBy, due, handled, notified, people == null ? null : shown.apply(people));
        }
    }

    /**
     * The people of a stage at the instant at which it was due: the available, and everybody else with the reason.
     *
     * @param othersAvailable how many more were available, who are not named to whoever asks
     * @param othersLeftOut how many more were left out, by reason
     */
    public record People(
            Set<OperatorId> available,
            Map<OperatorId, Absence> leftOut,
            int othersAvailable,
            Map<Absence, Integer> othersLeftOut) {

        public People {
            available = Set.copyOf(available);
            leftOut = Map.copyOf(leftOut);
            othersLeftOut = Map.copyOf(othersLeftOut);
        }

        /** Everybody by name. */
        public People(Set<OperatorId> available, Map<OperatorId, Absence> leftOut) {
            this(available, leftOut, 0, Map.of());
        }
    }

    /**
     * The whole as a timeline, a line for each thing that happened, in the order of the record, and below what opened who was told and who
     * was left out. For people: the wording may change.
     *
     * @param clock how an instant is written
     */
    public String text(Function<? super Instant, String> clock) {
        return new ExplanationText(this, clock).text();
    }
}
