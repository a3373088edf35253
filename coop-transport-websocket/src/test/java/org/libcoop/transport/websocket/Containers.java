package org.libcoop.transport.websocket;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.glassfish.tyrus.core.RequestContext;
import org.libcoop.container.Container;

/** Which containers the endpoint is tested on, and in what they differ. */
final class Containers {

    private Containers() {}

    /** Those to be tested: Jetty, or as {@code -Dwire.containers} says, {@code all} or names with commas between. */
    static List<Container.Kind> tested() {
        String named = System.getProperty("wire.containers", "jetty");
        return Stream.of(Container.Kind.values())
                .filter(kind -> named.equals("all")
                        || List.of(named.split(",")).contains(kind.name().toLowerCase(Locale.ROOT)))
                .toList();
    }

    /** The status with which one answers a handshake that the endpoint does not allow. */
    static int refusal(Container.Kind kind) {
        return kind == Container.Kind.UNDERTOW ? 404 : 403;
    }

    /** Whether one surely closes the socket of a closed session whose peer reads nothing; Tyrus waits for it without end. */
    static boolean freesSocketsOfTheDeaf(Container.Kind kind) {
        return kind == Container.Kind.JETTY || kind == Container.Kind.TOMCAT;
    }

    /** How a host on this container finds out where peers come from. */
    static PeerAddress peerAddress(Container.Kind kind) {
        return switch (kind) {
            case JETTY -> PeerAddress.ofContainer();
            case TOMCAT, UNDERTOW -> PeerAddress.ofHeader(Container.PEER_HEADER);
            case TYRUS ->
                (request, properties) -> request instanceof RequestContext context ? context.getRemoteAddr() : "";
        };
    }
}
