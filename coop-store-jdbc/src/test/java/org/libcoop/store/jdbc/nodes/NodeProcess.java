package org.libcoop.store.jdbc.nodes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A node in a process of its own, as its clients see it. <em>Safe for use by several threads.</em> */
final class NodeProcess implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Executor LATER = CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS);

    /** What somebody connected to the node was told. */
    record Heard(String name, String chat, String text) {}

    private final Process process;
    private final OutputStream requests;
    private final AtomicLong number = new AtomicLong();
    private final Map<Long, CompletableFuture<Answer>> pending = new ConcurrentHashMap<>();
    private final List<Heard> heard = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Boolean> ready = new CompletableFuture<>();
    private volatile boolean gone;

    private NodeProcess(Process process) {
        this.process = process;
        this.requests = process.getOutputStream();
    }

    /** Starts a node on this database with these policies; {@code log} takes what it prints to its standard error. */
    static NodeProcess start(String url, List<String> policies, Path log) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                NodeMain.class.getName(),
                url));
        command.addAll(policies);
        try {
            File errors = log.toFile();
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.appendTo(errors))
                    .start();
            NodeProcess node = new NodeProcess(process);
            Thread reader = new Thread(node::listen, "node " + process.pid());
            reader.setDaemon(true);
            reader.start();
            return node;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Waits until the node takes requests. */
    NodeProcess awaitReady() {
        try {
            if (!ready.get(1, TimeUnit.MINUTES)) {
                throw new AssertionError("the node did not start");
            }
        } catch (Exception failed) {
            throw new AssertionError("the node did not start", failed);
        }
        return this;
    }

    /** Sends a request of these fields, name and value in turn. */
    CompletableFuture<Answer> ask(String verb, Object... fields) {
        ObjectNode request = JSON.createObjectNode().put("do", verb);
        for (int i = 0; i < fields.length; i += 2) {
            request.set(fields[i].toString(), JSON.valueToTree(fields[i + 1]));
        }
        long id = number.incrementAndGet();
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        pending.put(id, answer);
        byte[] line = (request.put("id", id) + "\n").getBytes(StandardCharsets.UTF_8);
        synchronized (requests) {
            try {
                requests.write(line);
                requests.flush();
            } catch (IOException broken) {
                gone = true;
            }
        }
        if (gone) {
            pending.remove(id);
            answer.complete(Answer.none());
        }
        return answer;
    }

    /** The same; a node that cannot at the moment is asked again after a little. */
    CompletableFuture<Answer> askPatiently(String verb, Object... fields) {
        return ask(verb, fields)
                .thenCompose(answer -> answer.later()
                        ? CompletableFuture.runAsync(() -> {}, LATER).thenCompose(passed -> askPatiently(verb, fields))
                        : CompletableFuture.completedFuture(answer));
    }

    /** The same; waits for the answer. */
    Answer does(String verb, Object... fields) {
        try {
            return askPatiently(verb, fields).get(2, TimeUnit.MINUTES);
        } catch (Exception failed) {
            throw new AssertionError("no answer to " + verb, failed);
        }
    }

    boolean isGone() {
        return gone;
    }

    /** What those connected here were told so far. */
    List<Heard> heard() {
        return heard;
    }

    /** Ends the process without a warning. */
    void kill() {
        process.destroyForcibly();
        if (!endsWithin(Duration.ofMinutes(1))) {
            throw new AssertionError("the process " + process.pid() + " does not end");
        }
    }

    /** Whether the process ends by itself within this time. */
    boolean endsWithin(Duration time) {
        try {
            return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    /** Stops the process where it is; it notices nothing. */
    void pause() {
        signal("STOP");
    }

    /** Lets a stopped process go on. */
    void goOn() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            int status = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new AssertionError("kill -" + name + " ended with " + status);
            }
        } catch (IOException | InterruptedException failed) {
            throw new AssertionError(failed);
        }
    }

    private void listen() {
        try (BufferedReader answers =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = answers.readLine(); line != null; line = answers.readLine()) {
                take(JSON.readTree(line));
            }
        } catch (IOException cutOff) {
            // A line that a killed process did not finish was never an answer.
        } finally {
            gone = true;
            ready.complete(false);
            pending.values().forEach(answer -> answer.complete(Answer.none()));
        }
    }

    private void take(JsonNode line) {
        if (line.has("ready")) {
            ready.complete(true);
        } else if (line.has("heard")) {
            heard.add(new Heard(
                    line.path("heard").asText(),
                    line.path("chat").asText(),
                    line.path("text").asText()));
        } else {
            CompletableFuture<Answer> answer = pending.remove(line.path("id").asLong());
            if (answer != null) {
                answer.complete(new Answer(
                        line.has("code") ? line.path("code").asText() : null,
                        line.path("message").asText(),
                        line.has("chat") ? line.path("chat").asText() : null,
                        line.path("seq").asLong()));
            }
        }
    }

    /** Ends the process: in order if it can, else by force. */
    @Override
    public void close() {
        try {
            requests.close();
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                kill();
            }
        } catch (IOException | InterruptedException failed) {
            kill();
        }
    }
}
