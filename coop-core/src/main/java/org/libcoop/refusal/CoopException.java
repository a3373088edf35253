package org.libcoop.refusal;

import org.jspecify.annotations.Nullable;

/**
 * The root of every exception that the library throws on its own account, all of them unchecked.
 *
 * <p>Mistakes in calling the library stay with the JDK's exceptions: {@link NullPointerException} and
 * {@link IllegalArgumentException}.
 */
public abstract class CoopException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Creates an exception that nothing else caused. */
    protected CoopException(String message) {
        super(message);
    }

    /** Creates an exception that keeps its cause. */
    protected CoopException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
