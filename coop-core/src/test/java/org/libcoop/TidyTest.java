package org.libcoop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the house style says of the sources, held for all modules. Each rule is shown to find what it is there for. */
class TidyTest {

    /** The rooms of the core, bottom up: each knows only those before it. */
    private static final List<String> ROOMS = List.of(
            "annotation",
            "text",
            "refusal",
            "directory",
            "presence",
            "routing",
            "access",
            "chat",
            "report",
            "faq",
            "talk",
            "spi",
            "memory",
            "engine",
            "");

    /** Which module of the project may depend on which, tests aside. */
    private static final Map<String, Set<String>> ARROWS = Map.of(
            "coop-core", Set.of(),
            "coop-testkit", Set.of("coop-core"),
            "coop-testkit-junit", Set.of("coop-core", "coop-testkit"),
            "coop-store-jdbc", Set.of("coop-core"),
            "coop-transport-websocket", Set.of("coop-core"),
            "coop-web", Set.of("coop-core", "coop-transport-websocket"));

    private static final Pattern CLOCK = Pattern.compile(
            "\\b(Instant|LocalDate|LocalTime|LocalDateTime|ZonedDateTime|OffsetDateTime|Year)\\.now\\(|currentTimeMillis"
                    + "|nanoTime|randomUUID|\\bnew (Secure|Splittable)?Random\\(|ThreadLocalRandom|Math\\.random"
                    + "|java\\.time\\.Clock|\\bnew Date\\(|Thread\\.sleep");
    private static final Pattern LEFT_OVER = Pattern.compile("\\b(TODO|FIXME|XXX|HACK)\\b");
    private static final Pattern SKIPPED = Pattern.compile("@Disabled(?!\\s*\\(\\s*\"[^\"]{10,}\")|@Ignore\\b");
    private static final Pattern SLEEP = Pattern.compile("\\bThread\\.sleep\\(|\\bTimeUnit\\.[A-Z]+\\.sleep\\(");
    private static final Pattern IMPORT =
            Pattern.compile("(?m)^import (?:static )?(org\\.libcoop(?:\\.[a-z]\\w*)*)\\.[A-Z]");
    private static final Pattern NAMED = Pattern.compile("(?<![\\w.\"])(org\\.libcoop(?:\\.[a-z]\\w*)*)\\.[A-Z]\\w*");

    static List<Path> modules() {
        return ProjectTree.modules();
    }

    // ---- Time and chance

