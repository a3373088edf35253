package org.libcoop.spi;

import java.util.Objects;

/**
 * A client's own name for a command, within a scope that is the client's alone (G5). A resend carries the same id and gets
 * the first result. {@code digest} tells the content, so that the same id with other content is refused. <em>Immutable.</em>
 */
public record CommandId(String scope, String id, String digest) {

    /** The longest id a client may give. */
    public static final int MAX_LENGTH = 100;

    public CommandId {
        Objects.requireNonNull(scope, "scope");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(digest, "digest");
        if (id.isBlank() || id.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("command id must have 1 to " + MAX_LENGTH + " characters");
        }
    }
}
