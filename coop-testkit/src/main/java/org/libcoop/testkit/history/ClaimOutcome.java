package org.libcoop.testkit.history;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.libcoop.directory.OperatorId;
import org.libcoop.refusal.Outcome;
import org.libcoop.refusal.Refusal;
import org.libcoop.refusal.RefusalCode;

/** What an operator was told about a claim. <em>Immutable.</em> */
public sealed interface ClaimOutcome {

    /** "You have the chat." */
    record Won() implements ClaimOutcome {}

    /**
     * "Somebody else has it."
     *
     * @param owner who, where the answer named somebody
     */
    record AlreadyClaimed(Optional<OperatorId> owner) implements ClaimOutcome {
        public AlreadyClaimed {
            requireNonNull(owner, "owner");
        }
    }

    /**
     * Refused for a reason that says nothing about an owner, and without effect.
     *
     * @param code the refusal's code
     */
    record Refused(String code) implements ClaimOutcome {
        public Refused {
            requireNonNull(code, "code");
        }
    }

    /** No answer, or one that leaves open whether the claim was applied: it may have been, then or later, or never. */
    record Unknown() implements ClaimOutcome {}

    /** Won. */
    static ClaimOutcome won() {
        return new Won();
    }

    /** Lost to somebody the answer does not name. */
    static ClaimOutcome alreadyClaimed() {
        return new AlreadyClaimed(Optional.empty());
    }

    /** Lost to {@code owner}. */
    static ClaimOutcome alreadyClaimedBy(OperatorId owner) {
        return new AlreadyClaimed(Optional.of(owner));
    }

    /** Refused otherwise. */
    static ClaimOutcome refused(String code) {
        return new Refused(code);
    }

    /** Not known. */
    static ClaimOutcome unknown() {
        return new Unknown();
    }

    /** What an engine's answer to a claim says. */
    static ClaimOutcome of(Outcome<?> answer) {
        Optional<Refusal> refusal = answer.refusal();
        if (refusal.isEmpty()) {
            return won();
        }
        RefusalCode code = refusal.get().code();
        if (code == RefusalCode.ALREADY_CLAIMED) {
            return alreadyClaimed();
        }
        return code.applied() == RefusalCode.Applied.UNKNOWN ? unknown() : refused(code.code());
    }
}
