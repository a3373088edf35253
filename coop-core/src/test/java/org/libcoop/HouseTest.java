package org.libcoop;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is to be seen from outside, and from one package of another: no circles, nothing of the engine, nothing public for nobody. */
class HouseTest {

    private static final Path CORE = ProjectTree.root().resolve("coop-core/src/main/java");
    private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([\\w.]+);");
    private static final Pattern NAMED = Pattern.compile("(?<![\\w.\"])(org\\.libcoop(?:\\.[a-z]\\w*)*)\\.[A-Z]");
    private static final Set<String> OF_EVERY_OBJECT = Set.of("toString", "equals", "hashCode", "close");

    static List<Path> modules() {
        return ProjectTree.modules();
    }

    // ---- Circles

    @ParameterizedTest
    @MethodSource("modules")
    void noTwoPackagesOfAModuleKnowEachOther(Path module) {
        Map<String, Set<String>> known = new TreeMap<>();
        for (Path file : ProjectTree.javaFiles(module.resolve("src/main/java"))) {
            if (!file.endsWith("module-info.java")) {
                String source = ProjectTree.text(file);
                String own = first(PACKAGE, source);
                known.computeIfAbsent(own, any -> new TreeSet<>()).addAll(named(source));
            }
        }

        assertThat(circle(known)).isEmpty();
    }

    @Test
    void aCircleWouldBeFoundHoweverLong() {
        Map<String, Set<String>> circle =
                Map.of("a", Set.of("b"), "b", Set.of("c"), "c", Set.of("a", "d"), "d", Set.of());

        assertThat(circle(circle)).containsExactly("a", "b", "c");
        assertThat(circle(Map.of("a", Set.of("a", "b"), "b", Set.of()))).isEmpty();
        assertThat(named("import org.libcoop.chat.Chat;\n// org.libcoop.engine.Node\norg.libcoop.spi.Store s;"))
                .containsExactly("org.libcoop.chat", "org.libcoop.spi");
    }

    @Test
    void theEngineIsNotExported() {
        assertThat(exported()).contains("org.libcoop", "org.libcoop.spi").doesNotContain("org.libcoop.engine");
    }

    @Test
    void nothingThatIsExportedShowsATypeThatIsNot() {
        Set<String> exported = exported();
        List<String> showing = new ArrayList<>();
        for (Class<?> type : types()) {
            if (exported.contains(type.getPackageName()) && visible(type)) {
                showing.addAll(showing(type, exported));
            }
        }

        assertThat(showing).isEmpty();
    }

    @Test
    void aTypeThatShowsWhatIsNotExportedWouldBeFound() {
        assertThat(showing(Showing.class, Set.of("java.util"))).hasSize(2);
        assertThat(showing(Showing.class, Set.of("java.util", "org.libcoop"))).isEmpty();
    }

    /** Shows a type of a package, directly and within another. */
    public static final class Showing {
        public HouseTest one() {
            return new HouseTest();
        }

        public List<HouseTest> more() {
            return List.of();
        }

        HouseTest hidden() {
            return new HouseTest();
        }
    }

    // ---- Public for somebody

    @Test
    void whatTheEngineHasPublicTheRootPackageUses() {
        String root = rootPackage();
        Set<Class<?>> open = types().stream()
                .filter(type -> type.getPackageName().equals("org.libcoop.engine") && visible(type))
                .collect(Collectors.toSet());
        Set<String> returned = open.stream()
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(method -> Modifier.isPublic(method.getModifiers()))
                .map(method -> method.getGenericReturnType().getTypeName().replace('$', '.'))
                .collect(Collectors.toSet());
        List<String> unused = new ArrayList<>();
        for (Class<?> type : open) {
            String name = type.getName().replace('$', '.');
            boolean named = word(type.getSimpleName(), root)
                    || returned.stream().anyMatch(returns -> word(Pattern.quote(name), returns));
            if (!named) {
                unused.add(name);
            }
            unused.addAll(unusedMethods(type, root));
        }

        assertThat(open).hasSizeGreaterThan(5);
        assertThat(unused).isEmpty();
    }

