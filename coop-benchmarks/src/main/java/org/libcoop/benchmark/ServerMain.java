package org.libcoop.benchmark;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.libcoop.container.Container;

/**
 * The server's process: only what it uses counts, not what its clients do. It is asked by lines on its input and answers each with
 * a line; it ends with its input.
 */
public final class ServerMain {

    private static final int COLLECTIONS = 3;

    private ServerMain() {}

    /** Serves what the arguments say, as {@link ServerProcess} gives them. */
    public static void main(String[] arguments) throws Exception {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        System.setOut(System.err); // what libraries may have to say is no answer
        Served served = served(List.of(arguments));
        out.println(served.start());
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            out.println(answer(served, line));
        }
        Runtime.getRuntime().halt(0);
    }

    private static Served served(List<String> arguments) {
        String what = arguments.get(0);
        String detail = arguments.get(1);
        int clients = Integer.parseInt(arguments.get(2));
        return switch (what) {
            case "netty" -> new NettySockets(clients);
            case "bare" -> new BareSockets(Container.Kind.valueOf(detail), clients);
            case "coop" -> new CoopSockets(Container.Kind.valueOf(detail), clients);
            case "node" -> new NodeSockets(detail, arguments.get(3));
            case "sessions" -> new Openings(clients, false);
            case "outboxes" -> new Openings(clients, true);
            default -> throw new IllegalArgumentException("no such server: " + what);
        };
    }

    private static String answer(Served served, String line) throws Exception {
        String[] words = line.split(" ", -1);
        return switch (words[0]) {
            case "cpu" -> Long.toString(cpuNanos());
            case "heap" -> Long.toString(heap());
            case "resident" -> Long.toString(resident());
            case "threads" ->
                Integer.toString(ManagementFactory.getThreadMXBean().getThreadCount());
            default -> served.answer(words[0], Integer.parseInt(words[1]));
        };
    }

    /** The processor time of this process so far. */
    static long cpuNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    /** What is in use after everything that can go has gone. */
    private static long heap() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** Bytes of memory that the process has, heap and everything else; 0 where the system does not say. */
    private static long resident() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                .sum();
    }
}
