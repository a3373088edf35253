package org.libcoop.transport.websocket;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A container and the client behind it, without a socket and without threads: what the endpoint sends is there when the call
 * returns that made it send. What a container does with its own the endpoint must not rely on: everything else throws.
 */
final class FuzzPeer {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Endpoint endpoint;
    private final Session session;
    private final List<String> heard = new ArrayList<>();
    private MessageHandler.Partial<String> texts;
    private MessageHandler.Partial<ByteBuffer> binaries;
    private int closeCode;

    /** Opens a connection that comes from no browser. */
    FuzzPeer(WebSocketTransport transport) {
        ServerEndpointConfig config = transport.endpointConfig("/coop");
        Handshake handshake = new Handshake(transport);
        HandshakeRequest request =
                fake(HandshakeRequest.class, (proxy, method, arguments) -> switch (method.getName()) {
                    case "getHeaders" -> Map.of("User-Agent", List.of("Fuzz/1.0"));
                    default -> throw new UnsupportedOperationException(method.getName());
                });
        handshake.modifyHandshake(config, request, fake(HandshakeResponse.class, (proxy, method, arguments) -> {
            throw new UnsupportedOperationException(method.getName());
        }));
        endpoint = handshake.getEndpointInstance(CoopEndpoint.class);
        RemoteEndpoint.Async remote = fake(RemoteEndpoint.Async.class, this::remote);
        session = fake(Session.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "getUserProperties" -> config.getUserProperties();
            case "getAsyncRemote" -> remote;
            case "getMaxIdleTimeout" -> 0L;
            case "addMessageHandler" -> listen((Class<?>) arguments[0], arguments[1]);
            case "close" -> closed((CloseReason) arguments[0]);
            case "hashCode" -> System.identityHashCode(proxy);
            case "equals" -> proxy == arguments[0];
            default -> throw new UnsupportedOperationException(method.getName());
        });
        endpoint.onOpen(session, config);
    }

    private static <T> T fake(Class<T> type, InvocationHandler behaviour) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, behaviour));
    }

    private Object remote(Object proxy, java.lang.reflect.Method method, Object[] arguments) {
        switch (method.getName()) {
            case "setSendTimeout" -> {}
            case "sendText" -> {
                if (closeCode != 0) {
                    throw new IllegalStateException("sent after the end");
                }
                heard.add((String) arguments[0]);
                ((SendHandler) arguments[1]).onResult(new SendResult());
            }
            default -> throw new UnsupportedOperationException(method.getName());
        }
        return null;
    }

    @SuppressWarnings("unchecked")
    private Object listen(Class<?> type, Object handler) {
        if (type == String.class) {
            texts = (MessageHandler.Partial<String>) handler;
        } else {
            binaries = (MessageHandler.Partial<ByteBuffer>) handler;
        }
        return null;
    }

    private Object closed(CloseReason reason) {
        if (closeCode != 0) {
            throw new IllegalStateException("closed twice");
        }
        closeCode = reason.getCloseCode().getCode();
        endpoint.onClose(session, reason);
        return null;
    }

    // ---- The client
    // --------------------------------------------------------------------------------------------------

    void send(String text) {
        texts.onMessage(text, true);
    }

    /** Sends a text in so many parts; a part never ends within a character, as no container's does. */
    void send(String text, int parts) {
        int from = 0;
        for (int part = 1; part < parts; part++) {
            int to = text.offsetByCodePoints(0, text.codePointCount(0, text.length()) * part / parts);
            texts.onMessage(text.substring(from, to), false);
            from = to;
        }
        texts.onMessage(text.substring(from), true);
    }

    void send(byte[] bytes) {
        binaries.onMessage(ByteBuffer.wrap(bytes), true);
    }

    /** What came since the last call, as it came. */
    List<String> take() {
        List<String> taken = List.copyOf(heard);
        heard.clear();
        return taken;
    }

    /** With what the server ended the connection; 0 while it has not. */
    int closeCode() {
        return closeCode;
    }

    /** The client ends it. */
    void hangUp() {
        if (closeCode == 0) {
            closeCode = CloseReason.CloseCodes.NORMAL_CLOSURE.getCode();
            endpoint.onClose(session, new CloseReason(CloseReason.CloseCodes.NORMAL_CLOSURE, ""));
        }
    }

    static JsonNode json(String frame) {
        try {
            return JSON.readTree(frame);
        } catch (JsonProcessingException malformed) {
            throw new AssertionError("the server sent " + frame, malformed);
        }
    }
}
