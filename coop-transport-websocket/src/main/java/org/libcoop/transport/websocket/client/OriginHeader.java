package org.libcoop.transport.websocket.client;

import jakarta.websocket.ClientEndpointConfig;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The {@code Origin} header as wanted: some containers would send one of their own making. */
final class OriginHeader extends ClientEndpointConfig.Configurator {

    private final @Nullable String origin;

    OriginHeader(@Nullable String origin) {
        this.origin = origin;
    }

    @Override
    public void beforeRequest(Map<String, List<String>> headers) {
        headers.remove("Origin");
        if (origin != null) {
            headers.put("Origin", List.of(origin));
        }
    }
}
