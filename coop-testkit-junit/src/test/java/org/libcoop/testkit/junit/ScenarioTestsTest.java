package org.libcoop.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.libcoop.memory.InMemoryStore;
import org.libcoop.testkit.scenario.MalformedScenarioException;

final class ScenarioTestsTest {

    private static final String SCENARIO = """
            scenario: A widget without anybody
            directory:
              institutions: {springy: {departments: {reference: [ana]}}}
              widgets: {home: {institution: springy, route: [reference]}}
            timeline:
              - {at: 0s, expect: {widget: home, online: %s}}
            """;

    @TempDir
    private Path folder;

    private void file(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @TestFactory
    Stream<DynamicTest> scenarios() {
        return ScenarioTests.in(Path.of("..", "scenarios"));
    }

    @Test
    void everyFileOfAFolderAndBelowIsATest() throws Throwable {
        file("b.yaml", SCENARIO.formatted("false"));
        file("below/a.yml", SCENARIO.formatted("false"));
        file("notes.txt", "no scenario");
        List<String> made = new ArrayList<>();

        List<DynamicTest> tests = ScenarioTests.in(folder, clock -> {
                    made.add("store");
                    return new InMemoryStore(clock);
                })
                .toList();
        for (DynamicTest test : tests) {
            test.getExecutable().execute();
        }

        assertThat(tests)
                .extracting(DynamicTest::getDisplayName)
                .containsExactly("b.yaml", Path.of("below", "a.yml").toString());
        assertThat(made).hasSize(2);
    }

    @Test
    void whatDoesNotHoldFailsAndSaysWhere() throws IOException {
        file("fails.yaml", SCENARIO.formatted("true"));

        DynamicTest test = ScenarioTests.in(folder).findFirst().orElseThrow();

        assertThatThrownBy(() -> test.getExecutable().execute())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("fails.yaml:6: at 0s, expects widget home: online true")
                .hasMessageContaining("seen:     online false");
    }

    @Test
    void aMalformedFileFails() throws IOException {
        file("malformed.yaml", "scenario: x\n");

        DynamicTest test = ScenarioTests.in(folder).findFirst().orElseThrow();

        assertThatThrownBy(() -> test.getExecutable().execute()).isInstanceOf(MalformedScenarioException.class);
    }

    @Test
    void aFolderWithoutScenariosIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ScenarioTests.in(folder))
                .withMessageContaining("no scenario file");
        assertThatThrownBy(() -> ScenarioTests.in(folder.resolve("missing"))).isInstanceOf(UncheckedIOException.class);
    }
}
