package org.libcoop.spi;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.libcoop.directory.Operator;
import org.libcoop.presence.Status;

/** Somebody who monitors a stage now: since when signed in, and with how many open chats (P6). <em>Immutable.</em> */
public record OnlineOperator(
        Operator operator, Status status, @Nullable Instant since, int openChats) {

    public OnlineOperator {
        Objects.requireNonNull(operator, "operator");
        Objects.requireNonNull(status, "status");
    }
}
