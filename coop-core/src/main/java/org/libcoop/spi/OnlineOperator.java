package org.libcoop.spi;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.libcoop.directory.Operator;
import org.libcoop.directory.Stage;
import org.libcoop.presence.Status;

/**
 * Somebody who monitors a stage now: since when signed in, with how many open chats, and what else is monitored, as far as
 * the asker may see it; by kind and id (P6). <em>Immutable.</em>
 */
public record OnlineOperator(
        Operator operator, Status status, @Nullable Instant since, int openChats, List<Stage> monitors) {

    public OnlineOperator {
        Objects.requireNonNull(operator, "operator");
        Objects.requireNonNull(status, "status");
        monitors = List.copyOf(monitors);
    }
}
