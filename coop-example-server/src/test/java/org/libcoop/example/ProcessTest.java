package org.libcoop.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.libcoop.spi.Clock;

/** The server as a process of its own: how it starts, refuses to start, and ends. */
@Timeout(value = 240, unit = TimeUnit.SECONDS)
class ProcessTest {

    private final List<Process> started = new ArrayList<>();
    private final Map<Process, Path> errors = new HashMap<>();
    private Path folder;

    @BeforeEach
    void here(@TempDir Path given) {
        folder = given;
    }

    @AfterEach
    void end() throws InterruptedException {
        for (Process process : started) {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void asSecondServerInTheSameFolderItIsRefusedInOneLine() throws Exception {
        Process first = server();
        running(first);

        Process second = server();

        assertThat(refusal(second))
                .contains(folder.resolve("data").toString(), "is in use by another server", "--data DIR");
        assertThat(first.isAlive()).isTrue();
    }

    @Test
    void withoutItsPostgreSqlItIsRefusedInOneLine() throws Exception {
        int free;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = taken.getLocalPort();
        }

        Process server = server("--database", "jdbc:postgresql://127.0.0.1:" + free + "/coop?user=me&password=hidden");

        assertThat(refusal(server)).contains("PostgreSQL at", "refused").doesNotContain("hidden");
    }

    @Test
    void atATakenPortItIsRefusedInOneLineAndLeavesTheDatabaseFree() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Process server = server("--port", String.valueOf(taken.getLocalPort()));

            assertThat(refusal(server)).contains(String.valueOf(taken.getLocalPort()));
        }
        running(server());
    }

    @Test
    void onSigtermItGivesUpItsLeaseTellsTheClientsAndClosesTheDatabase() throws Exception {
        Process server = server();
        URI address = running(server);
        try (SocketClient ana = SocketClient.operator(address, "ana")) {
            ana.command("sign-in", Map.of());

            server.destroy();

            assertThat(ana.closeCode.get(20, TimeUnit.SECONDS)).isEqualTo(4503);
        }
        assertThat(server.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(errors(server)).isEmpty();
        try (Clock clock = Clock.system();
                Storage left = Storage.open(new DatabaseSetting.H2File(folder.resolve("data")), clock)) {
            assertThat(left.store().nodes())
                    .singleElement()
                    .satisfies(lease -> assertThat(lease.endsAt()).isEqualTo(lease.renewedAt()));
        }
    }

    @Test
    void afterBeingKilledItStartsAgain() throws Exception {
        Process server = server();
        running(server);

        server.destroyForcibly().waitFor();

        running(server());
    }

    private Process server(String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                ServerMain.class.getName(),
                "--port",
                "0",
                "--data",
                "data"));
        command.addAll(Arrays.asList(options));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("COOP_"));
        // A file, for what a process said is gone with the process.
        Path said = folder.resolve("errors-" + started.size());
        Process process = builder.redirectError(said.toFile()).start();
        errors.put(process, said);
        started.add(process);
        return process;
    }

    /** Waits until it runs; its address. */
    private URI running(Process server) throws IOException {
        BufferedReader out = server.inputReader(StandardCharsets.UTF_8);
        List<String> lines = new ArrayList<>();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            lines.add(line);
            if (line.startsWith("Stop with")) {
                return URI.create(lines.get(0).substring("coop example server: ".length()));
            }
        }
        throw new AssertionError("it did not start: " + errors(server));
    }

    /** The one line it says when it does not start. */
    private String refusal(Process server) throws Exception {
        assertThat(server.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(server.exitValue()).isEqualTo(1);
        String said = errors(server);
        assertThat(said.lines()).as(said).hasSize(1);
        return said;
    }

    private String errors(Process server) throws IOException {
        return Files.readString(errors.get(server));
    }
}
