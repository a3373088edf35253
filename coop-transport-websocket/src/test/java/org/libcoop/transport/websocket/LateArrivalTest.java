package org.libcoop.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.websocket.CloseReason;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.Session;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Peers whose handshake was through before the door was shut, and whose session opens after. */
class LateArrivalTest {

    private final List<CloseReason> reasons = new ArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private Rig rig;

    @AfterEach
    void stop() throws Exception {
        rig.close();
    }

    @Test
    void aSessionThatIsEndedWhileItOpensIsCountedOut() throws Exception {
        rig = new Rig.Setup()
                .transport(builder -> builder.executor(new OnTheSpot()))
                .start();
        rig.transport.drain(Duration.ZERO);

        open();

        assertThat(reasons)
                .extracting(reason -> reason.getCloseCode().getCode())
                .containsExactly(4503);
        assertThat(rig.transport.sessions().awaitNone(0)).isTrue();
    }

    @Test
    void aSessionThatOpensBehindAClosedDoorIsClosed() throws Exception {
        rig = Rig.start();
        rig.transport.close();

        open();

        assertThat(closed.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(rig.transport.sessions().awaitNone(30_000)).isTrue();
        assertThat(reasons)
                .extracting(reason -> reason.getCloseCode().getCode())
                .containsExactly(4503);
    }

    /** As a container opens one, which tells the endpoint of the end on the thread that closes. */
    private void open() {
        CoopEndpoint endpoint = new CoopEndpoint(rig.transport);
        RemoteEndpoint.Async remote = fake(RemoteEndpoint.Async.class, (proxy, method, arguments) -> null);
        Session session = fake(Session.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "getUserProperties" -> new HashMap<>();
            case "getAsyncRemote" -> remote;
            case "getMaxIdleTimeout" -> 0L;
            case "close" -> {
                reasons.add((CloseReason) arguments[0]);
                endpoint.onClose((Session) proxy, (CloseReason) arguments[0]);
                closed.countDown();
                yield null;
            }
            default -> null;
        });
        endpoint.onOpen(session, rig.transport.endpointConfig("/late"));
    }

    private static <T> T fake(Class<T> type, InvocationHandler behaviour) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, behaviour));
    }

    /** Runs everything within the call. */
    private static final class OnTheSpot extends AbstractExecutorService {
        private boolean down;

        @Override
        public void execute(Runnable task) {
            task.run();
        }

        @Override
        public void shutdown() {
            down = true;
        }

        @Override
        public List<Runnable> shutdownNow() {
            down = true;
            return List.of();
        }

        @Override
        public boolean isShutdown() {
            return down;
        }

        @Override
        public boolean isTerminated() {
            return down;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return down;
        }
    }
}
