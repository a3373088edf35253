package org.libcoop.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.libcoop.directory.Option;
import org.libcoop.directory.Stage;
import org.libcoop.refusal.Outcome;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.spi.StoreException;

/** Frames in and out, by themselves. */
class FramesTest {

    private final FrameReader reader = new FrameReader(16);

    @Test
    void nestingOfTheLimitIsReadAndOneMoreIsNot() {
        String fifteen = "[".repeat(15) + "]".repeat(15);

        assertThat(reader.read("{\"type\":\"ping\",\"x\":" + fifteen + "}")).isInstanceOf(ClientFrame.Ping.class);
        assertThat(reader.read("{\"type\":\"ping\",\"x\":[" + fifteen + "]}"))
                .isInstanceOf(ClientFrame.Malformed.class);
    }

    @Test
    void tokensAndIdsHaveTheirLimits() {
        assertThat(reader.read(auth(4_096))).isInstanceOf(ClientFrame.Auth.class);
        assertThat(reader.read(auth(4_097))).isInstanceOf(ClientFrame.Malformed.class);
        assertThat(reader.read(command("x".repeat(100)))).isInstanceOf(ClientFrame.Command.class);
        assertThat(reader.read(command("x".repeat(101)))).isInstanceOf(ClientFrame.Malformed.class);
        assertThat(reader.read(command("  "))).isInstanceOf(ClientFrame.Malformed.class);
        assertThat(reader.read(command("a\\u0000"))).isInstanceOf(ClientFrame.Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "\"c1\"",
                "[\"c1\"]",
                "[{}]",
                "[{\"chat\":\" \"}]",
                "[[]]",
                "[{\"chat\":17}]",
                "[{\"chat\":\"c1\"}]",
                "[{\"chat\":\"c1\",\"after\":null}]"
            })
    void whatTheClientHasIsAListOfChats(String resume) {
        assertThat(reader.read("{\"type\":\"auth\",\"role\":\"patron\",\"token\":\"t\",\"resume\":" + resume + "}"))
                .isInstanceOf(ClientFrame.Malformed.class);
    }

    @Test
    void aClientMayNameAHundredChatsAndNoMore() {
        String hundred = "{\"chat\":\"c\",\"after\":1},".repeat(FrameReader.RESUME_LIMIT);
        String auth = "{\"type\":\"auth\",\"role\":\"patron\",\"token\":\"t\",\"resume\":[";

        assertThat(reader.read(auth + hundred.substring(0, hundred.length() - 1) + "]}"))
                .isInstanceOf(ClientFrame.Auth.class);
        assertThat(reader.read(auth + hundred + "{\"chat\":\"c\",\"after\":1}]}"))
                .isInstanceOf(ClientFrame.Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "1.5", "\"1\"", "99999999999999999999", "1e999999999"})
    void whatTheClientHasSeenIsAWholeNumber(String after) {
        assertThat(reader.read("{\"type\":\"auth\",\"role\":\"patron\",\"token\":\"t\",\"resume\":"
                        + "[{\"chat\":\"c1\",\"after\":" + after + "}]}"))
                .isInstanceOf(ClientFrame.Malformed.class);
    }

    @Test
    void aTokenIsInNoText() {
        assertThat(reader.read(auth(40)).toString()).doesNotContain("tttt");
    }

    @Test
    void stagesAndOptionsAreReadByKind() {
        assertThat(fields("{\"s\":{\"kind\":\"coop\",\"id\":\"a\",\"backup\":true}}")
                        .stage("s"))
                .isEqualTo(new Stage(Option.coop("a"), true));
        assertThat(fields("{\"s\":{\"kind\":\"department\",\"id\":\"a\",\"name\":\"ignored\"}}")
                        .option("s"))
                .isEqualTo(Option.department("a"));
        assertThat(fields("{\"s\":{\"kind\":\"operator\",\"id\":\"a\",\"backup\":null}}")
                        .stage("s"))
                .isEqualTo(Stage.of(Option.operator("a")));
        assertThatThrownBy(() -> fields("{\"s\":{\"kind\":\"operator\",\"id\":\"a\",\"backup\":true}}")
                        .stage("s"))
                .isInstanceOf(Fields.Invalid.class);
        assertThatThrownBy(() ->
                        fields("{\"s\":{\"kind\":\"queue\",\"id\":\"a\"}}").option("s"))
                .isInstanceOf(Fields.Invalid.class);
    }

