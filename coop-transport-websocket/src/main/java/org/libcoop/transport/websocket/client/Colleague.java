package org.libcoop.transport.websocket.client;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Stage;
import org.libcoop.presence.Status;

/**
 * Somebody who monitors a stage (P6), by name; {@code mine}: it is the asker. {@code id} is known of those of the asker's
 * institution only. <em>Immutable.</em>
 */
public record Colleague(
        @Nullable OperatorId id,
        String name,
        String institution,
        boolean mine,
        Status status,
        int openChats,
        @Nullable Instant since,
        List<Stage> monitors) {

    public Colleague {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(institution, "institution");
        Objects.requireNonNull(status, "status");
        monitors = List.copyOf(monitors);
    }
}
