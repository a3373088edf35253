package org.libcoop.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The description against its own examples, and against frames that are wrong: a judge that finds nothing is worth nothing. */
class WireWatchTest {

    private static final String AUTH = "{\"type\":\"auth\",\"role\":\"operator\",\"token\":\"a ticket\"}";
    private static final String CLAIM = "{\"type\":\"command\",\"id\":\"7\",\"do\":\"claim\",\"chat\":\"c1\"}";

    private final WireWatch watch = new WireWatch();

    static Stream<Message> messages() {
        return WireDescription.ofThisBuild().messages().stream();
    }

    @ParameterizedTest
    @MethodSource("messages")
    void everyMessageHasExamplesThatAreRight(Message message) {
        assertThat(message.examples()).isNotEmpty();
        for (JsonNode example : message.examples()) {
            assertThat(message.faults(example)).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("messages")
    void everyMessageIsSentBySomebody(Message message) {
        WireDescription description = WireDescription.ofThisBuild();

        assertThat(description.roles()).containsExactly("patron", "operator");
        assertThat(description.roles())
                .anyMatch(role -> description.sentBy(role).contains(message)
                        || description.toldTo(role).contains(message));
    }

    /** Planted defects: each example, spoilt in every place in each of three ways. */
    @ParameterizedTest
    @MethodSource("messages")
    void aFieldTooManyOneOfAnotherTypeAndOneThatIsMissingAreFound(Message message) {
        for (JsonNode example : message.examples()) {
            assertThat(withAFieldMore(example))
                    .allSatisfy(spoilt -> assertThat(message.faults(spoilt)).isNotEmpty());
            assertThat(withAnotherType(example))
                    .allSatisfy(spoilt -> assertThat(message.faults(spoilt)).isNotEmpty());
        }
        for (JsonNode required : message.payload().path("required")) {
            for (JsonNode example : message.examples()) {
                ObjectNode spoilt = example.deepCopy();
                assertThat(spoilt.remove(required.asText())).isNotNull();
                assertThat(message.faults(spoilt)).isNotEmpty();
            }
        }
    }

    /** Copies of a frame, each with one more field in another one of its objects. */
    private static List<JsonNode> withAFieldMore(JsonNode frame) {
        List<JsonNode> spoilt = new ArrayList<>();
        for (int at = 0; at < objects(frame).size(); at++) {
            JsonNode copy = frame.deepCopy();
            objects(copy).get(at).put("undocumented", true);
            spoilt.add(copy);
        }
        return spoilt;
    }

    /** Copies of a frame, each with an object in place of another one of its values. */
    private static List<JsonNode> withAnotherType(JsonNode frame) {
        List<JsonNode> spoilt = new ArrayList<>();
        for (int object = 0; object < objects(frame).size(); object++) {
            List<String> names = new ArrayList<>();
            objects(frame).get(object).fieldNames().forEachRemaining(names::add);
            for (String name : names) {
                JsonNode copy = frame.deepCopy();
                objects(copy).get(object).putObject(name).put("of another type", 1);
                spoilt.add(copy);
            }
        }
        return spoilt;
    }

    private static List<ObjectNode> objects(JsonNode node) {
        List<ObjectNode> objects = new ArrayList<>();
        if (node instanceof ObjectNode object) {
            objects.add(object);
        }
        node.forEach(inner -> objects.addAll(objects(inner)));
        return objects;
    }

    @Test
    void aConnectionAsDescribedIsRight() {
        watch.received("{\"type\":\"hello\",\"protocol\":\"coop.v1\",\"heartbeatMillis\":10000,\"authMillis\":10000,"
                + "\"frameLimit\":131072,\"now\":\"2026-03-02T22:01:15.000Z\"}");
        watch.sent(AUTH);
        watch.sent(CLAIM);
        watch.received("{\"type\":\"result\",\"id\":\"7\",\"ok\":true,\"chat\":\"c1\",\"seq\":4}");

        assertThat(watch.faults()).isEmpty();
        watch.assertRight();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // a required field is missing
                "{\"type\":\"result\",\"id\":\"7\",\"ok\":true,\"chat\":\"c1\"}",
                "{\"type\":\"notices\",\"notices\":[{\"is\":\"typing\",\"chat\":\"c1\",\"by\":\"patron\"}]}",
                // a wrong type
                "{\"type\":\"result\",\"id\":\"7\",\"ok\":true,\"chat\":\"c1\",\"seq\":\"4\"}",
                "{\"type\":\"pong\",\"now\":1772489000000}",
                "{\"type\":\"result\",\"id\":\"7\",\"ok\":true,\"chat\":null,\"seq\":4}",
                // a field that is not documented
                "{\"type\":\"result\",\"id\":\"7\",\"ok\":true,\"chat\":\"c1\",\"seq\":4,\"owner\":\"ana\"}",
                "{\"type\":\"notices\",\"notices\":[{\"is\":\"seen\",\"chat\":\"c1\",\"by\":\"patron\",\"seq\":1,\"at\":2}]}",
                // values that are not among those of this version, or out of bounds
                "{\"type\":\"denied\",\"code\":\"because\"}",
                "{\"type\":\"pong\",\"now\":\"2026-03-02T22:01:15Z\"}",
                "{\"type\":\"pong\",\"now\":\"2026-13-02T22:01:15.000Z\"}",
                "{\"type\":\"notices\",\"notices\":[]}",
                "{\"type\":\"result\",\"id\":\"7\",\"ok\":false,\"code\":\"busy\",\"message\":\"m\",\"repeat\":\"never\",\"applied\":\"no\"}",
                // a result of something else, or of nothing
                "{\"type\":\"result\",\"id\":\"7\",\"ok\":true,\"value\":[]}",
                "{\"type\":\"result\",\"id\":\"8\",\"ok\":true,\"chat\":\"c1\",\"seq\":4}",
                // what is for the other role
                "{\"type\":\"notices\",\"notices\":[{\"is\":\"typing\",\"chat\":\"c1\",\"by\":\"operator\",\"on\":true}]}",
                // no message at all
                "{\"type\":\"news\"}",
                "{\"type\":\"pong\",\"type\":\"pong\",\"now\":\"2026-03-02T22:01:15.000Z\"}",
                "no JSON"
            })
    void whatTheServerMayNotSendIsFound(String frame) {
        watch.sent(AUTH);
        watch.sent(CLAIM);

        watch.received(frame);

        assertThat(watch.faults()).hasSize(1).allMatch(fault -> fault.startsWith("received: "));
        assertThatThrownBy(watch::assertRight)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(frame.substring(0, 5));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"command\",\"id\":\"7\",\"do\":\"claim\"}",
                "{\"type\":\"command\",\"id\":7,\"do\":\"sign-in\"}",
                "{\"type\":\"command\",\"id\":\"7\",\"do\":\"claim\",\"chat\":\"c1\",\"now\":true}",
                "{\"type\":\"command\",\"id\":\"7\",\"do\":\"start\",\"widget\":\"databases\"}",
                "{\"type\":\"command\",\"id\":\"7\",\"do\":\"dance\"}",
                "{\"type\":\"command\",\"id\":\" \",\"do\":\"sign-in\"}",
                "{\"type\":\"command\",\"id\":\"7\",\"do\":\"say\",\"chat\":\"c1\",\"text\":\" \"}",
                "{\"type\":\"query\",\"id\":\"7\",\"ask\":\"online\",\"stage\":{\"kind\":\"operator\",\"id\":\"a\",\"backup\":true}}",
                "{\"type\":\"auth\",\"role\":\"admin\",\"token\":\"t\"}"
            })
    void whatAClientMayNotSendIsFoundUnlessItIsMeant(String frame) {
        watch.sent(AUTH);

        watch.sentWrongly(frame);
        assertThat(watch.faults()).isEmpty();

        watch.sent(frame);
        assertThat(watch.faults()).hasSize(1).allMatch(fault -> fault.startsWith("sent: "));
    }

    @Test
    void textsEndWhereTheyMay() {
        Message say = messages()
                .filter(message -> message.name().equals("patronSay"))
                .findFirst()
                .orElseThrow();
        ObjectNode frame = say.examples().get(0).deepCopy();

        frame.set("text", TextNode.valueOf("x".repeat(10_000)));
        assertThat(say.faults(frame)).isEmpty();
        frame.set("text", TextNode.valueOf("x".repeat(10_001)));
        assertThat(say.faults(frame)).hasSize(1);
    }
}
