package org.libcoop.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.libcoop.chat.Chat;
import org.libcoop.chat.ChatEvent;
import org.libcoop.chat.Content;
import org.libcoop.chat.Logged;
import org.libcoop.directory.Policies;

/** What cannot be read ends in {@link UnreadableException} and nothing else, and tells no stored word (G18). */
class UnreadableTest {

    // Big decimals, so that a number too large for a double stays one.
    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    /** What is left out where there is nothing to say; some are required in other objects. */
    private static final Set<String> OPTIONAL = Set.of(
            "backup",
            "backup-delay",
            "reviewed",
            "outside",
            "timed-fallback",
            "asked-by",
            "by",
            "seq",
            "disposition",
            "name",
            "email",
            "referrer",
            "user-agent",
            "address",
            "clock",
            "owned",
            "ownership",
            "claimed-at",
            "offer",
            "backup-due",
            "left",
            "ever-offered-to",
            "gone-since",
            "owner",
            "privacy-notice",
            "last-renewal",
            "online-since",
            "sign-off",
            "rule",
            "key",
            "lift",
            "blocked",
            "files");

    /** One value of every JSON type, and of the types that values have the odd ones too. */
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "false",
            "0",
            "-1",
            "9223372036854775807",
            "9223372036854775808",
            "1.5",
            "1e400",
            "\"\"",
            "\"?\"",
            "\"coop:\"",
            "\"\\u0000\\ud800\"",
            "[]",
            "[null]",
            "[[]]",
            "[\"?\"]",
            "[{}]",
            "{}");

    static Stream<Sample> samples() {
        return StoredFormTest.samples();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void everyCutIsUnreadable(Sample sample) {
        for (int length = 0; length < sample.json().length(); length++) {
            assertUnreadable(sample, sample.json().substring(0, length));
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void whatFollowsIsUnreadable(Sample sample) {
        for (String more : List.of("}", "{}", "x", ",", sample.json())) {
            assertUnreadable(sample, sample.json() + more);
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void everyValueOfAnotherTypeIsUnreadable(Sample sample) throws JsonProcessingException {
        for (JsonPointer place : places(tree(sample), JsonPointer.empty())) {
            for (String value : VALUES) {
                JsonNode changed = changed(sample, place, MAPPER.readTree(value));
                boolean sameType = changed.at(place).getNodeType()
                        == tree(sample).at(place).getNodeType();
                if (sameType) {
                    assertReadOrUnreadable(sample, changed.toString());
                } else {
                    assertUnreadable(sample, changed.toString());
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void aMissingKeyIsUnreadableUnlessItIsOptional(Sample sample) throws JsonProcessingException {
        for (JsonPointer place : places(tree(sample), JsonPointer.empty())) {
            JsonNode root = tree(sample);
            if (!place.matches() && root.at(place.head()) instanceof ObjectNode parent) {
                String key = place.last().getMatchingProperty();
                parent.remove(key);

                if (OPTIONAL.contains(key) || Policies.names().contains(key.replaceFirst("@.*", ""))) {
                    assertReadOrUnreadable(sample, root.toString());
                } else {
                    assertUnreadable(sample, root.toString());
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void keysOfANewerVersionDoNotMatter(Sample sample) throws JsonProcessingException {
        JsonNode root = tree(sample);
        eachObject(
                root,
                object -> object.putObject("new-key").putArray("deep").add(1).addNull());

        assertThat(root.toString()).contains("new-key");
        assertThat(sample.read(root.toString())).isEqualTo(sample.value());
    }

    @Test
    void limitsHoldForWhatNobodyAsksForToo() {
        String deepest = "{\"kind\":\"still-looking\",\"x\":" + "[".repeat(63) + "]".repeat(63) + "}";
        String tooDeep = "{\"kind\":\"still-looking\",\"x\":" + "[".repeat(64) + "]".repeat(64) + "}";
        String longest = "{\"text\":\"" + "x".repeat(1_000_000) + "\"}";
        String tooLong = "{\"text\":\"" + "x".repeat(1_000_001) + "\"}";

        assertThat(EventCodec.read(deepest)).isEqualTo(new ChatEvent.StillLooking());
        assertThatExceptionOfType(UnreadableException.class).isThrownBy(() -> EventCodec.read(tooDeep));
        assertThat(ContentCodec.read("text", longest)).isEqualTo(new Content.Text("x".repeat(1_000_000)));
        assertThatExceptionOfType(UnreadableException.class).isThrownBy(() -> ContentCodec.read("text", tooLong));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Text", "started", "patron "})
    void contentOfAnUnknownKindIsUnreadable(String kind) {
        assertThatExceptionOfType(UnreadableException.class)
                .isThrownBy(() -> ContentCodec.read(kind, "{\"text\":\"x\"}"))
                .withMessageContaining("kind");
    }

    @Test
    void aHeadNeedsTheStartOfItsLog() {
        Sample head = ChatSamples.heads().get(0);
        Chat chat = (Chat) head.value();
        Logged other = new Logged(1, chat.startedAt(), new ChatEvent.StillLooking(), null);
        ChatEvent start = (ChatEvent) ChatSamples.events().get(0).value();
        Logged second = new Logged(2, chat.startedAt(), start, null);

        for (Logged first : List.of(other, second)) {
            assertThatExceptionOfType(UnreadableException.class)
                    .isThrownBy(() -> HeadCodec.read(chat.id(), chat.seq(), first, head.json()))
                    .withMessageContaining("head of chat c1");
        }
    }

    @Test
    void theMessageNamesTheKeyAndNoStoredWord() {
        String cut = "{\"text\":\"my secret\",secret";
        String wrong = "{\"kind\":\"claimed\",\"owner\":\"secret\",\"institution\":\"secret\",\"stage\":\"secret\"}";
        String missing = "{\"kind\":\"claimed\",\"owner\":\"secret\",\"institution\":7}";

        Throwable ofCut = catchThrowable(() -> ContentCodec.read("text", cut));
        Throwable ofWrong = catchThrowable(() -> EventCodec.read(wrong));
        Throwable ofMissing = catchThrowable(() -> EventCodec.read(missing));

        assertThat(List.of(ofCut, ofWrong, ofMissing)).allSatisfy(thrown -> {
            assertThat(thrown).hasNoCause();
            assertThat(thrown.getMessage()).doesNotContain("secret");
        });
        assertThat(ofMissing).hasMessage("stored event claimed cannot be read: institution is no text");
    }

    @Test
    void aReaderThatKnowsTheRowNamesIt() {
        UnreadableException thrown =
                new UnreadableException("event claimed", "owner is missing").in("entry 3 of chat c1");

        assertThat(thrown).hasMessage("stored entry 3 of chat c1, event claimed, cannot be read: owner is missing");
    }

    private static void assertUnreadable(Sample sample, String stored) {
        Throwable thrown = catchThrowable(() -> sample.read(stored));

        assertThat(thrown)
                .as(stored)
                .isExactlyInstanceOf(UnreadableException.class)
                .hasNoCause();
        // An event whose kind is lost has none to be named by.
        assertThat(thrown.getMessage())
                .startsWith("stored " + (sample.what().startsWith("event") ? "event" : sample.what()));
    }

    private static void assertReadOrUnreadable(Sample sample, String stored) {
        Throwable thrown = catchThrowable(() -> assertThat(sample.read(stored)).isNotNull());

        if (thrown != null) {
            assertThat(thrown).as(stored).isExactlyInstanceOf(UnreadableException.class);
        }
    }

    private static JsonNode tree(Sample sample) throws JsonProcessingException {
        return MAPPER.readTree(sample.json());
    }

    private static JsonNode changed(Sample sample, JsonPointer place, JsonNode value) throws JsonProcessingException {
        JsonNode root = tree(sample);
        if (place.matches()) {
            return value;
        }
        JsonNode parent = root.at(place.head());
        if (parent instanceof ArrayNode array) {
            array.set(place.last().getMatchingIndex(), value);
        } else {
            ((ObjectNode) parent).set(place.last().getMatchingProperty(), value);
        }
        return root;
    }

    /** Every place of the tree, its root first. */
    private static List<JsonPointer> places(JsonNode node, JsonPointer at) {
        List<JsonPointer> places = new ArrayList<>(List.of(at));
        if (node.isObject()) {
            node.properties()
                    .forEach(field -> places.addAll(places(field.getValue(), at.appendProperty(field.getKey()))));
        }
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            places.addAll(places(node.get(i), at.appendIndex(i)));
        }
        return places;
    }

    private static void eachObject(JsonNode node, Consumer<ObjectNode> change) {
        node.forEach(child -> eachObject(child, change));
        if (node instanceof ObjectNode object) {
            change.accept(object);
        }
    }
}
