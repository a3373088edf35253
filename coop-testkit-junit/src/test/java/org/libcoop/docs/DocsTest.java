package org.libcoop.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The documentation is true as far as a machine can tell: its Java runs as a test, its links lead somewhere. */
class DocsTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern JAVA = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]*)(#[^)]*)?\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.+?) *$");

    @Test
    void everyJavaBlockStandsWordForWordInATestOrAWalkThrough() throws IOException {
        List<String> sources = new ArrayList<>();
        List<Path> tests = new ArrayList<>(files("coop-testkit-junit/src/test/java", ".java"));
        for (String module : List.of("coop-store-jdbc", "coop-transport-websocket", "coop-web")) {
            tests.addAll(files(module + "/src/test/java", ".java"));
        }
        // Projects of their own, which are built and run against the installed artifacts.
        tests.addAll(files("docs/examples", ".java"));
        for (Path file : tests) {
            sources.add(squeezed(Files.readString(file)));
        }

        int blocks = 0;
        for (Path page : pages()) {
            Matcher matcher = JAVA.matcher(Files.readString(page));
            while (matcher.find()) {
                blocks++;
                String block = squeezed(matcher.group(1));
                // Not by an assertion on the list, which would print all of it.
                assertThat(sources.stream().anyMatch(source -> source.contains(block)))
                        .as(
                                "a block of %s stands in a test or a walk-through:%n%s",
                                ROOT.relativize(page), matcher.group(1))
                        .isTrue();
            }
        }

        assertThat(blocks).isPositive();
    }

    @Test
    void everyRelativeLinkLeadsToAFileAndToAHeadingInIt() throws IOException {
        List<String> broken = new ArrayList<>();
        int links = 0;
        for (Path page : pages()) {
            Matcher matcher = LINK.matcher(Files.readString(page));
            while (matcher.find()) {
                String target = matcher.group(1);
                if (!target.contains("://")) {
                    links++;
                    Path file = target.isEmpty() ? page : page.resolveSibling(target);
                    String anchor = matcher.group(2);
                    boolean there = Files.exists(file)
                            && (anchor == null
                                    || anchors(Files.readString(file)).contains(anchor));
                    if (!there) {
                        broken.add(ROOT.relativize(page) + " -> " + matcher.group());
                    }
                }
            }
        }

        assertThat(links).isPositive();
        assertThat(broken).isEmpty();
    }

    @Test
    void aHeadingThatIsNotThereWouldBeFound() {
        List<String> anchors = anchors("# One\n\n## What `is` promised, and where it ends\n\n## One\n");

        assertThat(anchors).containsExactly("#one", "#what-is-promised-and-where-it-ends", "#one-1");
    }

    /** As GitHub makes them: small letters, hyphens for blanks, other marks left out, a number for the same once more. */
    private static List<String> anchors(String page) {
        List<String> anchors = new ArrayList<>();
        Matcher heading = HEADING.matcher(page.replaceAll("(?s)```.*?```", ""));
        while (heading.find()) {
            String text = heading.group(1).replaceAll("\\[([^\\]]*)\\]\\([^)]*\\)", "$1");
            String anchor = "#"
                    + text.toLowerCase(Locale.ROOT)
                            .replaceAll("[^\\p{L}\\p{N}_ -]", "")
                            .replace(' ', '-');
            int same = 0;
            String numbered = anchor;
            while (anchors.contains(numbered)) {
                same++;
                numbered = anchor + "-" + same;
            }
            anchors.add(numbered);
        }
        return anchors;
    }

    /** Layout is the formatter's business: only what is not white space counts. */
    private static String squeezed(String text) {
        return text.replaceAll("\\s+", "");
    }

    private static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>(files("docs", ".md"));
        pages.addAll(files("scenarios", ".md"));
        for (String page : List.of("README.md", "CONTRIBUTING.md", "CHANGELOG.md")) {
            pages.add(ROOT.resolve(page));
        }
        return pages;
    }

    private static List<Path> files(String folder, String ending) throws IOException {
        try (Stream<Path> all = Files.walk(ROOT.resolve(folder))) {
            return all.filter(file -> file.toString().endsWith(ending)).toList();
        }
    }
}
