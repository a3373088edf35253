package org.libcoop.benchmark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.libcoop.container.Container;

/**
 * A server to be measured: nothing but sockets, a container with the least on it, or with all of coop. <em>Immutable.</em>
 *
 * @param what as {@link ServerMain} knows it
 * @param kind its container, null where there is none
 */
record SocketServer(String what, Container.@Nullable Kind kind) {

    /** Nothing but sockets; also what to compare with. */
    static final SocketServer RAW = new SocketServer("netty", null);

    static SocketServer bare(Container.Kind kind) {
        return new SocketServer("bare", kind);
    }

    static SocketServer coop(Container.Kind kind) {
        return new SocketServer("coop", kind);
    }

    private static List<SocketServer> all() {
        List<SocketServer> all = new ArrayList<>(List.of(RAW));
        for (Container.Kind kind : Container.Kind.values()) {
            all.add(bare(kind));
            all.add(coop(kind));
        }
        return all;
    }

    /** What is done with a server, which has to be started first. */
    interface Task {
        Measurement with(SocketServer server, Settings settings) throws Exception;
    }

    /** The raw one and both of each container, in turn at the same task. */
    static List<Benchmark.Contestant> contestants(Task task) {
        return all().stream()
                .<Benchmark.Contestant>map(server -> new Turn(server, task))
                .toList();
    }

    private record Turn(SocketServer server, Task task) implements Benchmark.Contestant {

        @Override
        public String name() {
            return server.name();
        }

        @Override
        public boolean isWanted(Settings settings) {
            return server.isWanted(settings);
        }

        @Override
        public Measurement run(Settings settings, DataSource database) throws Exception {
            return task.with(server, settings);
        }
    }

    /** What coop has to reach on each container: {@code ofEach} is given its name and that of the bare endpoint there. */
    static List<Target> targets(BiFunction<String, String, List<Target>> ofEach) {
        return Arrays.stream(Container.Kind.values())
                .flatMap(kind -> ofEach.apply(coop(kind).name(), bare(kind).name()).stream())
                .toList();
    }

    String name() {
        if (kind == null) {
            return "Netty, raw";
        }
        String container = kind.name().charAt(0) + kind.name().substring(1).toLowerCase(Locale.ROOT);
        return isCoop() ? "coop on " + container : container + ", bare";
    }

    boolean isCoop() {
        return what.equals("coop");
    }

    boolean isWanted(Settings settings) {
        return kind == null || settings.containers().contains(kind);
    }

    /** Starts it with a heap of at most so many MiB, for so many clients. */
    ServerProcess start(int heap, int clients) throws IOException {
        return ServerProcess.start(heap, what, kind == null ? "-" : kind.name(), Integer.toString(clients));
    }

    /** What its clients do before they are ready. */
    Crowd.Entry entry(Crowd.Entry ofCoop) {
        return isCoop() ? ofCoop : Crowd.Entry.BARE;
    }
}
