package org.libcoop.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.libcoop.refusal.RefusalCode;

/**
 * What every command does in every phase: the expectations, written down by hand from the behaviour rules. The reference page
 * of the state machine is made of them after they have been checked, so it cannot say anything that was not seen.
 */
final class StateMachine {

    /**
     * One situation. {@code phase} is null where there is no chat yet; {@code refusal} is null where the command is accepted;
     * {@code then} is the phase afterwards.
     */
    record Row(
            Phase.@Nullable Kind phase,
            ChatCommand.Kind command,
            String situation,
            UnaryOperator<Story> before,
            ChatCommand doing,
            @Nullable RefusalCode refusal,
            List<ChatEvent.Kind> events,
            Phase.@Nullable Kind then) {

        /** Plays the situation, the command included. */
        Story play() {
            return before.apply(Story.inPhase(phase, "operatorLimit", "2")).does(doing);
        }

        @Override
        public String toString() {
            return (phase == null ? "no chat" : phase.toString()) + ", " + command + ": " + situation;
        }
    }

    private StateMachine() {}

    /** Every situation, in order of the phases. */
    static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        rows.addAll(new BeforeTheClaim().rows());
        rows.addAll(new AfterTheClaim().rows());
        rows.addAll(new HandingOver().rows());
        rows.addAll(new Afterwards().rows());
        return rows;
    }
}
