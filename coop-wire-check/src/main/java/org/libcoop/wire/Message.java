package org.libcoop.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One message of the description. <em>Safe for use by several threads.</em> */
public final class Message {

    /** The fields that say which message a frame is. */
    private static final List<String> TELLING = List.of("type", "do", "ask", "role", "ok");

    private final String name;
    private final JsonNode payload;
    private final Schema schema;
    private final List<JsonNode> examples;
    private final Map<String, JsonNode> told = new LinkedHashMap<>();

    Message(String name, JsonNode payload, Schema schema, List<JsonNode> examples) {
        this.name = name;
        this.payload = payload;
        this.schema = schema;
        this.examples = List.copyOf(examples);
        for (String field : TELLING) {
            JsonNode only = payload.path("properties").path(field).path("const");
            if (!only.isMissingNode()) {
                told.put(field, only);
            }
        }
    }

    /** Its name in the description. */
    public String name() {
        return name;
    }

    /** Its schema as it stands in the description. */
    public JsonNode payload() {
        return payload;
    }

    /** Its examples. */
    public List<JsonNode> examples() {
        return examples;
    }

    /** What every such frame has in this field, for example {@code say} in {@code do}; empty where that is not fixed. */
    public String told(String field) {
        JsonNode only = told.get(field);
        return only == null ? "" : only.asText();
    }

    /** Whether a frame calls itself so, right or wrong in all the rest. */
    boolean isMeantBy(JsonNode frame) {
        return told.entrySet().stream().allMatch(field -> field.getValue().equals(frame.path(field.getKey())));
    }

    /** What is wrong with a frame that should be this message; nothing if it is right. */
    public List<String> faults(JsonNode frame) {
        List<String> faults = new ArrayList<>();
        for (Error error : schema.validate(frame)) {
            faults.add(name + ": " + error);
        }
        return faults;
    }

    @Override
    public String toString() {
        return name;
    }
}
