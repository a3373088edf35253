package org.libcoop.store.jdbc;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * JSON as this store writes and reads it. What is written has only characters that a text column of any database keeps:
 * U+0000 and the halves of surrogate pairs, paired or not, stand there as escapes, so every Java string survives (ST10).
 * Instants and durations are numbers of milliseconds. <em>Safe for use by several threads.</em>
 */
final class Json {

    /** The deepest nesting that is read. */
    static final int MAX_DEPTH = 64;

    /** The most characters of one string that is read; the longest that is written is a message of 20,000. */
    static final int MAX_STRING = 1_000_000;

    private static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(MAX_STRING)
                    .build())
            .characterEscapes(new Escapes())
            .build();

    private static final JsonMapper MAPPER = JsonMapper.builder(FACTORY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}

    /** What stands between the braces of an object. */
    @FunctionalInterface
    interface Body {
        void write(JsonGenerator out) throws IOException;
    }

    /** The text of an object. */
    static String object(Body body) {
        StringWriter text = new StringWriter(256);
        try (JsonGenerator out = FACTORY.createGenerator(text)) {
            out.writeStartObject();
            body.write(out);
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing into memory failed", e);
        }
        return text.toString();
    }

    static void instant(JsonGenerator out, String key, @Nullable Instant instant) throws IOException {
        if (instant != null) {
            out.writeNumberField(key, instant.toEpochMilli());
        }
    }

    static void duration(JsonGenerator out, String key, Duration duration) throws IOException {
        out.writeNumberField(key, duration.toMillis());
    }

    /** Leaves the key out where there is no text. */
    static void text(JsonGenerator out, String key, @Nullable String text) throws IOException {
        if (text != null) {
            out.writeStringField(key, text);
        }
    }

    static void texts(JsonGenerator out, String key, Iterable<String> texts) throws IOException {
        out.writeArrayFieldStart(key);
        for (String text : texts) {
            out.writeString(text);
        }
        out.writeEndArray();
    }

    static JsonNode tree(String json) throws JsonProcessingException {
        return MAPPER.readTree(json);
    }

    /**
     * Both halves of a pair are escaped: the generator asks character by character, and a pair costs a few bytes more that
     * way, while a half by itself has no UTF-8 form and would be lost. U+0000 is among the standard escapes.
     */
    private static final class Escapes extends CharacterEscapes {

        private static final long serialVersionUID = 1L;

        private static final int[] ASCII = standardAsciiEscapesForJSON();

        @Override
        public int[] getEscapeCodesForAscii() {
            return ASCII;
        }

        @Override
        @SuppressWarnings("NullAway") // null is how the interface says "as it is"
        public @Nullable SerializableString getEscapeSequence(int ch) {
            return Character.isSurrogate((char) ch) ? new SerializedString("\\u" + Integer.toHexString(ch)) : null;
        }
    }
}
