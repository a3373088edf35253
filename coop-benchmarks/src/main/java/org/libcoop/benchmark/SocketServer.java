package org.libcoop.benchmark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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

    /** The raw one, and both of each container. */
    static List<SocketServer> all() {
        List<SocketServer> all = new ArrayList<>(List.of(RAW));
        for (Container.Kind kind : Container.Kind.values()) {
            all.add(bare(kind));
            all.add(coop(kind));
        }
        return all;
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
