package org.libcoop.spi;

import org.jspecify.annotations.Nullable;
import org.libcoop.refusal.CoopException;

/**
 * The store did not do what it was asked for. With {@link #outcomeUnknown} a commit may have happened or not: the results of
 * its commands tell (G6). With {@link #busy} it certainly did not, only because others were in the way for too long. Else the
 * store cannot be reached or did not answer in time.
 */
public final class StoreException extends CoopException {

    private static final long serialVersionUID = 1L;

    private final boolean outcomeUnknown;
    private final boolean busy;

    public StoreException(String message, Throwable cause, boolean outcomeUnknown) {
        this(message, cause, outcomeUnknown, false);
    }

    public StoreException(String message, boolean outcomeUnknown) {
        this(message, null, outcomeUnknown, false);
    }

    private StoreException(String message, @Nullable Throwable cause, boolean outcomeUnknown, boolean busy) {
        super(message, cause);
        this.outcomeUnknown = outcomeUnknown;
        this.busy = busy;
    }

    /** Nothing was changed: others were in the way at every try. */
    public static StoreException busy(String message, Throwable cause) {
        return new StoreException(message, cause, false, true);
    }

    /** Whether the change may have happened. */
    public boolean outcomeUnknown() {
        return outcomeUnknown;
    }

    /** Whether only others were in the way: a repetition may do. */
    public boolean busy() {
        return busy;
    }
}
