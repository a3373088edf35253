package org.libcoop.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.libcoop.chat.Chat;
import org.libcoop.chat.ChatEvent;
import org.libcoop.chat.Content;
import org.libcoop.chat.Logged;
import org.libcoop.chat.Phase;
import org.libcoop.directory.Coop;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.Option;
import org.libcoop.directory.Policies;
import org.libcoop.directory.RecordKey;
import org.libcoop.directory.Stage;

/** What is written is read again as it was, whatever it says, and is text that any database keeps (ST3, ST10). */
class StoredFormTest {

    private static final int LIVES = 150;
    private static final int STEPS = 30;
    private static final int TEXTS = 2_000;

    static Stream<Sample> samples() {
        return Stream.concat(ChatSamples.all().stream(), DirectorySamples.all().stream());
    }

    static IntStream lives() {
        return IntStream.range(0, LIVES);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void whatIsWrittenIsReadAgain(Sample sample) throws CharacterCodingException {
        Object read = sample.read(throughUtf8(sample.json()));

        assertThat(read).isEqualTo(sample.value());
    }

    @ParameterizedTest
    @MethodSource("lives")
    void everyHeadOfEveryLifeIsReadAgain(int seed) throws CharacterCodingException {
        RandomLife life = new RandomLife(seed);

        for (int step = 0; step < STEPS; step++) {
            Chat chat = life.chat();
            String head = throughUtf8(HeadCodec.write(chat));
            ChatEvent firstEvent =
                    EventCodec.read(throughUtf8(EventCodec.write(life.first().event())));
            Logged first = new Logged(1, life.first().at(), firstEvent, null);

            assertThat(HeadCodec.read(chat.id(), chat.seq(), first, head)).isEqualTo(chat);
            String event = throughUtf8(EventCodec.write(life.last().event()));
            assertThat(EventCodec.read(event)).isEqualTo(life.last().event());
            life.step();
        }
    }

    /** Lives that stay in one phase would prove little. */
    @Test
    void theDrawnLivesComeThroughEveryPhaseAndEvent() {
        Set<Phase.Kind> phases = EnumSet.noneOf(Phase.Kind.class);
        Set<ChatEvent.Kind> events = EnumSet.noneOf(ChatEvent.Kind.class);

        for (int seed = 0; seed < LIVES; seed++) {
            RandomLife life = new RandomLife(seed);
            for (int step = 0; step < STEPS; step++) {
                phases.add(life.chat().phase().kind());
                events.add(life.last().event().kind());
                life.step();
            }
        }

        assertThat(phases).containsExactly(Phase.Kind.values());
        assertThat(events).containsExactly(ChatEvent.Kind.values());
    }

    @Test
    void everyCharacterSurvives() throws CharacterCodingException {
        List<String> lost = new ArrayList<>();

        for (int c = Character.MIN_VALUE; c <= Character.MAX_VALUE; c++) {
            Content text = new Content.Text("a" + (char) c + "b");
            if (!text.equals(ContentCodec.read("text", throughUtf8(ContentCodec.write(text))))) {
                lost.add(Integer.toHexString(c));
            }
        }

        assertThat(lost).isEmpty();
    }

    @Test
    void textsOfHalvesOfPairsSurvive() throws CharacterCodingException {
        String alphabet = "a\uD83D\uDE00\uD800\uDFFF\u0000\\u\"";
        Random random = new Random(1);
        for (int i = 0; i < TEXTS; i++) {
            StringBuilder drawn = new StringBuilder();
            random.ints(random.nextInt(20), 0, alphabet.length()).forEach(at -> drawn.append(alphabet.charAt(at)));
            Content text = new Content.Text(drawn.toString());

            assertThat(ContentCodec.read("text", throughUtf8(ContentCodec.write(text))))
                    .isEqualTo(text);
        }
    }

    @Test
    void whatATextColumnCannotHoldIsEscapedAndOtherLettersAreNot() {
        String json = ContentCodec.write(new Content.Text("\u0000 \uD800 \u4E2D\u00FC"));

        assertThat(json).isEqualTo("{\"text\":\"\\u0000 \\ud800 \u4E2D\u00FC\"}");
    }

    /** A long message fills the generator's buffer, which is written out in pieces then. */
    @Test
    void aLongTextSurvives() throws CharacterCodingException {
        Content text = new Content.Text("\uD83D\uDE00\uD83D x".repeat(5_000));

        assertThat(ContentCodec.read("text", throughUtf8(ContentCodec.write(text))))
                .isEqualTo(text);
    }

    @Test
    void idsThatLookLikeAnotherStageStayApart() {
        Stage members = Stage.of(Option.coop("backup:academic/backup"));
        Stage backup = Stage.backup(CoopId.of("coop:academic"));

        assertThat(Stages.stage(Stages.text(members))).isEqualTo(members);
        assertThat(Stages.stage(Stages.text(backup))).isEqualTo(backup);
    }

    @Test
    void whoOwnsAChatIsWrittenOnce() {
        Sample claimed = sample("head claimed");
        Sample another = sample("head claimed by another than last");

        assertThat(claimed.json()).containsOnlyOnce("\"owner\"").doesNotContain("databases", "hash", "timed-fallback");
        assertThat(another.json()).contains("\"ownership\"");
    }

    @Test
    void aPolicySetToItsDefaultStaysSet() {
        Policies set = (Policies) sample("policies set to the default").value();

        Policies read = (Policies) RecordCodec.read(RecordKey.Type.POLICIES, RecordCodec.write(set));

        assertThat(read).isNotEqualTo(Policies.defaults());
        assertThat(read.settings()).containsOnlyKeys("backupDelay");
    }

    @Test
    void policiesOfANewerVersionAreLeftOut() {
        String json = "{\"set\":{\"giveUpAfter\":\"20m\",\"newPolicy\":\"7\",\"newPolicy@hill\":{\"a\":1}}}";

        assertThat(RecordCodec.read(RecordKey.Type.POLICIES, json))
                .isEqualTo(Policies.defaults().with("giveUpAfter", "20m"));
    }

    @Test
    void everyTypeOfRecordHasAWordOfItsOwn() {
        for (RecordKey.Type type : RecordKey.Type.values()) {
            assertThat(RecordCodec.type(RecordCodec.type(type))).isEqualTo(type);
        }
        assertThatExceptionOfType(UnreadableException.class).isThrownBy(() -> RecordCodec.type("no such"));
    }

    @Test
    void backupStaffKeepTheirOrder() {
        Coop coop = (Coop) sample("coop global").value();

        Coop read = (Coop) RecordCodec.read(RecordKey.Type.COOP, RecordCodec.write(coop));

        assertThat(read.backup()).containsExactlyElementsOf(coop.backup());
    }

    private static Sample sample(String name) {
        return samples().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
    }

    /** What a column of text does to it: strict UTF-8, without the zero character that PostgreSQL refuses. */
    private static String throughUtf8(String json) throws CharacterCodingException {
        if (json.indexOf('\0') >= 0) {
            throw new AssertionError("a zero character in " + json);
        }
        ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(json));
        return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    }
}
