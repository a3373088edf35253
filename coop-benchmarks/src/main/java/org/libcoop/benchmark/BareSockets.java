package org.libcoop.benchmark;

import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.libcoop.container.Container;

/** The least that can be written on a container: an endpoint that sends a text to each session, and echoes. */
final class BareSockets implements Served {

    private final List<Session> sessions = new CopyOnWriteArrayList<>();
    private final Container container;
    private final int clients;
    private int round;

    BareSockets(Container.Kind kind, int clients) {
        this.clients = clients;
        this.container = kind.create();
    }

    @Override
    public int start() throws Exception {
        ServerEndpointConfig.Configurator configurator = new ServerEndpointConfig.Configurator() {
            @Override
            public <T> T getEndpointInstance(Class<T> endpointClass) {
                return endpointClass.cast(new Peer(sessions));
            }
        };
        return container.start(
                ServerEndpointConfig.Builder.create(Peer.class, "/coop")
                        .configurator(configurator)
                        .build(),
                0);
    }

    /** One message at a time for each session: not every container takes more. */
    @Override
    public String answer(String question, int number) throws Exception {
        if (!question.equals("fan")) {
            throw new IllegalArgumentException("not for a bare endpoint: " + question);
        }
        while (sessions.size() < clients) {
            Thread.onSpinWait(); // a client may know of its handshake before its session is open here
        }
        for (int i = 0; i < number; i++) {
            String frame = Samples.frame(round++);
            CountDownLatch sent = new CountDownLatch(sessions.size());
            sessions.forEach(session -> session.getAsyncRemote().sendText(frame, result -> sent.countDown()));
            sent.await();
        }
        return "done";
    }

    /** One connection. */
    public static final class Peer extends Endpoint {

        private final List<Session> sessions;

        Peer(List<Session> sessions) {
            this.sessions = sessions;
        }

        @Override
        public void onOpen(Session session, EndpointConfig config) {
            session.addMessageHandler(String.class, (MessageHandler.Whole<String>)
                    text -> session.getAsyncRemote().sendText(text, result -> {}));
            sessions.add(session);
        }
    }
}
