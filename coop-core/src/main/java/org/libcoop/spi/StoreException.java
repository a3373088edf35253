package org.libcoop.spi;

import org.libcoop.refusal.CoopException;

/**
 * The store cannot be reached or did not answer in time. With {@link #outcomeUnknown} a commit may have happened or not:
 * the results of its commands tell (G6).
 */
public final class StoreException extends CoopException {

    private static final long serialVersionUID = 1L;

    private final boolean outcomeUnknown;

    public StoreException(String message, Throwable cause, boolean outcomeUnknown) {
        super(message, cause);
        this.outcomeUnknown = outcomeUnknown;
    }

    public StoreException(String message, boolean outcomeUnknown) {
        super(message);
        this.outcomeUnknown = outcomeUnknown;
    }

    /** Whether the change may have happened. */
    public boolean outcomeUnknown() {
        return outcomeUnknown;
    }
}
