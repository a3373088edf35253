package org.libcoop.refusal;

import java.util.Objects;

/** A refusal where none was expected ({@link Outcome#orElseThrow}). */
public final class RefusedException extends CoopException {

    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    public RefusedException(Refusal refusal) {
        super(Objects.requireNonNull(refusal, "refusal").code().code() + ": " + refusal.message());
        this.refusal = refusal;
    }

    /** What was refused, and why. */
    public Refusal refusal() {
        return refusal;
    }
}
