package org.libcoop.example;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the server is started: the port, 0 for any free one; a directory file, null for the demo's; where its chats are kept, and where the
 * bytes of shared files are (not asked for where chats are in memory).
 * <em>Immutable.</em>
 */
record ServerOptions(int port, @Nullable Path directory, DatabaseSetting database, Path files) {

    static final String USAGE = "usage: coop-example-server [--port N] [--directory FILE] [--data DIR]"
            + " [--files DIR]"
            + " [--database h2|memory|jdbc:postgresql://HOST/NAME?user=USER&password=PASSWORD]";

    private static final int DEFAULT_PORT = 8080;
    private static final int LAST_PORT = 65_535;

    /**
     * Reads command line and environment; the command line wins.
     *
     * @throws IllegalArgumentException saying what was found and expected
     */
    static ServerOptions of(List<String> arguments, Map<String, String> environment) {
        int port = port("COOP_PORT", set(environment, "COOP_PORT", String.valueOf(DEFAULT_PORT)));
        String data = set(environment, "COOP_DATA", "data");
        String database = set(environment, "COOP_DATABASE", "h2");
        String files = set(environment, "COOP_FILES", "");
        Path directory = null;
        Iterator<String> rest = arguments.iterator();
        while (rest.hasNext()) {
            String name = rest.next();
            switch (name) {
                case "--port" -> port = port(name, value(name, rest));
                case "--directory" -> directory = path(name, value(name, rest));
                case "--data" -> data = value(name, rest);
                case "--files" -> files = value(name, rest);
                case "--database" -> database = value(name, rest);
                default -> throw new IllegalArgumentException("unknown option \"" + name + "\"; " + USAGE);
            }
        }
        Path folder = path("the data folder", data);
        Path kept = files.isBlank() ? folder.resolve("files") : path("the folder of files", files);
        return new ServerOptions(port, directory, DatabaseSetting.of(database, folder), kept);
    }

    private static String set(Map<String, String> environment, String name, String otherwise) {
        String value = environment.get(name);
        return value == null || value.isBlank() ? otherwise : value;
    }

    private static String value(String name, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new IllegalArgumentException(name + " needs a value; " + USAGE);
        }
        return rest.next();
    }

    private static int port(String name, String text) {
        try {
            int port = Integer.parseInt(text.strip());
            if (port >= 0 && port <= LAST_PORT) {
                return port;
            }
        } catch (NumberFormatException noNumber) {
            throw new IllegalArgumentException(name + " is \"" + text + "\", expected a number", noNumber);
        }
        throw new IllegalArgumentException(name + " is " + text + ", expected 0 to " + LAST_PORT);
    }

    private static Path path(String name, String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException malformed) {
            throw new IllegalArgumentException(name + " is \"" + text + "\", expected a file name", malformed);
        }
    }
}
