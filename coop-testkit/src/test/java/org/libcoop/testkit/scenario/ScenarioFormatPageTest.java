package org.libcoop.testkit.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.libcoop.refusal.RefusalCode;

/** The page about the format says what the reader does. */
final class ScenarioFormatPageTest {

    private static final Path PAGE = Path.of("..", "docs", "reference", "scenario-format.md");
    private static final Pattern YAML = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL);

    @Test
    void itsExampleHolds() throws IOException {
        List<String> examples = YAML.matcher(Files.readString(PAGE))
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();

        assertThat(examples)
                .hasSize(1)
                .allSatisfy(example -> assertThat(new ScenarioRunner()
                                .run(ScenarioFile.parse("page", example))
                                .failures())
                        .isEmpty());
    }

    @Test
    void itNamesEveryKindOfStepEveryCodeAndEveryState() throws IOException {
        String page = Files.readString(PAGE);

        assertThat(Actions.kinds())
                .hasSize(31)
                .allSatisfy(kind -> assertThat(page).contains("`" + kind + "`"));
        assertThat(RefusalCode.values()).allSatisfy(code -> assertThat(page).contains("`" + code.code() + "`"));
        assertThat(TimelineEntry.Kind.values())
                .allSatisfy(
                        kind -> assertThat(page).contains("`" + kind.name().toLowerCase(java.util.Locale.ROOT) + "`"));
    }
}
