package org.libcoop.browser;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.libcoop.example.ExampleServer;
import org.libcoop.testkit.scenario.DirectoryYaml;

/** The example server on a free port, with a directory of the tests' resources. */
final class RunningServer implements AutoCloseable {

    private final ExampleServer server;

    private RunningServer(ExampleServer server) {
        this.server = server;
    }

    /** Starts it with the directory in this resource. */
    static RunningServer with(String directory) {
        try (InputStream yaml = RunningServer.class.getResourceAsStream("/" + directory)) {
            String text = new String(Objects.requireNonNull(yaml, directory).readAllBytes(), StandardCharsets.UTF_8);
            return new RunningServer(ExampleServer.start(DirectoryYaml.parse(directory, text), 0));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Starts it as it comes, with the demo's directory. */
    static RunningServer demo() {
        try {
            return new RunningServer(ExampleServer.start(ExampleServer.directory(null), 0));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The address of a page. */
    String page(String path) {
        return server.address() + path;
    }

    @Override
    public void close() {
        server.close();
    }
}
