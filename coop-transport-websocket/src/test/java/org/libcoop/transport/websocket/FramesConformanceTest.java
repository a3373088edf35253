package org.libcoop.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.libcoop.container.Container;

/** What clients may send and in what pieces, on each container (TR1, T5). */
@OnEachContainer
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class FramesConformanceTest extends Conformance {

    private static final int LIMIT = 131_072;
    private static final String HEAD = "{\"type\":\"ping\",\"padding\":\"";

    FramesConformanceTest(Container.Kind kind) {
        super(kind);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 1_000})
    void aMessageInManyFragmentsIsWholeWhereverItsCharactersAreCut(int size) throws Exception {
        start();
        TestClient ana = rig.onDuty("ana", "department", "reference");
        RawClient patron = raw().patron(Rig.newKey());
        patron.send("{\"type\":\"command\",\"id\":\"1\",\"do\":\"start\",\"widget\":\"databases\"}");
        String chat = patron.next("result").path("chat").asText();
        ana.done("claim", Map.of("chat", chat));
        String text = "é – 日本語 \ud83d\ude00 ".repeat(20) + "!";

        patron.fragments("{\"type\":\"command\",\"id\":\"2\",\"do\":\"say\",\"text\":\"" + text + "\"}", size, 50);

        assertThat(patron.next("result", result -> result.path("id").asText().equals("2"))
                        .path("ok")
                        .asBoolean())
                .isTrue();
        ana.frame("entry", entry -> entry.path("entry").path("text").asText().equals(text));
    }

    @Test
    void aMessageOfTheLimitPassesInOneFrameAndInFragments() throws Exception {
        start();
        RawClient client = raw().patron(Rig.newKey());

        client.send(ping(LIMIT));
        client.next("pong");
        client.fragments(ping(LIMIT), 1_000, 10);
        client.next("pong");
    }

    @Test
    void oneByteMoreEndsTheConnection() throws Exception {
        start();
        RawClient client = raw().patron(Rig.newKey());

        client.send(ping(LIMIT + 1));

        assertThat(client.closeCode()).isEqualTo(4413);
    }

    @Test
    void fragmentsThatAreTooLargeTogetherEndTheConnectionBeforeTheLast() throws Exception {
        start();
        RawClient client = raw().patron(Rig.newKey());
        byte[] part = "x".repeat(1_024).getBytes(StandardCharsets.UTF_8);

        client.frame(RawClient.TEXT, false, part);
        for (int i = 0; i < LIMIT / part.length; i++) {
            client.frame(RawClient.CONTINUATION, false, part);
        }

        assertThat(client.closeCode()).isEqualTo(4413);
    }

    /** Nobody's memory is taken for what a stranger announces. */
    @Test
    void aFrameThatAnnouncesFarTooMuchEndsTheConnectionLongBeforeItIsWhole() throws Exception {
        start();
        RawClient client = raw();
        client.next("hello");
        byte[] text = RawClient.masked("x".repeat(64 * 1_024).getBytes(StandardCharsets.UTF_8));

        client.head(RawClient.TEXT, true, 1L << 30);
        int sent = 0;
        while (sent < 16 * LIMIT && client.raw(text)) {
            sent += text.length;
        }

        assertThat(client.closeCode()).isIn(4413, 1009, 1011, RawClient.CUT);
        assertThat(rig.transport.connections()).isZero();
    }

    @Test
    void aBinaryMessageEndsTheConnection() throws Exception {
        start();
        RawClient whole = raw().patron(Rig.newKey());
        RawClient begun = raw().patron(Rig.newKey());

        whole.frame(RawClient.BINARY, true, new byte[] {1, 2, 3});
        begun.frame(RawClient.BINARY, false, new byte[40_000]);

        assertThat(whole.closeCode()).isEqualTo(1003);
        assertThat(begun.closeCode()).isEqualTo(1003);
    }

    @ParameterizedTest
    @ValueSource(strings = {"not json", "", "[]", "{}", "{\"type\":\"ping\"} {\"type\":\"ping\"}"})
    void whatCannotBeReadEndsTheConnection(String text) throws Exception {
        start();
        RawClient client = raw().patron(Rig.newKey());

        client.send(text);

        assertThat(client.closeCode()).isEqualTo(4400);
    }

    @Test
    void bytesThatAreNoTextEndTheConnection() throws Exception {
        start();
        RawClient client = raw().patron(Rig.newKey());

        client.frame(RawClient.TEXT, true, new byte[] {'{', (byte) 0xc3, (byte) 0x28, '}'});

        assertThat(client.closeCode()).isIn(1007, RawClient.CUT);
    }

    @Test
    void aFloodEndsTheConnection() throws Exception {
        start(Map.of("connectionMessages", "100"), builder -> builder);
        RawClient unanswered = raw().patron(Rig.newKey());
        RawClient answered = raw().patron(Rig.newKey());

        for (int i = 0; i < 2_000; i++) {
            unanswered.send("{\"type\":\"typing\",\"on\":true}");
        }
        for (int i = 0; i < 2_000; i++) {
            answered.send("{\"type\":\"ping\"}");
        }

        assertThat(unanswered.closeCode()).isEqualTo(4429);
        assertThat(answered.closeCode())
                .as("too many frames, or too many answers that wait; who goes on sending may miss the word")
                .isIn(4429, 4420, RawClient.CUT);
    }

    private static String ping(int bytes) {
        return HEAD + "é".repeat(30_000) + "a".repeat(bytes - 60_000 - HEAD.length() - 2) + "\"}";
    }
}
