package org.libcoop.transport.websocket.client;

import org.jspecify.annotations.Nullable;
import org.libcoop.directory.CoopAccount;
import org.libcoop.directory.OperatorId;

/**
 * An operator's account in a co-op, as another operator is shown it. <em>Immutable.</em>
 *
 * @param name the operator's display name; null if the host does not know the operator any more
 * @param institution the name of the operator's institution; null if the host does not know the operator any more
 * @param mine whether it is the client's own operator's
 */
public record ListedAccount(
        OperatorId operator,
        @Nullable String name,
        @Nullable String institution,
        CoopAccount.Level level,
        boolean mine) {}
