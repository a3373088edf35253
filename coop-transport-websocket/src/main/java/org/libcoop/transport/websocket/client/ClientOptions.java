package org.libcoop.transport.websocket.client;

import jakarta.websocket.WebSocketContainer;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where a client connects, and how. <em>Immutable.</em>
 *
 * <p>With Tyrus give all clients of a process one {@code ClientManager} with {@code ClientProperties.SHARED_CONTAINER}: otherwise
 * each connection has threads of its own.
 *
 * @param container the client container of the Jakarta WebSocket API
 * @param endpoint the server's, {@code ws://} or {@code wss://}
 * @param token gives the token for one connection: a patron's secret, an operator's ticket. Called on {@code executor}, once for
 *     each attempt; what it throws counts as an attempt that failed
 * @param executor runs the clients that share it: two threads serve hundreds. It is the caller's, and not shut down here
 * @param firstDelay the pause before the first new attempt; doubled each time, up to thirty times as much, each time a random part of it
 * @param origin the {@code Origin} header, for clients that stand for a page; null sends none
 */
public record ClientOptions(
        WebSocketContainer container,
        URI endpoint,
        Supplier<String> token,
        ScheduledExecutorService executor,
        Duration firstDelay,
        @Nullable String origin) {

    public ClientOptions {
        Objects.requireNonNull(container, "container");
        Objects.requireNonNull(endpoint, "endpoint");
        Objects.requireNonNull(token, "token");
        Objects.requireNonNull(executor, "executor");
        if (firstDelay.isNegative() || firstDelay.isZero()) {
            throw new IllegalArgumentException("firstDelay must be positive: " + firstDelay);
        }
    }

    /** The same with a pause of one second, and without an {@code Origin}. */
    public ClientOptions(
            WebSocketContainer container, URI endpoint, Supplier<String> token, ScheduledExecutorService executor) {
        this(container, endpoint, token, executor, Duration.ofSeconds(1), null);
    }
}
