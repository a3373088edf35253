package org.libcoop.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The machine-readable description of the wire protocol, {@code docs/reference/coop.v1.asyncapi.yaml}: its messages, and who may
 * send which of them in answer to what. <em>Safe for use by several threads.</em>
 */
public final class WireDescription {

    private static final String FILE = "coop.v1.asyncapi.yaml";
    private static final String LOCATION = "urn:coop.v1";
    private static final String MESSAGE = "message.";

    /** One thing a client may send, and what may be the answer; no answers where none is given. */
    private record Exchange(String role, Message sent, List<Message> answers) {}

    private static final WireDescription OF_THIS_BUILD = load();

    private final JsonNode document;
    private final SchemaRegistry registry;
    private final Map<String, Message> messages = new LinkedHashMap<>();
    private final List<Exchange> exchanges = new ArrayList<>();
    private final Map<String, Set<Message>> told = new LinkedHashMap<>();

    private WireDescription(JsonNode document) {
        this.document = document;
        this.registry = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12,
                builder -> builder.schemas(Map.of(LOCATION, schemasOf(document)))
                        .schemaRegistryConfig(SchemaRegistryConfig.builder()
                                .formatAssertionsEnabled(true)
                                .build()));
        document.path("components").path("messages").properties().forEach(entry -> {
            String name = entry.getKey();
            List<JsonNode> examples = new ArrayList<>();
            entry.getValue().path("examples").forEach(example -> examples.add(example.path("payload")));
            JsonNode payload = entry.getValue().path("payload").path("schema");
            messages.put(name, new Message(name, payload, schema(MESSAGE + name), examples));
        });
        document.path("operations").forEach(this::read);
    }

    /** The description as the sources of this build have it. */
    public static WireDescription ofThisBuild() {
        return OF_THIS_BUILD;
    }

    private static WireDescription load() {
        try (InputStream file = WireDescription.class.getResourceAsStream("/" + FILE)) {
            return new WireDescription(YAMLMapper.builder().build().readTree(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The schemas alone, as one document of JSON Schema: what else an AsyncAPI file has are no keywords of a schema. */
    private static String schemasOf(JsonNode document) {
        ObjectNode schemas = JsonNodeFactory.instance.objectNode();
        ObjectNode defs = schemas.putObject("$defs");
        JsonNode components = document.path("components");
        components
                .path("schemas")
                .properties()
                .forEach(part -> defs.set(part.getKey(), part.getValue().path("schema")));
        components
                .path("messages")
                .properties()
                .forEach(message -> defs.set(
                        MESSAGE + message.getKey(),
                        message.getValue().path("payload").path("schema")));
        return schemas.toString().replaceAll("#/components/schemas/(\\w+)/schema", "#/\\$defs/$1");
    }

    private Schema schema(String name) {
        return registry.getSchema(SchemaLocation.of(LOCATION + "#/$defs/" + name));
    }

    private void read(JsonNode operation) {
        String role = lastName(operation.path("channel"));
        List<Message> answers = named(operation.path("reply").path("messages"));
        for (Message message : named(operation.path("messages"))) {
            if (operation.path("action").asText().equals("receive")) {
                exchanges.add(new Exchange(role, message, answers));
                told.computeIfAbsent(role, none -> new LinkedHashSet<>()).addAll(answers);
            } else {
                told.computeIfAbsent(role, none -> new LinkedHashSet<>()).add(message);
            }
        }
    }

    private List<Message> named(JsonNode references) {
        List<Message> named = new ArrayList<>();
        for (JsonNode reference : references) {
            String name = lastName(reference);
            Message message = messages.get(name);
            if (message == null) {
                throw new IllegalStateException("an operation names " + name + ", which is no message");
            }
            named.add(message);
        }
        return named;
    }

    private static String lastName(JsonNode reference) {
        String path = reference.path("$ref").asText();
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** The whole file. */
    public JsonNode document() {
        return document;
    }

    /** All messages. */
    public Collection<Message> messages() {
        return messages.values();
    }

    /** The roles there are: {@code patron}, {@code operator}. */
    public Set<String> roles() {
        return told.keySet();
    }

    /** What the client of a role may send. */
    public List<Message> sentBy(String role) {
        return exchanges.stream()
                .filter(exchange -> exchange.role().equals(role))
                .map(Exchange::sent)
                .toList();
    }

    /** What the client of a role may be sent. */
    public Set<Message> toldTo(String role) {
        return told.getOrDefault(role, Set.of());
    }

    /** What the client of a role may be sent in answer to a message. */
    public List<Message> answers(String role, Message message) {
        return exchanges.stream()
                .filter(exchange ->
                        exchange.role().equals(role) && exchange.sent().equals(message))
                .flatMap(exchange -> exchange.answers().stream())
                .toList();
    }

    /** What is wrong with a part of a frame, such as a {@code summary}, that has a schema of its own. */
    public List<String> faults(String part, JsonNode value) {
        return schema(part).validate(value).stream()
                .map(error -> part + ": " + error)
                .toList();
    }

    /** The values a part may have, in order of the alphabet: of a part that is an enumeration, or of one of its properties. */
    public Set<String> values(String part, String... properties) {
        JsonNode at = document.path("components").path("schemas").path(part).path("schema");
        for (String property : properties) {
            at = at.path("properties").path(property);
        }
        Set<String> values = new TreeSet<>();
        at.path("enum").forEach(value -> values.add(value.asText()));
        return values;
    }
}
