package org.libcoop.spi;

import org.jspecify.annotations.Nullable;
import org.libcoop.refusal.CoopException;

/**
 * The store did not do what it was asked for. With {@link #outcomeUnknown} a commit may have happened or not: the results of
 * its commands tell (G6). With {@link #busy} it certainly did not, only because others were in the way for too long. With
 * {@link #refused} it did not and never will: the store cannot keep something of what it was given (G14). Else the store
 * cannot be reached or did not answer in time, and nothing was changed.
 */
public final class StoreException extends CoopException {

    private static final long serialVersionUID = 1L;

    private enum Kind {
        AWAY,
        UNKNOWN,
        BUSY,
        REFUSED
    }

    private final Kind kind;

    public StoreException(String message, Throwable cause, boolean outcomeUnknown) {
        this(message, cause, outcomeUnknown ? Kind.UNKNOWN : Kind.AWAY);
    }

    public StoreException(String message, boolean outcomeUnknown) {
        this(message, null, outcomeUnknown ? Kind.UNKNOWN : Kind.AWAY);
    }

    private StoreException(String message, @Nullable Throwable cause, Kind kind) {
        super(message, cause);
        this.kind = kind;
    }

    /** Nothing was changed: others were in the way at every try. */
    public static StoreException busy(String message, Throwable cause) {
        return new StoreException(message, cause, Kind.BUSY);
    }

    /**
     * Nothing was changed, of a batch none of its changes: the store cannot keep something of it. The message goes into logs,
     * and must not quote what people wrote; neither must a cause, which is why none is taken.
     */
    public static StoreException refused(String message) {
        return new StoreException(message, null, Kind.REFUSED);
    }

    /** Whether the change may have happened. */
    public boolean outcomeUnknown() {
        return kind == Kind.UNKNOWN;
    }

    /** Whether only others were in the way: a repetition may do. */
    public boolean busy() {
        return kind == Kind.BUSY;
    }

    /** Whether the store is well and only does not take this: a repetition will not do. */
    public boolean refused() {
        return kind == Kind.REFUSED;
    }
}
