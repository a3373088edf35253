package org.libcoop.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.libcoop.CoopEngine;
import org.libcoop.chat.Audience;
import org.libcoop.chat.ChatEvent;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Content;
import org.libcoop.chat.Logged;
import org.libcoop.memory.InMemoryStore;
import org.libcoop.spi.Clock;
import org.libcoop.spi.Store;

/**
 * A client that was written from docs/reference/wire-protocol.md and RFC 6455 alone, in another language and over a bare
 * socket ({@code src/test/python}), plays a whole chat and judges what it saw; here that is held against the engine's log.
 * Without a Python these tests are skipped and say so, unless {@code wire.stranger.required} is {@code true}.
 */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class StrangerTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LIMIT_SECONDS = 90;
    private static final String READY = "ready for the reconnect request";

    @TempDir
    Path scratch;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void endWhatStillRuns() {
        started.forEach(Process::destroyForcibly);
    }

    @BeforeAll
    static void isThereAPython() throws InterruptedException {
        boolean found;
        try {
            Process process = new ProcessBuilder("python3", "-c", "import sys; sys.exit(sys.version_info < (3, 8))")
                    .inheritIO()
                    .start();
            found = process.waitFor() == 0;
        } catch (IOException none) {
            found = false;
        }
        if (found) {
            return;
        }
        String reason = "no python3 of version 3.8 or newer on PATH";
        if (Boolean.getBoolean("wire.stranger.required")) {
            throw new IllegalStateException("wire.stranger.required is set, but there is " + reason);
        }
        System.out.println("Skipped: StrangerTest: " + reason);
        Assumptions.abort(reason);
    }

    @Test
    void aClientWrittenFromThePageAlonePlaysAWholeChatThroughCutConnections() throws Exception {
        Rig.Setup lively = new Rig.Setup().transport(builder -> builder.heartbeat(Duration.ofSeconds(1)));
        try (Rig rig = lively.start()) {
            Run run = new Run(rig.port(), Rig.TICKET + "ana", "--idle");

            JsonNode report = run.report();

            assertThat(run.exitCode()).as(run.errors()).isZero();
            judge(report, log(rig.engine, report), 2);
        }
    }

    @Test
    void itReconnectsWhenItIsAskedToAndGoesOnWithTheNodeThatComesAfter() throws Exception {
        try (Clock clock = Clock.system()) {
            Store store = new InMemoryStore(clock);
            Rig first = new Rig.Setup().store(own -> store).start();
            int port = first.port();
            Run run = new Run(port, Rig.TICKET + "ana", "--reconnect");
            boolean ready = run.isReady();
            boolean empty = first.transport.drain(Duration.ofSeconds(2));
            first.close();
            try (Rig next = new Rig.Setup().store(own -> store).port(port).start()) {
                JsonNode report = run.report();
                System.err.println(report);
                assertThat(ready).as(run.errors()).isTrue();
                assertThat(empty).as("everybody went when asked to").isTrue();
                assertThat(run.exitCode()).as(run.errors()).isZero();
                judge(report, log(next.engine, report), 3);
                assertThat(texts(report.path("patron"))).contains("Thank you, that was all");
                for (String side : List.of("patron", "operator")) {
                    assertThat(report.path(side).path("reconnects").asInt()).isEqualTo(1);
                }
            }
        }
    }

    @Test
    void itSaysSoWhenItIsSentAway() throws Exception {
        try (Rig rig = Rig.start()) {
            Run run = new Run(rig.port(), "a-ticket-of-nobody");

            JsonNode report = run.report();

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(report.path("ok").asBoolean(true)).isFalse();
            assertThat(report.path("failure").asText()).contains("4401");
        }
    }

    /** A planted defect: who comes back is not given the first of the entries that are missing. */
    @Test
    void itNoticesAnEntryThatIsMissingAfterAResume() throws Exception {
        Rig.Setup defective = new Rig.Setup().store(StrangerTest::thatForgetsTheNextEntry);
        try (Rig rig = defective.start()) {
            Run run = new Run(rig.port(), Rig.TICKET + "ana");

            JsonNode report = run.report();

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(report.path("failure").asText()).contains("what the operator had missed");
        }
    }

    @Test
    void aReportThatIsNotTheLogIsFound() throws Exception {
        try (Rig rig = Rig.start()) {
            Run run = new Run(rig.port(), Rig.TICKET + "ana");
            JsonNode report = run.report();
            List<Logged> log = log(rig.engine, report);
            judge(report, log, 2);

            JsonNode shorter = report.deepCopy();
            ((ArrayNode) shorter.path("patron").path("texts")).remove(2);
            JsonNode noted = report.deepCopy();
            ((ArrayNode) noted.path("patron").path("texts")).insert(2, "Licence ended in May");
            JsonNode twice = report.deepCopy();
            ((ArrayNode) twice.path("operator").path("seqs")).insert(1, 2);

            for (JsonNode wrong : List.of(shorter, noted, twice)) {
                assertThatThrownBy(() -> judge(wrong, log, 2)).isInstanceOf(AssertionError.class);
            }
        }
    }

    /** What both sides say that they saw is what the engine's log has for each; the operator needed so many connections. */
    private static void judge(JsonNode report, List<Logged> log, int connections) {
        List<Logged> patrons = log.stream().filter(StrangerTest::isForThePatron).toList();
        assertThat(report.path("ok").asBoolean()).isTrue();
        assertThat(texts(report.path("operator"))).isEqualTo(texts(log)).doesNotHaveDuplicates();
        assertThat(texts(report.path("patron"))).isEqualTo(texts(patrons));
        assertThat(seqs(report.path("operator"))).isEqualTo(seqs(log));
        assertThat(seqs(report.path("patron"))).isEqualTo(seqs(patrons));
        assertThat(texts(log)).contains("Sent by mail", "Was this heard?", "Half of this was on its way");
        assertThat(texts(patrons)).doesNotContain("Licence ended in May", "Sent by mail");
        assertThat(log.get(log.size() - 1).event()).isInstanceOf(ChatEvent.ChatEnded.class);
        for (String side : List.of("operator", "patron")) {
            assertThat(report.path(side).path("state").path("phase").asText()).isEqualTo("ended");
            assertThat(report.path(side).path("welcomes").asInt())
                    .as("the patron is cut once more than the operator")
                    .isEqualTo(side.equals("patron") ? connections + 1 : connections);
            JsonNode again = report.path("again").path(side);
            assertThat(again.path("sent").asInt()).isEqualTo(2);
            assertThat(log.get(again.path("seq").asInt() - 1).content())
                    .as("the answer to what was sent twice names its entry")
                    .isEqualTo(new Content.Text(
                            side.equals("operator") ? "Was this heard?" : "Half of this was on its way"));
        }
    }

    private static boolean isForThePatron(Logged entry) {
        return switch (entry.event().kind()) {
            case STARTED,
                    STAGE_OPENED,
                    PATRON_GONE,
                    PATRON_BACK,
                    TRANSFER_OFFERED,
                    OFFER_WIDENED,
                    OFFER_DECLINED,
                    TRANSFER_OVER,
                    DISMISSED -> false;
            case STILL_LOOKING, CLAIMED, OWNER_LOST, TRANSFERRED, ENDED, MISSED, RATED, ERASED, FILE_SHARED -> true;
            case SAID -> ((ChatEvent.MessageSaid) entry.event()).audience() == Audience.PATRON_AND_STAFF;
        };
    }

    private static List<Logged> log(CoopEngine engine, JsonNode report) {
        ChatId chat = ChatId.of(report.path("chat").asText());
        return engine.inspect(chat).orElseThrow().log();
    }

    private static List<String> texts(Collection<Logged> log) {
        List<String> texts = new ArrayList<>();
        for (Logged entry : log) {
            if (entry.event() instanceof ChatEvent.MessageSaid && entry.content() instanceof Content.Text text) {
                texts.add(text.text());
            }
        }
        return texts;
    }

    private static List<Long> seqs(Collection<Logged> log) {
        return log.stream().map(Logged::seq).toList();
    }

    private static List<String> texts(JsonNode side) {
        return StreamSupport.stream(side.path("texts").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static List<Long> seqs(JsonNode side) {
        return StreamSupport.stream(side.path("seqs").spliterator(), false)
                .map(JsonNode::asLong)
                .toList();
    }

    private static Store thatForgetsTheNextEntry(Store store) {
        return (Store) Proxy.newProxyInstance(
                StrangerTest.class.getClassLoader(), new Class<?>[] {Store.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("log") && (Long) arguments[1] > 0) {
                        arguments[1] = (Long) arguments[1] + 1;
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException failed) {
                        throw failed.getCause();
                    }
                });
    }

    /** The script as a process of its own; who waits for it waits a bounded time. */
    private final class Run {
        private final Path errors = scratch.resolve("errors");
        private final Process process;
        private final CompletableFuture<List<String>> lines;
        private final CompletableFuture<Boolean> ready = new CompletableFuture<>();

        Run(int port, String ticket, String... more) throws IOException {
            Path script = Path.of("src", "test", "python", "full_chat.py").toAbsolutePath();
            List<String> command = new ArrayList<>(List.of("python3", "-B", script.toString(), "127.0.0.1"));
            command.addAll(List.of(Integer.toString(port), ticket));
            command.addAll(List.of(more));
            process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
            started.add(process);
            lines = CompletableFuture.supplyAsync(this::read);
        }

        private List<String> read() {
            List<String> read = new ArrayList<>();
            try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
                String line = output.readLine();
                while (line != null) {
                    read.add(line);
                    if (line.equals(READY)) {
                        ready.complete(true);
                    }
                    line = output.readLine();
                }
            } catch (IOException broken) {
                read.add(broken.toString());
            }
            ready.complete(false);
            return read;
        }

        /** Waits until the script is ready for the reconnect request; false: it ended before. */
        boolean isReady() throws Exception {
            return ready.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        }

        JsonNode report() throws Exception {
            List<String> output = lines.get(LIMIT_SECONDS, TimeUnit.SECONDS);
            assertThat(output).as(errors()).isNotEmpty();
            return JSON.readTree(output.get(output.size() - 1));
        }

        int exitCode() throws InterruptedException {
            return process.waitFor();
        }

        String errors() throws IOException {
            return Files.readString(errors);
        }
    }
}
