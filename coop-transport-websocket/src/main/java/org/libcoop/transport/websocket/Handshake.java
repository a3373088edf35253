package org.libcoop.transport.websocket;

import jakarta.websocket.Extension;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is decided and kept at the handshake, when alone the HTTP request can be seen. */
final class Handshake extends ServerEndpointConfig.Configurator {

    /**
     * What is kept of a handshake. {@code origin} is null for a page of the host's own and for what is no browser.
     */
    record Facts(
            boolean allowed,
            @Nullable String origin,
            @Nullable String userAgent,
            String address) {}

    private static final String KEY = "org.libcoop.transport.websocket.facts";
    private static final Facts NONE = new Facts(false, null, null, "");
    private static final int USER_AGENT_LIMIT = 1_000;

    private final WebSocketTransport transport;

    Handshake(WebSocketTransport transport) {
        this.transport = transport;
    }

    /** The facts among a session's user properties; of a handshake that did not come through here nothing is allowed. */
    static Facts facts(Map<String, Object> properties) {
        return properties.get(KEY) instanceof Facts facts ? facts : NONE;
    }

    @Override
    public boolean checkOrigin(@Nullable String originHeaderValue) {
        return transport.isStarted() && transport.origins().mayPass(originHeaderValue);
    }

    @Override
    public void modifyHandshake(ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
        String header = first(request, "Origin");
        boolean own = transport.origins().isOwn(header, first(request, "Host"));
        String origin =
                own || header == null ? null : Origins.normalised(header).orElse(null);
        boolean allowed = own || (origin != null && transport.origins().embeds(origin));
        String userAgent = first(request, "User-Agent");
        if (userAgent != null && userAgent.length() > USER_AGENT_LIMIT) {
            userAgent = userAgent.substring(0, USER_AGENT_LIMIT);
        }
        String address = transport.address(request, config.getUserProperties());
        config.getUserProperties().put(KEY, new Facts(allowed, origin, userAgent, address));
    }

    /** Ours, if it is asked for; decided here, so that a container's own choice of what decides does not matter. */
    @Override
    public String getNegotiatedSubprotocol(List<String> supported, List<String> requested) {
        return requested.contains(WebSocketTransport.PROTOCOL) ? WebSocketTransport.PROTOCOL : "";
    }

    /** None: compression costs memory a connection, and tells lengths of secrets to whoever can add text beside them. */
    @Override
    public List<Extension> getNegotiatedExtensions(List<Extension> installed, List<Extension> requested) {
        return List.of();
    }

    @Override
    public <T> T getEndpointInstance(Class<T> endpointClass) {
        return endpointClass.cast(new CoopEndpoint(transport));
    }

    private static @Nullable String first(HandshakeRequest request, String header) {
        List<String> values = request.getHeaders().getOrDefault(header, List.of());
        return values.isEmpty() ? null : values.get(0);
    }
}
