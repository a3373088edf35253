package org.libcoop.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every rule of the specification is cited by a scenario or a test. */
class RulesTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    /** How many rules each chapter of the specification has. */
    private static final Map<String, Integer> CHAPTERS = Map.ofEntries(
            Map.entry("D", 11),
            Map.entry("W", 8),
            Map.entry("R", 17),
            Map.entry("C", 15),
            Map.entry("P", 7),
            Map.entry("A", 10),
            Map.entry("M", 7),
            Map.entry("F", 4),
            Map.entry("K", 1),
            Map.entry("U", 1),
            Map.entry("I", 2),
            Map.entry("X", 6),
            Map.entry("S", 8),
            Map.entry("E", 3),
            Map.entry("T", 5));

    private static final Pattern RULE = Pattern.compile("\\b[DWRCPAMFKUIXSET][1-9][0-9]?\\b");

    @Test
    void everyRuleIsCitedByAScenarioOrATest() throws IOException {
        Set<String> cited = cited();

        assertThat(rules().filter(rule -> !cited.contains(rule)))
                .as("cited by no scenario and no test")
                .isEmpty();
    }

    private static Stream<String> rules() {
        return CHAPTERS.entrySet().stream()
                .flatMap(chapter -> IntStream.rangeClosed(1, chapter.getValue()).mapToObj(n -> chapter.getKey() + n));
    }

    /** Ids in scenario files and in test sources, but this one. */
    private static Set<String> cited() throws IOException {
        Set<String> cited = new TreeSet<>();
        collect(ROOT.resolve("scenarios"), path -> path.toString().endsWith(".yaml"), cited);
        for (Path module : modules()) {
            Path tests = module.resolve("src/test/java");
            if (Files.isDirectory(tests)) {
                collect(tests, path -> path.toString().endsWith(".java") && !path.endsWith("RulesTest.java"), cited);
            }
        }
        // The contracts are tests, too.
        collect(
                ROOT.resolve("coop-testkit-junit/src/main/java"),
                path -> path.toString().matches(".*(Rules|Contract)\\.java"),
                cited);
        return cited;
    }

    private static List<Path> modules() throws IOException {
        try (Stream<Path> all = Files.list(ROOT)) {
            return all.filter(path -> path.getFileName().toString().startsWith("coop-"))
                    .toList();
        }
    }

    private static void collect(Path folder, Predicate<Path> chosen, Set<String> cited) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.filter(chosen).toList();
        }
        assertThat(files).as("files in %s", folder).isNotEmpty();
        for (Path file : files) {
            Matcher rule = RULE.matcher(Files.readString(file));
            while (rule.find()) {
                cited.add(rule.group());
            }
        }
    }
}