    @Test
    void aPublicMethodNobodyUsesWouldBeFound() {
        assertThat(unusedMethods(Showing.class, "showing.one()")).containsExactly("Showing.more");
        assertThat(unusedMethods(Showing.class, "showing.one(); map(Showing::more)"))
                .isEmpty();
    }

    private static List<String> unusedMethods(Class<?> type, String users) {
        Set<String> parts = type.isRecord()
                ? Arrays.stream(type.getRecordComponents())
                        .map(component -> component.getName())
                        .collect(Collectors.toSet())
                : Set.of();
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
                .map(Method::getName)
                .filter(name -> !OF_EVERY_OBJECT.contains(name) && !parts.contains(name) && !name.equals("values"))
                .filter(name -> !Pattern.compile("(\\.|::)" + name + "\\b")
                        .matcher(users)
                        .find())
                .map(name -> type.getSimpleName() + "." + name)
                .sorted()
                .toList();
    }

    // ---- How it is looked for

    private static List<String> showing(Class<?> type, Set<String> exported) {
        List<String> signatures = new ArrayList<>();
        for (Method method : type.getDeclaredMethods()) {
            if (shown(method.getModifiers()) && !method.isSynthetic()) {
                signatures.add(method.toGenericString().replaceFirst(" [\\w.$]+\\(", " ("));
            }
        }
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            if (shown(constructor.getModifiers()) && constructor.getParameterCount() > 0) {
                signatures.add(constructor.toGenericString().replaceFirst(" [\\w.$]+\\(", " ("));
            }
        }
        return signatures.stream()
                .filter(signature ->
                        NAMED.matcher(signature).results().anyMatch(found -> !exported.contains(found.group(1))))
                .map(signature -> type.getName() + ": " + signature)
                .toList();
    }

    private static boolean shown(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    private static boolean visible(Class<?> type) {
        for (Class<?> at = type; at != null; at = at.getDeclaringClass()) {
            if (!Modifier.isPublic(at.getModifiers())) {
                return false;
            }
        }
        return true;
    }

    /** Every type of the core, the nested ones included. */
    private static List<Class<?>> types() {
        List<Class<?>> types = new ArrayList<>();
        Deque<Class<?>> open = new ArrayDeque<>();
        for (Path file : ProjectTree.javaFiles(CORE)) {
            String name = CORE.relativize(file).toString().replace('/', '.').replaceFirst("\\.java$", "");
            if (!name.endsWith("-info")) {
                open.add(load(name));
            }
        }
        while (!open.isEmpty()) {
            Class<?> type = open.remove();
            types.add(type);
            open.addAll(List.of(type.getDeclaredClasses()));
        }
        return types;
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, HouseTest.class.getClassLoader());
        } catch (ClassNotFoundException gone) {
            throw new IllegalStateException("compile the core first", gone);
        }
    }

    private static Set<String> exported() {
        return Pattern.compile("exports ([\\w.]+);")
                .matcher(ProjectTree.text(CORE.resolve("module-info.java")))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
    }

    private static String rootPackage() {
        return ProjectTree.javaFiles(CORE.resolve("org/libcoop")).stream()
                .filter(file -> file.getParent().equals(CORE.resolve("org/libcoop")))
                .map(ProjectTree::text)
                .collect(Collectors.joining());
    }

    private static boolean word(String name, String text) {
        return Pattern.compile("\\b" + name + "\\b").matcher(text).find();
    }

    private static Set<String> named(String source) {
        String code = source.replaceAll("(?s)/\\*.*?\\*/|//[^\n]*", "");
        return NAMED.matcher(code)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String first(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(found -> found.group(1))
                .findFirst()
                .orElse("");
    }

    /** The packages that know themselves through others; empty if there are none. */
    private static Set<String> circle(Map<String, Set<String>> known) {
        Set<String> circle = new TreeSet<>();
        for (String start : known.keySet()) {
            Set<String> reached = new TreeSet<>();
            Deque<String> open = new ArrayDeque<>(known.get(start));
            open.removeIf(start::equals);
            while (!open.isEmpty()) {
                String next = open.remove();
                if (reached.add(next)) {
                    open.addAll(known.getOrDefault(next, Set.of()));
                }
            }
            if (reached.contains(start)) {
                circle.add(start);
            }
        }
        return circle;
    }
}
