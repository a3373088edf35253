package org.libcoop.testkit.history;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.libcoop.chat.ChatId;
import org.libcoop.directory.OperatorId;

/** The lines of a history's file: one JSON object each, flat, all values as text. */
final class ClaimLines {

    private static final JsonFactory JSON = new JsonFactory();

    private static final String OPERATION = "operation";
    private static final String CHAT = "chat";
    private static final String OPERATOR = "operator";
    private static final String INVOKED = "invoked";
    private static final String RETURNED = "returned";
    private static final String OUTCOME = "outcome";
    private static final String OWNER = "owner";
    private static final String CODE = "code";

    private ClaimLines() {}

    /** Either half of an operation. */
    record Line(Map<String, String> fields) {

        boolean invocation() {
            return fields.containsKey(INVOKED);
        }

        String operation() {
            return text(OPERATION);
        }

        long at() {
            return Long.parseLong(text(invocation() ? INVOKED : RETURNED));
        }

        /** The operation whose first half this is, with its second half, if there is one. */
        ClaimOperation with(@Nullable Line answer) {
            return new ClaimOperation(
                    operation(),
                    ChatId.of(text(CHAT)),
                    OperatorId.of(text(OPERATOR)),
                    at(),
                    answer == null ? Long.MAX_VALUE : answer.at(),
                    answer == null ? ClaimOutcome.unknown() : answer.outcome());
        }

        private ClaimOutcome outcome() {
            String outcome = text(OUTCOME);
            return switch (outcome) {
                case "won" -> ClaimOutcome.won();
                case "already-claimed" ->
                    new ClaimOutcome.AlreadyClaimed(
                            Optional.ofNullable(fields.get(OWNER)).map(OperatorId::of));
                case "refused" -> ClaimOutcome.refused(text(CODE));
                case "unknown" -> ClaimOutcome.unknown();
                default -> throw new IllegalArgumentException("no such outcome: " + outcome);
            };
        }

        private String text(String field) {
            String value = fields.get(field);
            if (value == null) {
                throw new IllegalArgumentException("no field " + field + " in " + fields);
            }
            return value;
        }
    }

    static byte[] invoked(String id, ChatId chat, OperatorId operator, long at) {
        return line(json -> {
            json.writeStringField(OPERATION, id);
            json.writeStringField(CHAT, chat.value());
            json.writeStringField(OPERATOR, operator.value());
            json.writeStringField(INVOKED, Long.toString(at));
        });
    }

    static byte[] returned(String id, long at, ClaimOutcome outcome) {
        return line(json -> {
            json.writeStringField(OPERATION, id);
            json.writeStringField(RETURNED, Long.toString(at));
            if (outcome instanceof ClaimOutcome.Won) {
                json.writeStringField(OUTCOME, "won");
            } else if (outcome instanceof ClaimOutcome.AlreadyClaimed lost) {
                json.writeStringField(OUTCOME, "already-claimed");
                if (lost.owner().isPresent()) {
                    json.writeStringField(OWNER, lost.owner().get().value());
                }
            } else if (outcome instanceof ClaimOutcome.Refused refused) {
                json.writeStringField(OUTCOME, "refused");
                json.writeStringField(CODE, refused.code());
            } else {
                json.writeStringField(OUTCOME, "unknown");
            }
        });
    }

    /**
     * Reads one line.
     *
     * @throws IllegalArgumentException if it is none of ours
     */
    static Line parse(String line) {
        Map<String, String> fields = new HashMap<>();
        try (JsonParser json = JSON.createParser(line)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("not an object: " + line);
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                if (json.nextToken() != JsonToken.VALUE_STRING) {
                    throw new IllegalArgumentException("not a text: " + name + " in " + line);
                }
                fields.put(name, json.getText());
            }
        } catch (IOException malformed) {
            throw new IllegalArgumentException("not a line of a history: " + line, malformed);
        }
        return new Line(Map.copyOf(fields));
    }

    private static byte[] line(Body body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            body.into(json);
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        bytes.writeBytes("\n".getBytes(StandardCharsets.UTF_8));
        return bytes.toByteArray();
    }

    /** Writes the fields of one line. */
    private interface Body {
        void into(JsonGenerator json) throws IOException;
    }
}
