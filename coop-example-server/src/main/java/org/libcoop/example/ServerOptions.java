package org.libcoop.example;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How the server is started: the port, 0 for any free one, and a directory file, null for the demo's. <em>Immutable.</em> */
record ServerOptions(int port, @Nullable Path directory) {

    static final String USAGE = "usage: coop-example-server [--port N] [--directory FILE]";

    private static final int DEFAULT_PORT = 8080;
    private static final int LAST_PORT = 65_535;

    /**
     * Reads command line and environment; the command line wins.
     *
     * @throws IllegalArgumentException saying what was found and expected
     */
    static ServerOptions of(List<String> arguments, Map<String, String> environment) {
        String fromEnvironment = environment.get("COOP_PORT");
        int port = fromEnvironment == null || fromEnvironment.isBlank()
                ? DEFAULT_PORT
                : port("COOP_PORT", fromEnvironment);
        Path directory = null;
        Iterator<String> rest = arguments.iterator();
        while (rest.hasNext()) {
            String name = rest.next();
            switch (name) {
                case "--port" -> port = port(name, value(name, rest));
                case "--directory" -> directory = path(value(name, rest));
                default -> throw new IllegalArgumentException("unknown option \"" + name + "\"; " + USAGE);
            }
        }
        return new ServerOptions(port, directory);
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

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException malformed) {
            throw new IllegalArgumentException("--directory is no file name: " + text, malformed);
        }
    }
}
