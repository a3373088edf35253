package org.libcoop.testkit.junit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.libcoop.memory.InMemoryStore;
import org.libcoop.spi.Clock;
import org.libcoop.spi.Store;
import org.libcoop.testkit.scenario.ScenarioFile;
import org.libcoop.testkit.scenario.ScenarioResult;
import org.libcoop.testkit.scenario.ScenarioRunner;

/**
 * Runs scenario files as dynamic tests, one a file:
 *
 * <pre>{@code
 * @TestFactory
 * Stream<DynamicTest> scenarios() {
 *     return ScenarioTests.in(Path.of("src/test/scenarios"));
 * }
 * }</pre>
 */
public final class ScenarioTests {

    private ScenarioTests() {}

    /** A test for each {@code .yaml} and {@code .yml} file in a folder and below, in order of their names, in memory. */
    public static Stream<DynamicTest> in(Path folder) {
        return in(folder, InMemoryStore::new);
    }

    /**
     * The same on any store: {@code stores} makes an empty one for each file, whose time is the clock's; the test closes it.
     *
     * @throws IllegalArgumentException if there is no such file: tests that do not exist would all pass
     * @throws UncheckedIOException if the folder cannot be read
     */
    public static Stream<DynamicTest> in(Path folder, Function<? super Clock, ? extends Store> stores) {
        List<Path> files = files(folder);
        if (files.isEmpty()) {
            throw new IllegalArgumentException("there is no scenario file in " + folder.toAbsolutePath());
        }
        ScenarioRunner runner = new ScenarioRunner(stores);
        return files.stream()
                .map(file -> DynamicTest.dynamicTest(
                        folder.relativize(file).toString(), file.toUri(), () -> holds(runner, file)));
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(ScenarioTests::isScenario).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the folder " + folder.toAbsolutePath(), e);
        }
    }

    private static boolean isScenario(Path file) {
        String name = file.toString();
        return (name.endsWith(".yaml") || name.endsWith(".yml")) && Files.isRegularFile(file);
    }

    private static void holds(ScenarioRunner runner, Path file) throws IOException {
        ScenarioResult result = runner.run(ScenarioFile.read(file));
        if (!result.passed()) {
            throw new AssertionError(System.lineSeparator() + result);
        }
    }
}
