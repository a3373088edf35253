package org.libcoop.spi;

/**
 * A way for peers to reach the engine: accepts them, authenticates them through the host's {@link Authenticator}, opens a
 * session for each, pumps commands in and notices out.
 *
 * <ol>
 * <li>TR1 Nothing is accepted from a peer before it is authenticated.
 * <li>TR2 A command is acknowledged only after its stage completed, that is after the store committed.
 * <li>TR3 One send in flight a connection; what waits is bounded; a peer that falls behind is closed, not waited for.
 * <li>TR4 A heartbeat of the peer becomes {@code renew()} of its session; the end of the connection becomes
 *     {@code disconnect()}.
 * </ol>
 *
 * @param <S> what the transport is started with: the engine's door for sessions
 */
public interface Transport<S> extends AutoCloseable {

    /** Begins to accept peers. */
    void start(S door);

    /** Ends every connection. */
    @Override
    void close();
}