    @Test
    void anUnpairedSurrogateIsNoText() {
        assertThat(fields("{\"t\":\"\\ud83d\\ude42\"}").text("t")).isEqualTo("🙂");
        assertThatThrownBy(() -> fields("{\"t\":\"\\ude42\\ud83d\"}").text("t"))
                .isInstanceOf(Fields.Invalid.class)
                .hasMessage("t is not well-formed Unicode");
    }

    @Test
    void instantsKeepTheirMilliseconds() {
        assertThat(Json.instant(Instant.parse("2026-03-02T22:01:15Z"))).isEqualTo("2026-03-02T22:01:15.000Z");
    }

    @ParameterizedTest
    @EnumSource(RefusalCode.class)
    void everyRefusalSaysWhetherRepeatingHelps(RefusalCode code) {
        ObjectNode result = ServerFrames.result("id", Outcome.refused(code, "why"));

        assertThat(result.path("code").asText()).isEqualTo(code.code());
        assertThat(result.path("repeat").asText()).isIn("never", "later", "same-id");
        assertThat(result.path("applied").asText()).isIn("no", "unknown");
    }

    @Test
    void failuresAreNamedWithoutTheirInnards() {
        StoreException unknown = new StoreException("jdbc:secret", true);

        assertThat(ServerFrames.refusal(new CompletionException(unknown)).code())
                .isEqualTo(RefusalCode.UNKNOWN_OUTCOME);
        assertThat(ServerFrames.refusal(new StoreException("jdbc:secret", false))
                        .toString())
                .startsWith("unavailable")
                .doesNotContain("secret");
        assertThat(ServerFrames.refusal(new IllegalStateException("org.libcoop.Secret"))
                        .toString())
                .startsWith("internal")
                .doesNotContain("org.libcoop");
    }

    @Test
    void aMessageIsCountedInBytes() {
        Assembler assembler = new Assembler(10);

        assertThat(assembler.add("aé€")).isTrue(); // 1 + 2 + 3
        assertThat(assembler.add("🙂")).isTrue(); // 4
        assertThat(assembler.whole()).isEqualTo("aé€🙂");
        assertThat(assembler.add("0123456789")).isTrue();
        assertThat(assembler.add("0")).isFalse();
    }

    @Test
    void aBucketHoldsAMinutesWorthAndFillsEvenly() {
        Instant start = Instant.parse("2026-01-05T12:00:00Z");
        Bucket bucket = new Bucket(2, start);

        assertThat(bucket.take(start)).isTrue();
        assertThat(bucket.take(start)).isTrue();
        assertThat(bucket.take(start.plusMillis(29_999))).isFalse();
        assertThat(bucket.take(start.plusSeconds(30))).isTrue();
        assertThat(bucket.take(start.plusSeconds(30))).isFalse();
    }

    private static String auth(int length) {
        return "{\"type\":\"auth\",\"role\":\"operator\",\"token\":\"" + "t".repeat(length) + "\"}";
    }

    private static String command(String id) {
        return "{\"type\":\"command\",\"do\":\"sign-in\",\"id\":\"" + id + "\"}";
    }

    private Fields fields(String json) {
        ClientFrame frame = reader.read("{\"type\":\"command\",\"id\":\"1\",\"do\":\"x\"," + json.substring(1));
        return ((ClientFrame.Command) frame).fields();
    }
}
