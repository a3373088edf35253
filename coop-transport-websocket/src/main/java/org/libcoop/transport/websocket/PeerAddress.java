package org.libcoop.transport.websocket;

import jakarta.websocket.server.HandshakeRequest;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;

/**
 * Where a peer comes from, for the limits per address (T5). The standard API does not say it; containers and proxies do, each
 * in its own way. <em>Safe for use by several threads.</em>
 */
@FunctionalInterface
public interface PeerAddress {

    /**
     * The address behind a handshake, or an empty text where it is not known: then no limit per address holds in the
     * transport.
     *
     * @param request the handshake with its headers
     * @param properties what the container put into the endpoint's user properties for this handshake
     */
    String of(HandshakeRequest request, Map<String, Object> properties);

    /** As the container says, where it does, which is Jetty only; else not known, and then no limit per address holds. */
    static PeerAddress ofContainer() {
        return (request, properties) ->
                properties.get("jakarta.websocket.endpoint.remoteAddress") instanceof InetSocketAddress remote
                                && remote.getAddress() != null
                        ? remote.getAddress().getHostAddress()
                        : "";
    }

    /**
     * The last value of a header that the host's own proxy sets, such as {@code X-Forwarded-For}. Only for an endpoint that
     * cannot be reached past that proxy: anybody can send a header.
     */
    static PeerAddress ofHeader(String header) {
        return (request, properties) -> {
            List<String> values = request.getHeaders().getOrDefault(header, List.of());
            if (values.isEmpty()) {
                return "";
            }
            String all = values.get(values.size() - 1);
            return all.substring(all.lastIndexOf(',') + 1).trim();
        };
    }
}
