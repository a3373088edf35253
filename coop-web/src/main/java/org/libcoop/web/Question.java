package org.libcoop.web;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.libcoop.refusal.Outcome;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.spi.TicketContent;

/** A question as a page sends it: {@code {"id","question","name","email","consent"}}. <em>Immutable.</em> */
record Question(String id, TicketContent content) {

    /** The most bytes of a request: the longest question, each of its characters as an escape, and what stands around it. */
    static final int MOST_BYTES = 160_000;

    private static final int DEEPEST = 8;

    private static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxStringLength(MOST_BYTES)
                    .build())
            .build();
    private static final JsonMapper JSON = JsonMapper.builder(FACTORY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** What the request says; refused {@code invalid} or {@code too-large}. */
    static Outcome<Question> read(HttpServletRequest request) throws IOException {
        String type = String.valueOf(request.getContentType()).toLowerCase(Locale.ROOT);
        if (!type.equals("application/json") && !type.startsWith("application/json;")) {
            return Outcome.refused(RefusalCode.INVALID, "a question is sent as application/json");
        }
        byte[] body = request.getInputStream().readNBytes(MOST_BYTES + 1);
        if (body.length > MOST_BYTES) {
            return Outcome.refused(RefusalCode.TOO_LARGE, "a question has at most " + MOST_BYTES + " bytes");
        }
        try {
            return Outcome.done(of(JSON.readTree(body)));
        } catch (JsonProcessingException | IllegalArgumentException malformed) {
            return Outcome.refused(RefusalCode.INVALID, "something in the question is malformed");
        }
    }

    private static Question of(@Nullable JsonNode body) {
        if (body == null || !body.isObject()) {
            throw new IllegalArgumentException("no object");
        }
        String name = text(body, "name", null);
        return new Question(
                String.valueOf(text(body, "id", "")),
                new TicketContent(
                        String.valueOf(text(body, "question", "")),
                        name == null || name.isBlank() ? null : name,
                        String.valueOf(text(body, "email", "")).strip(),
                        flag(body, "consent")));
    }

    private static @Nullable String text(JsonNode body, String field, @Nullable String missing) {
        JsonNode value = body.path(field);
        if (value.isMissingNode()) {
            return missing;
        }
        if (!value.isTextual()) {
            throw new IllegalArgumentException(field + " is no text");
        }
        return value.asText();
    }

    private static boolean flag(JsonNode body, String field) {
        JsonNode value = body.path(field);
        if (!value.isMissingNode() && !value.isBoolean()) {
            throw new IllegalArgumentException(field + " is neither true nor false");
        }
        return value.asBoolean();
    }
}
