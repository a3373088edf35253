package org.libcoop.store.jdbc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.libcoop.directory.InvalidDirectoryException;

/**
 * An object of stored JSON, asked key by key. What is missing or of another form ends in {@link UnreadableException}; a key
 * that nobody asks for, which a newer version may have written, does not matter. Optional keys are left out when they say
 * nothing, so null is never right.
 */
final class StoredObject {

    private final String what;
    private final JsonNode node;

    private StoredObject(String what, JsonNode node) {
        this.what = what;
        this.node = node;
    }

    /** Parses the text of an object; {@code what} names it in exceptions. */
    static StoredObject parse(String what, String json) {
        JsonNode node;
        try {
            node = Json.tree(json);
        } catch (JsonProcessingException e) {
            throw new UnreadableException(what, "it is no JSON within the limits");
        }
        if (!node.isObject()) {
            throw new UnreadableException(what, "it is no object");
        }
        return new StoredObject(what, node);
    }

    /** The same under a more exact name. */
    StoredObject named(String name) {
        return new StoredObject(name, node);
    }

    /** What {@code reader} makes of this object; a value that the model refuses makes it unreadable. */
    <T> T as(Function<StoredObject, T> reader) {
        try {
            return reader.apply(this);
        } catch (IllegalArgumentException | DateTimeException | InvalidDirectoryException e) {
            throw new UnreadableException(what, "a value is not within its bounds");
        }
    }

    boolean has(String key) {
        return node.has(key);
    }

    /** The keys of an object that is a map. */
    Set<String> keys() {
        Set<String> keys = new LinkedHashSet<>();
        node.fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    String text(String key) {
        JsonNode value = required(key);
        if (!value.isTextual()) {
            throw unreadable(key, "no text");
        }
        return value.textValue();
    }

    @Nullable
    String optionalText(String key) {
        return has(key) ? text(key) : null;
    }

    /** A text that {@code reader} makes something of; null where the key is missing. */
    <T> @Nullable T optional(String key, Function<String, T> reader) {
        return has(key) ? reader.apply(text(key)) : null;
    }

    List<String> texts(String key) {
        List<String> texts = new ArrayList<>();
        for (JsonNode element : array(key)) {
            if (!element.isTextual()) {
                throw unreadable(key, "no list of texts");
            }
            texts.add(element.textValue());
        }
        return texts;
    }

    long number(String key) {
        JsonNode value = required(key);
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw unreadable(key, "no whole number");
        }
        return value.longValue();
    }

    int count(String key) {
        long number = number(key);
        if (number != (int) number) {
            throw unreadable(key, "too large a number");
        }
        return (int) number;
    }

    Instant instant(String key) {
        return Instant.ofEpochMilli(number(key));
    }

    @Nullable
    Instant optionalInstant(String key) {
        return has(key) ? instant(key) : null;
    }

    Duration duration(String key) {
        return Duration.ofMillis(number(key));
    }

    boolean flag(String key) {
        JsonNode value = required(key);
        if (!value.isBoolean()) {
            throw unreadable(key, "neither true nor false");
        }
        return value.booleanValue();
    }

    <E extends Enum<E>> E word(String key, Words<E> words) {
        E constant = words.constant(text(key));
        if (constant == null) {
            throw unreadable(key, "none of the words known");
        }
        return constant;
    }

    StoredObject object(String key) {
        JsonNode value = required(key);
        if (!value.isObject()) {
            throw unreadable(key, "no object");
        }
        return new StoredObject(what, value);
    }

    List<StoredObject> objects(String key) {
        List<StoredObject> objects = new ArrayList<>();
        for (JsonNode element : array(key)) {
            if (!element.isObject()) {
                throw unreadable(key, "no list of objects");
            }
            objects.add(new StoredObject(what, element));
        }
        return objects;
    }

    /** What to throw when the value of a key makes no sense. */
    UnreadableException unreadable(String key, String why) {
        return new UnreadableException(what, key + " is " + why);
    }

    private JsonNode array(String key) {
        JsonNode value = required(key);
        if (!value.isArray()) {
            throw unreadable(key, "no list");
        }
        return value;
    }

    private JsonNode required(String key) {
        JsonNode value = node.get(key);
        if (value == null) {
            throw unreadable(key, "missing");
        }
        return value;
    }
}
