package org.libcoop.container;

import jakarta.websocket.server.ServerEndpointConfig;
import java.util.Map;
import org.glassfish.tyrus.container.grizzly.server.GrizzlyServerContainer;
import org.glassfish.tyrus.core.TyrusWebSocketEngine;
import org.glassfish.tyrus.server.TyrusServerContainer;
import org.jspecify.annotations.Nullable;

/** Tyrus by itself, on Grizzly. It listens on all addresses; there is no setting. */
final class TyrusContainer implements Container {

    /** What it may keep of a frame that is not whole; must be above the frame limit. Its own default is 4 MiB a connection. */
    private static final int BUFFER = 256 * 1_024;

    private @Nullable TyrusServerContainer server;

    @Override
    public int start(ServerEndpointConfig endpoint, int port) throws Exception {
        TyrusServerContainer created = (TyrusServerContainer)
                new GrizzlyServerContainer().createContainer(Map.of(TyrusWebSocketEngine.INCOMING_BUFFER_SIZE, BUFFER));
        created.addEndpoint(endpoint);
        created.start("/", port);
        server = created;
        return created.getPort();
    }

    @Override
    public void stop() {
        if (server != null) {
            server.stop();
        }
    }
}
