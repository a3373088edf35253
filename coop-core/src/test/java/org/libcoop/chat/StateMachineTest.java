package org.libcoop.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.libcoop.chat.StateMachine.Row;
import org.libcoop.refusal.RefusalCode;

/** Walks through every pair of phase and command. A phase, command, event or transition that nobody thought of fails here. */
class StateMachineTest {

    /** The refusals that deciding a command can give; the others of the list are the engine's. */
    private static final Set<RefusalCode> OF_A_CHAT = EnumSet.of(
            RefusalCode.INVALID,
            RefusalCode.NOT_FOUND,
            RefusalCode.WIDGET_OFFLINE,
            RefusalCode.CHAT_OVER,
            RefusalCode.ALREADY_CLAIMED,
            RefusalCode.AT_LIMIT,
            RefusalCode.NOT_ELIGIBLE,
            RefusalCode.NOT_OWNER,
            RefusalCode.NOTHING_PENDING,
            RefusalCode.NOT_ALLOWED,
            RefusalCode.UPLOAD_QUOTA,
            RefusalCode.TOO_LARGE);

    static List<Row> rows() {
        return StateMachine.rows();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void aCommandDoesWhatTheTableSays(Row row) {
        Story story = row.play();

        assertThat(story.refusal().orElse(null)).isEqualTo(row.refusal());
        assertThat(story.happened()).isEqualTo(row.events());
        assertThat(story.phase()).isEqualTo(row.then());
    }

    @Test
    void everyPairOfPhaseAndCommandIsInTheTable() {
        List<String> missing = new ArrayList<>();
        List<Phase.Kind> phases = new ArrayList<>(Arrays.asList(Phase.Kind.values()));
        phases.add(null);
        for (Phase.Kind phase : phases) {
            for (ChatCommand.Kind command : ChatCommand.Kind.values()) {
                if (rows().stream().noneMatch(row -> row.phase() == phase && row.command() == command)) {
                    missing.add(phase + " x " + command);
                }
            }
        }

        assertThat(missing).as("write these pairs down in the situations").isEmpty();
    }

    @Test
    void noSituationIsInTheTableTwice() {
        assertThat(rows()).extracting(Row::toString).doesNotHaveDuplicates();
    }

    @Test
    void everyRefusalThatAChatCanGiveIsInTheTable() {
        Set<RefusalCode> given =
                rows().stream().map(Row::refusal).filter(code -> code != null).collect(Collectors.toSet());

        assertThat(given).containsExactlyInAnyOrderElementsOf(OF_A_CHAT);
    }

    @Test
    void everyTransitionOfTheDiagramIsExercisedAndNoOtherHappens() {
        Set<String> seen = new TreeSet<>();
        Transitions.seen().forEach(transition -> seen.add(transition.toString()));
        Set<String> declared = new TreeSet<>();
        Transitions.DECLARED.forEach(transition -> declared.add(transition.toString()));

        assertThat(seen).isEqualTo(declared);
    }

    @Test
    void everyKindOfEventAndPhaseIsInTheDiagram() {
        assertThat(Transitions.DECLARED)
                .extracting(Story.Transition::event)
                .containsOnly(ChatEvent.Kind.values())
                .contains(ChatEvent.Kind.values());
        assertThat(Transitions.DECLARED).extracting(Story.Transition::to).contains(Phase.Kind.values());
    }

    @Test
    void nothingLeavesAPhaseThatIsOver() {
        assertThat(Transitions.seen())
                .noneMatch(transition ->
                        transition.from() != null && transition.from().over() && transition.to() != transition.from());
    }
}
