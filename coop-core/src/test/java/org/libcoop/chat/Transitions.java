package org.libcoop.chat;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.libcoop.chat.Story.Transition;

/** The transitions of a chat: those there are, and those that the situations of the table went through. */
final class Transitions {

    /** Every transition there is. One that no situation goes through fails the build, and so does one that is missing here. */
    static final List<Transition> DECLARED = List.of(
            of(null, ChatEvent.Kind.STARTED, Phase.Kind.WAITING),
            of(Phase.Kind.WAITING, ChatEvent.Kind.STAGE_OPENED, Phase.Kind.WAITING),
            of(Phase.Kind.WAITING, ChatEvent.Kind.STILL_LOOKING, Phase.Kind.WAITING),
            of(Phase.Kind.WAITING, ChatEvent.Kind.SAID, Phase.Kind.WAITING),
            of(Phase.Kind.WAITING, ChatEvent.Kind.FILE_SHARED, Phase.Kind.WAITING),
            of(Phase.Kind.WAITING, ChatEvent.Kind.PATRON_GONE, Phase.Kind.WAITING),
            of(Phase.Kind.WAITING, ChatEvent.Kind.PATRON_BACK, Phase.Kind.WAITING),
            of(Phase.Kind.WAITING, ChatEvent.Kind.CLAIMED, Phase.Kind.CLAIMED),
            of(Phase.Kind.WAITING, ChatEvent.Kind.MISSED, Phase.Kind.MISSED),
            of(Phase.Kind.WAITING, ChatEvent.Kind.ENDED, Phase.Kind.ENDED),
            of(Phase.Kind.WAITING, ChatEvent.Kind.DISMISSED, Phase.Kind.DISMISSED),
            of(Phase.Kind.CLAIMED, ChatEvent.Kind.SAID, Phase.Kind.CLAIMED),
            of(Phase.Kind.CLAIMED, ChatEvent.Kind.FILE_SHARED, Phase.Kind.CLAIMED),
            of(Phase.Kind.CLAIMED, ChatEvent.Kind.PATRON_GONE, Phase.Kind.CLAIMED),
            of(Phase.Kind.CLAIMED, ChatEvent.Kind.PATRON_BACK, Phase.Kind.CLAIMED),
            of(Phase.Kind.CLAIMED, ChatEvent.Kind.TRANSFER_OFFERED, Phase.Kind.CLAIMED),
            of(Phase.Kind.CLAIMED, ChatEvent.Kind.OFFER_WIDENED, Phase.Kind.CLAIMED),
            of(Phase.Kind.CLAIMED, ChatEvent.Kind.OFFER_DECLINED, Phase.Kind.CLAIMED),
            of(Phase.Kind.CLAIMED, ChatEvent.Kind.TRANSFER_OVER, Phase.Kind.CLAIMED),
            of(Phase.Kind.CLAIMED, ChatEvent.Kind.TRANSFERRED, Phase.Kind.CLAIMED),
            of(Phase.Kind.CLAIMED, ChatEvent.Kind.OWNER_LOST, Phase.Kind.WAITING),
            of(Phase.Kind.CLAIMED, ChatEvent.Kind.ENDED, Phase.Kind.ENDED),
            of(Phase.Kind.ENDED, ChatEvent.Kind.RATED, Phase.Kind.ENDED),
            of(Phase.Kind.ENDED, ChatEvent.Kind.ERASED, Phase.Kind.ENDED),
            of(Phase.Kind.MISSED, ChatEvent.Kind.ERASED, Phase.Kind.MISSED),
            of(Phase.Kind.DISMISSED, ChatEvent.Kind.ERASED, Phase.Kind.DISMISSED));

    private Transitions() {}

    /** Those that the situations went through, in the order of {@link #DECLARED} as far as they are there. */
    static List<Transition> seen() {
        Set<Transition> played = new LinkedHashSet<>();
        StateMachine.rows().forEach(row -> played.addAll(row.play().transitions()));
        List<Transition> inOrder = new ArrayList<>(DECLARED);
        inOrder.retainAll(played);
        played.stream().filter(transition -> !inOrder.contains(transition)).forEach(inOrder::add);
        return inOrder;
    }

    private static Transition of(Phase.@Nullable Kind from, ChatEvent.Kind event, Phase.Kind to) {
        return new Transition(from, event, to);
    }
}
