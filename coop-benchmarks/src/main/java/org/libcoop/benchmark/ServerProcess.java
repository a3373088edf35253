package org.libcoop.benchmark;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A {@link ServerMain} in a process of its own, as the measuring process sees it. <em>One thread at a time.</em> */
final class ServerProcess implements AutoCloseable {

    private static final long END_SECONDS = 10;

    private final Process process;
    private final BufferedReader in;
    private final BufferedWriter out;
    private final Path log;
    private final int port;

    private ServerProcess(Process process, Path log) throws IOException {
        this.process = process;
        this.log = log;
        this.in = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        this.out = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
        this.port = Integer.parseInt(read());
    }

    /** Starts one with a heap of at most so many MiB; returns once it listens. */
    static ServerProcess start(int heap, String... arguments) throws IOException {
        Path folder = Database.buildFolder();
        Files.createDirectories(folder);
        Path log = Files.createTempFile(folder, "server-", ".log");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap + "m",
                "-cp",
                classPath(),
                ServerMain.class.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(log.toFile())
                .start();
        try {
            return new ServerProcess(process, log);
        } catch (IOException | RuntimeException failed) {
            process.destroyForcibly();
            throw failed;
        }
    }

    /** Of this process: also where Maven runs the benchmarks within its own. */
    private static String classPath() {
        if (!(ServerMain.class.getClassLoader() instanceof URLClassLoader loader)) {
            return System.getProperty("java.class.path");
        }
        List<String> paths = new ArrayList<>();
        for (URL url : loader.getURLs()) {
            try {
                paths.add(Path.of(url.toURI()).toString());
            } catch (URISyntaxException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
        return String.join(File.pathSeparator, paths);
    }

    int port() {
        return port;
    }

    /** Asks for something and waits until it is done. */
    String ask(String question) throws IOException {
        out.write(question);
        out.newLine();
        out.flush();
        return read();
    }

    /** The same where the answer is a number. */
    long number(String question) throws IOException {
        return Long.parseLong(ask(question));
    }

    private String read() throws IOException {
        String line = in.readLine();
        if (line == null) {
            throw new IOException("the server ended; it said: " + Files.readString(log));
        }
        return line;
    }

    /** Ends it, whoever is connected. */
    @Override
    public void close() throws IOException {
        try {
            out.close();
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException gone) {
            process.destroyForcibly(); // it has ended by itself
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        in.close();
        Files.delete(log);
    }
}
