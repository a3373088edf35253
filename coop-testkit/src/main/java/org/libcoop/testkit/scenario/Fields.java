package org.libcoop.testkit.scenario;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.libcoop.directory.Policies;

/**
 * A mapping while it is being read: hands out each value as the kind of thing that is expected there, and at last refuses
 * every key that nobody asked for. What is wrong is refused with the line it is on.
 */
final class Fields {

    private static final Pattern COUNT = Pattern.compile("\\d{1,9}");
    private static final Pattern SECONDS = Pattern.compile("-?\\d{1,15}(\\.\\d{1,3})?");

    private final String file;
    private final String what;
    private final YamlNode.Mapping mapping;
    private final Set<String> asked = new LinkedHashSet<>();

    /** @param what what this mapping is, such as {@code an institution}, for messages */
    Fields(String file, String what, YamlNode.Mapping mapping) {
        this.file = file;
        this.what = what;
        this.mapping = mapping;
    }

    /** The same mapping, read from the beginning as something more exactly known. */
    Fields afresh(String what) {
        return new Fields(file, what, mapping);
    }

    int line() {
        return mapping.line();
    }

    /** The line of the value of {@code key}, or of the whole where it is absent. */
    int line(String key) {
        YamlNode.Entry entry = mapping.entries().get(key);
        return entry == null ? line() : entry.value().line();
    }

    boolean has(String key) {
        asked.add(key);
        return mapping.entries().containsKey(key);
    }

    /** The keys, for mappings whose keys are ids. */
    Set<String> keys() {
        return mapping.entries().keySet();
    }

    int keyLine(String key) {
        YamlNode.Entry entry = mapping.entries().get(key);
        return entry == null ? line() : entry.keyLine();
    }

    @Nullable
    YamlNode optional(String key) {
        asked.add(key);
        YamlNode.Entry entry = mapping.entries().get(key);
        return entry == null ? null : entry.value();
    }

    YamlNode required(String key, String expected) {
        YamlNode node = optional(key);
        if (node == null) {
            throw malformed(line(), what + " lacks \"" + key + "\", expected " + expected);
        }
        return node;
    }

    /** A text that is not empty. */
    String text(String key, String expected) {
        return text(required(key, expected), "\"" + key + "\"", expected);
    }

    @Nullable
    String optionalText(String key, String expected) {
        return has(key) ? text(key, expected) : null;
    }

    /** A text as written, which may be empty: what people say. */
    String words(String key, String expected) {
        YamlNode node = required(key, expected);
        if (node instanceof YamlNode.Scalar scalar) {
            return scalar.text();
        }
        throw unexpected(node, "\"" + key + "\"", expected);
    }

    @Nullable
    String optionalWords(String key, String expected) {
        return has(key) ? words(key, expected) : null;
    }

    String text(YamlNode node, String where, String expected) {
        if (node instanceof YamlNode.Scalar scalar && !scalar.text().isBlank()) {
            return scalar.text();
        }
        throw unexpected(node, where, expected);
    }

    /** A list of texts, none of them empty; an absent list is empty unless {@code atLeastOne}. */
    List<YamlNode.Scalar> list(String key, String expected, boolean atLeastOne) {
        YamlNode node = atLeastOne ? required(key, expected) : optional(key);
        if (node == null || (!atLeastOne && isNothing(node))) {
            return List.of();
        }
        if (!(node instanceof YamlNode.Sequence sequence)
                || (atLeastOne && sequence.items().isEmpty())) {
            throw unexpected(node, "\"" + key + "\"", expected);
        }
        List<YamlNode.Scalar> texts = new ArrayList<>();
        for (YamlNode item : sequence.items()) {
            texts.add(new YamlNode.Scalar(text(item, "an item of \"" + key + "\"", expected), item.line()));
        }
        return texts;
    }

    List<String> texts(String key, String expected) {
        return list(key, expected, false).stream().map(YamlNode.Scalar::text).toList();
    }

    /** A mapping below; an absent or empty one is empty. */
    Fields map(String key, String what) {
        YamlNode node = optional(key);
        if (node == null || isNothing(node)) {
            return new Fields(file, what, new YamlNode.Mapping(Map.of(), line(key)));
        }
        return fields(node, "\"" + key + "\"", what);
    }

    Fields fields(YamlNode node, String where, String what) {
        if (node instanceof YamlNode.Mapping found) {
            return new Fields(file, what, found);
        }
        throw unexpected(node, where, what + " as keys and values");
    }

    /** One of a few words. */
    <T> T choice(String key, Map<String, T> choices) {
        YamlNode node = optional(key);
        return choice(node == null ? required(key, anyOf(choices)) : node, "\"" + key + "\"", choices);
    }

    <T> T choice(YamlNode node, String where, Map<String, T> choices) {
        T chosen = node instanceof YamlNode.Scalar scalar ? choices.get(scalar.text()) : null;
        if (chosen == null) {
            throw unexpected(node, where, anyOf(choices));
        }
        return chosen;
    }

    int count(String key, int most) {
        String expected = "a whole number from 0 to " + most;
        YamlNode node = required(key, expected);
        String text = text(node, "\"" + key + "\"", expected);
        if (!COUNT.matcher(text).matches() || Integer.parseInt(text) > most) {
            throw unexpected(node, "\"" + key + "\"", expected);
        }
        return Integer.parseInt(text);
    }

    /** Any number of seconds, with up to 15 digits before and three behind the point. */
    Duration seconds(String key) {
        String expected = "a number of seconds";
        YamlNode node = required(key, expected);
        String text = text(node, "\"" + key + "\"", expected);
        if (!SECONDS.matcher(text).matches()) {
            throw unexpected(node, "\"" + key + "\"", expected);
        }
        return Duration.ofMillis(new BigDecimal(text).movePointRight(3).longValueExact());
    }

    boolean flag(String key) {
        return choice(key, Map.of("true", true, "false", false));
    }

    Duration duration(String key) {
        String expected = "a duration such as 500ms, 90s, 2m or 1h";
        String text = text(key, expected);
        return checked(key, () -> Policies.parseDuration(text));
    }

    /** What a part of the library makes of a value; what it does not accept is refused with the value's line. */
    <T> T checked(String key, Supplier<T> made) {
        return checked(line(key), made);
    }

    <T> T checked(int line, Supplier<T> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException | DateTimeException refused) {
            throw new MalformedScenarioException(file, line, String.valueOf(refused.getMessage()), refused);
        }
    }

    /** Refuses every key that nobody asked for. */
    void done() {
        for (Map.Entry<String, YamlNode.Entry> entry : mapping.entries().entrySet()) {
            if (!asked.contains(entry.getKey())) {
                throw malformed(
                        entry.getValue().keyLine(),
                        "unknown key \"" + entry.getKey() + "\" in " + what + ", expected " + String.join(", ", asked));
            }
        }
    }

    MalformedScenarioException unexpected(YamlNode found, String where, String expected) {
        return malformed(found.line(), where + " is " + found.describe() + ", expected " + expected);
    }

    MalformedScenarioException malformed(int line, String problem) {
        return new MalformedScenarioException(file, line, problem, null);
    }

    private static boolean isNothing(YamlNode node) {
        return node instanceof YamlNode.Scalar scalar && scalar.text().isEmpty();
    }

    private static String anyOf(Map<String, ?> choices) {
        List<String> words = choices.keySet().stream().sorted().toList();
        return words.size() == 1 ? words.get(0) : "one of " + String.join(", ", words);
    }
}
