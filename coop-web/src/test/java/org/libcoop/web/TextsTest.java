package org.libcoop.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The widget's words: every language has the same keys, and the scripts use these and no others. */
class TextsTest {

    private static final Path FILES = Path.of("src/main/resources/org/libcoop/web/static");
    private static final Pattern PLACE = Pattern.compile("\\{(\\w+)}");
    private static final Pattern USED = Pattern.compile("(?<![.\\w])(?:t|parts|has)\\(\"([a-z.-]+)\"");
    private static final Pattern PREFIX = Pattern.compile("`([a-z-]+\\.)\\$\\{");

    private static Map<String, String> texts(String language) throws IOException {
        JsonNode json = JsonMapper.builder()
                .build()
                .readTree(Files.readString(FILES.resolve("texts").resolve(language + ".json")));
        Map<String, String> texts = new TreeMap<>();
        json.properties()
                .forEach(field -> texts.put(field.getKey(), field.getValue().asText()));
        return texts;
    }

    private static Set<String> places(String text) {
        return PLACE.matcher(text)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {"es", "de"})
    void everyLanguageSaysAllThatEnglishSays(String language) throws IOException {
        Map<String, String> english = texts("en");
        Map<String, String> other = texts(language);

        assertThat(other.keySet()).isEqualTo(english.keySet());
        english.forEach((key, text) -> {
            assertThat(other.get(key)).as(key).isNotBlank();
            assertThat(places(other.get(key))).as(key).isEqualTo(places(text));
        });
    }

    @Test
    void theScriptsUseTheseKeysAndNoOthers() throws IOException {
        Set<String> keys = texts("en").keySet();
        Set<String> used = new TreeSet<>();
        Set<String> prefixes = new TreeSet<>();
        List<Path> scripts;
        try (Stream<Path> files = Files.walk(FILES)) {
            scripts = files.filter(file -> file.toString().endsWith(".js")).toList();
        }
        for (Path script : scripts) {
            String text = Files.readString(script);
            USED.matcher(text).results().forEach(found -> used.add(found.group(1)));
            PREFIX.matcher(text).results().forEach(found -> prefixes.add(found.group(1)));
            keys.stream().filter(key -> text.contains('"' + key + '"')).forEach(used::add);
        }

        assertThat(used).isNotEmpty().isSubsetOf(keys);
        assertThat(keys.stream()
                        .filter(key -> !used.contains(key))
                        .filter(key -> prefixes.stream().noneMatch(key::startsWith)))
                .as("used nowhere")
                .isEmpty();
    }
}
