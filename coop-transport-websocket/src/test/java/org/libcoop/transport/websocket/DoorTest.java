package org.libcoop.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.libcoop.directory.Option;
import org.libcoop.directory.Widget;
import org.libcoop.directory.WidgetId;

/** Who gets in, with what, and how long it may take (TR1, T5, G20). */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class DoorTest {

    private Rig rig;

    @BeforeEach
    void start() throws Exception {
        rig = Rig.start();
    }

    @AfterEach
    void stop() throws Exception {
        rig.close();
    }

    private void restart(Rig.Setup setup) throws Exception {
        rig.close();
        rig = setup.start();
    }

    @Test
    void theServerSaysHelloFirst() {
        TestClient client = rig.connect();

        JsonNode hello = client.frame("hello");

        assertThat(hello.path("protocol").asText()).isEqualTo("coop.v1");
        assertThat(hello.path("heartbeatMillis").asLong()).isEqualTo(10_000);
        assertThat(hello.path("frameLimit").asInt()).isEqualTo(131_072);
        assertThat(hello.path("now").asText()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
    }

    @Test
    void heartbeatsAreAsShortAsThePoliciesNeed() throws Exception {
        restart(new Rig.Setup().policies(Map.of("lease", "6s", "patronGrace", "5s")));

        JsonNode hello = rig.connect().frame("hello");

        assertThat(hello.path("heartbeatMillis").asLong()).isEqualTo(1_250);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"command\",\"id\":\"1\",\"do\":\"sign-in\"}",
                "{\"type\":\"query\",\"id\":\"1\",\"ask\":\"waiting\"}",
                "{\"type\":\"ping\"}",
                "{\"type\":\"something-new\"}"
            })
    void nothingIsAcceptedBeforeTheAuthentication(String frame) {
        TestClient client = rig.connect();

        client.wrongly().send(frame);

        assertThat(client.frame("denied").path("code").asText()).isEqualTo("not-allowed");
        assertThat(client.closeCode()).isEqualTo(4401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "operator:wrong",
                "operator:ticket-of-nobody",
                "patron:too-short",
                "admin:ticket-of-ana",
                "patron:"
            })
    void aWrongTokenIsDeniedWithoutSayingWhy(String credentials) {
        TestClient client = rig.connect();

        client.wrongly()
                .auth(
                        credentials.substring(0, credentials.indexOf(':')),
                        credentials.substring(credentials.indexOf(':') + 1));

        assertThat(client.frame("denied").toString()).isEqualTo("{\"type\":\"denied\",\"code\":\"not-allowed\"}");
        assertThat(client.closeCode()).isEqualTo(4401);
        assertThat(rig.engine.directory().operators()).hasSize(6);
    }

    @Test
    void whoDoesNotAuthenticateInTimeIsSentAway() throws Exception {
        restart(new Rig.Setup().transport(builder -> builder.authTimeout(Duration.ofMillis(200))));
        TestClient client = rig.connect();

        assertThat(client.closeCode()).isEqualTo(4408);

        await().untilAsserted(() -> assertThat(rig.transport.connections()).isZero());
    }

    /** For a rolling restart: asked to come again, and taken no more. */
    @Test
    void aDoorThatIsDrainedAsksEverybodyToComeAgainAndTakesNobodyElse() throws Exception {
        TestClient staying = rig.operator("ana");
        TestClient going = rig.patron();

        CompletableFuture<Boolean> empty = new CompletableFuture<>();
        Thread drain = new Thread(() -> {
            try {
                empty.complete(rig.transport.drain(Duration.ofSeconds(20)));
            } catch (InterruptedException stopped) {
                empty.completeExceptionally(stopped);
            }
        });
        drain.start();

        assertThat(going.frame("reconnect").path("withinMillis").asLong()).isEqualTo(15_000);
        going.close();
        assertThat(staying.frame("reconnect")).isNotNull();
        assertThat(staying.done("sign-in", Map.of()).path("ok").asBoolean())
                .as("what is under way is done")
                .isTrue();
        assertThatThrownBy(() -> rig.connect()).isInstanceOf(IllegalStateException.class);
        assertThat(empty).isNotDone();
        staying.close();
        assertThat(empty.get(20, TimeUnit.SECONDS)).isTrue();
    }

    /** G20: effective within a second, which is tested with its slack. */
    @Test
    void aPageWhoseOriginIsWithdrawnLosesItsConnection() throws Exception {
        TestClient page = rig.connect("https://library.springy.edu");
        page.auth("patron", Rig.newKey());
        page.frame("welcome");

        Widget embedded =
                rig.engine.directory().widget(WidgetId.of("databases")).orElseThrow();
        rig.engine
                .admin()
                .save(Widget.builder(embedded.id(), embedded.institution())
                        .route(embedded.route().toArray(Option[]::new))
                        .build())
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS)
                .orElseThrow();

        assertThat(page.closeCode()).isEqualTo(4403);
    }

    @Test
    void whoMissesThreeHeartbeatsIsSentAway() throws Exception {
        restart(new Rig.Setup().transport(builder -> builder.heartbeat(Duration.ofMillis(200))));
        TestClient silent = rig.operator("ana");

        assertThat(silent.closeCode()).isEqualTo(4410);
    }

    @Test
    void aPingIsAnsweredWithTheServersTime() {
        TestClient client = rig.operator("ana");

        client.wrongly().send(Map.of("type", "ping", "something", "unknown"));

        assertThat(client.frame("pong").path("now").asText()).endsWith("Z");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "not json",
                "[]",
                "\"auth\"",
                "{\"type\":\"ping\"} {\"type\":\"ping\"}",
                "{\"type\":7}",
                "{}",
                "{\"type\":\"ping\",\"type\":\"ping\"}",
                "{\"type\":\"command\",\"do\":\"sign-in\"}",
                "{\"type\":\"query\",\"id\":\"\",\"ask\":\"waiting\"}",
                "{\"type\":\"ping\",\"deep\":[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]}"
            })
    void whatCannotBeReadEndsTheConnection(String frame) {
        TestClient client = rig.operator("ana");

        client.wrongly().send(frame);

        assertThat(client.closeCode()).isEqualTo(4400);
    }

    @Test
    void aBinaryMessageEndsTheConnection() {
        TestClient client = rig.operator("ana");

        client.send(new byte[] {1, 2, 3});

        assertThat(client.closeCode()).isEqualTo(1003);
    }

    @Test
    void aFrameOfTheLimitPassesAndOneByteMoreEndsTheConnection() {
        TestClient client = rig.operator("ana");
        String head = "{\"type\":\"ping\",\"padding\":\"";

        client.wrongly().send(head + "é".repeat(60_000) + "a".repeat(131_072 - 120_000 - head.length() - 2) + "\"}");
        client.frame("pong");
        client.wrongly().send(head + "é".repeat(60_000) + "a".repeat(131_073 - 120_000 - head.length() - 2) + "\"}");

        assertThat(client.closeCode()).isEqualTo(4413);
    }

    @Test
    void unknownTypesAndSecondAuthenticationsAreErrorsAndTheConnectionGoesOn() {
        TestClient client = rig.operator("ana");

        client.wrongly().send(Map.of("type", "something-new"));
        client.auth("operator", Rig.TICKET + "ben");

        assertThat(client.frame("error").path("code").asText()).isEqualTo("unsupported");
        assertThat(client.frame("error").path("code").asText()).isEqualTo("unsupported");
        assertThat(client.rest()).isNotNull();
    }

    @Test
    void unknownCommandsThoseOfTheOtherRoleAndBadFieldsAreRefused() {
        TestClient operator = rig.operator("ana");
        TestClient patron = rig.patron();

        assertThat(operator.wrongly().refused("dance", Map.of())).isEqualTo("unsupported");
        assertThat(operator.wrongly().refused("start", Map.of("widget", "databases")))
                .isEqualTo("not-allowed");
        assertThat(patron.wrongly().refused("claim", Map.of("chat", "c1"))).isEqualTo("not-allowed");
        assertThat(patron.wrongly().ask("waiting", Map.of()).path("code").asText())
                .isEqualTo("not-allowed");
        // The other role's commands are nobody's queries, nor the other way round.
        assertThat(patron.wrongly().ask("sign-in", Map.of()).path("code").asText())
                .isEqualTo("unsupported");
        assertThat(patron.wrongly().refused("waiting", Map.of())).isEqualTo("unsupported");
        assertThat(operator.wrongly().ask("leave", Map.of()).path("code").asText())
                .isEqualTo("unsupported");
        assertThat(operator.wrongly().refused("chat", Map.of())).isEqualTo("unsupported");
        assertThat(operator.wrongly().refused("claim", Map.of())).isEqualTo("invalid");
        assertThat(operator.wrongly().refused("claim", Map.of("chat", 7))).isEqualTo("invalid");
        assertThat(operator.wrongly().refused("claim", Map.of("chat", ""))).isEqualTo("invalid");
        assertThat(operator.wrongly().refused("status", Map.of("is", "sleeping")))
                .isEqualTo("invalid");
        assertThat(operator.wrongly().refused("monitor", Map.of("option", "reference", "on", true)))
                .isEqualTo("invalid");
        assertThat(operator.wrongly().refused("end", Map.of("chat", "c1", "disposition", "Not Kebab")))
                .isEqualTo("invalid");
        assertThat(patron.wrongly().refused("start", Map.of("widget", "databases", "consent", "yes")))
                .isEqualTo("invalid");
        operator.wrongly()
                .send("{\"type\":\"command\",\"id\":\"u\",\"do\":\"say\",\"chat\":\"c1\",\"text\":\"half \\ud83d\"}");
        assertThat(operator.result("u").path("code").asText()).isEqualTo("invalid");
    }

    @Test
    void moreThanAHundredCommandsAMinuteAreRefusedAndFarMoreEndTheConnection() {
        TestClient client = rig.operator("ana");

        for (int i = 0; i < 100; i++) {
            assertThat(client.ask("owned", Map.of()).path("ok").asBoolean()).isTrue();
        }
        JsonNode refused = client.ask("owned", Map.of());
        // The bucket fills while it is emptied: on a slow machine a few more pass.
        for (int i = 0; i < 200 && refused.path("ok").asBoolean(); i++) {
            refused = client.ask("owned", Map.of());
        }
        for (int i = 0; i < 5_000 && client.isOpen(); i++) {
            client.send("{\"type\":\"ping\"}");
        }

        assertThat(refused.path("code").asText()).isEqualTo("rate-limited");
        assertThat(refused.path("repeat").asText()).isEqualTo("later");
        assertThat(client.closeCode()).isEqualTo(4429);
    }

    @Test
    void tooManyConnectionsOfOnePatronAreDenied() {
        String key = Rig.newKey();
        for (int i = 0; i < 3; i++) {
            rig.patron(key);
        }
        TestClient fourth = rig.connect();

        fourth.auth("patron", key);

        assertThat(fourth.frame("denied").path("code").asText()).isEqualTo("rate-limited");
        assertThat(fourth.closeCode()).isEqualTo(4429);
    }

    @Test
    void tooManyStrangersOfOneAddressAreDenied() throws Exception {
        restart(new Rig.Setup().policies(Map.of("addressConnections", "2")));
        rig.operator("ana");
        rig.connect().frame("hello");
        rig.connect().frame("hello");

        TestClient third = rig.connect();

        assertThat(third.frame("denied").path("code").asText()).isEqualTo("rate-limited");
        assertThat(third.closeCode()).isEqualTo(4429);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "https://evil.example",
                "http://127.0.0.1",
                "http://127.0.0.1.evil.example",
                "https://library.springy.edu.evil.example",
                "http://library.springy.edu",
                "https://library.springy.edu:8443",
                "file://",
                "http://user@127.0.0.1"
            })
    void foreignPagesAreRefused(String origin) {
        assertThatThrownBy(() -> {
                    TestClient client = rig.connect(origin);
                    assertThat(client.closeCode()).isEqualTo(4403);
                    throw new IllegalStateException("refused");
                })
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("refused");
        await().untilAsserted(() -> assertThat(rig.transport.connections()).isZero());
    }

    @Test
    void foreignPagesAreRefusedInTheHandshakeWhereTheHostNamesItsOrigins() throws Exception {
        restart(new Rig.Setup().transport(builder -> builder.origins("https://chat.springy.edu")));

        assertThatThrownBy(() -> rig.connect("http://127.0.0.1:" + rig.port()))
                .isInstanceOf(IllegalStateException.class);
        assertThat(rig.connect("https://chat.springy.edu").frame("hello")).isNotNull();
    }

    @Test
    void theHostsOwnPagesConnect() {
        TestClient client = rig.connect("http://127.0.0.1:" + rig.port());

        client.auth("operator", Rig.TICKET + "ana");

        assertThat(client.frame("welcome").path("role").asText()).isEqualTo("operator");
    }

    @Test
    void aPageThatAWidgetNamesIsForPatronsOfThatWidgetOnly() {
        TestClient patron = rig.connect("https://library.springy.edu");
        TestClient operator = rig.connect("https://library.springy.edu");

        patron.auth("patron", Rig.newKey());
        operator.auth("operator", Rig.TICKET + "ana");

        patron.frame("welcome");
        assertThat(patron.refused("start", Map.of("widget", "hillchat"))).isEqualTo("not-allowed");
        assertThat(patron.refused("start", Map.of("widget", "databases"))).isEqualTo("widget-offline");
        assertThat(operator.closeCode()).isEqualTo(4401);
    }

    @Test
    void everybodyIsToldThatTheServerStops() throws Exception {
        TestClient client = rig.operator("ana");

        rig.engine.close();

        assertThat(client.closeCode()).isEqualTo(4503);
    }
}
