package org.libcoop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.libcoop.spi.Happening;

/** Pages that name classes name those that exist; what is young is named as that; each kind of happening is on its page and in its test. */
class NamesInDocsTest {

    private static final Pattern TYPE_IN_CODE = Pattern.compile("`([A-Z][a-z]\\w*)(?:\\.(\\w+))?`");
    private static final Pattern BETA =
            Pattern.compile("(?m)^@Beta\\n(?:@\\w+.*\\n)*public .*?(?:class|interface|record|enum) (\\w+)");
    private static final Set<String> SOURCES = ProjectTree.modules().stream()
            .flatMap(module -> ProjectTree.javaFiles(module.resolve("src/main/java")).stream())
            .map(file -> file.getFileName().toString().replace(".java", ""))
            .collect(Collectors.toSet());

    @ParameterizedTest
    @ValueSource(strings = {"docs/concepts.md", "docs/internals/architecture.md", "docs/reference/configuration.md"})
    void everyClassThatThePageNamesExists(String page) {
        List<String> missing = missing(ProjectTree.text(ProjectTree.root().resolve(page)));

        assertThat(missing).isEmpty();
    }

    @Test
    void aClassThatIsNotThereWouldBeFound() {
        assertThat(missing("`Dispatcher` asks `Oracle`, `Chat.evolve` and `Chat.devolve`"))
                .containsExactly("Oracle", "Chat.devolve");
        assertThat(missing("`mvn verify`, `LATE`, `chat-over`, `coop-core`")).isEmpty();
    }

    @Test
    void whatIsYoungIsNamedAsThatAndNothingElse() {
        String page = ProjectTree.text(ProjectTree.root().resolve("docs/concepts.md"));
        String list = page.substring(page.indexOf("marked so:"));
        Set<String> named = TYPE_IN_CODE
                .matcher(list)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
        Set<String> marked = new TreeSet<>();
        for (Path module : ProjectTree.modules()) {
            for (Path file : ProjectTree.javaFiles(module.resolve("src/main/java"))) {
                BETA.matcher(ProjectTree.text(file)).results().forEach(found -> marked.add(found.group(1)));
            }
        }

        assertThat(marked).isNotEmpty();
        assertThat(named).containsExactlyInAnyOrderElementsOf(marked);
    }

    @Test
    void everyKindOfHappeningIsInTheGuideAndInItsTest() {
        String guide = ProjectTree.text(ProjectTree.root().resolve("docs/guides/operating.md"));
        String test = ProjectTree.text(
                ProjectTree.root().resolve("coop-testkit/src/test/java/org/libcoop/testkit/proof/ListenersTest.java"));
        List<String> records = Pattern.compile("(?m)^    record (\\w+)\\(")
                .matcher(ProjectTree.text(
                        ProjectTree.root().resolve("coop-core/src/main/java/org/libcoop/spi/Happening.java")))
                .results()
                .map(found -> found.group(1))
                .toList();

        assertThat(records).hasSameSizeAs(Happening.Kind.values());
        assertThat(Happening.Kind.values()).allSatisfy(kind -> assertThat(guide).contains("`" + kind.name() + "`"));
        assertThat(records).allSatisfy(name -> assertThat(test).containsPattern("Happening\\." + name + "\\b"));
    }

    /** Names in code that begin as a class does, and are none of ours; with a member, that has to be in its file. */
    private static List<String> missing(String page) {
        List<String> missing = new ArrayList<>();
        for (MatchResult found : TYPE_IN_CODE.matcher(page).results().toList()) {
            String type = found.group(1);
            String member = found.group(2);
            boolean there = SOURCES.contains(type) && (member == null || has(type, member));
            if (!there) {
                missing.add(member == null ? type : type + "." + member);
            }
        }
        return missing;
    }

    private static boolean has(String type, String member) {
        Pattern word = Pattern.compile("\\b" + member + "\\b");
        return ProjectTree.modules().stream()
                .flatMap(module -> ProjectTree.javaFiles(module.resolve("src/main/java")).stream())
                .filter(file -> file.endsWith(type + ".java"))
                .anyMatch(file -> word.matcher(ProjectTree.text(file)).find());
    }
}
