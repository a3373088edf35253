package org.libcoop.spi;

import java.util.Objects;
import org.libcoop.directory.IdText;

/**
 * A client's own name for a command, within a scope that is the client's alone (G5). A resend carries the same id and gets
 * the first result. {@code digest} tells the content, so that the same id with other content is refused. An id has 1 to
 * 100 characters (UTF-16 units), is not blank, and has no control characters and no unpaired surrogates. <em>Immutable.</em>
 */
public record CommandId(String scope, String id, String digest) {

    /** The longest id a client may give. */
    public static final int MAX_LENGTH = 100;

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException if the id is blank, too long, or has characters that an id may not have
     */
    public CommandId {
        Objects.requireNonNull(scope, "scope");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(digest, "digest");
        IdText.require("command id", id, MAX_LENGTH);
    }

    /** Whether a client may give this id. */
    public static boolean fits(String id) {
        return IdText.fits(id, MAX_LENGTH);
    }
}
