package org.libcoop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.libcoop.directory.PolicyTable;

/** The page of settings has every policy as the code enforces it, and every setting of every builder, and none that is not there. */
class ConfigurationPageTest {

    private static final String COMMAND =
            "mvn -q -pl coop-core test -Dtest=ConfigurationPageTest -Dcoop.docs.write=true";
    private static final Path PAGE = ProjectTree.root().resolve("docs/reference/configuration.md");
    private static final Pattern POLICIES = Pattern.compile("(?m)^\\| policy \\|.*\\n(?:\\|.*\\n)*");
    private static final Pattern SETTER = Pattern.compile("(?m)^        public Builder (\\w+)\\(");

    @Test
    void theTableOfPoliciesIsTheCodes() throws IOException {
        String made = PolicyTable.markdown();
        if (Boolean.getBoolean("coop.docs.write")) {
            Files.writeString(PAGE, POLICIES.matcher(ProjectTree.text(PAGE)).replaceFirst(quoted(made)));
        }

        assertThat(ProjectTree.text(PAGE))
                .as("docs/reference/configuration.md has other policies; write them anew with\n%s\n", COMMAND)
                .contains(made);
    }

    @ParameterizedTest
    @CsvSource({
        "The engine, coop-core/src/main/java/org/libcoop/CoopEngine.java, 10",
        "The store on a database, coop-store-jdbc/src/main/java/org/libcoop/store/jdbc/JdbcStore.java, 3",
        "The archive on a database, coop-store-jdbc/src/main/java/org/libcoop/store/jdbc/JdbcArchive.java, 1",
        "The WebSocket, coop-transport-websocket/src/main/java/org/libcoop/transport/websocket/WebSocketTransport.java, 5",
    })
    void everySettingOfABuilderHasARow(String section, String source, int atLeast) {
        List<String> settings =
                named(SETTER, ProjectTree.text(ProjectTree.root().resolve(source)));
        List<String> rows = named(Pattern.compile("(?m)^\\| `(\\w+)`"), section(section));

        assertThat(settings).hasSizeGreaterThanOrEqualTo(atLeast);
        assertThat(rows)
                .containsExactlyInAnyOrderElementsOf(
                        settings.stream().distinct().toList());
    }

    @Test
    void aPageThatSaysOtherwiseWouldBeFound() {
        String changed = PolicyTable.markdown().replace("| 40s |", "| 41s |");

        assertThat(changed).isNotEqualTo(PolicyTable.markdown());
        assertThat(ProjectTree.text(PAGE)).doesNotContain(changed);
        assertThat(POLICIES.matcher("# A\n\n" + changed + "\nMore\n").replaceFirst(""))
                .isEqualTo("# A\n\n\nMore\n");
    }

    private static String section(String title) {
        String page = ProjectTree.text(PAGE);
        int from = page.indexOf("\n## " + title + "\n");
        assertThat(from).as("a section %s", title.toLowerCase(Locale.ROOT)).isPositive();
        int to = page.indexOf("\n## ", from + 1);
        return page.substring(from, to < 0 ? page.length() : to);
    }

    private static List<String> named(Pattern pattern, String text) {
        return new ArrayList<>(
                pattern.matcher(text).results().map(found -> found.group(1)).toList());
    }

    private static String quoted(String text) {
        return java.util.regex.Matcher.quoteReplacement(text);
    }
}
