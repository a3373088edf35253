package org.libcoop.transport.websocket;

import java.util.Map;
import org.glassfish.tyrus.container.grizzly.server.GrizzlyServerContainer;
import org.glassfish.tyrus.core.RequestContext;
import org.glassfish.tyrus.core.TyrusWebSocketEngine;
import org.glassfish.tyrus.server.TyrusServerContainer;

/** Tyrus by itself, on Grizzly. It listens on all addresses; there is no setting. */
final class TyrusContainer implements Container {

    /** What it may keep of a frame that is not whole; must be above the frame limit. Its own default is 4 MiB a connection. */
    private static final int BUFFER = 256 * 1_024;

    private TyrusServerContainer server;

    @Override
    public PeerAddress peerAddress() {
        return (request, properties) -> request instanceof RequestContext context ? context.getRemoteAddr() : "";
    }

    @Override
    public int start(WebSocketTransport transport, int port) throws Exception {
        server = (TyrusServerContainer)
                new GrizzlyServerContainer().createContainer(Map.of(TyrusWebSocketEngine.INCOMING_BUFFER_SIZE, BUFFER));
        transport.addTo(server, "/coop");
        server.start("/", port);
        return server.getPort();
    }

    @Override
    public void stop() {
        server.stop();
    }
}
