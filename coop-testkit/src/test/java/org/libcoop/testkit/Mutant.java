package org.libcoop.testkit;

import com.google.common.base.Splitter;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * A planted defect: one source file of the core with one text replaced by another, compiled on the spot. A check that does
 * not notice it is a check that cannot fail.
 *
 * <p>What is to be checked runs in a class loader of its own in which the defective classes come first, so it is named by its
 * class; what goes in and comes out are types of the JDK, which both worlds share.
 */
public final class Mutant {

    private static final Path SOURCES = Path.of("..", "coop-core", "src", "main", "java");

    private final @Nullable Path source;
    private final String original;
    private final String replacement;

    private Mutant(@Nullable Path source, String original, String replacement) {
        this.source = source;
        this.original = original;
        this.replacement = replacement;
    }

    /**
     * A defect of the core.
     *
     * @param source the source file, such as {@code org/libcoop/routing/Routing.java}
     * @param original what stands there, exactly once: a defect that does not fit the code any more is no defect
     * @param replacement what stands there instead
     */
    public static Mutant of(String source, String original, String replacement) {
        return new Mutant(
                SOURCES.resolve(source),
                Objects.requireNonNull(original, "original"),
                Objects.requireNonNull(replacement, "replacement"));
    }

    /** No defect at all: the control, which runs in the same way and must pass. */
    public static Mutant none() {
        return new Mutant(null, "", "");
    }

    /** Runs a function with the defect planted; it needs a constructor without parameters. */
    public <A, R> R run(Class<? extends Function<A, R>> function, A argument) {
        try {
            Path classes = Files.createTempDirectory("mutant");
            try {
                if (source != null) {
                    compile(source, classes);
                }
                return run(function, argument, classes);
            } finally {
                delete(classes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // The result is of a JDK type, which is the same class on both sides.
    @SuppressWarnings("unchecked")
    private static <A, R> R run(Class<? extends Function<A, R>> function, A argument, Path classes) throws IOException {
        List<URL> path = new ArrayList<>();
        path.add(url(classes));
        for (String entry : Splitter.on(File.pathSeparatorChar).split(classPath())) {
            path.add(url(Path.of(entry)));
        }
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader loader =
                new URLClassLoader(path.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            Thread.currentThread().setContextClassLoader(loader);
            Constructor<?> maker = loader.loadClass(function.getName()).getDeclaredConstructor();
            maker.setAccessible(true); // in that loader even this package is another one
            return ((Function<A, R>) maker.newInstance()).apply(argument);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(function + " cannot be made in the other class loader", e);
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    private void compile(Path file, Path classes) throws IOException {
        Path mutated = Files.createDirectories(classes.resolve("source")).resolve(file.getFileName());
        Files.writeString(mutated, mutate(Files.readString(file)));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<String> options =
                    List.of("--release", "17", "-proc:none", "-nowarn", "-cp", classPath(), "-d", classes.toString());
            boolean compiled = compiler.getTask(said, files, null, options, null, files.getJavaFileObjects(mutated))
                    .call();
            if (!compiled) {
                throw new IllegalStateException("the defect in " + file + " does not compile: " + said);
            }
        }
    }

    private String mutate(String text) {
        int first = text.indexOf(original);
        if (first < 0 || text.indexOf(original, first + 1) >= 0) {
            throw new IllegalStateException("\"" + original + "\" does not stand exactly once in " + source);
        }
        return text.replace(original, replacement);
    }

    /** Surefire may hide the class path in the manifest of a jar of its own; then this property has it. */
    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    private static URL url(Path entry) throws MalformedURLException {
        return entry.toUri().toURL();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** Returns the defect in one line. */
    @Override
    public String toString() {
        return source == null
                ? "no defect"
                : source.getFileName() + ": "
                        + replacement.strip().lines().findFirst().orElse("nothing") + " for "
                        + original.strip().lines().findFirst().orElse("nothing");
    }
}
