package org.libcoop.benchmark;

import jakarta.websocket.Endpoint;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** As much of a container as the transport needs, without a socket: what it sends is sent at once. <em>Safe for use by several threads.</em> */
final class NoContainer {

    /** Says one message to the endpoint. */
    interface Client {
        void say(String message);
    }

    private final ServerEndpointConfig config;

    NoContainer(ServerEndpointConfig config) {
        this.config = config;
    }

    /** A connection whose endpoint's messages go to {@code ear}. */
    @SuppressWarnings("unchecked") // the handlers are taken as they were given, by their type
    Client connect(Consumer<String> ear) throws InstantiationException {
        Map<Class<?>, MessageHandler> handlers = new HashMap<>();
        ServerEndpointConfig.Configurator configurator = config.getConfigurator();
        configurator.modifyHandshake(
                config,
                fake(HandshakeRequest.class, (method, arguments) -> Map.of()),
                fake(HandshakeResponse.class, (method, arguments) -> Map.of()));
        Map<String, Object> properties = Map.copyOf(config.getUserProperties());
        Session[] session = new Session[1];
        RemoteEndpoint.Async remote = fake(RemoteEndpoint.Async.class, (method, arguments) -> {
            if (method.getName().equals("sendText")) {
                ear.accept((String) arguments[0]);
                ((SendHandler) arguments[1]).onResult(new SendResult(session[0]));
            }
            return null;
        });
        session[0] = fake(Session.class, (method, arguments) -> switch (method.getName()) {
            case "getUserProperties" -> properties;
            case "getAsyncRemote" -> remote;
            case "getMaxIdleTimeout" -> 0L;
            case "addMessageHandler" -> handlers.put((Class<?>) arguments[0], (MessageHandler) arguments[1]);
            default -> null;
        });
        ((Endpoint) configurator.getEndpointInstance(config.getEndpointClass())).onOpen(session[0], config);
        MessageHandler.Partial<String> texts =
                (MessageHandler.Partial<String>) Objects.requireNonNull(handlers.get(String.class));
        return message -> texts.onMessage(message, true);
    }

    private interface Call {
        @Nullable
        Object of(Method method, @Nullable Object[] arguments);
    }

    private static <T> T fake(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(
                NoContainer.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    Object answer = call.of(method, arguments);
                    return method.getReturnType() == void.class ? null : answer;
                }));
    }
}
