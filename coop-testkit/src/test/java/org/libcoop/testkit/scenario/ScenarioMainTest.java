package org.libcoop.testkit.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line: what it prints, and what it ends with. */
final class ScenarioMainTest {

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private String holds = "";
    private String fails = "";
    private String malformed = "";

    @BeforeEach
    void files() throws IOException {
        holds = file("holds.yaml", "at: 61s, do: claim, chat: c1, by: ana");
        fails = file("fails.yaml", "at: 61s, expect: {chat: c1, state: claimed}");
        malformed = file("malformed.yaml", "at: 61s, do: claim, chat: c1, by: ana, by: ben");
    }

    private String file(String name, String step) throws IOException {
        return Files.writeString(folder.resolve(name), Scenarios.text(step)).toString();
    }

    private int run(String... args) {
        return ScenarioMain.run(List.of(args), new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
    }

    @Test
    void endsWithZeroWhenEverythingHolds() {
        assertThat(run(holds)).isZero();
        assertThat(out.toString(UTF_8))
                .contains("A missed chat is answered by the academic co-op")
                .contains("61s  > ana claims c1")
                .contains("holds: 5 steps, 0 failed");
        assertThat(err.toString(UTF_8)).isEmpty();
    }

    @Test
    void endsWithOneWhenSomethingDoesNotHold() {
        assertThat(run(holds, fails)).isEqualTo(1);
        assertThat(out.toString(UTF_8))
                .contains("fails.yaml:" + Scenarios.FIRST_LINE + ": at 61s, expects chat c1: state claimed")
                .contains("expected: state claimed")
                .contains("seen:     state waiting")
                .contains("does not hold: 5 steps, 1 failed")
                .contains("2 files: 1 hold, 1 do not, 0 malformed");
    }

    @Test
    void endsWithTwoWhenAFileIsMalformedAndRunsTheOthers() {
        assertThat(run(malformed, fails, holds)).isEqualTo(2);
        assertThat(err.toString(UTF_8))
                .contains("malformed.yaml:" + Scenarios.FIRST_LINE + ": ")
                .contains("by");
        assertThat(out.toString(UTF_8)).contains("3 files: 1 hold, 1 do not, 1 malformed");
    }

    @Test
    void endsWithTwoWhenAFileIsNotThereOrNothingIsNamed() {
        assertThat(run(folder.resolve("missing.yaml").toString())).isEqualTo(2);
        assertThat(run(folder.toString())).isEqualTo(2);
        assertThat(run("a\0b")).isEqualTo(2);
        assertThat(run()).isEqualTo(2);
        assertThat(run("--json")).isEqualTo(2);
        assertThat(run("--help")).isEqualTo(2);
        assertThat(err.toString(UTF_8)).contains("there is no such file").contains("usage: ");
    }

    @Test
    void printsOneJsonObjectALineForTools() throws IOException {
        int status = run("--json", holds, fails, malformed);

        List<JsonNode> lines = new ArrayList<>();
        for (String line : out.toString(UTF_8).lines().toList()) {
            lines.add(new ObjectMapper().readTree(line));
        }
        assertThat(status).isEqualTo(2);
        assertThat(lines).allSatisfy(line -> {
            assertThat(line.path("type").isTextual()).isTrue();
            assertThat(line.path("file").asText()).endsWith(".yaml");
        });
        assertThat(lines.stream().map(line -> line.path("type").asText()))
                .contains("scenario", "act", "event", "notice", "failed", "failure", "result");
        assertThat(lines.get(lines.size() - 1).path("type").asText()).isEqualTo("malformed");
        assertThat(lines.get(lines.size() - 1).path("line").asInt()).isEqualTo(Scenarios.FIRST_LINE);
        JsonNode failure = lines.stream()
                .filter(line -> line.path("type").asText().equals("failure"))
                .findFirst()
                .orElseThrow();
        assertThat(failure.path("expected").asText()).isEqualTo("state claimed");
        assertThat(failure.path("seen").asText()).isEqualTo("state waiting");
        assertThat(failure.path("explanation").asText()).contains("notified now: ana");
        assertThat(err.toString(UTF_8)).isEmpty();
    }
}
