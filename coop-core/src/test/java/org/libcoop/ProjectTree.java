package org.libcoop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Where the project's own files lie, for tests that read them. */
public final class ProjectTree {

    private ProjectTree() {}

    /** The directory of the whole project: the first one upwards that has this module in it. */
    public static Path root() {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.isRegularFile(at.resolve("coop-core/pom.xml"))) {
                return at;
            }
        }
        throw new IllegalStateException("this test reads the project's files: run it inside the project, not in "
                + Path.of("").toAbsolutePath());
    }

    /** The modules, by directory. */
    public static List<Path> modules() {
        try (Stream<Path> all = Files.list(root())) {
            return all.filter(path -> Files.isRegularFile(path.resolve("pom.xml")))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The Java files under a directory, if there is one. */
    public static List<Path> javaFiles(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(path -> path.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** A file's text. */
    public static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