    @Test
    void theCoreReadsNoClockAndThrowsNoDiceOutsideItsOuterRooms() {
        List<String> found = new ArrayList<>();
        for (Path file : ProjectTree.javaFiles(ProjectTree.root().resolve("coop-core/src/main/java"))) {
            String room = roomOf(file);
            if (!room.equals("engine") && !room.equals("spi") && !room.equals("memory")) {
                found.addAll(findings(file, CLOCK));
            }
        }

        assertThat(found).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Instant now = Instant.now();",
                "long t = System.currentTimeMillis();",
                "long t = System.nanoTime();",
                "String id = UUID.randomUUID().toString();",
                "Random random = new Random(1);",
                "Random random = new SecureRandom();",
                "int i = ThreadLocalRandom.current().nextInt();",
                "java.time.Clock clock = java.time.Clock.systemUTC();"
            })
    void aClockOrADieWouldBeFound(String line) {
        assertThat(CLOCK.matcher(line).find()).isTrue();
        assertThat(CLOCK.matcher("Instant now = clock.now(); // random, Random, random()")
                        .find())
                .isFalse();
    }

    // ---- Nothing left over

    @ParameterizedTest
    @MethodSource("modules")
    void nothingIsLeftToDoLater(Path module) {
        assertThat(findings(module.resolve("src/main"), LEFT_OVER)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("modules")
    void noTestIsSkippedWithoutAReasonAndNoneSleeps(Path module) {
        assertThat(findings(module.resolve("src/test"), SKIPPED)).isEmpty();
        assertThat(findings(module.resolve("src/test"), SLEEP)).isEmpty();
    }

    @Test
    void aLeftOverOrASkippedTestWouldBeFound() {
        assertThat(LEFT_OVER.matcher("// TODO: later").find()).isTrue();
        assertThat(SKIPPED.matcher("@Disabled").find()).isTrue();
        assertThat(SKIPPED.matcher("@Disabled(\"\")").find()).isTrue();
        assertThat(SKIPPED.matcher("@Disabled(\"needs a real database, see guides\")")
                        .find())
                .isFalse();
        assertThat(SLEEP.matcher("Thread." + "sleep(100);").find()).isTrue();
    }

    // ---- Packages and modules

    @Test
    void everyPackageOfTheCoreKnowsOnlyThoseBelowIt() {
        List<String> wrong = new ArrayList<>();
        Set<String> rooms = new TreeSet<>();
        for (Path file : ProjectTree.javaFiles(ProjectTree.root().resolve("coop-core/src/main/java"))) {
            if (!file.endsWith("module-info.java")) {
                rooms.add(roomOf(file));
                wrong.addAll(upward(roomOf(file), ProjectTree.text(file)));
            }
        }

        assertThat(ROOMS).as("the order of the rooms names every package").containsAll(rooms);
        assertThat(wrong).isEmpty();
    }

    @Test
    void aCircleWouldBeFound() {
        assertThat(upward("chat", "import org.libcoop.engine.Node;\n")).hasSize(1);
        assertThat(upward("chat", "import static org.libcoop.engine.Node.start;\n"))
                .hasSize(1);
        assertThat(upward("chat", "import org.libcoop.CoopEngine;\n")).hasSize(1);
        assertThat(upward("chat", "  org.libcoop.memory.InMemoryStore box = null;\n"))
                .hasSize(1);
        assertThat(upward("chat", "import org.libcoop.routing.Routing;\n")).isEmpty();
        assertThat(upward("chat", "import org.libcoop.chat.Chat;\n")).isEmpty();
        assertThat(upward("", "import org.libcoop.engine.Node;\n")).isEmpty();
    }

    @Test
    void theCoreNeedsNothingButALoggingFacadeAndNullAnnotations() {
        String module = ProjectTree.text(ProjectTree.root().resolve("coop-core/src/main/java/module-info.java"));
        Set<String> required = all(Pattern.compile("requires (?:static |transitive )*([\\w.]+);"), module);
        List<String> foreign = new ArrayList<>();
        for (Path file : ProjectTree.javaFiles(ProjectTree.root().resolve("coop-core/src/main/java"))) {
            all(Pattern.compile("(?m)^import (?:static )?([\\w.]+);"), ProjectTree.text(file)).stream()
                    .filter(name -> !name.startsWith("java.")
                            && !name.startsWith("org.libcoop.")
                            && !name.startsWith("org.slf4j.")
                            && !name.startsWith("org.jspecify."))
                    .forEach(name -> foreign.add(file.getFileName() + " imports " + name));
        }

        assertThat(required).containsExactlyInAnyOrder("org.jspecify", "org.slf4j");
        assertThat(foreign).isEmpty();
    }

    @Test
    void modulesDependOnlyAsTheArrowsSay() {
        Map<String, Set<String>> wrong = new TreeMap<>();
        for (Path module : modules()) {
            String name = module.getFileName().toString();
            Set<String> needed = dependencies(ProjectTree.text(module.resolve("pom.xml")));
            Set<String> allowed = ARROWS.get(name);
            Set<String> beyond = needed.stream()
                    .filter(other -> allowed == null ? other.startsWith("coop-example") : !allowed.contains(other))
                    .collect(Collectors.toSet());
            if (!beyond.isEmpty()) {
                wrong.put(name, beyond);
            }
        }

        assertThat(wrong).isEmpty();
    }

    @Test
    void nothingInTheSourcesOfALibraryModuleNamesAModuleItMayNotKnow() {
        List<String> wrong = new ArrayList<>();
        for (Path module : modules()) {
            Set<String> allowed = ARROWS.get(module.getFileName().toString());
            for (Path file : ProjectTree.javaFiles(module.resolve("src/main/java"))) {
                boolean example = module.getFileName().toString().startsWith("coop-example");
                Set<String> named = all(IMPORT, ProjectTree.text(file));
                if (!example && named.stream().anyMatch(room -> room.startsWith("org.libcoop.example"))) {
                    wrong.add(file + " knows the example");
                }
                if (allowed != null
                        && !allowed.contains("coop-testkit")
                        && !module.getFileName().toString().startsWith("coop-testkit")
                        && named.stream().anyMatch(room -> room.startsWith("org.libcoop.testkit"))) {
                    wrong.add(file + " knows the testkit");
                }
            }
        }

        assertThat(wrong).isEmpty();
    }

    @Test
    void aWrongArrowWouldBeFound() {
        String pom =
                "<dependencies><dependency><groupId>org.libcoop</groupId><artifactId>coop-example-server</artifactId>"
                        + "</dependency><dependency><groupId>org.libcoop</groupId><artifactId>coop-testkit</artifactId>"
                        + "<scope>test</scope></dependency></dependencies>";

        assertThat(dependencies(pom)).containsExactly("coop-example-server");
    }

    @Test
    void everyPackageIsNullMarked() {
        List<String> unmarked = new ArrayList<>();
        for (Path module : modules()) {
            for (Path file : ProjectTree.javaFiles(module.resolve("src/main/java"))) {
                Path info = file.resolveSibling("package-info.java");
                boolean marked =
                        Files.isRegularFile(info) && ProjectTree.text(info).contains("@NullMarked");
                if (!marked && !file.endsWith("module-info.java")) {
                    unmarked.add(file.toString());
                }
            }
        }

        assertThat(unmarked).isEmpty();
    }

    // ---- How it is looked for

    private static String roomOf(Path file) {
        Path within = ProjectTree.root()
                .resolve("coop-core/src/main/java/org/libcoop")
                .relativize(file);
        return within.getNameCount() == 1 ? "" : within.getName(0).toString();
    }

    private static List<String> upward(String room, String source) {
        Set<String> named = all(IMPORT, source);
        named.addAll(all(NAMED, source.replaceAll("(?s)/\\*.*?\\*/|//[^\n]*", "")));
        return named.stream()
                .map(name -> name.equals("org.libcoop") ? "" : name.substring("org.libcoop.".length()))
                .filter(other -> ROOMS.indexOf(other) > ROOMS.indexOf(room))
                .map(other -> room + " knows " + (other.isEmpty() ? "the root" : other))
                .toList();
    }

    private static Set<String> dependencies(String pom) {
        Set<String> needed = new TreeSet<>();
        String all = pom.replaceAll("(?s)<dependencyManagement>.*?</dependencyManagement>", "");
        Matcher one = Pattern.compile("(?s)<dependency>(.*?)</dependency>").matcher(all);
        while (one.find()) {
            if (one.group(1).contains("<groupId>org.libcoop</groupId>")
                    && !one.group(1).contains("<scope>test</scope>")) {
                needed.addAll(all(Pattern.compile("<artifactId>([\\w-]+)</artifactId>"), one.group(1)));
            }
        }
        return needed;
    }

    private static Set<String> all(Pattern pattern, String text) {
        Set<String> found = new TreeSet<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }

    private static List<String> findings(Path path, Pattern pattern) {
        List<String> found = new ArrayList<>();
        for (Path file : Files.isDirectory(path) ? ProjectTree.javaFiles(path) : List.of(path)) {
            if (!Files.isRegularFile(file) || file.endsWith("TidyTest.java")) {
                continue;
            }
            List<String> lines = ProjectTree.text(file).lines().toList();
            for (int i = 0; i < lines.size(); i++) {
                if (pattern.matcher(lines.get(i)).find()) {
                    found.add(ProjectTree.root().relativize(file) + ":" + (i + 1) + ": "
                            + lines.get(i).strip());
                }
            }
        }
        return found;
    }
}
