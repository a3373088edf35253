package org.libcoop.transport.websocket;

import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.Session;
import jakarta.websocket.WebSocketContainer;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.libcoop.wire.WireWatch;

/**
 * A client's container whose connections are watched: every frame, both ways, is held against the description of the protocol. It
 * knows as much of the API as the project's own client uses.
 */
final class WatchedContainer {

    private final WebSocketContainer container;
    private final List<WireWatch> watches = new CopyOnWriteArrayList<>();

    WatchedContainer(WebSocketContainer container) {
        this.container = container;
    }

    /** The same container, watched. */
    WebSocketContainer watched() {
        return around(WebSocketContainer.class, (method, arguments) -> {
            if (method.getName().equals("connectToServer")) {
                WireWatch watch = new WireWatch();
                watches.add(watch);
                arguments[0] = new WatchedEndpoint((Endpoint) arguments[0], watch);
            }
            return method.invoke(container, arguments);
        });
    }

    /** How many connections were tried through this container. */
    int connections() {
        return watches.size();
    }

    /** All that was seen was as described. */
    void assertRight() {
        watches.forEach(WireWatch::assertRight);
    }

    private static final class WatchedEndpoint extends Endpoint {
        private final Endpoint inner;
        private final WireWatch watch;

        WatchedEndpoint(Endpoint inner, WireWatch watch) {
            this.inner = inner;
            this.watch = watch;
        }

        @Override
        public void onOpen(Session session, EndpointConfig config) {
            inner.onOpen(watched(session, watch), config);
        }

        @Override
        public void onClose(Session session, CloseReason reason) {
            inner.onClose(session, reason);
        }

        @Override
        public void onError(Session session, Throwable thrown) {
            inner.onError(session, thrown);
        }
    }

    private static Session watched(Session session, WireWatch watch) {
        return around(Session.class, (method, arguments) -> {
            if (method.getName().equals("addMessageHandler")) {
                session.addMessageHandler(String.class, listening(arguments[1], watch));
                return null;
            }
            Object result = method.invoke(session, arguments);
            return result instanceof RemoteEndpoint.Async remote ? watched(remote, watch) : result;
        });
    }

    @SuppressWarnings("unchecked") // the client's only handler is one of texts
    private static MessageHandler.Whole<String> listening(Object handler, WireWatch watch) {
        return text -> {
            watch.received(text);
            ((MessageHandler.Whole<String>) handler).onMessage(text);
        };
    }

    private static RemoteEndpoint.Async watched(RemoteEndpoint.Async remote, WireWatch watch) {
        return around(RemoteEndpoint.Async.class, (method, arguments) -> {
            if (method.getName().equals("sendText")) {
                watch.sent((String) arguments[0]);
            }
            return method.invoke(remote, arguments);
        });
    }

    private interface Call {
        Object of(Method method, Object[] arguments) throws ReflectiveOperationException;
    }

    private static <T> T around(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(
                WatchedContainer.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    try {
                        return call.of(method, arguments);
                    } catch (InvocationTargetException failed) {
                        throw failed.getCause();
                    }
                }));
    }
}
