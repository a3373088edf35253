package org.libcoop.transport.websocket;

import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The endpoint as containers know it: one instance a connection, made by the configurator of
 * {@link WebSocketTransport#endpointConfig}. Not for use by applications.
 */
public final class CoopEndpoint extends Endpoint {

    private final WebSocketTransport transport;
    private volatile @Nullable Connection connection;

    CoopEndpoint(WebSocketTransport transport) {
        this.transport = transport;
    }

    @Override
    public void onOpen(Session session, EndpointConfig config) {
        Connection opened = transport.connection(session);
        connection = opened; // before anybody can end it: its end is counted by whoever finds it here
        transport.accept(opened, session);
        // In parts, so that the limit is ours on every container, and holds before a message is whole.
        session.addMessageHandler(String.class, (MessageHandler.Partial<String>) opened::received);
        session.addMessageHandler(
                ByteBuffer.class, (MessageHandler.Partial<ByteBuffer>) (part, last) -> opened.end(Ending.NOT_TEXT));
        opened.opened();
    }

    @Override
    public void onClose(Session session, CloseReason closeReason) {
        closed();
        if (connection != null) {
            transport.sessions().closed();
        }
    }

    /** Containers report a peer that vanished here; that is nothing to make a noise about. */
    @Override
    public void onError(Session session, Throwable thrown) {
        closed();
    }

    private void closed() {
        Connection known = connection;
        if (known != null) {
            known.closed();
        }
    }
}
