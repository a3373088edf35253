package org.libcoop.chat;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.libcoop.directory.OperatorId;

/** Who says something: the patron, one operator, or the system (M1). <em>Immutable.</em> */
public record Author(Kind kind, @Nullable OperatorId operator) {

    /** The three kinds of author. */
    public enum Kind {
        PATRON,
        OPERATOR,
        SYSTEM
    }

    private static final Author PATRON = new Author(Kind.PATRON, null);
    private static final Author SYSTEM = new Author(Kind.SYSTEM, null);

    public Author {
        Objects.requireNonNull(kind, "kind");
        if ((kind == Kind.OPERATOR) != (operator != null)) {
            throw new IllegalArgumentException("an operator is named exactly when the author is one: " + kind);
        }
    }

    /** The patron of the chat. */
    public static Author patron() {
        return PATRON;
    }

    /** The system: greetings and the like. */
    public static Author system() {
        return SYSTEM;
    }

    /** The operator with this id. */
    public static Author operator(OperatorId id) {
        return new Author(Kind.OPERATOR, Objects.requireNonNull(id, "id"));
    }

    /** Whether this is a person, not the system. */
    public boolean isPerson() {
        return kind != Kind.SYSTEM;
    }
}
