package org.libcoop.testkit.junit;

import java.util.Optional;
import java.util.Set;
import org.libcoop.CoopEngine;
import org.libcoop.access.Operation;
import org.libcoop.annotation.Beta;
import org.libcoop.spi.Principal;
import org.libcoop.spi.Transport;

/** A way into one engine, as the {@link AccessContract} tries it. <em>One thread at a time.</em> */
@Beta
public interface AccessDoor extends AutoCloseable {

    /** The transport that the engine is built with, not started yet; empty for the sessions, which every engine has. */
    default Optional<Transport<CoopEngine>> transport() {
        return Optional.empty();
    }

    /** The operations that nobody can do or ask through this door; what is tried of them all the same may be {@code unsupported}. */
    default Set<Operation> lacks() {
        return Set.of();
    }

    /**
     * An operator or patron behind this door, connected by now. Asked for once for each. The people have other connections, too, so
     * that one more changes nothing.
     */
    AccessActor actor(CoopEngine engine, Principal who);

    /** Ends every connection and gives back what the door stands on; the engine is closed after that. */
    @Override
    void close();
}
