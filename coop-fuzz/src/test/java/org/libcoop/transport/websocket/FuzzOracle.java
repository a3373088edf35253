package org.libcoop.transport.websocket;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.libcoop.transport.websocket.FuzzWorld.Who;
import org.libcoop.wire.Message;
import org.libcoop.wire.WireDescription;

/** What the protocol's page says of a message, read for a second time and by itself. */
final class FuzzOracle {

    /** What comes of a message. */
    enum Answer {
        NOT_TEXT(1003),
        TOO_LARGE(4413),
        MALFORMED(4400),
        /** Something else came first. */
        DENIED(4401),
        /** A first frame that is one: let in or not. */
        LET_IN_OR_NOT(0),
        PONG(0),
        /** One result, with the same id. */
        RESULT(0),
        ERROR(0),
        /** Nothing is said to the sender. */
        SILENCE(0);

        final int closeCode;

        Answer(int closeCode) {
            this.closeCode = closeCode;
        }
    }

    /** What is due; {@code code} is the one with which a command or query must be refused, empty where that depends. */
    record Due(Answer answer, String id, String code, boolean command) {
        Due(Answer answer) {
            this(answer, "", "", false);
        }
    }

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(16)
                            .maxNumberLength(30)
                            .maxNameLength(200)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private FuzzOracle() {}

    static Due due(Who who, String text) {
        if (text.getBytes(StandardCharsets.UTF_8).length > FuzzWorld.FRAME_LIMIT) {
            return new Due(Answer.TOO_LARGE);
        }
        if (!(tree(text) instanceof ObjectNode frame)) {
            return new Due(Answer.MALFORMED);
        }
        String type = frame.path("type").textValue();
        if (type == null || !wellFormed(type)) {
            return new Due(Answer.MALFORMED);
        }
        Due due = switch (type) {
            case "auth" ->
                new Due(!isAuth(frame) ? Answer.MALFORMED : who == Who.STRANGER ? Answer.LET_IN_OR_NOT : Answer.ERROR);
            case "command" -> result(who, frame, "do");
            case "query" -> result(who, frame, "ask");
            case "ping" -> new Due(Answer.PONG);
            case "typing", "seen" -> new Due(Answer.SILENCE);
            default -> new Due(Answer.ERROR);
        };
        boolean first = who == Who.STRANGER && due.answer() != Answer.MALFORMED && due.answer() != Answer.LET_IN_OR_NOT;
        return first ? new Due(Answer.DENIED) : due;
    }

    /**
     * What is accepted is described, but for fields that are not known, and null, which is read as absent; returns what is
     * wrong with a frame that was.
     */
    static List<String> undescribed(Who who, String text) {
        JsonNode frame = withoutNulls(tree(text));
        String role = who == Who.STRANGER ? frame.path("role").asText() : who.role;
        List<String> faults = new ArrayList<>();
        for (Message message : WireDescription.ofThisBuild().sentBy(role)) {
            boolean meant = Stream.of("type", "do", "ask")
                    .allMatch(field -> message.told(field).isEmpty()
                            || message.told(field).equals(frame.path(field).asText()));
            if (meant) {
                message.faults(frame).stream()
                        .filter(fault -> !fault.contains("additional properties"))
                        .forEach(faults::add);
                return faults;
            }
        }
        return List.of("there is no such message");
    }

    private static JsonNode withoutNulls(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.properties().removeIf(field -> field.getValue().isNull());
        }
        node.forEach(FuzzOracle::withoutNulls);
        return node;
    }

    private static JsonNode tree(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException none) {
            return null;
        }
    }

    private static Due result(Who who, ObjectNode frame, String verb) {
        String id = frame.path("id").textValue();
        String what = frame.path(verb).textValue();
        if (id == null || !isId(id) || what == null || !wellFormed(what)) {
            return new Due(Answer.MALFORMED);
        }
        String code = "";
        if (who != Who.STRANGER && !verbs(who.role, verb).contains(what)) {
            boolean others = verbs(who.role.equals("patron") ? "operator" : "patron", verb)
                    .contains(what);
            code = others ? "not-allowed" : "unsupported";
        }
        return new Due(Answer.RESULT, id, code, verb.equals("do"));
    }

    private static Set<String> verbs(String role, String verb) {
        return WireDescription.ofThisBuild().sentBy(role).stream()
                .map((Message message) -> message.told(verb))
                .filter(told -> !told.isEmpty())
                .collect(Collectors.toSet());
    }

    private static boolean isAuth(ObjectNode frame) {
        JsonNode resume = frame.path("resume");
        boolean right = isText(frame, "role")
                && isText(frame, "token")
                && frame.path("token").textValue().length() <= 4_096;
        if (resume.isMissingNode() || resume.isNull()) {
            return right;
        }
        right &= resume.isArray() && resume.size() <= 100;
        for (JsonNode held : resume) {
            JsonNode after = held.path("after");
            boolean counted = after.isIntegralNumber() && after.canConvertToLong() && after.longValue() >= 0;
            right &= held.isObject()
                    && isText(held, "chat")
                    && isId(held.path("chat").textValue())
                    && counted;
        }
        return right;
    }

    private static boolean isText(JsonNode object, String field) {
        return object.path(field).isTextual() && wellFormed(object.path(field).textValue());
    }

    private static boolean isId(String text) {
        return wellFormed(text)
                && text.length() <= 100
                && !text.isBlank()
                && text.chars().noneMatch(Character::isISOControl);
    }

    /** What cannot be written in UTF-8 is no Unicode. */
    private static boolean wellFormed(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }
}
