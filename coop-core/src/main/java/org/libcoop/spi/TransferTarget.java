package org.libcoop.spi;

import java.util.Objects;
import org.libcoop.directory.Option;

/** Somebody to whom a chat may be handed over now: {@code there} is how many would be offered it, at least one (C8). <em>Immutable.</em> */
public record TransferTarget(Option to, int there) {

    public TransferTarget {
        Objects.requireNonNull(to, "to");
    }
}
