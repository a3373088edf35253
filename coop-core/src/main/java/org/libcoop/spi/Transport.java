package org.libcoop.spi;

/**
 * A way for peers to reach the engine: accepts them, authenticates them through the host's {@link Authenticator}, opens a
 * session for each, pumps commands in and notices out.
 *
 * <ol>
 * <li>TR1 Nothing is accepted from a peer before it is authenticated; who is denied is told nothing else, and its connection ends.
 * <li>TR2 A command is acknowledged only after its stage completed, that is after the store committed. The peer's own id of a
 *     command is passed on, so that a resend is done once.
 * <li>TR3 What waits for a peer is bounded; a peer that falls behind is closed, not waited for, and holds up nobody.
 * <li>TR4 A sign of life of the peer becomes {@code renew()} of its session, and nothing else does; the end of the connection
 *     becomes {@code disconnect()}.
 * <li>TR5 A peer is told each entry of its chats once, in order, as long as its connection lasts.
 * <li>TR6 A peer that comes back and says what it has is told exactly what is missing, or that all begins anew (M4).
 * <li>TR7 Closing ends every connection, and takes no more.
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
