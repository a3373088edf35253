package org.libcoop.transport.websocket;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A server that the endpoint is put into, listening on the loopback address. */
interface Container {

    /** The containers on which the endpoint is tested. */
    enum Kind {
        JETTY,
        TOMCAT,
        UNDERTOW,
        TYRUS;

        /** Those to be tested: Jetty, or as {@code -Dwire.containers} says, {@code all} or names with commas between. */
        static List<Kind> tested() {
            String named = System.getProperty("wire.containers", "jetty");
            return Stream.of(values())
                    .filter(kind -> named.equals("all")
                            || List.of(named.split(",")).contains(kind.name().toLowerCase(Locale.ROOT)))
                    .toList();
        }

        /** The status with which it answers a handshake that the endpoint does not allow. */
        int refusal() {
            return this == UNDERTOW ? 404 : 403;
        }

        /** Whether it surely closes the socket of a closed session whose peer reads nothing; Tyrus waits for it without end. */
        boolean freesSocketsOfTheDeaf() {
            return this == JETTY || this == TOMCAT;
        }

        Container create() {
            return switch (this) {
                case JETTY -> new JettyContainer();
                case TOMCAT -> new TomcatContainer();
                case UNDERTOW -> new UndertowContainer();
                case TYRUS -> new TyrusContainer();
            };
        }
    }

    /** How a host on this container finds out where peers come from. */
    PeerAddress peerAddress();

    /** Starts with the transport's endpoint at {@code /coop}; port 0 is any free one. Gives the port it has. */
    int start(WebSocketTransport transport, int port) throws Exception;

    /** Stops, whoever is connected. */
    void stop() throws Exception;
}
