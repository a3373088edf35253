package org.libcoop.container;

import jakarta.websocket.server.ServerEndpointConfig;

/** A server with the Jakarta WebSocket API that an endpoint is put into, listening on the loopback address. */
public interface Container {

    /** The header in which {@link Kind#TOMCAT} and {@link Kind#UNDERTOW} are made to say where a peer comes from. */
    String PEER_HEADER = "X-Peer-Address";

    /** The containers there are. */
    enum Kind {
        /** Jetty, for jakarta EE 11. */
        JETTY,
        /** Tomcat. */
        TOMCAT,
        /** Undertow. */
        UNDERTOW,
        /** Tyrus by itself, on Grizzly. */
        TYRUS;

        /** A new one, not started. */
        public Container create() {
            return switch (this) {
                case JETTY -> new JettyContainer();
                case TOMCAT -> new TomcatContainer();
                case UNDERTOW -> new UndertowContainer();
                case TYRUS -> new TyrusContainer();
            };
        }
    }

    /** Starts with an endpoint; port 0 is any free one. Gives the port it has. */
    int start(ServerEndpointConfig endpoint, int port) throws Exception;

    /** Stops, whoever is connected. */
    void stop() throws Exception;
}
