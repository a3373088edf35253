package org.libcoop.testkit.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every scenario of the project holds on the in-memory store. */
final class ScenarioSuiteTest {

    static final Path SUITE = Path.of("..", "scenarios");

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(SUITE)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .map(SUITE::relativize)
                    .toList();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void holds(Path file) throws IOException {
        ScenarioResult result = new ScenarioRunner().run(ScenarioFile.read(SUITE.resolve(file)));

        assertThat(result.passed()).as(result.toString()).isTrue();
    }
}
