package org.libcoop.browser;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import org.libcoop.CoopEngine;
import org.libcoop.directory.Directory;
import org.libcoop.example.DatabaseSetting;
import org.libcoop.example.ExampleServer;
import org.libcoop.spi.Facts;
import org.libcoop.testkit.scenario.DirectoryYaml;

/** The example server on a free port, with a directory of the tests' resources. One thread at a time. */
final class RunningServer implements AutoCloseable {

    private final Directory directory;
    private final DatabaseSetting database;
    private final URI address;
    private ExampleServer server;

    private RunningServer(Directory directory, DatabaseSetting database) {
        this.directory = directory;
        this.database = database;
        this.server = start(0);
        this.address = server.address();
    }

    /** Starts it with the directory in this resource; everything is in memory. */
    static RunningServer with(String directory) {
        return new RunningServer(resource(directory), new DatabaseSetting.Memory());
    }

    /** The same, but chats are kept in this folder, so that it can be {@link #stop}ped and {@link #startAgain started again}. */
    static RunningServer keeping(Path folder, String directory) {
        return new RunningServer(resource(directory), new DatabaseSetting.H2File(folder));
    }

    /** Starts it as it comes, with the demo's directory. */
    static RunningServer demo() {
        try {
            return new RunningServer(ExampleServer.directory(null), new DatabaseSetting.Memory());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static Directory resource(String directory) {
        try (InputStream yaml = RunningServer.class.getResourceAsStream("/" + directory)) {
            String text = new String(Objects.requireNonNull(yaml, directory).readAllBytes(), StandardCharsets.UTF_8);
            return DirectoryYaml.parse(directory, text);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private ExampleServer start(int port) {
        try {
            return ExampleServer.start(directory, port, database);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Stops it; its address stays. */
    void stop() {
        server.close();
    }

    /** Starts a new server, at the address of the one before and with what that one kept. */
    void startAgain() {
        server = start(address.getPort());
    }

    /** The engine inside. */
    CoopEngine engine() {
        return server.engine();
    }

    /** What its reports count. */
    Facts facts() {
        return server.facts();
    }

    /** The address of a page. */
    String page(String path) {
        return address + path;
    }

    @Override
    public void close() {
        server.close();
    }
}
