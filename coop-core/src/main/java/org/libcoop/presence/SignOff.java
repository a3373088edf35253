package org.libcoop.presence;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.libcoop.directory.DepartmentId;
import org.libcoop.directory.OperatorId;

/**
 * How an operator came to be signed out (P5): {@code by} is who did it, null where nobody did; {@code rule} is the department
 * whose rule it was, null where it was none. <em>Immutable.</em>
 */
public record SignOff(
        Why why, @Nullable OperatorId by, @Nullable DepartmentId rule) {

    /** Why an operator was signed out. */
    public enum Why {
        /** The operator signed out. */
        SELF,
        /** An admin of the institution ended the session. */
        COLLEAGUE,
        /** It was time by a department's sign-off rule. */
        RULE,
        /** The operator did nothing for as long as {@code idleLimit}. */
        IDLE
    }

    /**
     * Checks that who and which rule are there where they belong.
     *
     * @throws IllegalArgumentException if {@code by} is not given exactly where somebody did it, or {@code rule} exactly for a
     *     rule
     */
    public SignOff {
        Objects.requireNonNull(why, "why");
        if ((why == Why.SELF || why == Why.COLLEAGUE) != (by != null)) {
            throw new IllegalArgumentException("who did it belongs to SELF and COLLEAGUE: " + why);
        }
        if ((why == Why.RULE) != (rule != null)) {
            throw new IllegalArgumentException("the department belongs to RULE: " + why);
        }
    }

    /** The operator did it. */
    public static SignOff self(OperatorId operator) {
        return new SignOff(Why.SELF, operator, null);
    }

    /** Another operator ended the session. */
    public static SignOff colleague(OperatorId by) {
        return new SignOff(Why.COLLEAGUE, by, null);
    }

    /** It was time by the rule of {@code department}. */
    public static SignOff rule(DepartmentId department) {
        return new SignOff(Why.RULE, null, department);
    }

    /** Nothing was done for too long. */
    public static SignOff idle() {
        return new SignOff(Why.IDLE, null, null);
    }
}
