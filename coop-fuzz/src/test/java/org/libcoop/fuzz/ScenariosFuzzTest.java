package org.libcoop.fuzz;

import static org.libcoop.fuzz.Laws.require;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.provider.MethodSource;
import org.libcoop.testkit.scenario.MalformedScenarioException;
import org.libcoop.testkit.scenario.ScenarioFile;

/** G18: a scenario file is read, or refused with the line of what is wrong; nothing else comes of any text. */
class ScenariosFuzzTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** As YAML has them. */
    private static final String LINE_BREAKS = "\n\r\u0085\u2028\u2029";

    private static final int LONGEST_MESSAGE = 10_000;
    private static final ErrorLog LOG = ErrorLog.install();
    private static final Inputs INPUTS = new Inputs("scenarios");

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "10m")
    void everyTextIsReadOrRefusedWithItsLine(byte[] input) {
        INPUTS.run(PATIENCE, () -> read(new String(input, StandardCharsets.UTF_8)));
    }

    @AfterAll
    static void report() {
        INPUTS.report();
    }

    private static void read(String text) {
        try {
            require(ScenarioFile.parse("fuzz.yaml", text).directory() != null, "no directory");
        } catch (MalformedScenarioException refused) {
            // An end that is missing is missing behind the last line.
            long lines =
                    1 + text.chars().filter(c -> LINE_BREAKS.indexOf(c) >= 0).count();
            require(refused.line() >= 1 && refused.line() <= lines, "line %d of %d", refused.line(), lines);
            require(!refused.problem().isBlank(), "no problem is named");
            require(
                    refused.getMessage().length() <= LONGEST_MESSAGE,
                    "%d characters",
                    refused.getMessage().length());
        }
        LOG.assertEmpty();
    }

    /** The project's own files, and what YAML is known for. */
    static Stream<byte[]> seeds() throws IOException {
        List<String> texts;
        try (Stream<Path> files = Files.walk(Path.of("..", "scenarios"))) {
            texts = files.filter(file ->
                            file.toString().endsWith(".yaml") && file.toFile().length() < 2_500)
                    .sorted()
                    .map(ScenariosFuzzTest::text)
                    .toList();
        }
        require(!texts.isEmpty(), "no scenario file was found");
        String bomb = "a: &a [x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\n"
                + "d: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]\nscenario: *e\n";
        Stream<String> others = Stream.of(
                bomb,
                "",
                "[",
                "a: *a",
                "a: &a [*a]",
                "{".repeat(60),
                "%YAML 9.9\n---\n",
                "? a\n: b",
                "!!x y: z",
                "\t",
                "a: 1\na: 2");
        return Stream.concat(texts.stream(), others).map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
