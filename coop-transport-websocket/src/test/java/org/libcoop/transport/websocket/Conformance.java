package org.libcoop.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.libcoop.container.Container;

/**
 * What tests of the endpoint on each container share. After each test everybody goes, and neither a connection nor a session
 * may be left.
 */
abstract class Conformance {

    /** Bounds that are not the subject are out of the way. */
    private static final Map<String, String> ROOM = Map.of(
            "connectionMessages", "10000",
            "addressMessages", "1000000",
            "addressConnections", "100000",
            "addressChats", "100000",
            "addressChatStarts", "100000");

    private static final long GONE_MILLIS = 20_000;

    private final List<RawClient> raw = new CopyOnWriteArrayList<>();
    final Container.Kind kind;
    Rig rig;

    Conformance(Container.Kind kind) {
        this.kind = kind;
    }

    void start() throws Exception {
        start(Map.of(), UnaryOperator.identity());
    }

    void start(UnaryOperator<WebSocketTransport.Builder> transport) throws Exception {
        start(Map.of(), transport);
    }

    void start(Map<String, String> policies, UnaryOperator<WebSocketTransport.Builder> transport) throws Exception {
        Map<String, String> all = new HashMap<>(ROOM);
        all.putAll(policies);
        rig = new Rig.Setup().container(kind).policies(all).transport(transport).start();
    }

    /** A client on a bare socket. */
    RawClient raw() {
        return kept(RawClient.connect(rig.port()));
    }

    RawClient raw(Map<String, String> headers) {
        return kept(RawClient.connect(rig.port(), headers));
    }

    RawClient kept(RawClient client) {
        raw.add(client);
        return client;
    }

    static ConditionFactory patiently() {
        return await().atMost(Duration.ofSeconds(30));
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        try {
            rig.hangUp();
            raw.forEach(RawClient::close);
            patiently()
                    .untilAsserted(() -> assertThat(rig.transport.connections()).isZero());
            assertThat(rig.transport.sessions().awaitNone(GONE_MILLIS))
                    .as("the container has closed every session")
                    .isTrue();
        } finally {
            rig.close();
        }
    }
}
