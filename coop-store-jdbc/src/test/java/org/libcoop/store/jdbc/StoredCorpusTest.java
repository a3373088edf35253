package org.libcoop.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.libcoop.chat.Chat;
import org.libcoop.chat.ChatEvent;
import org.libcoop.chat.Phase;
import org.libcoop.directory.LibraryRecord;
import org.libcoop.directory.RecordKey;

/**
 * What version 0.1 stored, kept as text: a name, a tab and the JSON on every line. Every later version reads it as it was
 * meant (G15). A change that this test refuses breaks the rows of those who update: the file of a released version is never
 * changed, a new form gets a new file beside it.
 */
class StoredCorpusTest {

    private static final Map<String, String> STORED = lines("stored-0.1.tsv");

    static Stream<Sample> samples() {
        return StoredFormTest.samples();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void whatWasStoredMeansWhatItMeantThen(Sample sample) {
        String stored = STORED.get(sample.name());

        assertThat(stored).as("line \"%s\"", sample.name()).isNotNull();
        assertThat(sample.read(stored)).isEqualTo(sample.value());
    }

    /** While 0.1 is what we write: a node of the same version must not wonder about what another wrote. */
    @ParameterizedTest
    @MethodSource("samples")
    void whatIsWrittenIsWhatWasStoredThen(Sample sample) {
        assertThat(sample.json()).isEqualTo(STORED.get(sample.name()));
    }

    @Test
    void theCorpusHasEveryKind() {
        List<Object> values = samples().map(Sample::value).toList();

        assertThat(STORED.keySet())
                .containsExactlyInAnyOrderElementsOf(samples().map(Sample::name).toList());
        assertThat(of(values, ChatEvent.class).map(ChatEvent::kind).distinct())
                .containsExactlyInAnyOrder(ChatEvent.Kind.values());
        assertThat(of(values, Chat.class).map(chat -> chat.phase().kind()).distinct())
                .containsExactlyInAnyOrder(Phase.Kind.values());
        assertThat(of(values, LibraryRecord.class)
                        .map(record -> record.key().type())
                        .distinct())
                .containsExactlyInAnyOrder(RecordKey.Type.values());
    }

    private static <T> Stream<T> of(List<Object> values, Class<T> type) {
        return values.stream().filter(type::isInstance).map(type::cast);
    }

    private static Map<String, String> lines(String resource) {
        Map<String, String> lines = new LinkedHashMap<>();
        try (InputStream in = StoredCorpusTest.class.getResourceAsStream(resource)) {
            String text = new String(Objects.requireNonNull(in, resource).readAllBytes(), StandardCharsets.UTF_8);
            text.lines().forEach(line -> {
                int tab = line.indexOf('\t');
                assertThat(lines.put(line.substring(0, tab), line.substring(tab + 1)))
                        .as("a second line \"%s\"", line)
                        .isNull();
            });
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return lines;
    }
}
